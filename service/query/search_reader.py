"""Reads the search index: every article is a bit, in the order of segments, then of those that wait for one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, bindparam, select, union_all
from sqlalchemy.orm import Session

from service.query.columns import ARTICLE, SEARCH_DEAD, SEARCH_DOCUMENT, SEARCH_FRESH, SEARCH_POSTING, SEARCH_SEGMENT
from service.query.sliced import Sliced, bits
from service.store.search_index import TIES, fresh_text, tie, tie_planes
from service.store.search_postings import Planes, add, blank

_MOST_TERMS: Final = 64  # that begin alike
_ASKED: Final = 400  # terms or articles in one statement


class Range(NamedTuple):
    """Terms from `first` up to but not `last`."""

    first: str
    last: str


class _Segment(NamedTuple):
    id: int
    first: int  # bit
    slots: int


class Found(NamedTuple):
    """An article behind a bit, with what orders it among others equally good: the greatest first."""

    bit: int
    id: str
    tie: int


class SearchIndex:
    """The index as it stands in the transaction of a session: made for one query."""

    def __init__(self, session: Session, *, drafts: bool = True) -> None:
        """Read which articles there are; without drafts, nothing is found in those."""
        self._session = session
        self._connection = session.connection()
        rows = session.execute(_SEGMENTS).all()
        firsts, self._slots = [], 0
        for row in rows:
            firsts.append(self._slots)
            self._slots += row.slots
        self._segments = [_Segment(row.id, at, row.slots) for row, at in zip(rows, firsts, strict=True)]
        self._fresh = self._waiting()
        live = int.from_bytes(b"".join(row.live for row in rows), "little") & ~self._dead()
        self.live = live | ((1 << len(self._fresh)) - 1) << self._slots
        if not drafts:
            self.live &= ~self.bitmap(_DRAFTS)

    def _dead(self) -> int:
        firsts = {segment.id: segment.first for segment in self._segments}
        dead = 0
        for segment, slot in self._connection.execute(_DEAD):
            dead |= 1 << (firsts[segment] + slot)
        return dead

    def _waiting(self) -> list[tuple[str, str]]:
        rows = self._connection.execute(_WAITING)
        return [(article, fresh_text(terms)) for article, terms in rows]

    @property
    def total(self) -> int:
        """How many articles there are."""
        return self.live.bit_count()

    def levels(self, terms: Collection[str]) -> dict[str, Sliced]:
        """Return for each term how much it says of every article: 0 where it does not stand."""
        planes: dict[str, Planes] = {}
        firsts = {segment.id: (segment.first, segment.slots) for segment in self._segments}
        for term, segment, data in self._postings(sorted(set(terms))):
            if term not in planes:
                planes[term] = blank(self._slots)
            add(planes[term], data, *firsts[segment])
        found = {term: [int.from_bytes(plane, "little") for plane in each] for term, each in planes.items()}
        for term in set(terms):
            levels = self._of_waiting(term)
            if levels:
                stored = found.get(term, [0, 0, 0, 0])
                found[term] = [digit | more << self._slots for digit, more in zip(stored, levels, strict=True)]
        return {term: [digit & self.live for digit in number] for term, number in found.items()}

    def _postings(self, terms: Sequence[str]) -> Iterator[Any]:
        for at in range(0, len(terms), _ASKED):
            given = {"segments": self._ids, "terms": terms[at : at + _ASKED]}
            yield from self._connection.execute(_HELD, given)

    @property
    def _ids(self) -> list[int]:
        return [segment.id for segment in self._segments]

    def _of_waiting(self, term: str) -> Sliced:
        digits, mark = [0, 0, 0, 0], f"\n{term}\t"
        for place, (_, text) in enumerate(self._fresh):
            start = text.find(mark)
            if start >= 0:
                level = int(text[start + len(mark)], 16)
                for n in range(4):
                    digits[n] |= (level >> n & 1) << place
        return digits if any(digits) else []

    def terms_within(self, ranges: Iterable[Range]) -> list[str]:
        """Return the first terms of each range, in no order: what a word may go on as."""
        asked = list(ranges)
        found = {term for one in asked for term in self._waiting_within(one)}
        if asked and self._segments:
            found.update(self._session.execute(union_all(*map(self._within, asked))).scalars())
        return sorted(found)

    def _within(self, one: Range) -> Select[Any]:
        term = SEARCH_POSTING.c.term
        held = select(term).where(SEARCH_POSTING.c.segment.in_(self._ids), term >= one.first, term < one.last)
        return select(held.distinct().order_by(term).limit(_MOST_TERMS).subquery())

    def _waiting_within(self, one: Range) -> list[str]:
        pattern = re.compile(rf"\n({re.escape(one.first[:2])}[^\t\n]*)\t")
        terms = {term for _, text in self._fresh for term in pattern.findall(text)}
        return sorted(term for term in terms if one.first <= term < one.last)[:_MOST_TERMS]

    @cached_property
    def ties(self) -> Sliced:
        """What orders articles that are equally good, the greatest first."""
        rows = self._session.execute(select(SEARCH_SEGMENT.c.ties).order_by(SEARCH_SEGMENT.c.id)).scalars().all()
        sizes = [segment.slots // 8 for segment in self._segments]
        waiting = -(-len(self._fresh) // 8) * 8
        fresh = tie_planes([tie(*one) for one in self._published()], waiting)
        each = [*zip(rows, sizes, strict=True), (fresh, waiting // 8)]
        digits = (b"".join(ties[n * size : (n + 1) * size] for ties, size in each) for n in range(TIES))
        return [int.from_bytes(digit, "little") for digit in digits]

    def _published(self) -> list[tuple[str, str | None]]:
        ids = [article for article, _ in self._fresh]
        rows = self._session.execute(select(ARTICLE.c.id, ARTICLE.c.published).where(ARTICLE.c.id.in_(ids))).all()
        dates = {row.id: row.published for row in rows}
        return [(one, dates[one]) for one in ids]

    def articles(self, bitmap: int) -> list[Found]:
        """Return the articles of a bitmap, in no order."""
        waiting = [(self._slots + place, one) for place, one in enumerate(self._published_if(bitmap))]
        found = [Found(bit, one[0], tie(*one)) for bit, one in waiting if bitmap >> bit & 1]
        for segment in self._segments:
            slots = list(bits(bitmap >> segment.first & (1 << segment.slots) - 1))
            for at in range(0, len(slots), _ASKED):
                given = {"segment": segment.id, "slots": slots[at : at + _ASKED]}
                rows = self._connection.execute(_NUMBERED, given)
                found += [Found(segment.first + slot, one, tie(one, day)) for one, slot, day in rows]
        return found

    def _published_if(self, bitmap: int) -> list[tuple[str, str | None]]:
        return self._published() if bitmap >> self._slots else []

    def bitmap(self, articles: Select[Any]) -> int:
        """Return the bitmap of the articles whose ids a statement selects."""
        firsts = {segment.id: segment.first for segment in self._segments}
        numbers = select(SEARCH_DOCUMENT.c.segment, SEARCH_DOCUMENT.c.slot)
        planes = bytearray(self._slots // 8)
        for segment, slot in self._session.execute(numbers.where(SEARCH_DOCUMENT.c.article_id.in_(articles))):
            bit = firsts[segment] + slot
            planes[bit >> 3] |= 1 << (bit & 7)
        found = int.from_bytes(planes, "little")
        if self._fresh:
            ids = self._session.execute(
                select(SEARCH_FRESH.c.article_id).where(SEARCH_FRESH.c.article_id.in_(articles))
            )
            waiting = {one for (one,) in ids}
            found |= sum(1 << (self._slots + n) for n, (one, _) in enumerate(self._fresh) if one in waiting)
        return found & self.live


# Made once: to put a statement together costs more than what the database does for it.
_DRAFTS = select(ARTICLE.c.id).where(ARTICLE.c.draft)
_SEGMENTS = select(*(SEARCH_SEGMENT.c[name] for name in ("id", "slots", "live"))).order_by(SEARCH_SEGMENT.c.id)
_DEAD = select(SEARCH_DEAD.c.segment, SEARCH_DEAD.c.slot)
_WAITING = select(SEARCH_FRESH.c.article_id, SEARCH_FRESH.c.terms).order_by(SEARCH_FRESH.c.article_id)
_HELD = select(SEARCH_POSTING.c.term, SEARCH_POSTING.c.segment, SEARCH_POSTING.c.data).where(
    SEARCH_POSTING.c.segment.in_(bindparam("segments", expanding=True)),
    SEARCH_POSTING.c.term.in_(bindparam("terms", expanding=True)),
)
_NUMBERED = (
    select(SEARCH_DOCUMENT.c.article_id, SEARCH_DOCUMENT.c.slot, ARTICLE.c.published)
    .join(ARTICLE, ARTICLE.c.id == SEARCH_DOCUMENT.c.article_id)
    .where(SEARCH_DOCUMENT.c.segment == bindparam("segment"))
    .where(SEARCH_DOCUMENT.c.slot.in_(bindparam("slots", expanding=True)))
)
