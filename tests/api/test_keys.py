"""Tokens over HTTP: each opens its own calls and no others, from the request after it is made."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.api.test_admin import document


def made(client: httpx2.Client, name: str, *scopes: str) -> dict[str, str]:
    answer = client.post("/v1/admin/tokens", json={"name": name, "scopes": scopes})
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def status(client: httpx2.Client, headers: dict[str, str], verb: str, path: str, body: object = None) -> int:
    return client.request(verb, path, headers=headers, json=body).status_code


def test_a_token_opens_its_own_calls_and_no_others(editor: httpx2.Client) -> None:
    ci, lin = made(editor, "blog-ci", "ingest"), made(editor, "lin", "edit")
    push, batch = "/v1/admin/ingest?source=blog&wait=true", {"documents": [document("a.md")]}
    assert status(editor, ci, "POST", push, batch) == 200
    assert status(editor, lin, "POST", push, batch) == 403
    assert status(editor, lin, "GET", "/v1/admin/decisions") == 200
    assert status(editor, ci, "GET", "/v1/admin/decisions") == 403
    for nobody in (ci, lin):
        assert status(editor, nobody, "GET", "/v1/admin/tokens") == 403
        assert status(editor, nobody, "POST", "/v1/admin/tokens", {"name": "x", "scopes": ["all"]}) == 403


def test_a_refusal_says_which_scope_was_missing(editor: httpx2.Client) -> None:
    answer = editor.get("/v1/admin/decisions", headers=made(editor, "blog-ci", "ingest"))
    assert answer.headers["content-type"] == "application/problem+json"
    assert 'error="insufficient_scope", scope="edit"' in answer.headers["www-authenticate"]
    assert "blog-ci is for ingest" in answer.json()["detail"]


def test_tokens_are_listed_without_their_secrets_and_end_when_revoked(editor: httpx2.Client) -> None:
    ci = made(editor, "blog-ci", "ingest")
    listed = editor.get("/v1/admin/tokens")
    assert [(item["name"], item["scopes"]) for item in listed.json()["items"]] == [("blog-ci", ["ingest"])]
    assert ci["Authorization"].split()[1] not in listed.text
    assert editor.delete("/v1/admin/tokens/blog-ci").status_code == 204
    assert status(editor, ci, "GET", "/v1/admin/sources") == 401
    assert editor.delete("/v1/admin/tokens/blog-ci").status_code == 404


def test_a_decision_bears_the_name_of_the_token(editor: httpx2.Client) -> None:
    answer = editor.post("/v1/admin/decisions", json={"name": "小米"}, headers=made(editor, "lin", "edit"))
    assert answer.json()["by"] == "lin"
    told = editor.post("/v1/admin/decisions", json={"name": "蘋果", "by": "wang"}, headers=made(editor, "li", "edit"))
    assert told.json()["by"] == "wang"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "a b", "scopes": ["all"]}, 422),
        ({"name": "ci", "scopes": []}, 422),
        ({"name": "ci", "scopes": ["root"]}, 422),
        ({"name": "ci", "scopes": ["all"], "days": 0}, 422),
    ],
)
def test_a_token_that_can_not_be_is_refused(editor: httpx2.Client, body: dict[str, Any], code: int) -> None:
    assert editor.post("/v1/admin/tokens", json=body).status_code == code


def test_a_name_is_given_once(editor: httpx2.Client) -> None:
    made(editor, "blog-ci", "ingest")
    assert editor.post("/v1/admin/tokens", json={"name": "blog-ci", "scopes": ["all"]}).status_code == 409
