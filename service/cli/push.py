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
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and change nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a source")] = False,
) -> None:
    """Send a folder's posts to a running service: what changed goes in, what is gone goes.

    Exit code 0: all is in; 1: some posts could not be read; 2: nothing was sent, or the service refused.
    """
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    failed = 0
    with httpx2.Client(base_url=url, headers=headers, timeout=_TIMEOUT) as client:
        for name, result in pushed(client, folder, source, kind, keep=keep, dry_run=dry_run):
            _shown(name, result, as_json=as_json, dry_run=dry_run)
            failed += len(result["errors"]) if dry_run else result["counts"]["failed"]
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
        plan = self._post("/v1/admin/digests", body)
        errors = [{"path": one.path, "line": one.line, "detail": one.detail} for one in self._unread]
        if dry_run:
            return {**plan, "errors": errors}
        counts = {**dict.fromkeys(show.PARTS, 0), "unchanged": plan["unchanged"], "failed": len(errors)}
        total: dict[str, Any] = {"counts": counts, "errors": errors}
        for part in self._parts([*plan["added"], *plan["updated"]], plan["deleted"]):
            _add(total, self._followed(part))
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

    def _followed(self, part: dict[str, Any]) -> dict[str, Any]:
        """Send a batch and return its job when it has ended."""
        job: dict[str, Any] = self._post("/v1/admin/ingest", part)["job"]
        with _err.status(f"{self._name} …") as status:  # shown on a terminal only
            while job["status"] not in _ENDED:
                time.sleep(_POLL)
                job = self._sent("GET", f"/v1/admin/jobs/{job['id']}")
                status.update(f"{self._name}: {sum(job['counts'].values())} of {job['total']}")
        if job["status"] != "done":
            reason = job["errors"][-1]["detail"] if job["errors"] else job["status"]
            raise PushError(f"the service took {self._name} and could not store it: {reason}")
        return job

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._sent("POST", path, params={"source": self._name}, json=body)

    def _sent(self, verb: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            return _answer(self._client.request(verb, path, **options))
        except httpx2.HTTPError as error:
            raise PushError(f"{self._client.base_url} cannot be reached: {error}") from error


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
    if as_json or not dry_run:
        show.report(_out, {"source": name, **result}, as_json=as_json)
        return
    for outcome in ("added", "updated", "deleted"):
        for path in result[outcome]:
            show.line(_out, f"{outcome}: {path}")
    show.line(_out, f"{name}: {result['unchanged']} unchanged; nothing was sent")
    show.troubles(_out, result)
