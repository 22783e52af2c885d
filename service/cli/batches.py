"""Posts named on a command line, source by source, and their ingestion with its progress shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from sqlalchemy import Engine

from service import editing
from service.content import decode, find, find_sources
from service.errors import ContentError
from service.ingest import Report, ingest
from service.mining import Engine as MiningEngine
from service.model import Dialect, Site, Source
from service.settings import Settings
from service.store import engine as store


@dataclass
class Batch:
    """The posts of one source."""

    site: Site
    sources: list[Source | ContentError]
    texts: dict[str, str] = field(default_factory=dict)


def batches(paths: Sequence[Path], settings: Settings, name: str | None, kind: Dialect | None) -> Iterator[Batch]:
    """Yield the posts at `paths`, those of one site together; `name` and `kind` outrank what is found."""
    for path in paths:
        found = [(Site(_folder(path)), path)] if path.is_file() else find_sources(path)
        for site, root in found:
            declared = replace(site, name=name or site.name, dialect=kind or site.dialect)
            sources = list(_sources(root, settings, site))
            yield Batch(declared, sources, {s.path: s.text for s in sources if isinstance(s, Source)})


def _folder(file: Path) -> str:
    return file.resolve().parent.name or "notes"


def _sources(root: Path, settings: Settings, site: Site) -> Iterator[Source | ContentError]:
    if root.is_dir():
        yield from find(root, max_files=settings.max_files, max_bytes=settings.max_file_bytes, site=site)
        return
    try:
        yield decode(root.read_bytes(), root.name, max_bytes=settings.max_file_bytes)
    except OSError as error:
        yield ContentError(f"the file can't be read: {error.strerror}", path=str(root))
    except ContentError as error:
        yield error


def follow(engine: Engine, batch: Batch, console: Console, miners: MiningEngine | None = None) -> Report:
    """Ingest `batch` with a progress bar on `console`, which shows only on a terminal, and return the report."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(batch.site.name, total=len(batch.sources))
        return ingest(
            engine,
            editing.settled(engine, batch.site),
            batch.sources,
            progress=lambda _: progress.advance(task),
            miners=miners,
        )


@contextmanager
def scratch() -> Iterator[Engine]:
    """Give a database that is gone afterwards."""
    engine = store.create("sqlite://")
    store.migrate(engine)
    try:
        yield engine
    finally:
        engine.dispose()
