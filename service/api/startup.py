"""What happens between start and ready: the content named in the settings goes in."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from functools import cache, partial

from sqlalchemy import Engine

from service import editing
from service.content import find, find_sources
from service.errors import ContentError, SettingsError
from service.jobs import ENDED, Batch, Jobs
from service.model import Site, Source
from service.query.lookup.warming import warm
from service.settings import Settings


class Readiness:
    """Whether the service can be used yet: once every job of its start has ended."""

    def __init__(self) -> None:
        self._jobs: Jobs | None = None
        self._waiting: list[str] = []

    def begin(self, jobs: Jobs, waiting: list[str]) -> None:
        """Be ready once the jobs `waiting` have ended."""
        self._jobs, self._waiting = jobs, waiting

    def reason(self) -> str | None:
        """Return why the service can't be used yet; None when it can."""
        if self._jobs is None:
            return "The service is starting."
        self._waiting = [job for job in self._waiting if not self._ended(self._jobs, job)]
        return f"{len(self._waiting)} sources are still being ingested." if self._waiting else None

    @staticmethod
    def _ended(jobs: Jobs, job: str) -> bool:
        row = jobs.get(job)
        return row is None or row.status in ENDED


def check(settings: Settings) -> None:
    """Refuse content that is not there.

    Raises:
        SettingsError: it is no folder.
    """
    if settings.content is not None and not settings.content.is_dir():
        raise SettingsError(f"WENMAI_CONTENT is {settings.content}, which is no folder")


def begin(settings: Settings, engine: Engine, jobs: Jobs, readiness: Readiness) -> None:
    """Submit one job for each site or vault of the content folder; what an editor declared outranks its own files.

    Raises:
        SettingsError: the folder does not exist.
    """
    settle()
    waiting = []
    check(settings)
    if settings.content is not None:
        for found, root in find_sources(settings.content):
            site = editing.settled(engine, found)
            sources = find(root, max_files=settings.max_files, max_bytes=settings.max_file_bytes, site=site)
            waiting.append(jobs.submit_later(site.name, partial(_batch, site, sources), replace=True))
    readiness.begin(jobs, waiting)


@cache
def settle() -> None:
    """Set up what requests need, once in a process, and take it out of garbage collection.

    Lexicons and patterns are a quarter of a million objects that stay until the end. To look through them for garbage,
    as is done now and then amid a request, takes 150 ms of processor time; when they are frozen it takes none.
    """
    warm()
    gc.collect()
    gc.freeze()


def _batch(site: Site, sources: Iterable[Source | ContentError]) -> Batch:
    return site, sources
