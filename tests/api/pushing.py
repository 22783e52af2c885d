"""Messages as GitHub sends them, and a server that follows repositories on a host of the tests."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest

from tests.content.hosting import Host, hosting
from tests.content.packing import tar_of
from tests.servers import serving

URL = "/v1/admin/webhooks/github"
SECRET = "a-secret-for-tests"
FIRST, SECOND, THIRD = "1" * 40, "2" * 40, "3" * 40
PATIENCE = 30.0


class Following(NamedTuple):
    """A server that follows three repositories, and the host they lie on."""

    client: httpx2.Client
    host: Host


@contextmanager
def following(folder: Path, **values: Any) -> Iterator[Following]:
    followed = {
        "Owner/Blog": "blog",
        "owner/notes": {"source": "notes", "branch": "publish", "folder": "vault"},
        "owner/.odd_Name-1.0": "odd",
    }
    with pytest.MonkeyPatch.context() as patch, hosting() as host:
        patch.setenv("no_proxy", "127.0.0.1")
        given = {"github_secret": SECRET, "github_repositories": followed, "github_archive_url": host.template}
        limits = {"max_body_bytes": 50_000, "max_file_bytes": 100_000, "max_archive_bytes": 2_000_000}
        with serving(folder, **{**given, **limits, **values}) as client:
            yield Following(client, host)


def site(commit: str, posts: dict[str, str], root: str = "") -> bytes:
    """Return the archive of a Hugo site at a commit, as a code host packs it."""
    files = {"hugo.toml": 'baseURL = "https://tea.example/"\n', **posts}
    return tar_of({f"blog-{commit}/{root}{path}": text.encode() for path, text in files.items()})


def archived(name: str, commit: str) -> str:
    """Return where the host has the archive of a repository at a commit."""
    return f"/{name}/tar.gz/{commit}"


def push(commit: str = FIRST, **values: Any) -> dict[str, Any]:
    repository = {"full_name": values.pop("name", "Owner/Blog"), "default_branch": "main"}
    if "pushed_at" in values:
        repository["pushed_at"] = values.pop("pushed_at")
    return {"ref": "refs/heads/main", "after": commit, "deleted": False, "repository": repository, **values}


def signed(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def tell(client: httpx2.Client, message: object, event: str = "push", **headers: str | None) -> httpx2.Response:
    """Send a message as GitHub does; `headers` replace those it sends, with `_` for `-`, None: leave out."""
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    sent: dict[str, str | None] = {
        "Content-Type": "application/json",
        "X-GitHub-Event": event,
        "X-Hub-Signature-256": signed(body),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return client.post(URL, content=body, headers={name: value for name, value in sent.items() if value is not None})
