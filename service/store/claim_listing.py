"""Adds claims to the lists of the terms they hold, and takes them out of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import nsmallest
from typing import Final, NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from service.store.bulk import insert_tuples, upsert_tuples
from service.store.claim_postings import TOTAL, decode, encode, part, parts, place
from service.store.prepared import Prepared
from service.store.tables import TABLES

_POSTING = TABLES["claim_posting"]
_AT_ONCE: Final = 1000  # terms, or rows of one statement
_NONE: Final[frozenset[int]] = frozenset()
_TOUCHED: Final = "claims whose neighbours changed"  # what a session remembers
HEAD: Final = 48  # claims of a term, those of the lowest numbers, that are set beside each other
_ROWS = Prepared(
    lambda among: select(_POSTING.c.place, _POSTING.c.claims, _POSTING.c.data).where(among(_POSTING.c.place, "places"))
)

Holders = Mapping[int, AbstractSet[int]]  # term → numbers of claims


class Touched(NamedTuple):
    """Numbers of claims: of those that came, went or came to stand beside others, and of those that left others."""

    anew: set[int]
    left: set[int]


class _Term:
    """The claims that hold a term, of those parts that were read, and what is to be written of them."""

    def __init__(self, term: int, claims: int) -> None:
        self.term, self.before, self.claims = term, claims, claims
        self.held: dict[int, set[int]] = {}  # by part
        self.changed: set[int] = set()  # parts
        self.head: frozenset[int] = _NONE  # before

    def add(self, number: int) -> None:
        self._put(number, there=True)

    def remove(self, number: int) -> None:
        self._put(number, there=False)

    def _put(self, number: int, *, there: bool) -> None:
        at = part(number, parts(self.before))
        held = self.held.setdefault(at, set())
        if (number in held) == there:
            return
        (held.add if there else held.discard)(number)
        self.claims += 1 if there else -1
        self.changed.add(at)

    @property
    def divided(self) -> bool:
        """Whether it is in other parts now than before."""
        return parts(self.claims) != parts(self.before)

    def divide(self) -> None:
        """Put all its claims, every part being read, in as many parts as they are now."""
        of, numbers = parts(self.claims), [number for held in self.held.values() for number in held]
        self.held = {at: set() for at in range(max(of, parts(self.before)))}
        for number in numbers:
            self.held[part(number, of)].add(number)
        self.changed = set(self.held)

    def rows(self) -> Iterator[tuple[int, int, bytes | None]]:
        """Yield what is to be written: place, number of claims and data, or None for a row that goes."""
        if self.claims != self.before:
            self.changed.add(0)
        for at in self.changed:
            gone = not self.claims if at == 0 else not self.held[at]
            yield place(self.term, at), 0 if at else self.claims, None if gone else encode(self.held[at])


def change(session: Session, added: Holders, removed: Holders, claims: int) -> None:
    """Change which claims hold terms, and by how many there are more of them in all."""
    touch(session, {number for held in (added, removed) for numbers in held.values() for number in numbers})
    for some in _some(sorted(added.keys() | removed.keys())):
        known: set[int] = set()
        terms = _read(session, {term: (*added.get(term, _NONE), *removed.get(term, _NONE)) for term in some}, known)
        for term in terms:
            for number in removed.get(term.term, _NONE):
                term.remove(number)
            for number in added.get(term.term, _NONE):
                term.add(number)
        _divide(session, [term for term in terms if term.divided], known)
        _touch(session, terms)
        write(session, [row for term in terms for row in term.rows()], known)
    count(session, claims)


def touch(session: Session, numbers: Iterable[int]) -> None:
    """Note claims that come or go."""
    _noted(session).anew.update(numbers)


def touch_moved(session: Session, before: Iterable[int], after: Iterable[int]) -> None:
    """Note which claims stand beside others in a term's first part now, and which do so no longer."""
    stood, stand = set(before), set(after)
    _noted(session).anew.update(stand - stood)
    _noted(session).left.update(stood - stand)


def touched(session: Session) -> Touched:
    """Return the claims that were noted since this was asked last."""
    found: Touched = session.info.pop(_TOUCHED, None) or Touched(set(), set())
    return found


def _noted(session: Session) -> Touched:
    found: Touched = session.info.setdefault(_TOUCHED, Touched(set(), set()))
    return found


def head(numbers: Iterable[int]) -> frozenset[int]:
    """Return which of the claims in a term's first part are set beside each other."""
    return frozenset(nsmallest(HEAD, numbers))


def _touch(session: Session, terms: Iterable[_Term]) -> None:
    for term in terms:
        if 0 in term.changed:
            touch_moved(session, term.head, head(term.held[0]))


def _some(many: Sequence[int]) -> Iterator[Sequence[int]]:
    return (many[at : at + _AT_ONCE] for at in range(0, len(many), _AT_ONCE))


def _read(session: Session, wanted: Mapping[int, Collection[int]], known: set[int]) -> list[_Term]:
    """Return the terms with the parts that numbers are in, and add to `known` which places hold a row."""
    firsts = rows_at(session, [place(term, 0) for term in wanted])
    known.update(firsts)
    terms, more = [], defaultdict[int, tuple[_Term, int]](lambda: (_Term(0, 0), 0))
    for one, numbers in wanted.items():
        claims, data = firsts.get(place(one, 0), (0, b""))
        term = _Term(one, claims)
        first = decode(data)
        term.held[0], term.head = set(first), frozenset(first[:HEAD])
        of = parts(claims)
        more.update({place(one, at): (term, at) for at in {part(number, of) for number in numbers} if at})
        terms.append(term)
    _fill(session, more, known)
    return terms


def _divide(session: Session, terms: Iterable[_Term], known: set[int]) -> None:
    for term in terms:
        rest = [at for at in range(parts(term.before)) if at not in term.held]
        _fill(session, {place(term.term, at): (term, at) for at in rest}, known)
        term.divide()


def _fill(session: Session, wanted: Mapping[int, tuple[_Term, int]], known: set[int]) -> None:
    stored = rows_at(session, list(wanted))
    known.update(stored)
    for at, (_, data) in stored.items():
        term, number = wanted[at]
        term.held[number] = set(decode(data))


def rows_at(session: Session, places: Sequence[int]) -> dict[int, tuple[int, bytes]]:
    """Return what is stored at places: of each that holds a row, its number of claims and data."""
    return {at: (claims, data) for some in _some(places) for at, claims, data in _ROWS.tuples(session, places=some)}


def write(session: Session, rows: Sequence[tuple[int, int, bytes | None]], known: AbstractSet[int]) -> None:
    """Write rows, each given as place, number of claims and data; None: it goes. `known` are places that hold a row."""
    insert_tuples(session, _POSTING, sorted(row for row in rows if row[2] is not None and row[0] not in known))
    upsert_tuples(session, _POSTING, [row for row in rows if row[2] is not None and row[0] in known])
    gone = [{"b_place": at} for at, _, data in rows if data is None and at in known]
    if gone:
        session.connection().execute(delete(_POSTING).where(_POSTING.c.place == bindparam("b_place")), gone)


def count(session: Session, claims: int) -> None:
    """Count claims; where there are none any more, nothing is kept."""
    stored = rows_at(session, [TOTAL])
    before = stored.get(TOTAL, (0, b""))[0]
    if claims:
        write(session, [(TOTAL, before + claims, b"" if before + claims else None)], stored.keys())
