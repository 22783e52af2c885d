"""Callers who are not who they say: tokens, signatures, and what is sent twice."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import httpx2

from tests.api.hostile import INGEST, Attack, Send
from tests.api.pushing import SECRET, push, signed, tell


def _as(authorization: str, method: str = "GET", path: str = "/v1/admin/tokens") -> Send:
    return lambda client: client.request(method, path, headers={b"Authorization": authorization.encode("latin-1")})


def _large(client: httpx2.Client) -> httpx2.Response:
    headers = {"Authorization": "Bearer nobody", "Content-Type": "application/json"}
    return client.post("/v1/admin/tokens", content=b" " * 2_000_000, headers=headers)


def _with(scopes: list[str], method: str, path: str, body: Any) -> Send:
    def send(client: httpx2.Client) -> httpx2.Response:
        name = "-".join(["hostile", *scopes])
        client.delete(f"/v1/admin/tokens/{name}")
        token = client.post("/v1/admin/tokens", json={"name": name, "scopes": scopes}).json()["token"]
        return client.request(method, path, json=body, headers={"Authorization": f"Bearer {token}"})

    return send


def _hook(message: object, signature: str | None = "") -> Send:
    """Return what sends a message with this signature; empty: its own, None: without."""
    headers: dict[str, str | None] = {} if signature == "" else {"X_Hub_Signature_256": signature}
    return lambda client: tell(client, message, "push", **headers)


def _sha1(client: httpx2.Client) -> httpx2.Response:
    body = json.dumps(push()).encode()
    signature = "sha1=" + hmac.new(SECRET.encode(), body, hashlib.sha1).hexdigest()
    return tell(client, body, X_Hub_Signature_256=signature)


def _replayed(client: httpx2.Client) -> httpx2.Response:
    """Answer 200 where the second of two equal messages started no second job."""
    first, again = (tell(client, push(), X_GitHub_Delivery=number) for number in ("1", "2"))
    same = first.json()["job"]["id"] == again.json()["job"]["id"]
    return httpx2.Response(200 if same else 500, request=again.request)


_OTHER = push(name="evil/blog")

CALLERS = (
    Attack("no token", _as(""), "401"),
    Attack("a token of 100,000 characters", _as("Bearer " + "a" * 30_000), "401"),
    Attack("a token that is no ASCII", _as("Bearer é"), "401"),
    Attack("a name and a password", _as("Basic YWRtaW46YWRtaW4="), "401"),
    Attack("2 MB of a stranger", _large, "413"),
    Attack("the word null", _as("Bearer null"), "401"),
    Attack(
        "a token for posts that makes tokens",
        _with(["ingest"], "POST", "/v1/admin/tokens", {"name": "x", "scopes": ["all"]}),
        "403",
    ),
    Attack("a token for names that pushes", _with(["edit"], "POST", f"{INGEST}?source=hostile", {}), "403"),
    Attack("a message of a code host without a signature", _hook(push(), None), "401"),
    Attack("one that somebody else signed", _hook(push(), signed(b"other")), "401"),
    Attack("one signed with SHA-1", _sha1, "401"),
    Attack("one of a repository that is not followed", _hook(_OTHER), "404"),
    Attack("one of a repository called ../..", _hook(push(name="../..")), "404"),
    Attack("one whose commit is a path", _hook(push("../../../../etc/passwd")), "422"),
    Attack("one whose branch is an option of git", _hook(push(ref="refs/heads/--upload-pack=id")), "200"),
    Attack("one that is sent again under another number: answered with its job", _replayed, "200"),
)
