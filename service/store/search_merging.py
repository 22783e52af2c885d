"""Segments of the search index become one: term by term, in one pass over each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from service.store.bulk import insert_tuples
from service.store.prepared import Prepared
from service.store.search_postings import SLOTS, Part, merged
from service.store.tables import TABLES

_FACTOR: Final = 8  # segments of one size that are merged
_SIZES: Final = (256, 2048, 16384, SLOTS)  # slots: a segment is of the first size that it is smaller than
_AT_ONCE: Final = 5000  # rows
_SEGMENT, _POSTING, _DOCUMENT = TABLES["search_segment"], TABLES["search_posting"], TABLES["search_document"]
_POSTINGS: Final = Prepared(
    lambda _: (
        select(_POSTING.c.term, _POSTING.c.segment, _POSTING.c.data)
        .where(_POSTING.c.segment == bindparam("segment"), _POSTING.c.term > bindparam("last"))
        .order_by(_POSTING.c.term)
        .limit(bindparam("most"))
    )
)


class _Segment(NamedTuple):
    id: int
    slots: int
    live: int
    ties: bytes


class Written:
    """The postings of a segment, written some at a time."""

    def __init__(self, session: Session, segment: int) -> None:
        self._session, self._segment = session, segment
        self._rows: list[tuple[int, str, bytes]] = []

    def add(self, term: str, data: bytes) -> None:
        """Write the postings of a term, which is none of those before."""
        self._rows.append((self._segment, term, data))
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            insert_tuples(self._session, _POSTING, self._rows)
            self._rows = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._flush()


def merge(session: Session) -> None:
    """Merge segments until there are fewer than eight of each size, or they are as large as may be."""
    while chosen := _chosen(session):
        _merge(session, chosen)


def _chosen(session: Session) -> list[_Segment]:
    """Return segments of one size that are to become one, the oldest first; none where there is nothing to merge."""
    sizes: dict[int, list[tuple[int, int]]] = {}
    for number, slots in session.execute(select(_SEGMENT.c.id, _SEGMENT.c.slots).order_by(_SEGMENT.c.id)):
        size = next((size for size in _SIZES if slots < size), 0)
        if size:
            sizes.setdefault(size, []).append((number, slots))
    for _, found in sorted(sizes.items()):
        fitting = _fitting(found)
        if len(fitting) >= (_FACTOR if sum(slots for _, slots in found) < SLOTS else 2):
            rows = session.execute(select(_SEGMENT).where(_SEGMENT.c.id.in_(fitting)).order_by(_SEGMENT.c.id))
            return [_Segment(row.id, row.slots, int.from_bytes(row.live, "little"), row.ties) for row in rows]
    return []


def _fitting(found: Sequence[tuple[int, int]]) -> list[int]:
    """Return the first segments that go into one together."""
    chosen, room = [], SLOTS
    for number, slots in found:
        if slots <= room:
            chosen.append(number)
            room -= slots
    return chosen


def _merge(session: Session, old: Sequence[_Segment]) -> None:
    number = session.execute(select(func.max(_SEGMENT.c.id) + 1)).scalar_one()
    firsts, slots = _placed(old)
    live = sum(segment.live << firsts[segment.id] for segment in old)
    row = {"id": number, "slots": slots, "live": live.to_bytes(slots // 8, "little"), "ties": _ties(old)}
    session.execute(insert(_SEGMENT), [row])
    by_id = {segment.id: _place(segment, firsts) for segment in old}
    with Written(session, number) as postings:
        for term, found in _by_term([_Reading(session, one) for one in by_id]):
            data = merged([Part(data, *by_id[segment]) for segment, data in found], slots)
            if data is not None:
                postings.add(term, data)
    for segment in old:
        moved = {"segment": number, "slot": _DOCUMENT.c.slot + firsts[segment.id]}
        session.execute(update(_DOCUMENT).where(_DOCUMENT.c.segment == segment.id).values(moved))
    session.execute(delete(_POSTING).where(_POSTING.c.segment.in_(by_id)))
    session.execute(delete(_SEGMENT).where(_SEGMENT.c.id.in_(by_id)))


def _placed(old: Sequence[_Segment]) -> tuple[dict[int, int], int]:
    """Return where the numbers of each segment begin in the new one, and how many there are of all."""
    firsts, slots = {}, 0
    for segment in old:
        firsts[segment.id] = slots
        slots += segment.slots
    return firsts, slots


def _ties(old: Sequence[_Segment]) -> bytes:
    planes = len(old[0].ties) * 8 // old[0].slots
    each = [(segment.ties, segment.slots // 8) for segment in old]
    return b"".join(ties[digit * size : (digit + 1) * size] for digit in range(planes) for ties, size in each)


def _place(segment: _Segment, firsts: dict[int, int]) -> tuple[int, int, int | None]:
    """Return what a `Part` tells of a segment."""
    whole = segment.live.bit_count() == segment.slots
    return firsts[segment.id], segment.slots, None if whole else segment.live


class _Reading:
    """The postings of a segment by term, some read at a time."""

    def __init__(self, session: Session, segment: int) -> None:
        self._session, self._segment = session, segment
        self.rows: Sequence[Sequence[Any]] = []
        self._last = ""  # a term that is before all others
        self._more = True

    def fill(self) -> None:
        """Read some, if none is left."""
        if self._more and not self.rows:
            self.rows = _POSTINGS.tuples(self._session, segment=self._segment, last=self._last, most=_AT_ONCE)
            self._more = len(self.rows) == _AT_ONCE
            self._last = self.rows[-1][0] if self.rows else ""

    @property
    def known(self) -> str | None:
        """Up to which term all is read; None: to the end."""
        return self._last if self._more else None

    def take(self, last: str | None) -> Sequence[Sequence[Any]]:
        """Give away what is read up to a term."""
        end = len(self.rows) if last is None else bisect_right(self.rows, last, key=itemgetter(0))
        taken, self.rows = self.rows[:end], self.rows[end:]
        return taken


def _by_term(readings: Sequence[_Reading]) -> Iterator[tuple[str, list[tuple[int, bytes]]]]:
    """Yield each term with its postings, segment by segment in their order."""
    while True:
        for reading in readings:
            reading.fill()
        last = min((reading.known for reading in readings if reading.known is not None), default=None)
        found: dict[str, list[tuple[int, bytes]]] = {}
        for reading in readings:
            for term, segment, data in reading.take(last):
                found.setdefault(term, []).append((segment, data))
        yield from ((term, found[term]) for term in sorted(found))
        if last is None:
            return
