"""The articles that share most with one, exactly, without adding up all who hold its terms.

Who holds a rare term is added up first: those terms tell most. The best so far are then added up wholly, from their own
terms; what the last of them has is the least that any other must reach. Terms that many hold are read only until what
the others can add is less than that (then nobody new can be among the best) and few are left who may be; these are
added up wholly too (max-score, Turtle and Flood, 1995). Sums are whole numbers: their order is no matter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import nlargest, nsmallest
from itertools import repeat
from operator import itemgetter, mul
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select

from service.query.columns import RELATED_ARTICLE, RELATED_POSTING
from service.query.related_ranking import Own
from service.store.prepared import Prepared
from service.store.related_postings import opened, parts, place
from service.store.related_terms import unpacked

_SURE: Final = 8  # articles beyond those asked for that are added up first: some of them are among the best
_FEW: Final = 48  # articles that are sooner added up one by one than found in another list
_AT_ONCE: Final = 3  # lists that are read together to find who may be among the best
_DEAR: Final = 6  # entries that are looked through in the time it takes to look an article up

_NOTHING: Final = repeat(0)

Sums = dict[int, int]  # number of an article → what it shares


class _Long(NamedTuple):
    """A term that many hold: what it is worth, the most it adds to any, and how many hold it."""

    term: int
    worth: int
    most: int
    articles: int


class Ranking:
    """What the articles share with the one that was asked about."""

    def __init__(self, connection: Connection, asked: Own) -> None:
        """Take the article as the index has it."""
        self._connection, self._asked = connection, asked
        self._rows: dict[int, Any] = {}

    def best(self, number: int) -> list[tuple[int, int]]:
        """Return the numbers of the articles that share most, with what they share; of equal ones the lower first."""
        sums = self._of_short_lists()
        longs = self._long_lists()
        if longs:
            sums = self._among_the_best(sums, longs, number)
        return nsmallest(number, sums.items(), key=lambda item: (-item[1], item[0]))

    def all(self) -> list[tuple[int, int]]:
        """Return all articles that share anything, in the same order."""
        sums = self._of_short_lists()
        self._add(sums, self._long_lists())
        return sorted(sums.items(), key=lambda item: (-item[1], item[0]))

    def rows(self, numbers: Iterable[int]) -> list[Any]:
        """Return of articles that are listed what the index has of them, in any order."""
        wanted = list(numbers)
        missing = [number for number in wanted if number not in self._rows]
        if missing:
            self._rows.update((row.number, row) for row in _ROWS.rows(self._connection, numbers=missing))
        return [self._rows[number] for number in wanted if number in self._rows]

    def shared(self, terms: bytes) -> int:
        """Return what an article shares, given its terms as they are stored."""
        numbers, weights, _ = unpacked(terms)
        return sum(map(mul, map(self._asked.worth.get, numbers, _NOTHING), weights))

    def _of_short_lists(self) -> Sums:
        sums: Sums = {}
        firsts = self._asked.firsts
        for term, worth in self._asked.worth.items():
            first = firsts.get(term)
            if first is not None and parts(first.articles) == 1:
                _add(sums, first.data, worth)
        sums.pop(self._asked.number, None)
        return sums

    def _long_lists(self) -> list[_Long]:
        """Return the terms that many hold, those first that may add much by few entries."""
        firsts = self._asked.firsts
        found = [(firsts[term], term, worth) for term, worth in self._asked.worth.items() if term in firsts]
        longs = [
            _Long(term, worth, first.heaviest * worth, first.articles)
            for first, term, worth in found
            if parts(first.articles) > 1
        ]
        return sorted(longs, key=lambda one: (-one.most / one.articles, one.term))

    def _among_the_best(self, sums: Sums, longs: list[_Long], number: int) -> Sums:
        """Return what is shared by those who may be among the best, the best among them."""
        least = self._least(sums, number)
        rest, read = sum(one.most for one in longs), 0
        while rest >= least and read < len(longs):
            rest -= longs[read].most
            read += 1
        self._add(sums, longs[:read])
        while True:
            sums = {one: shared for one, shared in sums.items() if shared + rest >= least}
            if read == len(longs) or len(sums) <= _FEW:
                break
            some = longs[read : read + _AT_ONCE]
            self._add(sums, some, only=True)
            rest, read = rest - sum(one.most for one in some), read + len(some)
        if read == len(longs):
            return sums
        return {row.number: self.shared(row.terms) for row in self.rows(sums)}

    def _least(self, sums: Sums, number: int) -> int:
        """Return what an article must share to be among the best: so much as many already do."""
        if len(sums) < number:
            return 0
        first = nlargest(number + _SURE, sums, key=sums.__getitem__)
        return nlargest(number, [self.shared(row.terms) for row in self.rows(first)])[-1]

    def _add(self, sums: Sums, longs: Sequence[_Long], *, only: bool = False) -> None:
        """Add what long lists hold of all articles, or only of those that have sums."""
        if not longs:
            return
        firsts = self._asked.firsts
        written = {one.term: [firsts[one.term].data] for one in longs}
        rest = {place(one.term, at): one.term for one in longs for at in range(1, parts(one.articles))}
        for at, data in sorted(_PARTS.tuples(self._connection, places=rest), key=itemgetter(0)):
            written[rest[at]].append(data)
        for one in longs:
            (_look_up if only else _add)(sums, b"".join(written[one.term]), one.worth)
        sums.pop(self._asked.number, None)


def _add(sums: Sums, data: bytes, worth: int) -> None:
    articles, weights = opened(data)
    for article, weight in zip(articles.tolist(), weights, strict=True):
        if article in sums:
            sums[article] += weight * worth
        else:
            sums[article] = weight * worth


def _look_up(sums: Sums, data: bytes, worth: int) -> None:
    articles, weights = opened(data)
    held: Iterable[int] = sums
    if len(articles) <= _DEAR * len(sums):
        held = sums.keys() & articles
    for article in held:
        at = bisect_left(articles, article)
        if at < len(articles) and articles[at] == article:
            sums[article] += weights[at] * worth


_ROWS: Final = Prepared(
    lambda among: select(*(RELATED_ARTICLE.c[name] for name in ("number", "article_id", "terms", "sketch"))).where(
        among(RELATED_ARTICLE.c.number, "numbers")
    )
)
_PARTS: Final = Prepared(
    lambda among: select(RELATED_POSTING.c.place, RELATED_POSTING.c.data).where(
        among(RELATED_POSTING.c.place, "places")
    )
)
