"""A folder that is being written in: what is saved goes in at once, into the database or to a running service."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Final

import httpx2
import typer
import watchfiles
from rich.console import Console

from service import editing
from service.cli import show
from service.cli.batches import batches
from service.cli.database import opened
from service.cli.push import emptied, pushed
from service.errors import WenmaiError
from service.ingest import ingest
from service.model import Dialect, Site
from service.settings import Settings

_QUIET: Final = 400  # milliseconds without a change until what changed is taken: editors save in several steps
_LONGEST: Final = 2_000  # milliseconds after which it is taken all the same
_BLIND: Final = frozenset({".git", ".hg", ".svn", "node_modules", ".DS_Store"})

Take = Callable[[], Iterator[dict[str, Any]]]  # brings what changed, and yields what was done, a source each

_out, _err = Console(), Console(stderr=True)


def watch(
    folder: Annotated[Path, typer.Argument(help="A site or vault, or a folder of them", exists=True, file_okay=False)],
    url: Annotated[
        str | None, typer.Option(envvar="WENMAI_URL", help="Address of a service; default: the settings' database")
    ] = None,
    token: Annotated[str, typer.Option(envvar="WENMAI_TOKEN", help="A token for `ingest` of that service")] = "",
    source: Annotated[str | None, typer.Option("--source", help="Name of the source; default: the folder's")] = None,
    kind: Annotated[Dialect | None, typer.Option("--kind", help="How posts are read; default: told by them")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a change")] = False,
) -> None:
    """Store a folder's posts now and whenever one is saved, until you end it: what is gone from the folder goes."""
    take = _sender(folder, url, token, source, kind) if url else _storer(folder, source, kind)

    def tell() -> None:
        for done in take():
            if any(number for outcome, number in done["counts"].items() if outcome != "unchanged"):
                show.report(_out, done, as_json=as_json)

    with suppress(KeyboardInterrupt):
        follow(folder, tell, threading.Event())


def follow(folder: Path, take: Callable[[], None], ended: threading.Event) -> None:
    """Call `take` now and after every change below `folder`, until `ended`; what goes wrong is told, and tried again.

    Changes that come while `take` is at work are noticed: they are taken next.
    """
    changes = watchfiles.watch(
        folder, watch_filter=_counts, debounce=_LONGEST, step=_QUIET, stop_event=ended, raise_interrupt=False,
        yield_on_timeout=True, rust_timeout=300,
    )  # fmt: skip
    wanted = True
    for change in changes:
        wanted = wanted or bool(change)
        if wanted:
            wanted = not _taken(take)


def _taken(take: Callable[[], None]) -> bool:
    try:
        take()
    except (WenmaiError, OSError) as error:  # the service is away, a folder was renamed just now
        _err.print(f"wenmai: {error}", style="yellow", markup=False, highlight=False, soft_wrap=True)
        return False
    return True


def _counts(_change: watchfiles.Change, path: str) -> bool:
    return _BLIND.isdisjoint(Path(path).parts)


def _storer(folder: Path, source: str | None, kind: Dialect | None) -> Take:
    settings = Settings()
    engine, known = opened(settings), dict[str, Site]()

    def take() -> Iterator[dict[str, Any]]:
        found = {batch.site.name: batch for batch in batches([folder], settings, source, kind)}
        sites = {name: editing.settled(engine, batch.site) for name, batch in found.items()}
        for name, site in (known | sites).items():
            report = ingest(engine, site, found[name].sources if name in found else [], replace=True)
            if report.changed or report.failed:
                yield show.facts(name, report)
        known.clear()  # not before: what could not be stored is tried again
        known.update(sites)

    return take


def _sender(folder: Path, url: str, token: str, source: str | None, kind: Dialect | None) -> Take:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    client, known = httpx2.Client(base_url=url, headers=headers, timeout=120.0), set[str]()

    def take() -> Iterator[dict[str, Any]]:
        found = set[str]()
        for name, result in pushed(client, folder, source, kind):
            found.add(name)
            yield {"source": name, **result}
        for name in sorted(known - found):
            yield {"source": name, **emptied(client, name)}
        known.clear()  # not before: what could not be stored is tried again
        known.update(found)

    return take
