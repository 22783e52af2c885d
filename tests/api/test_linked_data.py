"""Claims as JSON-LD over HTTP: who asks for it gets it, everybody else gets JSON."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from service.api.linked_data import CLAIM, LISTED, prefers_json_ld
from tests.api.test_conventions import items
from tests.query.linked_data import faults, triples

LD = "application/ld+json"


@pytest.fixture(scope="module")
def claim(sample: httpx2.Client) -> dict[str, Any]:
    return items(sample, "/v1/claims")[0]


@pytest.mark.parametrize(
    ("accept", "preferred"),
    [
        ("application/ld+json", True),
        ("Application/LD+JSON; profile=x", True),
        ("application/ld+json, application/json;q=0.9, */*;q=0.1", True),
        ("application/json, application/ld+json", True),
        ("application/json, application/ld+json;q=0.9", False),
        ("application/ld+json;q=0", False),
        ("*/*", False),
        ("application/*", False),
        ("", False),
        ("text/html", False),
        (";;;,,q=1,application/ld+json;q=nan", True),
    ],
)
def test_json_ld_is_for_who_prefers_it(accept: str, preferred: bool) -> None:
    assert prefers_json_ld(accept) is preferred


def test_a_claim_is_had_in_both_forms(sample: httpx2.Client, claim: dict[str, Any]) -> None:
    path = f"/v1/claims/{claim['id']}"
    linked, plain = sample.get(path, headers={"Accept": LD}), sample.get(path)
    assert (linked.headers["content-type"], plain.headers["content-type"]) == (LD, "application/json")
    assert "Accept" in linked.headers["vary"]
    assert "Accept" in plain.headers["vary"]
    assert linked.headers["etag"] != plain.headers["etag"]
    assert linked.json()["text"] == plain.json()["text"]
    assert faults(triples(linked.json())) == []
    again = sample.get(path, headers={"Accept": LD, "If-None-Match": linked.headers["etag"]})
    assert (again.status_code, "Accept" in again.headers["vary"]) == (304, True)


def test_the_claims_of_an_article_are_a_graph(sample: httpx2.Client, claim: dict[str, Any]) -> None:
    path = f"/v1/articles/{claim['article']['id']}/claims"
    linked, plain = sample.get(f"{path}?limit=2", headers={"Accept": LD}), sample.get(f"{path}?limit=2")
    assert [one["@id"] for one in linked.json()["@graph"]] == [
        f"urn:wenmai:claim:{one['id']}" for one in plain.json()["items"]
    ]
    assert ("next" in linked.links) == (plain.json()["next"] is not None)
    assert faults(triples(linked.json())) == []


def test_a_variant_can_be_had_as_json_ld(sample: httpx2.Client, claim: dict[str, Any]) -> None:
    shown = sample.get(f"/v1/claims/{claim['id']}?lang=auto", headers={"Accept": LD, "Accept-Language": "zh-CN"})
    assert shown.headers["content-language"] == "zh-CN"
    assert {"Accept", "Accept-Language"} <= {name.strip() for name in shown.headers["vary"].split(",")}


def test_what_is_not_there_is_a_problem_all_the_same(sample: httpx2.Client) -> None:
    answer = sample.get("/v1/claims/none", headers={"Accept": LD})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_the_description_shows_both_forms(sample: httpx2.Client) -> None:
    paths = sample.get("/openapi.json").json()["paths"]
    for path in ("/v1/claims/{claim_id}", "/v1/articles/{article_id}/claims"):
        assert {LD, "application/json"} == set(paths[path]["get"]["responses"]["200"]["content"])


@pytest.mark.parametrize("example", [CLAIM, LISTED])
def test_the_examples_are_what_they_show(example: dict[str, Any]) -> None:
    assert faults(triples(example)) == []
