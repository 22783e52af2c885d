"""Every read comes in the variant asked for: found by walking the description of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from service.api.languages import Lang
from service.model import Script
from service.script import detect

VARIANTS = [lang.value for lang in Lang if lang not in (Lang.ORIGINAL, Lang.AUTO)]
# What no variant changes: who and where something is, and what it is called in each script.
FIXED = {"id", "path", "url", "target", "source", "line", "start", "end", "low", "high", "aliases", "names", "kind"}
ADMIN = "/v1/admin"
NARROWED = ("/v1/graph", "/v1/conflicts")  # of one article: all there are would take its time for nothing


def _first(client: httpx2.Client, path: str) -> Any:
    return client.get(path, params={"limit": 1}).json()["items"][0]


@pytest.fixture(scope="module")
def reads(sample: httpx2.Client) -> dict[str, dict[str, str]]:
    """Return a request for every read of the interface: its path and the parameters it can't do without."""
    claim, entity = _first(sample, "/v1/claims"), _first(sample, "/v1/entities")
    article = sample.get(f"/v1/articles/{claim['article']['id']}").json()
    known = {"article_id": article["id"], "claim_id": claim["id"], "entity_id": entity["id"]}
    beside = _first(sample, f"/v1/entities/{entity['id']}/neighbours")
    ends = {"from": entity["id"], "to": beside["entity"]["id"]}
    needed = {"url": article["url"], "text": claim["text"], "q": "電力", **ends}
    found: dict[str, dict[str, str]] = {}
    for path, methods in sample.get("/openapi.json").json()["paths"].items():
        if path.startswith("/v1/") and not path.startswith(ADMIN) and "get" in methods:
            if "application/json" not in methods["get"]["responses"]["200"]["content"]:
                continue  # a page for people: `test_reconcile` reads it
            parameters = methods["get"].get("parameters", [])
            query = {p["name"]: needed[p["name"]] for p in parameters if p["required"] and p["in"] == "query"}
            found[path.format(**known)] = query | ({"article": article["id"]} if path in NARROWED else {})
    return found


def test_the_interface_has_reads(reads: dict[str, dict[str, str]]) -> None:
    assert len(reads) >= 20


class Answers:
    """The answer of every read in every variant, asked for once."""

    def __init__(self, client: httpx2.Client, reads: dict[str, dict[str, str]]) -> None:
        self._client, self.reads = client, reads
        self._known: dict[tuple[str, str], httpx2.Response] = {}

    def of(self, path: str, lang: str) -> httpx2.Response:
        if (path, lang) not in self._known:
            self._known[path, lang] = self._client.get(path, params={**self.reads[path], "lang": lang})
        return self._known[path, lang]


@pytest.fixture(scope="module")
def answers(sample: httpx2.Client, reads: dict[str, dict[str, str]]) -> Answers:
    return Answers(sample, reads)


def test_every_read_says_what_it_is_written_in(answers: Answers) -> None:
    for path in answers.reads:
        for lang in VARIANTS:
            answer = answers.of(path, lang)
            assert answer.status_code == 200, (path, answer.text)
            assert answer.headers["content-language"] == lang, path
            assert "accept-language" not in answer.headers.get("vary", "").lower(), path


def test_every_read_honours_the_reader_s_languages(sample: httpx2.Client, answers: Answers) -> None:
    for path, query in answers.reads.items():
        asked = {"params": {**query, "lang": "auto"}, "headers": {"Accept-Language": "en, zh-Hant-HK;q=0.7, zh;q=0.2"}}
        answer = sample.get(path, **asked)  # type: ignore[arg-type]
        assert answer.headers["content-language"] == "zh-HK", path
        assert "accept-language" in answer.headers["vary"].lower(), path
        assert answer.content == answers.of(path, "zh-HK").content, path


def test_every_read_has_a_tag_for_each_variant(sample: httpx2.Client, answers: Answers) -> None:
    for number, (path, query) in enumerate(answers.reads.items()):
        tags = {lang: answers.of(path, lang).headers["etag"] for lang in VARIANTS}
        assert len(set(tags.values())) == len(VARIANTS), path
        lang, other = (VARIANTS[(number + step) % len(VARIANTS)] for step in (0, 1))
        asked = {**query, "lang": lang}
        again = sample.get(path, params=asked, headers={"If-None-Match": tags[lang]})
        assert (again.status_code, again.headers["content-language"]) == (304, lang), path
        assert sample.get(path, params=asked, headers={"If-None-Match": tags[other]}).status_code == 200, path


@pytest.mark.parametrize("lang", ["klingon", "zh", "", "zh-TW\0", "\u4e2d"])
def test_every_read_refuses_what_is_no_variant(
    sample: httpx2.Client, reads: dict[str, dict[str, str]], lang: str
) -> None:
    for path, query in reads.items():
        answer = sample.get(path, params={**query, "lang": lang})
        assert answer.status_code == 422, path
        assert answer.headers["content-type"] == "application/problem+json", path
        assert [error["field"] for error in answer.json()["errors"]] == ["query.lang"], path


def _fixed(value: Any, name: str = "") -> Iterator[Any]:
    """Yield what no variant changes, in order."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from [part] if key in FIXED else _fixed(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _fixed(part, name)


def test_every_read_points_into_the_original(answers: Answers) -> None:
    for path in answers.reads:
        original = list(_fixed(answers.of(path, "original").json()))
        for lang in VARIANTS:
            assert list(_fixed(answers.of(path, lang).json())) == original, (path, lang)


def _prose(client: httpx2.Client, lang: str, path: str, field: str, **query: str) -> list[str]:
    items = client.get(path, params={"lang": lang, "limit": "100", **query}).json()["items"]
    return [item[field] for item in items]


@pytest.mark.parametrize(("lang", "other"), [("zh-Hant", Script.HANS), ("zh-CN", Script.HANT)])
def test_no_prose_is_left_in_the_other_script(sample: httpx2.Client, lang: str, other: Script) -> None:
    titles = _prose(sample, lang, "/v1/articles", "title")
    texts = [text.split("《")[0] for text in _prose(sample, lang, "/v1/claims", "text")]
    assert [text for text in (*titles, *texts) if detect(text) is other and "《" not in text] == []


def test_what_is_found_is_shown_in_the_variant(sample: httpx2.Client) -> None:
    def shown(lang: str) -> list[dict[str, Any]]:
        hits = sample.get("/v1/search", params={"q": "電力", "lang": lang}).json()["items"]
        return [place for hit in hits for place in hit["highlights"]]

    assert all("电" not in place["text"] for place in shown("zh-TW") if "《" not in place["text"])
    assert all("電" not in place["text"] for place in shown("zh-Hans") if "《" not in place["text"])
    assert [(p["start"], p["end"], p["line"]) for p in shown("zh-TW")] == [
        (p["start"], p["end"], p["line"]) for p in shown("zh-Hans")
    ]


def test_a_lookup_by_post_takes_a_variant_too(sample: httpx2.Client) -> None:
    text = _first(sample, "/v1/claims")["text"]
    answer = sample.post("/v1/claims/lookup", params={"lang": "zh-Hans"}, json={"text": text})
    assert answer.headers["content-language"] == "zh-Hans"
    assert all(detect(match["claim"]["text"]) is not Script.HANT for match in answer.json()["matches"])
