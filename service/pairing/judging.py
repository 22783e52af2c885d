"""Judges pairs of claims, many of them in other processes: how two claims stand depends on these two alone."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Final, NamedTuple, TypeVar

from sqlalchemy.orm import Session

from service import mining
from service.query.lookup import Drawn, Side, drawn, side, verdict
from service.store.values import Row
from service.workers import pool, started

logger = logging.getLogger(__name__)

_AT_ONCE: Final = 150  # pairs
_FEW: Final = 600  # pairs: fewer are judged sooner than they are handed over
_MANY: Final = 20_000  # pairs: fewer are judged sooner than the first processes are there
_AHEAD: Final = 3  # parts for each process that are under way
_KEPT: Final = 1000  # claims that are kept ready
_READY: Final[dict[str, Side]] = {}  # of a process that only judges: it ends with what it judges

Pair = tuple[str, str]  # ids of claims
_Value = TypeVar("_Value")


class Part(NamedTuple):
    """Some pairs, with the claims that stand in them."""

    pairs: Sequence[Pair]
    claims: Sequence[Drawn]


def judged(session: Session, pairs: Iterator[Pair]) -> Iterator[Row]:
    """Yield the rows of those pairs that agree or contradict each other, in their order."""
    parts = iter(lambda: list(islice(pairs, _AT_ONCE)), [])
    yield from _here(session, islice(parts, (_FEW if started() else _MANY) // _AT_ONCE))
    further = next(parts, None)
    if further is None:
        return
    parts, processes = chain([further], parts), mining.processes()
    yield from _elsewhere(session, parts, processes) if processes else _here(session, parts)


def rows(pairs: Iterable[Pair], claims: Mapping[str, Side]) -> list[Row]:
    """Return the rows of those pairs that agree or contradict each other.

    A pair that cannot be judged for a fault of ours has none: it must not cost the others, nor the posts that are being
    stored.
    """
    made: list[Row] = []
    for one, other in pairs:
        try:
            found = verdict(claims[one], claims[other])
        except Exception:
            logger.exception("the claims %s and %s could not be set beside each other and are left out", one, other)
            continue
        if found is not None:
            told = {"relation": found.relation, "size": found.size, "score": found.score, "why": list(found.why)}
            made.append({"one": one, "other": other, **told})
    return made


def _ready(claims: Iterable[Drawn]) -> dict[str, Side]:
    return {one.candidate.id: side(*one) for one in claims}


def _here(session: Session, parts: Iterable[Sequence[Pair]]) -> Iterator[Row]:
    kept: dict[str, Side] = {}
    for pairs in parts:
        yield from rows(pairs, recent(kept, _claims(pairs), lambda missing: _ready(drawn(session, missing))))


def _elsewhere(session: Session, parts: Iterable[Sequence[Pair]], processes: int) -> Iterator[Row]:
    """Judge in so many processes, a bounded number of parts ahead of what is taken."""
    waiting = deque[tuple[Part, Future[list[Row]]]]()
    kept: dict[str, Drawn] = {}
    working = pool(processes)
    try:
        for pairs in parts:
            claims = recent(kept, _claims(pairs), lambda missing: _by_id(drawn(session, missing)))
            part = Part(pairs, [*claims.values()])
            waiting.append((part, _begun(working, part)))
            if len(waiting) > processes * _AHEAD:
                yield from _ended(*waiting.popleft())
        while waiting:
            yield from _ended(*waiting.popleft())
    finally:
        working.shutdown(cancel_futures=True)


def recent(
    kept: dict[str, _Value], wanted: Collection[str], made: Callable[[list[str]], Mapping[str, _Value]]
) -> dict[str, _Value]:
    """Return what is `kept` of what is wanted, and make the rest: most claims stand in many pairs, near each other.

    What was wanted last stays, of more than a bound.

    >>> kept = {"a": 1}
    >>> recent(kept, ["a", "b"], lambda missing: dict.fromkeys(missing, 2)), kept
    ({'b': 2, 'a': 1}, {'b': 2, 'a': 1})
    """
    found = dict(made([one for one in wanted if one not in kept]))
    found |= {one: kept.pop(one) for one in wanted if one in kept}
    kept |= found
    for one in [*islice(kept, max(len(kept) - _KEPT, 0))]:
        del kept[one]
    return found


def _claims(pairs: Iterable[Pair]) -> set[str]:
    return {claim for pair in pairs for claim in pair}


def _by_id(claims: Iterable[Drawn]) -> dict[str, Drawn]:
    return {one.candidate.id: one for one in claims}


def _begun(working: ProcessPoolExecutor, part: Part) -> Future[list[Row]]:
    try:
        return working.submit(_judge, part)
    except BrokenProcessPool as error:
        broken = Future[list[Row]]()
        broken.set_exception(error)
        return broken


def _ended(part: Part, begun: Future[list[Row]]) -> list[Row]:
    try:
        return begun.result()
    except BrokenProcessPool:
        logger.warning("claims are judged in one process: the others ended, or could not be started")
        return rows(part.pairs, _ready(part.claims))


def _judge(part: Part) -> list[Row]:
    """Return the rows of a part, in a process that does nothing else."""
    given = _by_id(part.claims)
    return rows(part.pairs, recent(_READY, given, lambda missing: _ready(given[one] for one in missing)))
