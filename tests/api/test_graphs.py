"""Ways between entities and the whole graph, over HTTP."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import BoundedSemaphore

import httpx2
import pytest
from starlette.types import Message

from service.api import graphs
from service.api.app import create_app
from service.settings import Settings
from tests.api.test_conventions import items


def test_two_entities_of_one_post_are_one_step_apart(sample: httpx2.Client) -> None:
    article = items(sample, "/v1/articles")[0]["id"]
    one, other = [item["entity"]["id"] for item in items(sample, f"/v1/articles/{article}/entities")][:2]
    found = sample.get("/v1/graph/path", params={"from": one, "to": other}).json()
    assert [entity["id"] for entity in found["entities"]] == [one, other]
    assert found["steps"][0]["articles"] >= 1


def test_an_unknown_end_is_not_found(sample: httpx2.Client) -> None:
    assert sample.get("/v1/graph/path", params={"from": "nobody", "to": "no-one"}).status_code == 404


@pytest.mark.parametrize("form", ["graphml", "jsonld", "csv", "csv-nodes"])
def test_the_whole_graph_is_a_file(sample: httpx2.Client, form: str) -> None:
    reply = sample.get("/v1/graph/export", params={"format": form})
    assert reply.status_code == 200
    assert "attachment" in reply.headers["content-disposition"]
    assert "article:" in reply.text


def test_two_thousand_nodes_may_be_asked_for(sample: httpx2.Client) -> None:
    article = items(sample, "/v1/articles")[0]["id"]
    asked = {"article": article, "depth": 3, "limit": 2000, "kind": ["person", "company"], "since": "2026-03"}
    found = sample.get("/v1/graph", params=asked).json()
    kinds = {node["entity"]["kind"] for node in found["nodes"] if node["kind"] == "entity"}
    assert kinds <= {"person", "company"}
    assert len(found["nodes"]) > 3


def test_a_graph_that_is_known_is_not_sent_again(sample: httpx2.Client) -> None:
    etag = sample.get("/v1/graph/export").headers["etag"]
    assert etag.startswith("W/")
    again = sample.get("/v1/graph/export", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    other = sample.get("/v1/graph/export", params={"format": "csv"}, headers={"If-None-Match": etag})
    assert other.status_code == 200


def test_few_graphs_are_written_at_once(sample: httpx2.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = BoundedSemaphore(1)
    monkeypatch.setattr(graphs, "_WRITING", turns)
    with turns:
        answer = sample.get("/v1/graph/export")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert sample.get("/v1/graph/export").status_code == 200


def test_who_is_slow_to_take_the_graph_keeps_no_session_from_others(tmp_path: Path) -> None:
    app = create_app(Settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'wenmai.db'}", admin_token="x"))
    scope = {"type": "http", "method": "GET", "path": "/v1/graph/export", "query_string": b"", "headers": []}
    in_use: list[int] = []

    async def receive() -> Message:
        await asyncio.sleep(60)  # the reader stays
        raise AssertionError

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            in_use.append(app.state.engine.pool.checkedout())

    async def ask() -> None:
        async with app.router.lifespan_context(app):
            await app(scope, receive, send)

    asyncio.run(ask())
    assert set(in_use) == {0}
