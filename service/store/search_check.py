"""Compares the search index with the articles it was made from: how many, and a checksum of each one's terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from zlib import crc32

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from service.store.search_index import INDEXED, fresh_text
from service.store.search_postings import decoded
from service.store.search_terms import article_levels
from service.store.tables import TABLES

_AT_ONCE: Final = 1000  # articles, terms
_ARTICLE, _SEGMENT, _POSTING = TABLES["article"], TABLES["search_segment"], TABLES["search_posting"]
_DOCUMENT, _FRESH = TABLES["search_document"], TABLES["search_fresh"]

Sum = tuple[int, int]  # how many terms, and their checksum


class Compared(NamedTuple):
    """What came of it: ids of articles that the index lacks, has otherwise than they are, or has beyond those."""

    articles: int
    terms: int
    missing: list[str]
    different: list[str]
    left_over: list[str]

    @property
    def equal(self) -> bool:
        """Whether the index is as it would be if it were built anew."""
        return not (self.missing or self.different or self.left_over)


def compare(session: Session) -> Compared:
    """Return how the index differs from the articles."""
    indexed = dict(_indexed(session))
    missing, different, articles, terms = list[str](), list[str](), 0, 0
    for row in _articles(session):
        articles += 1
        wanted = _sum(article_levels(row._asdict()).items())
        terms += wanted[0]
        found = indexed.pop(row.id, None)
        if found is None:
            missing.append(row.id)
        elif found != wanted:
            different.append(row.id)
    return Compared(articles, terms, missing, different, sorted(indexed))


def _articles(session: Session) -> Iterator[Row[*tuple[object, ...]]]:
    last = ""
    statement = select(*INDEXED).order_by(_ARTICLE.c.id).limit(_AT_ONCE)
    while rows := session.execute(statement.where(_ARTICLE.c.id > last)).all():
        yield from rows
        last = rows[-1].id


def _sum(levels: Iterable[tuple[str, int]]) -> Sum:
    number = total = 0
    for term, level in levels:
        number, total = number + 1, total + crc32(term.encode()) * level
    return number, total


def _indexed(session: Session) -> Iterator[tuple[str, Sum]]:
    """Yield the articles that the index has, each with its sum."""
    for article, terms in session.execute(select(_FRESH.c.article_id, _FRESH.c.terms)):
        lines = (line.split("\t") for line in fresh_text(terms)[1:-1].split("\n"))
        yield article, _sum((term, int(level, 16)) for term, level in lines)
    for segment in session.execute(select(_SEGMENT.c.id, _SEGMENT.c.slots)).all():
        sums = _of_segment(session, segment.id, segment.slots)
        numbered = select(_DOCUMENT.c.article_id, _DOCUMENT.c.slot).where(_DOCUMENT.c.segment == segment.id)
        for article, slot in session.execute(numbered):
            yield article, sums[slot]


def _of_segment(session: Session, segment: int, slots: int) -> dict[int, Sum]:
    sums: dict[int, Sum] = defaultdict(lambda: (0, 0))
    statement = select(_POSTING.c.term, _POSTING.c.data).where(_POSTING.c.segment == segment)
    statement, last = statement.order_by(_POSTING.c.term).limit(_AT_ONCE), ""
    while rows := session.execute(statement.where(_POSTING.c.term > last)).all():
        for term, data in rows:
            weight = crc32(term.encode())
            for slot, level in decoded(data, slots):
                number, total = sums[slot]
                sums[slot] = number + 1, total + weight * level
        last = rows[-1].term
    return sums
