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
    assert answer.status_code == 409
    assert new in answer.json()["detail"]


def test_a_merge_can_be_taken_back(editor: httpx2.Client, people: tuple[str, str]) -> None:
    old, new = people
    editor.post(f"/v1/admin/entities/{old}/merge", json={"into": new})
    (decision,) = editor.get("/v1/admin/decisions").json()["items"]
    assert (decision["kind"], decision["entity_id"], decision["entity"]["id"]) == ("merge", old, new)
    assert editor.delete(f"/v1/admin/decisions/{decision['id']}").status_code == 204
    assert editor.get(f"/v1/entities/{old}").status_code == 200
    assert editor.delete(f"/v1/admin/decisions/{decision['id']}").status_code == 404


def article(client: httpx2.Client) -> str:
    return str(items(client, "/v1/articles")[0]["id"])


def test_every_decision_says_who_when_and_why(editor: httpx2.Client, people: tuple[str, str]) -> None:
    chan, chen = people
    editor.put(f"/v1/admin/entities/{chan}", json={"hant": "陳艾達", "by": "lin", "why": "名片上這樣寫"})
    editor.post(f"/v1/admin/entities/{chen}/aliases", json={"name": "艾達", "by": "lin"})
    only = editor.request("DELETE", f"/v1/admin/entities/{chen}/aliases", params={"name": "Ada Chen", "by": "wu"})
    assert only.status_code == 409
    edit = items(editor, "/v1/admin/decisions")[-1]
    assert (edit["value"], edit["by"], edit["why"]) == ({"hant": "陳艾達"}, "lin", "名片上這樣寫")
    assert edit["at"].endswith("+00:00")
    assert items(editor, "/v1/admin/decisions", limit=1) == items(editor, "/v1/admin/decisions")
    assert [one["kind"] for one in items(editor, f"/v1/admin/decisions?entity={chan}")] == ["edit"]


def test_names_can_be_told_apart_and_put_back(editor: httpx2.Client, people: tuple[str, str]) -> None:
    chan, chen = people
    before = items(editor, "/v1/entities?kind=person")
    body = {"name": "Ada Chan", "article": article(editor), "to": chen, "by": "lin"}
    assert editor.post(f"/v1/admin/entities/{chan}/not-this", json=body).json()["id"] == chen
    assert editor.get(f"/v1/entities/{chan}").status_code == 404
    (decision,) = items(editor, "/v1/admin/decisions")
    assert editor.delete(f"/v1/admin/decisions/{decision['id']}").status_code == 204
    assert items(editor, "/v1/entities?kind=person") == before


def test_an_entity_is_split_by_its_names(editor: httpx2.Client, people: tuple[str, str]) -> None:
    chan, chen = people
    editor.post(f"/v1/admin/entities/{chan}/merge", json={"into": chen})
    answer = editor.post(f"/v1/admin/entities/{chen}/split", json={"names": ["Ada Chan"], "into": "ada-two"})
    assert answer.json()["id"] == "ada-two"
    assert editor.get("/v1/entities?q=ada chan").json()["items"][0]["id"] == "ada-two"


def test_what_is_no_entity_is_gone(editor: httpx2.Client, people: tuple[str, str]) -> None:
    _, chen = people
    assert editor.post("/v1/admin/decisions", json={"name": "Ada Chan", "why": "筆名"}).json()["entity_id"] is None
    assert editor.post(f"/v1/admin/entities/{chen}/reject", json={}).json()["kind"] == "reject"
    assert items(editor, "/v1/entities?kind=person") == []


@pytest.mark.parametrize(("path", "body", "status"), [
    ("ada-chan/split", {}, 400),
    ("ada-chan/split", {"names": ["Ada Chan"]}, 409),
    ("ada-chan/split", {"names": ["Ada Chan"], "into": "ada-chen"}, 409),
    ("ada-chan/split", {"names": ["nobody at all"]}, 404),
    ("ada-chan/split", {"names": [""]}, 422),
    ("ada-chan/not-this", {"name": "Ada Chan"}, 400),
    ("ada-chan/not-this", {"name": "Ada Chan", "article": "a", "source": "b"}, 400),
    ("ada-chan/not-this", {"name": "Ada Chan", "source": "nowhere"}, 404),
    ("ada-chan/reject", {"surname": "Chan"}, 422),
    ("none/reject", {}, 404),
])  # fmt: skip
def test_what_can_not_be_told_apart_is_refused(
    editor: httpx2.Client, people: tuple[str, str], path: str, body: dict[str, object], status: int
) -> None:
    answer = editor.post(f"/v1/admin/entities/{path}", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert items(editor, "/v1/admin/decisions") == []


def test_decisions_go_out_as_toml_and_come_back(editor: httpx2.Client, people: tuple[str, str]) -> None:
    chan, chen = people
    editor.post(f"/v1/admin/entities/{chan}/merge", json={"into": chen, "why": "同一個人"})
    before = items(editor, "/v1/entities")
    answer = editor.get("/v1/admin/decisions?format=toml")
    assert answer.headers["content-type"].startswith("application/toml")
    editor.delete(f"/v1/admin/decisions/{items(editor, '/v1/admin/decisions')[0]['id']}")
    headers = {"Content-Type": "application/toml"}
    for added in (1, 0):
        assert editor.put("/v1/admin/decisions", content=answer.content, headers=headers).json() == {"added": added}
    assert items(editor, "/v1/entities") == before
    assert items(editor, "/v1/admin/decisions")[0]["why"] == "同一個人"
    for broken in (b"\xff", b"[[decision]]", b"x ="):
        assert editor.put("/v1/admin/decisions", content=broken, headers=headers).status_code == 400
