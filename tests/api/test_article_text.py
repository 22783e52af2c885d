"""An article's text over HTTP: in the reader's variant, a stretch at a time."""

from __future__ import annotations

import httpx2

from tests.api.test_conventions import items


def _article(sample: httpx2.Client) -> str:
    return str(items(sample, "/v1/articles?q=鈣鈦礦&script=Hant")[0]["id"])


def test_a_text_comes_in_the_variant_asked_for_with_the_offsets_of_the_original(sample: httpx2.Client) -> None:
    path = f"/v1/articles/{_article(sample)}/text"
    original, shown = sample.get(path), sample.get(path, params={"lang": "zh-CN"})
    assert (original.headers["content-language"], shown.headers["content-language"]) == ("zh-Hant", "zh-CN")
    runs = [[run for block in answer.json()["blocks"] for run in block["runs"]] for answer in (original, shown)]
    assert [run["start"] for run in runs[0]] == [run["start"] for run in runs[1]]
    assert "鈣鈦礦" in "".join(run["text"] for run in runs[0])
    assert "钙钛矿" in "".join(run["text"] for run in runs[1])


def test_a_text_is_cut_where_the_article_has_its_mentions_and_claims(sample: httpx2.Client) -> None:
    article = _article(sample)
    runs = [run for block in sample.get(f"/v1/articles/{article}/text").json()["blocks"] for run in block["runs"]]
    claims = items(sample, f"/v1/articles/{article}/claims")
    entities = items(sample, f"/v1/articles/{article}/entities")
    assert {run["claim"] for run in runs} - {None} == {claim["id"] for claim in claims}
    assert {run["entity"] for run in runs} - {None} == {one["entity"]["id"] for one in entities}


def test_a_text_comes_in_stretches_that_follow_on_each_other(sample: httpx2.Client) -> None:
    path = f"/v1/articles/{_article(sample)}/text"
    whole = sample.get(path).json()
    first = sample.get(path, params={"limit": 3}).json()
    rest = sample.get(path, params={"cursor": first["next"]}).json()
    assert [*first["blocks"], *rest["blocks"]] == whole["blocks"]
    assert (len(first["blocks"]), whole["next"]) == (3, None)


def test_there_is_no_text_of_an_article_that_is_not_there(sample: httpx2.Client) -> None:
    assert sample.get("/v1/articles/nothing/text").status_code == 404
