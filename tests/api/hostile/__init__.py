"""What an attacker would send, a row each: what it is, how it is sent, and the answer it gets.

`python -m tests.api.hostile` writes the table as `tests/api/HOSTILE.md`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import httpx2

INGEST = "/v1/admin/ingest"
Send = Callable[[httpx2.Client], httpx2.Response]


class Attack(NamedTuple):
    """One row: `answer` is a status, and for a push that was taken what became of its files."""

    what: str
    send: Send
    answer: str


def told(response: httpx2.Response) -> str:
    """Return an answer as the table writes it.

    A finished job is told by its counts: `200 added 1`, `200 failed 2`; one that failed as a whole: `200 job failed`.
    """
    status = str(response.status_code)
    if response.status_code != 200 or not response.request.url.path.startswith(INGEST):
        return status
    job = response.json()
    if job["status"] != "done":
        return f"{status} job {job['status']}"
    counts = [f"{name} {number}" for name, number in job["counts"].items() if number]
    return " ".join([status, *counts]) if counts else f"{status} nothing"


def post(content: str, path: str = "a.md") -> Send:
    """Return what pushes one post."""
    return pushed({"documents": [{"path": path, "content": content}]})


def pushed(body: Any, **params: Any) -> Send:
    """Return what pushes a JSON body to a source of its own."""
    asked = {"source": "hostile", "wait": "true", **params}
    return lambda client: client.post(INGEST, params=asked, json=body)


def sent(body: bytes, content_type: str = "application/json", **headers: str) -> Send:
    """Return what pushes these bytes as they are."""
    asked = {"source": "hostile", "wait": "true"}
    given = {"Content-Type": content_type, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return lambda client: client.post(INGEST, params=asked, content=body, headers=given)


def uploaded(data: bytes, name: str = "site.zip") -> Send:
    """Return what uploads one file."""
    asked = {"source": "hostile", "wait": "true"}
    return lambda client: client.post(INGEST, params=asked, files={"files": (name, data)})


def read(path: str, headers: dict[str, str] | None = None, **params: Any) -> Send:
    """Return what reads from an address; `path` goes out as it is."""
    return lambda client: client.get(path, params=params or None, headers=headers)
