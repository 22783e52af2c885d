"""Lists the claims of many articles under their terms in one go: what is stored is read and written once a term.

The outcome is that of `claim_listing.change`, which takes claims out as well and keeps more in mind for it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy.orm import Session

from service.store import claim_listing
from service.store.claim_listing import count, rows_at, touch, touch_moved, write
from service.store.claim_postings import FULL, NUMBERS, decode, encode, part, parts, place

Entries: TypeAlias = "array[int]"  # in order, each once
Row = tuple[int, int, bytes | None]  # place, number of claims, data
Rows = Mapping[int, tuple[int, bytes]]  # by place
_AT_ONCE: Final = 4000  # terms
_NOTHING: Final = (0, b"")
_NONE: Final = array("I")
_LEAST_TERM: Final = -(1 << 31)
_TERM_OF: Final = (32).__rrshift__
_NUMBER_OF: Final = (NUMBERS - 1).__and__


class _Added(NamedTuple):
    """A term, how many claims held it, and the numbers of those that come, in order."""

    term: int
    before: int
    numbers: list[int]

    def read(self) -> Iterable[int]:
        """Return the parts that have to be read, besides the first: all where it may be divided into more."""
        of = parts(self.before)
        if parts(self.before + len(self.numbers)) != of:
            return range(1, of)
        return {part(number, of) for number in self.numbers} - {0}


def entries(terms: Mapping[int, Iterable[int]]) -> Entries:
    """Return which terms claims hold, given by their numbers, as one list of numbers.

    >>> [hex(entry) for entry in entries({7: {-(2**31) + 2, -(2**31) + 1}})]
    ['0x100000007', '0x200000007']
    """
    return array("Q", sorted((term - _LEAST_TERM) << 32 | number for number, held in terms.items() for term in held))


def add_entries(session: Session, added: Sequence[Entries], claims: int) -> None:
    """List claims under the terms they hold, and count so many of them more."""
    touch(session, {_NUMBER_OF(entry) for some in added for entry in some})
    listed = _by_term(iter(sorted(chain.from_iterable(added))))
    while some := dict(islice(listed, _AT_ONCE)):
        _add(session, some)
    count(session, claims)


def _by_term(added: Iterator[int]) -> Iterator[tuple[int, list[int]]]:
    for term, found in groupby(added, _TERM_OF):
        numbers = list(map(_NUMBER_OF, found))
        yield term + _LEAST_TERM, numbers


def _add(session: Session, added: Mapping[int, list[int]]) -> None:
    stored = rows_at(session, [place(term, 0) for term in added])
    rows: list[Row] = []
    many: list[_Added] = []
    for term, numbers in added.items():
        at = place(term, 0)
        before, data = stored.get(at, _NOTHING)
        if before + len(numbers) > FULL:
            many.append(_Added(term, before, numbers))
        else:
            rows.append(_in_one(session, at, decode(data) if before else _NONE, numbers))
    stored |= rows_at(session, [place(one.term, at) for one in many for at in one.read()])
    rows += [row for one in many for row in _rows(session, one, stored)]
    write(session, rows, stored.keys())


def _in_one(session: Session, place: int, held: Entries, numbers: Iterable[int]) -> Row:
    """Return the row of a term that has one part, as most do."""
    every = sorted({*held, *numbers})
    if len(every) > claim_listing.HEAD and held:
        _touch(session, held.tolist(), every)
    return place, len(every), encode(every)


def _rows(session: Session, added: _Added, stored: Rows) -> Iterator[Row]:
    """Yield what is to be written of a term: place, number of claims and data, or None for a row that goes."""
    held = _held(added, stored)
    changed = {at: sorted({*held[at], *some}) for at, some in _in_parts(added.numbers, parts(added.before))}
    claims = added.before + sum(len(numbers) - len(held[at]) for at, numbers in changed.items())
    if parts(claims) != parts(added.before):
        every = sorted(number for numbers in (held | changed).values() for number in numbers)
        divided = dict(_in_parts(every, parts(claims)))
        changed = {at: divided.get(at, []) for at in held.keys() | divided.keys()}
    if claims != added.before:
        changed.setdefault(0, held[0])
    _touch(session, held[0], changed.get(0, held[0]))
    for at, kept in changed.items():
        yield place(added.term, at), 0 if at else claims, encode(kept) if kept or not at else None


def _held(added: _Added, stored: Rows) -> dict[int, list[int]]:
    return {at: decode(stored.get(place(added.term, at), (0, b""))[1]).tolist() for at in (0, *sorted(added.read()))}


def _in_parts(numbers: list[int], of: int) -> Iterator[tuple[int, list[int]]]:
    """Yield which of some numbers, given in order, are in each part that holds any."""
    start = 0
    while start < len(numbers):
        at = part(numbers[start], of)
        end = bisect_left(numbers, -(-(at + 1) * NUMBERS // of), start)
        yield at, numbers[start:end]
        start = end


def _touch(session: Session, before: Sequence[int], after: Sequence[int]) -> None:
    """Note the claims that stand beside others in a term's first part no longer, or now."""
    head = claim_listing.HEAD
    if before[:head] != after[:head]:
        touch_moved(session, before[:head], after[:head])
