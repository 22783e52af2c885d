"""Reads the index of claims: how many hold a term, and which, all of them or those of a stretch of the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.columns import CLAIM_POSTING
from service.query.ordered import Numbers
from service.store.claim_postings import TOTAL, opened, parts, place
from service.store.prepared import Prepared

_ROWS: Final = Prepared(
    lambda among: select(CLAIM_POSTING.c.place, CLAIM_POSTING.c.claims, CLAIM_POSTING.c.data).where(
        among(CLAIM_POSTING.c.place, "places")
    )
)


class Holders:
    """The claims that hold terms, as they stand in the transaction of a session; what was read is kept."""

    def __init__(self, session: Session, terms: Iterable[int] = ()) -> None:
        """Take the session and, if they are known already, the terms that will be asked for, to be read at once."""
        self._connection = session.connection()
        self._first: dict[int, tuple[int, bytes]] = {}  # how many claims hold a term, and its first part
        self._read([TOTAL, *{place(term, 0) for term in terms}])

    @property
    def total(self) -> int:
        """How many claims there are."""
        return self._first[TOTAL][0]

    def counts(self, terms: Iterable[int]) -> Mapping[int, int]:
        """Return how many claims hold each of the terms, those left out that none does."""
        wanted = {term: place(term, 0) for term in terms}
        self._read([at for at in wanted.values() if at not in self._first])
        return {term: count for term, at in wanted.items() if (count := self._first[at][0])}

    def _read(self, places: list[int]) -> None:
        if places:
            self._first.update(dict.fromkeys(places, (0, b"")))
            self._first.update({row[0]: (row[1], row[2]) for row in _ROWS.tuples(self._connection, places=places)})

    def holding(self, counts: Mapping[int, int], share: int = 1) -> dict[int, Numbers]:
        """Return the claims that hold each of the terms, or those of the first of so many shares of all numbers.

        `share` is a power of two; of a term with fewer parts its first part is read, which may tell of more.
        """
        ends = {term: max(parts(count) // share, 1) for term, count in counts.items()}
        rest = {place(term, at): term for term, end in ends.items() for at in range(1, end)}
        found = {term: self._first[place(term, 0)][1] for term in counts}
        if rest:
            more: dict[int, list[bytes]] = {}
            for row in sorted(_ROWS.tuples(self._connection, places=list(rest)), key=itemgetter(0)):
                more.setdefault(rest[row[0]], []).append(row[2])
            found.update({term: b"".join([found[term], *data]) for term, data in more.items()})
        return {term: opened(data) for term, data in found.items()}
