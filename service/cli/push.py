"""`wenmai push`: a folder of posts sent to a running service, only what changed; made for CI jobs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any, Final

import httpx2
import typer
from rich.console import Console

from service.cli import show
from service.content import find, find_sources
from service.errors import ContentError, WenmaiError
from service.model import Dialect, Site, Source
from service.settings import Settings
from service.store.ids import digest

_PART: Final = 8_000_000  # bytes of posts in one request
_POLL: Final = 1.0  # seconds between looks at a job
_TIMEOUT: Final = 120.0  # seconds one request may take
_ENDED: Final = ("done", "failed", "cancelled")

_out, _err = Console(), Console(stderr=True)


class PushError(WenmaiError):
    """The service did not take the posts."""


def push(
    folder: Annotated[Path, typer.Argument(help="A site or vault, or a folder of them", exists=True, file_okay=False)],
    url: Annotated[str, typer.Option(envvar="WENMAI_URL", help="Address of the service")] = "http://localhost:8000",
    token: Annotated[
        str, typer.Option(envvar="WENMAI_TOKEN", help="A token for `ingest`; better in the environment than here")
    ] = "",
    source: Annotated[str | None, typer.Option("--source", help="Name of the source; default: the folder's")] = None,
    kind: Annotated[Dialect | None, typer.Option("--kind", help="How posts are read; default: told by them")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Remove nothing that is no longer in the folder")] = False,
    dry_run: show.DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a source")] = False,
) -> None:
    """Send a folder's posts to a running service: what changed goes in, what is gone goes.

    Exit code 0: all is in; 1: some posts could not be read; 2: nothing was sent, or the service refused.
    """
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    failed, sent = 0, False
    with httpx2.Client(base_url=url, headers=headers, timeout=_TIMEOUT) as client:
        for name, result in pushed(client, folder, source, kind, keep=keep, dry_run=dry_run):
            _shown(name, result, as_json=as_json, dry_run=dry_run)
            failed += len(result["errors"]) if dry_run else result["counts"]["failed"]
            sent = True
    if not sent:  # a build that went wrong leaves such a folder, and must not empty what is served
        raise PushError(f"{folder} holds no posts: nothing was sent, and what is stored stays")
    raise typer.Exit(1 if failed else 0)


def pushed(
    client: httpx2.Client,
    folder: Path,
    source: str | None,
    kind: Dialect | None,
    *,
    keep: bool = False,
    dry_run: bool = False,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Send each source of `folder` by `client`, and yield its name and what became of it.

    Raises:
        PushError: the service is away, or refuses.
    """
    for found, root in find_sources(folder):
        site = replace(found, name=source or found.name, dialect=kind or found.dialect)
        yield site.name, _Push(client, site, root, replacing=not keep).run(dry_run=dry_run)


def emptied(client: httpx2.Client, name: str) -> dict[str, Any]:
    """Remove all posts of a source by `client`, and return what became of them.

    Raises:
        PushError: the service is away, or refuses.
    """
    job = _followed(client, name, {"documents": [], "replace": True})
    return {"counts": job["counts"], "errors": job["errors"]}


class _Push:
    """One source on its way to a service."""

    def __init__(self, client: httpx2.Client, site: Site, root: Path, *, replacing: bool) -> None:
        settings = Settings()
        self._client, self._read, self._site, self._replacing = client, site, _told(site), replacing
        found = list(find(root, max_files=settings.max_files, max_bytes=settings.max_file_bytes, site=site))
        self._sources = {one.path: one for one in found if isinstance(one, Source)}
        self._unread = [one for one in found if isinstance(one, ContentError)]
        self._name = site.name

    def run(self, *, dry_run: bool) -> dict[str, Any]:
        """Send what changed and return what became of it; or only what would."""
        # What could not be read here may well be stored there: it is not to be taken for gone.
        replacing = self._replacing and not self._unread
        body = {
            "digests": {path: digest(one, self._read) for path, one in self._sources.items()},
            "replace": replacing,
            "site": self._site,
        }
        plan = _post(self._client, "/v1/admin/digests", self._name, body)
        errors = [{"path": one.path, "line": one.line, "detail": one.detail} for one in self._unread]
        if dry_run:
            return {**plan, "errors": errors}
        counts = {**dict.fromkeys(show.PARTS, 0), "unchanged": plan["unchanged"], "failed": len(errors)}
        total: dict[str, Any] = {"counts": counts, "errors": errors}
        for part in self._parts([*plan["added"], *plan["updated"]], plan["deleted"]):
            _add(total, _followed(self._client, self._name, part))
        return total

    def _parts(self, paths: list[str], deleted: list[str]) -> Iterator[dict[str, Any]]:
        """Yield the batches to send: posts go in before others go, so that no reader misses one that was moved."""
        documents, size = list[dict[str, Any]](), 0
        for path in paths:
            one = self._sources[path]
            if documents and size + len(one.text.encode()) > _PART:
                yield {"documents": documents, "site": self._site}
                documents, size = [], 0
            documents.append({"path": path, "content": one.text, "problems": [asdict(told) for told in one.problems]})
            size += len(one.text.encode())
        if documents or deleted:
            yield {"documents": documents, "delete": deleted, "site": self._site}


def _followed(client: httpx2.Client, name: str, part: dict[str, Any]) -> dict[str, Any]:
    """Send a batch of the source `name` and return its job when it has ended."""
    job: dict[str, Any] = _post(client, "/v1/admin/ingest", name, part)["job"]
    with _err.status(f"{name} …") as status:  # shown on a terminal only
        while job["status"] not in _ENDED:
            time.sleep(_POLL)
            job = _sent(client, "GET", f"/v1/admin/jobs/{job['id']}")
            status.update(f"{name}: {sum(job['counts'].values())} of {job['total']}")
    if job["status"] != "done":
        reason = job["errors"][-1]["detail"] if job["errors"] else job["status"]
        raise PushError(f"the service took {name} and could not store it: {reason}")
    return job


def _post(client: httpx2.Client, path: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
    return _sent(client, "POST", path, params={"source": name}, json=body)


def _sent(client: httpx2.Client, verb: str, path: str, **options: Any) -> dict[str, Any]:
    try:
        return _answer(client.request(verb, path, **options))
    except httpx2.HTTPError as error:
        raise PushError(f"{client.base_url} cannot be reached: {error}") from error


def _told(site: Site) -> dict[str, Any]:
    """Return what a site's own files say, as the service takes it."""
    left_out = ("name", "dialect", "told")
    values = {name: value for name, value in asdict(site).items() if name not in left_out and value}
    return {"kind": str(site.dialect or "auto"), **values}


def _answer(response: httpx2.Response) -> dict[str, Any]:
    """Return what the service answers.

    Raises:
        PushError: it refuses, with its own sentence.
    """
    if response.is_success:
        return dict(response.json())
    try:
        detail = response.json()["detail"]
    except (ValueError, KeyError, TypeError):
        detail = response.reason_phrase
    raise PushError(f"{response.url.host} answers {response.status_code}: {detail}")


def _add(total: dict[str, Any], job: dict[str, Any]) -> None:
    for name in show.PARTS:
        total["counts"][name] += job["counts"][name]
    total["errors"] += job["errors"]


def _shown(name: str, result: dict[str, Any], *, as_json: bool, dry_run: bool) -> None:
    tell = show.planned if dry_run else show.report
    tell(_out, {"source": name, **result}, as_json=as_json)
