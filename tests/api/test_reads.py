"""Every read of the contract answers from the sample content, in the contract's shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.api.test_conventions import items
from tests.servers import CONTENT, serving

ARTICLE = {"id", "source", "path", "url", "title", "script", "language", "published", "updated", "authors", "tags"} | {
    "categories",
    "draft",
    "original",
    "description",
}
ENTITY = {"id", "kind", "name", "names", "aliases"}
CLAIM = {"id", "article", "text", "line", "start", "end", "section", "speaker", "kind", "quote", "negated"} | {
    "entities",
    "figures",
    "times",
}
FIGURE = {"id", "text", "line", "start", "end", "low", "high", "unit", "per", "approx", "counted", "claim"}
LINK = {"kind", "target", "alias", "heading", "block", "relation", "note", "line", "resolved"}


def the(client: httpx2.Client, path: str) -> dict[str, Any]:
    """Return the sample article at `path`."""
    return next(article for article in items(client, "/v1/articles") if article["path"].endswith(path))


def test_articles_are_listed_newest_first_with_all_fields(sample: httpx2.Client) -> None:
    found = items(sample, "/v1/articles")
    assert all(set(article) >= ARTICLE for article in found)
    dates = [article["published"][:10] for article in found if article["published"]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("source=notes", lambda a: a["source"] == "notes"),
        ("script=Hans", lambda a: a["script"] == "Hans"),
        ("since=2026-04&until=2026-05", lambda a: "2026-04" <= a["published"][:7] <= "2026-05"),
    ],
)
def test_articles_can_be_filtered(sample: httpx2.Client, query: str, holds: Any) -> None:
    found = items(sample, f"/v1/articles?{query}")
    assert found
    assert all(map(holds, found))


def test_everything_that_hangs_on_an_article_can_be_read(sample: httpx2.Client) -> None:
    article = the(sample, "clearlight-plant.md")
    base = f"/v1/articles/{article['id']}"
    whole = sample.get(base).json()
    assert whole["headings"]
    entities, figures, claims = (items(sample, f"{base}/{part}") for part in ("entities", "figures", "claims"))
    assert {"entity", "role", "surfaces", "mentions"} <= set(entities[0])
    assert set(entities[0]["entity"]) >= ENTITY
    assert set(figures[0]) >= FIGURE
    assert set(claims[0]) >= CLAIM
    counts = whole["counts"]
    assert (counts["entities"], counts["figures"], counts["claims"]) == (len(entities), len(figures), len(claims))
    assert items(sample, f"{base}/media")


def test_a_link_leads_to_the_article_that_links_back(sample: httpx2.Client) -> None:
    for article in items(sample, "/v1/articles"):
        for link in items(sample, f"/v1/articles/{article['id']}/links"):
            assert set(link) >= LINK
            if link["resolved"] and link["resolved"]["article"]:
                back = items(sample, f"/v1/articles/{link['resolved']['article']['id']}/backlinks")
                assert article["id"] in {item["article"]["id"] for item in back}


def test_links_keep_their_reasons(sample: httpx2.Client) -> None:
    links = [
        link
        for a in items(sample, "/v1/articles?source=vault")
        for link in items(sample, f"/v1/articles/{a['id']}/links")
    ]
    assert any(link["relation"] and link["note"] for link in links)


@pytest.mark.parametrize("form", ["{url}", "{url}index.html", "{url}?utm_source=x#top", "{path}"])
def test_a_page_is_found_by_any_form_of_its_address(sample: httpx2.Client, form: str) -> None:
    article = the(sample, "clearlight-plant.md")
    address = form.format(url=article["url"], path=httpx2.URL(article["url"]).path)
    assert sample.get("/v1/resolve", params={"url": address}).json()["id"] == article["id"]
    by_url = sample.get("/v1/related", params={"url": address}).json()
    assert by_url == sample.get(f"/v1/articles/{article['id']}/related").json()


def test_posts_about_one_thing_are_related_with_reasons(sample: httpx2.Client) -> None:
    article = the(sample, "clearlight-plant.md")
    found = sample.get(f"/v1/articles/{article['id']}/related").json()["items"]
    assert [item["score"] for item in found] == sorted((item["score"] for item in found), reverse=True)
    assert all(item["reasons"] for item in found)
    nearest = {item["article"]["path"] for item in found[:4]}
    assert any("clearlight-2000-megawatts" in path for path in nearest)


def test_an_entity_is_found_by_any_of_its_names(sample: httpx2.Client) -> None:
    ids = {
        sample.get("/v1/entities", params={"q": q}).json()["items"][0]["id"]
        for q in ("輝達", "英伟达", "NVIDIA", "nvidia")
    }
    assert ids == {"nvidia"}


def test_what_surrounds_an_entity_can_be_read(sample: httpx2.Client) -> None:
    entity = sample.get("/v1/entities/nvidia").json()
    assert entity["names"]["hant"] == "輝達"
    assert items(sample, "/v1/entities/nvidia/articles")
    assert items(sample, "/v1/entities/nvidia/neighbours")
    claims = items(sample, "/v1/entities/nvidia/claims")
    assert all(
        "nvidia" in {e["id"] for e in claim["entities"]} or claim["speaker"]["id"] == "nvidia" for claim in claims
    )


def test_claims_can_be_filtered_by_their_figures(sample: httpx2.Client) -> None:
    found = items(sample, "/v1/claims?unit=W&min=1000000000")
    assert found
    for claim in found:
        assert any(f["unit"] == "W" and f["high"] >= 1e9 for f in claim["figures"])


def test_a_claim_is_set_beside_what_others_say(sample: httpx2.Client) -> None:
    same = sample.post("/v1/claims/lookup", json={"text": "北湾数据中心的用电容量是 100 兆瓦"}).json()
    assert same["counts"]["agree"] >= 3
    assert {match["claim"]["article"]["title"] for match in same["matches"] if match["relation"] == "agree"}
    other = sample.get("/v1/claims/lookup", params={"text": "北灣資料中心的用電容量是 30 MW"}).json()
    assert other["counts"]["conflict"] >= 3
    denied = sample.get("/v1/claims/lookup", params={"text": "澄光能源 2028 年底的太陽能電池年產能是 2 GW"}).json()
    assert ["1.5 GW，不是 2 GW" in m["claim"]["text"] for m in denied["matches"] if m["relation"] == "conflict"] == [
        True
    ]
    detail = sample.get(f"/v1/claims/{same['matches'][0]['claim']['id']}").json()
    assert set(detail) >= CLAIM | {"agreeing", "conflicting", "related"}
    assert detail["agreeing"]


def test_figures_can_be_found_by_unit_and_size(sample: httpx2.Client) -> None:
    found = items(sample, "/v1/figures?unit=USD&min=1e9")
    assert found
    assert all(figure["unit"] == "USD" and figure["high"] >= 1e9 for figure in found)


def test_highlights_point_into_the_original(sample: httpx2.Client) -> None:
    hits = sample.get("/v1/search", params={"q": "鈣鈦礦", "kind": "claim"}).json()["items"]
    assert hits
    for hit in hits:
        assert {"鈣鈦礦", "钙钛矿"} & {
            hit["claim"]["text"][h["start"] - hit["claim"]["start"] : h["end"] - hit["claim"]["start"]]
            for h in hit["highlights"]
        }


def test_a_graph_joins_what_it_names(sample: httpx2.Client) -> None:
    graph = sample.get("/v1/graph", params={"entity": "nvidia", "depth": 2}).json()
    nodes = {node["id"] for node in graph["nodes"]}
    assert "entity:nvidia" in nodes
    assert graph["edges"]
    assert all({edge["source"], edge["target"]} <= nodes for edge in graph["edges"])
    assert sample.get("/v1/graph").status_code == 400


def test_health_and_numbers(sample: httpx2.Client) -> None:
    assert sample.get("/healthz").json() == sample.get("/readyz").json() == {"status": "ok"}
    text = sample.get("/metrics").text
    assert 'wenmai_rows{table="articles"}' in text
    assert "wenmai_request_seconds_bucket" in text
    for number in ('jobs{status="done"} 4.0', 'index_rows{index="claims"}'):
        assert f"wenmai_{number}" in text
    assert "wenmai_database_bytes 0.0" not in text


def test_posts_that_a_server_takes_in_at_its_start_are_counted(tmp_path: Path) -> None:
    with serving(tmp_path, content=CONTENT / "notes") as client:
        assert 'wenmai_posts_total{outcome="added"} 4.0' in client.get("/metrics").text
