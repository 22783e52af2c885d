"""Sites of grown posts, stored with what was made with them: so a corpus reaches a size that is days of mining away.

All is done that ingestion does, resolving included, but for two things: posts are neither read nor mined, and claims
enter the lists by which others find them without being set beside others themselves. What comes on top of such a corpus
costs what it would cost had those been, for it is set beside all that is listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import NamedTuple
from unittest.mock import patch

from sqlalchemy import Engine

from bench.growing import Grown, more
from service import ingest as ingestion
from service import mining
from service.extraction import VERSION
from service.ingest import Report, ingest
from service.mining import Mined
from service.mining.engine import Result
from service.mining.task import Task
from service.model import Dialect, Site, Source
from service.store.claim_listing import touched
from service.store.entries import entry
from service.store.writer import content_hash
from service.workers import pool


class AsMade(NamedTuple):
    """The posts of a site, and what is stored of each."""

    site: Site
    posts: Sequence[Source]
    entries: Sequence[Mined]


class Ahead:
    """Makes sites in another process, the next one while one is stored."""

    def __init__(self, posts: int) -> None:
        """Make sites of so many posts."""
        self._posts, self._pool = posts, pool(1)
        self._next: dict[int, Future[AsMade]] = {}

    def site(self, number: int) -> AsMade:
        """Return a site by its number."""
        made = self._next.pop(number, None) or self._begun(number)
        self._next = {number + 1: self._begun(number + 1)}
        return made.result()

    def _begun(self, number: int) -> Future[AsMade]:
        return self._pool.submit(as_made, number, self._posts)

    def close(self) -> None:
        """End the process."""
        self._pool.shutdown(cancel_futures=True)


class _There:
    """An engine for `service.mining.mine` that need not mine."""

    ahead = 1

    def __init__(self, made: AsMade) -> None:
        self._entries = {one.entry.path: one for one in made.entries}

    def submit(self, site: Site, tasks: Sequence[Task]) -> Result:  # noqa: ARG002 - it is that of all engines
        found: list[Mined | None] = [self._entries[task.post.path] for task in tasks]
        return lambda: found

    def close(self) -> None:
        """There is nothing to end."""


def site(number: int) -> Site:
    """Return the site of a number."""
    return Site(f"site{number:05}", Dialect.HUGO, base_url=f"https://site{number}.example/")


def sources(posts: Sequence[Grown]) -> list[Source]:
    """Return posts as they are found in files."""
    return [Source(post.document.path, post.markdown) for post in posts]


def as_made(number: int, posts: int) -> AsMade:
    """Make a site of so many posts; the same number gives the same posts."""
    return made_of(site(number), [*more(posts, number)])


def made_of(whose: Site, posts: Sequence[Grown]) -> AsMade:
    """Return posts of a site with what is stored of each."""
    found = sources(posts)
    hashes = (content_hash(source, whose, VERSION) for source in found)
    pairs = zip(posts, hashes, strict=True)
    return AsMade(whose, found, [Mined(entry(whose, one.document, one.extraction, of), ()) for one, of in pairs])


def store(engine: Engine, made: AsMade) -> Report:
    """Store a site as it was made."""
    with patch.object(mining, "FEW", 0), patch.object(ingestion, "pair_on", touched):
        return ingest(engine, made.site, made.posts, miners=_There(made))
