"""Reads and mines the posts of a large batch in other processes, in the batch's order; the caller alone writes.

All that needs no database is done there, down to the rows. Processes take a second or two to load the lexicons, so a
small batch is left to the caller. What cannot be read there, or has a fault, is left to the caller as well: so it is
reported in one place.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from typing import Final, NamedTuple

from service.errors import ContentError
from service.mining.engine import Engine, Result
from service.mining.local import Processes, processes
from service.mining.on_ray import THIS_MACHINE, Cluster
from service.mining.task import Mined, Task
from service.model import Site, Source
from service.settings import EngineName

__all__ = ["FEW", "Engine", "Item", "Mined", "Wanted", "mine", "opened", "processes"]

FEW: Final = 200  # posts: fewer are mined sooner than processes have started
_AT_ONCE: Final = 16  # posts that go to a process together
_WITH_OTHERS: Final = 512  # and those that need no mining, which wait with them

Item = Source | ContentError
Wanted = Callable[[Source], str]  # the hash that a post is to be stored with; empty: it is not mined here


class _Part(NamedTuple):
    """Some of a batch: its items in order, and what will have come of those that are mined."""

    items: Sequence[Item]
    mined: Sequence[Task]
    result: Result


@contextmanager
def opened(name: EngineName, address: str | None = None) -> Iterator[Engine | None]:
    """Give an engine for `mine`, for as many batches as it is wanted for; None: it starts what it needs itself.

    Raises:
        SettingsError: there is no cluster at `address`, or it is of no use.
    """
    if name is EngineName.LOCAL:
        yield None
        return
    with closing(Cluster(address or THIS_MACHINE)) as cluster:
        yield cluster


def mine(
    site: Site, items: Iterable[Item], wanted: Wanted, workers: int | None = None, engine: Engine | None = None
) -> Iterator[tuple[Item, Mined | None]]:
    """Yield the items of a batch, each post that is `wanted` with what is stored of it; None: the caller reads it.

    They are mined by `engine`, which stays open, or else by so many `workers`, by default one for each core.
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
    if number < FEW or not (engine or workers):
        yield from ((item, None) for item in everything)
    elif engine:
        yield from _mined(engine, site, _parts(everything, wanted))
    else:
        with closing(Processes(workers)) as pool:
            yield from _mined(pool, site, _parts(everything, wanted))


def _parts(items: Iterable[Item], wanted: Wanted) -> Iterator[tuple[list[Item], list[Task]]]:
    part: list[Item] = []
    mined: list[Task] = []
    for item in items:
        part.append(item)
        if isinstance(item, Source) and (content_hash := wanted(item)):
            mined.append(Task(item, content_hash))
        if len(mined) == _AT_ONCE or len(part) == _WITH_OTHERS:
            yield part, mined
            part, mined = [], []
    if part:
        yield part, mined


def _mined(
    engine: Engine, site: Site, parts: Iterable[tuple[list[Item], list[Task]]]
) -> Iterator[tuple[Item, Mined | None]]:
    waiting: deque[_Part] = deque()
    for items, mined in parts:
        waiting.append(_Part(items, mined, engine.submit(site, mined)))
        if len(waiting) > engine.ahead:
            yield from _finished(waiting.popleft())
    while waiting:
        yield from _finished(waiting.popleft())


def _finished(part: _Part) -> Iterator[tuple[Item, Mined | None]]:
    by_post = {id(task.post): one for task, one in zip(part.mined, part.result(), strict=True)}
    yield from ((item, by_post.get(id(item))) for item in part.items)
