"""Reads and mines the posts of a large batch in several processes, in the batch's order; the caller alone writes.

All that needs no database is done there, down to the rows. Processes take a second or two to load the lexicons, so a
small batch is left to the caller. What cannot be read there, or has a fault, is left to the caller as well: so it is
reported in one place.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import get_context
from typing import Final, NamedTuple

from service.errors import ContentError
from service.extraction import extract
from service.model import Problem, Site, Source
from service.reading import read
from service.store.entries import Entry, entry

logger = logging.getLogger(__name__)

FEW: Final = 200  # posts: fewer are mined sooner than processes have started
_MOST_PROCESSES: Final = 8
_AT_ONCE: Final = 16  # posts that go to a process together
_WITH_OTHERS: Final = 512  # and those that need no mining, which wait with them
_AHEAD: Final = 3  # such parts for each process that are under way: what is mined and not yet written is bounded

Item = Source | ContentError
Wanted = Callable[[Source], str]  # the hash that a post is to be stored with; empty: it is not mined here


class Mined(NamedTuple):
    """What is stored of a post, and what the post itself got wrong."""

    entry: Entry
    problems: tuple[Problem, ...]


class _Task(NamedTuple):
    """A post to be mined."""

    post: Source
    content_hash: str


class _Part(NamedTuple):
    """Some of a batch: its items in order, and what will have come of those that are mined."""

    items: Sequence[Item]
    mined: Sequence[_Task]
    result: Future[list[Mined | None]]


def processes() -> int:
    """Return how many processes mine a large batch: one a core, and none beside the caller where there is only one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST_PROCESSES) if cores > 1 else 0


def mine(
    site: Site, items: Iterable[Item], wanted: Wanted, workers: int | None = None
) -> Iterator[tuple[Item, Mined | None]]:
    """Yield the items of a batch, each post that is `wanted` with what is stored of it; None: the caller reads it.

    `workers` is the number of processes; by default one for each core.
    """
    rest = iter(items)
    first: list[Item] = []
    number = 0
    for item in rest:
        first.append(item)
        number += isinstance(item, Source) and bool(wanted(item))
        if number >= FEW:
            break
    workers = processes() if workers is None else workers
    everything = chain(first, rest)
    if number < FEW or not workers:
        yield from ((item, None) for item in everything)
        return
    # Not forked: the caller has threads and connections.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        yield from _mined(pool, site, _parts(everything, wanted), workers * _AHEAD)
    finally:
        pool.shutdown(cancel_futures=True)


def _parts(items: Iterable[Item], wanted: Wanted) -> Iterator[tuple[list[Item], list[_Task]]]:
    part: list[Item] = []
    mined: list[_Task] = []
    for item in items:
        part.append(item)
        if isinstance(item, Source) and (content_hash := wanted(item)):
            mined.append(_Task(item, content_hash))
        if len(mined) == _AT_ONCE or len(part) == _WITH_OTHERS:
            yield part, mined
            part, mined = [], []
    if part:
        yield part, mined


def _mined(
    pool: ProcessPoolExecutor, site: Site, parts: Iterable[tuple[list[Item], list[_Task]]], ahead: int
) -> Iterator[tuple[Item, Mined | None]]:
    waiting: deque[_Part] = deque()
    for items, mined in parts:
        waiting.append(_Part(items, mined, _submitted(pool, site, mined)))
        if len(waiting) > ahead:
            yield from _finished(waiting.popleft())
    while waiting:
        yield from _finished(waiting.popleft())


def _submitted(pool: ProcessPoolExecutor, site: Site, posts: list[_Task]) -> Future[list[Mined | None]]:
    try:
        return pool.submit(_mine, site, posts)
    except BrokenProcessPool as error:
        broken: Future[list[Mined | None]] = Future()
        broken.set_exception(error)
        return broken


def _finished(part: _Part) -> Iterator[tuple[Item, Mined | None]]:
    try:
        found: list[Mined | None] = part.result.result()
    except BrokenProcessPool:
        logger.warning("posts are mined in one process: the others ended, or could not be started")
        found = [None] * len(part.mined)
    by_post = {id(task.post): one for task, one in zip(part.mined, found, strict=True)}
    yield from ((item, by_post.get(id(item))) for item in part.items)


def _mine(site: Site, tasks: Sequence[_Task]) -> list[Mined | None]:
    """Return what is to be stored of each post; None: it cannot be told here."""
    return [_one(site, task) for task in tasks]


def _one(site: Site, task: _Task) -> Mined | None:
    try:
        document = read(task.post, site)
        made = entry(site, document, extract(document, site.names), task.content_hash)
    except Exception:
        return None
    return Mined(made, document.problems)
