"""Adds articles to the lists of the terms that tell them, and takes them out of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from service.store.bulk import upsert_tuples
from service.store.prepared import Prepared
from service.store.related_postings import TOTAL, decode, encoded, part, parts, place, weight
from service.store.tables import TABLES

_POSTING = TABLES["related_posting"]
_AT_ONCE: Final = 1000  # terms, or rows of one statement
_ROWS = Prepared(
    lambda among: select(*(_POSTING.c[name] for name in ("place", "articles", "heaviest", "data"))).where(
        among(_POSTING.c.place, "places")
    )
)
Entries = Mapping[int, Collection[int]]  # term → what is written of the articles that hold it
_Row = tuple[int, int, bytes]  # how many articles, the heaviest weight, data
_NOBODY: Final[_Row] = (0, 0, b"")


class _Term:
    """The entries of a term, of those parts that were read, and what is to be written of them."""

    def __init__(self, term: int, articles: int, heaviest: int) -> None:
        self.term, self.before, self.articles = term, articles, articles
        self.heaviest, self.told = heaviest, heaviest
        self.held: dict[int, array[int]] = {}  # by part
        self.changed: set[int] = set()  # parts
        self.divided = False  # whether it is in other parts now than before, or all must be read for another reason

    def change(self, added: Iterable[int], removed: Iterable[int]) -> None:
        of = parts(self.before)
        for at, entries in _by_part(removed, of).items():
            self._put(at, array("Q", sorted({*self.held[at]}.difference(entries))))
            self.divided |= any(weight(one) >= self.heaviest for one in entries)
        for at, entries in _by_part(added, of).items():
            self._put(at, _with(self.held[at], entries))
            self.heaviest = max(self.heaviest, *map(weight, entries))
        self.divided |= parts(self.articles) != of

    def divide(self) -> None:
        """Put all its entries, every part being read, in as many parts as they are now."""
        of, entries = parts(self.articles), [one for held in self.held.values() for one in held]
        found = _by_part(entries, of)
        self.held = {at: array("Q", sorted(found.get(at, ()))) for at in range(max(of, parts(self.before)))}
        self.heaviest = max(map(weight, entries), default=0)
        self.changed |= set(self.held) if of != parts(self.before) else set()

    def rows(self) -> Iterator[tuple[int, int, int, bytes | None]]:
        """Yield what is to be written: place, number of articles, heaviest weight, data or None for a row that goes."""
        if (self.articles, self.heaviest) != (self.before, self.told):
            self.changed.add(0)
        for at in self.changed:
            told = (0, 0) if at else (self.articles, self.heaviest)
            gone = not self.articles if at == 0 else not self.held[at]
            yield place(self.term, at), *told, None if gone else encoded(self.held[at])

    def _put(self, at: int, entries: array[int]) -> None:
        self.articles += len(entries) - len(self.held[at])
        self.held[at] = entries
        self.changed.add(at)


def _with(held: array[int], entries: Sequence[int]) -> array[int]:
    """Return entries in order with others among them: mostly it is one."""
    if len(entries) > 1:
        return array("Q", sorted({*held, *entries}))
    at = bisect_left(held, entries[0])
    if held[at : at + 1] != array("Q", entries):
        held = array("Q", held)
        held.insert(at, entries[0])
    return held


def change(session: Session, added: Entries, removed: Entries, articles: int) -> None:
    """Change which articles hold terms, and by how many there are more of them in all."""
    for some in _some(sorted(added.keys() | removed.keys())):
        terms = _read(session, {term: (*added.get(term, ()), *removed.get(term, ())) for term in some})
        for term in terms:
            term.change(added.get(term.term, ()), removed.get(term.term, ()))
        _divide(session, [term for term in terms if term.divided])
        _write(session, [row for term in terms for row in term.rows()])
    if articles:
        before = _rows(session, [TOTAL]).get(TOTAL, _NOBODY)[0]
        _write(session, [(TOTAL, before + articles, 0, b"" if before + articles else None)])


def _by_part(entries: Iterable[int], of: int) -> dict[int, list[int]]:
    if of == 1:
        return {0: listed} if (listed := list(entries)) else {}
    found: dict[int, list[int]] = {}
    for one in entries:
        found.setdefault(part(one, of), []).append(one)
    return found


def _some(many: Sequence[int]) -> Iterator[Sequence[int]]:
    return (many[at : at + _AT_ONCE] for at in range(0, len(many), _AT_ONCE))


def _read(session: Session, wanted: Entries) -> list[_Term]:
    """Return the terms with the parts that entries are in."""
    firsts = _rows(session, [place(term, 0) for term in wanted])
    terms, more = [], dict[int, tuple[_Term, int]]()
    for one, entries in wanted.items():
        articles, heaviest, data = firsts.get(place(one, 0), _NOBODY)
        term = _Term(one, articles, heaviest)
        term.held[0] = decode(data)
        of = parts(articles)
        if of > 1:
            more.update({place(one, at): (term, at) for at in {part(each, of) for each in entries} if at})
        terms.append(term)
    _fill(session, more)
    return terms


def _divide(session: Session, terms: Iterable[_Term]) -> None:
    for term in terms:
        rest = [at for at in range(parts(term.before)) if at not in term.held]
        _fill(session, {place(term.term, at): (term, at) for at in rest})
        term.divide()


def _fill(session: Session, wanted: Mapping[int, tuple[_Term, int]]) -> None:
    found = _rows(session, list(wanted))
    for at, (term, number) in wanted.items():
        term.held[number] = decode(found.get(at, _NOBODY)[2])


def _rows(session: Session, places: Sequence[int]) -> dict[int, _Row]:
    return {row[0]: (row[1], row[2], row[3]) for some in _some(places) for row in _ROWS.tuples(session, places=some)}


def _write(session: Session, rows: Iterable[tuple[int, int, int, bytes | None]]) -> None:
    kept: list[tuple[Any, ...]] = []
    gone: list[tuple[Any, ...]] = []
    for row in rows:
        (gone if row[-1] is None else kept).append(row)
    upsert_tuples(session, _POSTING, kept)
    if gone:
        statement = delete(_POSTING).where(_POSTING.c.place == bindparam("b_place"))
        session.connection().execute(statement, [{"b_place": row[0]} for row in gone])
