"""An editor's word outranks what is extracted, and outlives what is ingested later."""

from __future__ import annotations

import httpx2
import pytest

from tests.api.test_admin import document, push
from tests.api.test_conventions import items

POST = "# 兩個名字\n\n主持人 Ada Chen 說，港口很忙。記者 Ada Chan 表示，港口不忙。\n"


@pytest.fixture
def people(editor: httpx2.Client) -> tuple[str, str]:
    """Push a post that names two people and return their ids."""
    push(editor, {"documents": [document("a.md", POST)]})
    ids = sorted(entity["id"] for entity in items(editor, "/v1/entities?kind=person"))
    assert ids == ["ada-chan", "ada-chen"]
    return ids[0], ids[1]


def test_a_merged_id_answers_with_the_one_that_stays(editor: httpx2.Client, people: tuple[str, str]) -> None:
    old, new = people
    assert editor.post(f"/v1/admin/entities/{old}/merge", json={"into": new}).json()["id"] == new
    for path in (f"/v1/entities/{old}", f"/v1/entities/{old}/claims?limit=5"):
        answer = editor.get(path)
        assert answer.status_code == 308
        assert answer.headers["location"].endswith(path.replace(old, new))
    assert [entity["id"] for entity in items(editor, "/v1/entities?kind=person")] == [new]


def test_a_correction_outlives_a_later_ingestion(editor: httpx2.Client, people: tuple[str, str]) -> None:
    _, chen = people
    editor.put(f"/v1/admin/entities/{chen}", json={"hant": "陳艾達", "hans": "陈艾达"})
    editor.post(f"/v1/admin/entities/{chen}/aliases", json={"name": "艾達"})
    push(editor, {"documents": [document("a.md", POST + "\n又一段。\n")]})
    entity = editor.get(f"/v1/entities/{chen}").json()
    assert entity["names"]["hant"] == "陳艾達"
    assert "艾達" in entity["aliases"]
    assert editor.get("/v1/entities", params={"q": "陈艾达"}).json()["items"][0]["id"] == chen


def test_an_edit_can_be_taken_back(editor: httpx2.Client, people: tuple[str, str]) -> None:
    _, chen = people
    before = editor.get(f"/v1/entities/{chen}").json()
    editor.put(f"/v1/admin/entities/{chen}", json={"name": "Someone Else"})
    assert editor.put(f"/v1/admin/entities/{chen}", json={"name": None}).json() == before


@pytest.mark.parametrize(("path", "body", "status"), [
    ("none/merge", {"into": "ada-chen"}, 404),
    ("ada-chan/merge", {"into": "none"}, 404),
    ("ada-chan/merge", {"into": "ada-chan"}, 400),
    ("ada-chan/aliases", {"name": ""}, 422),
    ("none/aliases", {"name": "x"}, 404),
])  # fmt: skip
def test_a_decision_that_can_not_be_is_refused(
    editor: httpx2.Client, people: tuple[str, str], path: str, body: dict[str, str], status: int
) -> None:
    assert editor.post(f"/v1/admin/entities/{path}", json=body).status_code == status


def test_two_can_not_be_merged_into_each_other(editor: httpx2.Client, people: tuple[str, str]) -> None:
    old, new = people
    editor.post(f"/v1/admin/entities/{old}/merge", json={"into": new})
    answer = editor.post(f"/v1/admin/entities/{new}/merge", json={"into": old})
    assert answer.status_code in (400, 404)


def test_a_merge_can_be_taken_back(editor: httpx2.Client, people: tuple[str, str]) -> None:
    old, new = people
    editor.post(f"/v1/admin/entities/{old}/merge", json={"into": new})
    (decision,) = editor.get("/v1/admin/decisions").json()["items"]
    assert (decision["kind"], decision["entity_id"], decision["entity"]["id"]) == ("merge", old, new)
    assert editor.delete(f"/v1/admin/decisions/{decision['id']}").status_code == 204
    assert editor.get(f"/v1/entities/{old}").status_code == 200
    assert editor.delete(f"/v1/admin/decisions/{decision['id']}").status_code == 404
