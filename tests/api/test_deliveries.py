"""Messages of a code host: who may send them, which make sense, and which count."""

from __future__ import annotations

import hashlib
import hmac
import json

import httpx2
import pytest

from tests.api.pushing import FIRST, SECRET, URL, Following, push, signed, tell
from tests.servers import TOKEN


def test_a_ping_is_answered_and_tells_whether_the_repository_is_followed(shared: Following) -> None:
    known = tell(shared.client, {"zen": "x", "repository": {"full_name": "owner/blog"}}, "ping")
    assert (known.status_code, known.json()["status"]) == (200, "pong")
    assert "into the source blog" in known.json()["detail"]
    unknown = tell(shared.client, {"repository": {"full_name": "owner/other"}}, "ping").json()
    assert "not followed yet" in unknown["detail"]
    assert tell(shared.client, {"repository": 3}, "ping").status_code == 200


@pytest.mark.parametrize(
    ("message", "event", "reason"),
    [
        (push(ref="refs/heads/draft"), "push", "refs/heads/draft is not the branch followed, main"),
        (push(ref="refs/heads/main/x"), "push", "not the branch followed"),
        (push(ref="refs/tags/main"), "push", "refs/tags/main is no branch"),
        (push("0" * 40, deleted=True), "push", "was deleted"),
        (push("0" * 40), "push", "was deleted"),
        ({"action": "opened"}, "issues", "Only pushes"),
    ],
)
def test_what_changes_nothing_here_is_ignored_with_a_reason(
    shared: Following, message: object, event: str, reason: str
) -> None:
    answer = tell(shared.client, message, event)
    assert (answer.status_code, answer.json()["status"], answer.json()["job"]) == (200, "ignored", None)
    assert reason in answer.json()["detail"]
    assert shared.host.asked == []


@pytest.mark.parametrize(
    "name", ["owner/other", "../admin", "owner/blog/../x", "owner/blog?x=1", "@evil.example/x", ""]
)
def test_a_repository_that_nobody_named_is_not_found(shared: Following, name: str) -> None:
    answer = tell(shared.client, push(name=name))
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "WENMAI_GITHUB_REPOSITORIES" in answer.json()["detail"]
    assert shared.host.asked == []


BODY = json.dumps(push()).encode()


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        signed(BODY, "another secret"),
        signed(BODY, ""),
        signed(BODY + b" "),
        signed(BODY).upper(),
        signed(BODY).removeprefix("sha256="),
        signed(BODY) + "0",
        "sha1=" + hmac.new(SECRET.encode(), BODY, hashlib.sha1).hexdigest(),
        "sha512=" + hmac.new(SECRET.encode(), BODY, hashlib.sha512).hexdigest(),
        "none=",
        "é",
    ],
)
def test_without_the_right_signature_nothing_happens(shared: Following, signature: str | None) -> None:
    sent = [("Content-Type", b"application/json"), ("X-GitHub-Event", b"push")]
    if signature is not None:
        sent.append(("X-Hub-Signature-256", signature.encode()))
    answer = shared.client.post(URL, content=BODY, headers=[(name.encode(), value) for name, value in sent])
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert "X-Hub-Signature-256" in answer.headers["www-authenticate"]
    assert SECRET not in answer.text
    assert shared.host.asked == []


def test_the_admin_token_takes_no_signatures_place(shared: Following) -> None:
    answer = tell(shared.client, push(), X_Hub_Signature_256=None, Authorization=f"Bearer {TOKEN}")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\xff\xfe\xfd", "application/json", 400),
        (b"[" * 40_000, "application/json", 400),
        (b'{"a": ' + b"9" * 10_000 + b"}", "application/json", 400),
        (b"{}", "application/x-www-form-urlencoded", 400),
        (b"payload=%7B", "application/x-www-form-urlencoded", 400),
        (b"a=1&" * 1_000, "application/x-www-form-urlencoded", 400),
        (b"\xff", "application/x-www-form-urlencoded", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "", 415),
        (b"{}", "application/json", 422),
        (b'{"ref": 1, "after": [], "repository": null}', "application/json", 422),
        (json.dumps(push("../../../etc")).encode(), "application/json", 422),
        (json.dumps(push(FIRST + "\n")).encode(), "application/json", 422),
        (json.dumps(push(ref="refs/heads/\ud800")).encode(), "application/json", 422),
        (json.dumps(push(ref="refs/heads/" + "x" * 600)).encode(), "application/json", 422),
        (json.dumps(push(name="owner/\0")).encode(), "application/json", 422),
        (json.dumps(push(pushed_at=[])).encode(), "application/json", 422),
    ],
)
def test_a_message_that_makes_no_sense_is_refused(shared: Following, body: bytes, kind: str, status: int) -> None:
    answer = tell(shared.client, body, Content_Type=kind)
    assert answer.status_code == status, answer.text
    assert answer.json()["status"] == status
    assert shared.host.asked == []


def test_a_message_must_say_what_happened(shared: Following) -> None:
    assert tell(shared.client, push(), X_GitHub_Event=None).status_code == 400


@pytest.mark.parametrize("declared", [True, False])
def test_a_message_too_large_is_refused_whoever_signed_it(shared: Following, declared: bool) -> None:
    body = json.dumps(push(more="x" * 60_000)).encode()
    pieces = (body[at : at + 8_192] for at in range(0, len(body), 8_192))
    headers = {"Content-Type": "application/json", "X-GitHub-Event": "push", "X-Hub-Signature-256": signed(body)}
    assert shared.client.post(URL, content=body if declared else pieces, headers=headers).status_code == 413


def test_without_a_secret_there_is_no_webhook(editor: httpx2.Client) -> None:
    for secret in (SECRET, ""):
        body = json.dumps(push()).encode()
        answer = tell(editor, body, X_Hub_Signature_256=signed(body, secret))
        assert answer.status_code == 404
        assert "WENMAI_GITHUB_SECRET" in answer.json()["detail"]


def test_the_webhook_is_described_with_its_signature(sample: httpx2.Client) -> None:
    description = sample.get("/openapi.json").json()
    call = description["paths"][URL]["post"]
    assert call["security"] == [{"GitHubSignature": []}]
    assert description["components"]["securitySchemes"]["GitHubSignature"]["name"] == "X-Hub-Signature-256"
    assert set(call["responses"]) >= {"200", "202", "400", "401", "404", "413", "415", "422"}
    assert call["requestBody"]["content"]["application/json"]["example"]["ref"] == "refs/heads/main"
