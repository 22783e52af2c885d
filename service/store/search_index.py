"""Keeps the search index with the rows, in their transaction: articles come and go, segments are written and merged.

Writing one article costs one row: it waits until there are enough for a segment. Segments of one size are merged eight
at a time, so that each article is written anew a few times only (a log-structured merge, O'Neil et al., 1996).
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Final, NamedTuple
from zlib import crc32

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from service.store.bulk import insert_tuples
from service.store.search_merging import Written, merge
from service.store.search_postings import encode, entry
from service.store.search_terms import LEVELS, article_levels
from service.store.tables import TABLES

WAITING: Final = 32  # articles that wait at most when an ingestion ends
AT_ONCE: Final = 4096  # articles of a segment that is written in one go
TIES: Final = 32  # bitmaps of what orders articles that are equally good: 16 of the day, 16 of the id
_BIRTH = date(1900, 1, 1).toordinal()  # day 0; sixteen bits reach to 2079
_LAST_DAY = (1 << 16) - 1
_ENDS = [f"\t{level:x}\n" for level in range(LEVELS + 1)]  # of a term's line

_ARTICLE, _SEGMENT, _POSTING = TABLES["article"], TABLES["search_segment"], TABLES["search_posting"]
_DOCUMENT, _DEAD, _FRESH = TABLES["search_document"], TABLES["search_dead"], TABLES["search_fresh"]
INDEXED = [
    _ARTICLE.c[name]
    for name in ("id", "folded", "title", "tags", "categories", "source", "script", "path", "published")
]


class Fresh(NamedTuple):
    """An article that is not in a segment yet: its id, its date, and its terms as `fresh_text` gives them."""

    article_id: str
    published: str | None
    text: str


def fresh(article: Mapping[str, Any]) -> Fresh:
    """Return what is indexed of an article, given as its row."""
    lines = "".join([term + _ENDS[level] for term, level in article_levels(article).items()])
    return Fresh(article["id"], article["published"], f"\n{lines}")


def add_articles(session: Session, articles: Iterable[Fresh]) -> None:
    """Index articles, which were forgotten before; they wait for the next `settle`."""
    rows = [(one.article_id, zlib.compress(one.text.encode(), 1)) for one in articles]
    insert_tuples(session, _FRESH, rows)


def fresh_text(terms: bytes) -> str:
    """Return the terms of an article that waits: a line for each, the term and its level in hexadecimal."""
    return zlib.decompress(terms).decode()


def forget(session: Session, articles: Select[Any] | Collection[str]) -> None:
    """Take articles out of the index, before their rows go: their numbers are dead from now on."""
    gone = select(_DOCUMENT.c.segment, _DOCUMENT.c.slot).where(_DOCUMENT.c.article_id.in_(articles))
    session.execute(insert(_DEAD).from_select(["segment", "slot"], gone))


def settle(session: Session, added: Iterable[Fresh] = ()) -> None:
    """Index articles, and write what waits into segments, once it is enough; merge where there are many."""
    _bury(session)
    new: Sequence[Fresh] = sorted(added, key=attrgetter("article_id"))
    waiting = len(new) + session.execute(select(func.count()).select_from(_FRESH)).scalar_one()
    written = waiting >= WAITING
    while waiting >= WAITING:
        some, new = _taken(session, new)
        _write_segment(session, some)
        waiting -= len(some)
    add_articles(session, new)
    if written:
        merge(session)


def _taken(session: Session, new: Sequence[Fresh]) -> tuple[list[Fresh], Sequence[Fresh]]:
    """Take the first of what waits and of what is new, by their ids; return them, and what is left of the new ones."""
    waiting = select(_FRESH.c.article_id, _ARTICLE.c.published, _FRESH.c.terms)
    joined = waiting.join(_ARTICLE, _ARTICLE.c.id == _FRESH.c.article_id).order_by(_FRESH.c.article_id)
    stored = [Fresh(*row[:2], fresh_text(row[2])) for row in session.execute(joined.limit(AT_ONCE))]
    some = sorted([*stored, *new[:AT_ONCE]], key=attrgetter("article_id"))[:AT_ONCE]
    chosen = {one.article_id for one in some}
    held = [one.article_id for one in stored if one.article_id in chosen]
    for at in range(0, len(held), 500):
        session.execute(delete(_FRESH).where(_FRESH.c.article_id.in_(held[at : at + 500])))
    return some, new[len(some) - len(held) :]


def reindex(session: Session) -> int:
    """Build the index anew from the articles; return how many there are."""
    for table in (_POSTING, _DOCUMENT, _DEAD, _FRESH, _SEGMENT):
        session.execute(delete(table))
    number, last = 0, ""
    while rows := session.execute(_after(last)).all():
        number, last = number + len(rows), rows[-1].id
        settle(session, [fresh(row._asdict()) for row in rows])
    return number


def _after(last: str) -> Select[Any]:
    return select(*INDEXED).where(_ARTICLE.c.id > last).order_by(_ARTICLE.c.id).limit(AT_ONCE // 4)


def _bury(session: Session) -> None:
    """Tell segments of the numbers that are dead, and give up those that hold next to none that are not."""
    dead: dict[int, int] = {}
    for segment, slot in session.execute(select(_DEAD.c.segment, _DEAD.c.slot)):
        dead[segment] = dead.get(segment, 0) | 1 << slot
    for row in session.execute(select(_SEGMENT).where(_SEGMENT.c.id.in_(dead))).all():
        live = int.from_bytes(row.live, "little") & ~dead[row.id]
        if live.bit_count() * 2 < row.slots:
            _give_up(session, row.id)
        else:
            told = update(_SEGMENT).where(_SEGMENT.c.id == row.id)
            session.execute(told.values(live=live.to_bytes(row.slots // 8, "little")))
    if dead:
        session.execute(delete(_DEAD))


def _give_up(session: Session, segment: int) -> None:
    """Remove a segment; what is left of its articles waits again."""
    left = select(_DOCUMENT.c.article_id).where(_DOCUMENT.c.segment == segment)
    ids = session.execute(left.order_by(_DOCUMENT.c.slot)).scalars().all()
    session.execute(delete(_POSTING).where(_POSTING.c.segment == segment))
    session.execute(delete(_DOCUMENT).where(_DOCUMENT.c.segment == segment))
    session.execute(delete(_SEGMENT).where(_SEGMENT.c.id == segment))
    for at in range(0, len(ids), WAITING):
        some = select(*INDEXED).where(_ARTICLE.c.id.in_(ids[at : at + WAITING]))
        add_articles(session, [fresh(row._asdict()) for row in session.execute(some)])


def _write_segment(session: Session, articles: Sequence[Fresh]) -> None:
    """Write a segment of articles."""
    slots = -(-len(articles) // 8) * 8
    number = session.execute(select(func.coalesce(func.max(_SEGMENT.c.id), 0) + 1)).scalar_one()
    live = ((1 << len(articles)) - 1).to_bytes(slots // 8, "little")
    ties = tie_planes([tie(one.article_id, one.published) for one in articles], slots)
    insert_tuples(session, _SEGMENT, [(number, slots, live, ties)])
    insert_tuples(session, _DOCUMENT, [(one.article_id, number, slot) for slot, one in enumerate(articles)])
    with Written(session, number) as postings:
        for term, entries in sorted(_entries([one.text for one in articles]).items()):
            postings.add(term, encode(entries, slots))


def _entries(articles: Iterable[str]) -> dict[str, bytearray]:
    """Return for each term the entries of the articles that hold it, numbered in their order."""
    found: defaultdict[str, bytearray] = defaultdict(bytearray)
    for slot, terms in enumerate(articles):
        marks = {f"{level:x}": entry(slot, level) for level in range(1, LEVELS + 1)}
        for line in terms[1:-1].split("\n"):
            found[line[:-2]] += marks[line[-1]]
    return found


def tie(article_id: str, published: str | None) -> int:
    """Return what orders articles that are equally good, the greatest first: the newest, then by a hash of the id."""
    try:
        day = date.fromisoformat((published or "")[:10]).toordinal() - _BIRTH
    except ValueError:
        day = 0
    return min(max(day, 0), _LAST_DAY) << 16 | crc32(article_id.encode()) & 0xFFFF


def tie_planes(ties: Sequence[int], slots: int) -> bytes:
    """Return the ties of a segment's articles as bitmaps, the lowest binary digit first."""
    planes = [bytearray(slots // 8) for _ in range(TIES)]
    for slot, value in enumerate(ties):
        for digit in range(TIES):
            planes[digit][slot >> 3] |= (value >> digit & 1) << (slot & 7)
    return b"".join(planes)
