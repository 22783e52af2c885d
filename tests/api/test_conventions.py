"""What every read has in common: lists, problems, conditional requests, languages."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

LISTS = ("/v1/articles", "/v1/entities", "/v1/claims", "/v1/figures", "/v1/search?q=電力")


def items(client: httpx2.Client, path: str, limit: int = 100) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    url: str | None = f"{path}{'&' if '?' in path else '?'}limit={limit}"
    while url:
        answer = client.get(url)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        url = answer.links.get("next", {}).get("url")
    return found


@pytest.mark.parametrize("path", LISTS)
def test_a_list_read_in_small_pages_is_the_same_list(sample: httpx2.Client, path: str) -> None:
    assert items(sample, path, limit=7) == items(sample, path)
    assert items(sample, path)


@pytest.mark.parametrize("path", LISTS)
def test_a_limit_out_of_bounds_is_a_problem_that_names_the_field(sample: httpx2.Client, path: str) -> None:
    answer = sample.get(path, params={"q": "電力", "limit": 101})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == ["query.limit"]


@pytest.mark.parametrize("path", ["/v1/articles?source=one&source=two", "/v1/search?q=電力&q=水"])
def test_a_parameter_of_one_value_is_given_once(sample: httpx2.Client, path: str) -> None:
    answer = sample.get(path)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] in ("query.source", "query.q")


def test_a_parameter_of_many_values_is_given_as_often_as_one_likes(sample: httpx2.Client) -> None:
    one = sample.get("/v1/articles").json()["items"][0]["id"]
    assert sample.get(f"/v1/articles/{one}/related?exclude=a&exclude=b").status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_a_foreign_cursor_is_refused(sample: httpx2.Client, path: str) -> None:
    answer = sample.get(path, params={"q": "電力", "cursor": "bm90IG9uZSBvZiBvdXJz"})
    assert answer.status_code == 400
    assert answer.json()["title"] == "Bad Request"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/articles/none",
        "/v1/entities/none",
        "/v1/claims/none",
        "/v1/resolve?url=https://other.example/x",
        "/v1/nothing",
    ],
)
def test_what_is_not_there_is_a_problem_with_a_sentence(sample: httpx2.Client, path: str) -> None:
    answer = sample.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert answer.json()["detail"]


@pytest.mark.parametrize("value", ["\ud800", "a\0b"])
def test_what_is_no_text_is_refused(sample: httpx2.Client, value: str) -> None:
    body = '{"text": "' + value.encode("unicode_escape").decode().replace("\\x00", "\\u0000") + '"}'
    answer = sample.post("/v1/claims/lookup", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


@pytest.mark.parametrize("limit", [2**63, -(2**70)])
def test_an_integer_no_database_holds_is_refused(sample: httpx2.Client, limit: int) -> None:
    assert sample.get("/v1/articles", params={"limit": limit}).status_code == 422


def test_an_unchanged_answer_is_not_sent_again(sample: httpx2.Client) -> None:
    first = sample.get("/v1/articles")
    again = sample.get("/v1/articles", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    assert again.headers["etag"] == first.headers["etag"]
    assert "max-age" in first.headers["cache-control"]


def test_an_etag_tells_the_variants_apart(sample: httpx2.Client) -> None:
    tags = {
        lang: sample.get("/v1/articles", params={"lang": lang}).headers["etag"]
        for lang in ("original", "zh-TW", "zh-Hans")
    }
    assert len(set(tags.values())) == 3


def test_the_variant_is_taken_from_accept_language_when_asked_to(sample: httpx2.Client) -> None:
    answer = sample.get("/v1/articles", params={"lang": "auto"}, headers={"Accept-Language": "en, zh-Hant-HK;q=0.8"})
    assert answer.headers["content-language"] == "zh-HK"
    assert "accept-language" in answer.headers["vary"].lower()
    plain = sample.get("/v1/articles", headers={"Accept-Language": "zh-HK"})
    assert plain.headers["content-language"] == "zh"


def test_prose_comes_in_the_variant_and_offsets_stay(sample: httpx2.Client) -> None:
    hans = {a["id"]: a["title"] for a in items(sample, "/v1/articles?lang=zh-Hans&script=Hant")}
    original = {a["id"]: a["title"] for a in items(sample, "/v1/articles?script=Hant")}
    assert hans.keys() == original.keys()
    assert any(hans[key] != original[key] for key in hans)
    article = next(iter(hans))
    spans = [
        [(f["line"], f["start"], f["end"]) for f in items(sample, f"/v1/articles/{article}/figures?lang={lang}")]
        for lang in ("original", "zh-Hans")
    ]
    assert spans[0] == spans[1]


@pytest.mark.parametrize(("hant", "hans"), [("電力", "电力"), ("資料中心", "资料中心"), ("輝達", "辉达")])
def test_either_script_finds_the_same(sample: httpx2.Client, hant: str, hans: str) -> None:
    def ids(q: str) -> list[str]:
        return [(hit["article"] or hit["entity"] or hit["claim"])["id"] for hit in items(sample, f"/v1/search?q={q}")]

    assert ids(hant) == ids(hans) != []


def test_only_configured_origins_may_read_from_a_browser(sample: httpx2.Client) -> None:
    ours = sample.get("/v1/articles", headers={"Origin": "https://blog.example"})
    other = sample.get("/v1/articles", headers={"Origin": "https://evil.example"})
    assert ours.headers["access-control-allow-origin"] == "https://blog.example"
    assert "access-control-allow-origin" not in other.headers
