"""The articles that share most with one, exactly, without adding up all who hold its terms.

Who holds a rare term is added up first: those terms tell most. The best so far are then added up wholly, from their own
terms; what the last of them has is the least that any other must reach. Terms that many hold are read only until what
the others can add is less than that (then nobody new can be among the best) and few are left who may be; these are
added up wholly too (max-score, Turtle and Flood, 1995). Sums are whole numbers: their order is no matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import nlargest
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from service.query.columns import RELATED_ARTICLE, RELATED_POSTING
from service.query.ordered import places
from service.query.related_ranking import Own
from service.store.prepared import Prepared
from service.store.related_postings import FULL, opened, parts, place
from service.store.related_terms import laid_out

_SURE: Final = 4  # articles beyond those asked for that are added up first: some of them are among the best
_FEW: Final = 24  # articles that are sooner added up one by one than found in another list
_AT_ONCE: Final = 3  # lists that are read together to find who may be among the best

Row = tuple[int, str, bytes, bytes]  # number, article, terms, sketch
Whole = NDArray[np.int64]


class _Long(NamedTuple):
    """A term that many hold: what it is worth, the most it adds to any, and how many hold it."""

    term: int
    worth: int
    most: int
    articles: int


class _Sums(NamedTuple):
    """Numbers of articles, in order, with what each shares."""

    articles: Whole
    shares: Whole

    def reaching(self, least: int) -> _Sums:
        """Return those that share so much."""
        there = self.shares >= least
        return _Sums(self.articles[there], self.shares[there])

    def first(self, number: int) -> list[tuple[int, int]]:
        """Return so many of those that share most, with what they share; of equal ones the lower first."""
        best = self
        if number < len(self.shares):
            best = self.reaching(int(np.partition(self.shares, -number)[-number]))
        order = np.lexsort((best.articles, -best.shares))[:number]
        return list(zip(best.articles[order].tolist(), best.shares[order].tolist(), strict=True))

    def without(self, articles: Collection[int]) -> _Sums:
        """Return those of other articles."""
        others = ~places(self.articles, np.array(sorted(articles), np.int64))[1]
        return _Sums(self.articles[others], self.shares[others])

    def looked_up(self, data: bytes, worth: int) -> _Sums:
        """Return the same articles with what a list adds to them."""
        listed, weights = opened(data)
        where, there = places(self.articles, listed)
        return _Sums(self.articles, self.shares + weights[where] * there * worth)

    def told(self) -> dict[int, int]:
        """Return what articles share by their numbers."""
        return dict(zip(self.articles.tolist(), self.shares.tolist(), strict=True))


class Ranking:
    """What the articles share with the one that was asked about."""

    def __init__(self, connection: Connection, asked: Own) -> None:
        """Take the article as the index has it."""
        self._connection, self._asked = connection, asked
        self._rows: dict[int, Row] = {}
        self._known: dict[int, int] = {}  # what those share that were added up wholly
        self._terms = np.array(sorted(asked.worth), np.int32)
        self._worth = np.array([asked.worth[term] for term in self._terms.tolist()], np.int64)

    def best(self, number: int) -> list[tuple[int, int]]:
        """Return the numbers of the articles that share most, with what they share; of equal ones the lower first."""
        sums, longs = self._of_short_lists()
        if not longs:
            return sums.first(number)
        return sorted(self._among_the_best(sums, longs, number).items(), key=_first)[:number]

    def all(self) -> list[tuple[int, int]]:
        """Return all articles that share anything, in the same order."""
        sums, longs = self._of_short_lists()
        for long, data in self._read(longs):
            sums = self._with(sums, data, long.worth, 0)
        return sums.first(len(sums.shares))

    def rows(self, numbers: Iterable[int]) -> list[Row]:
        """Return of articles that are listed what the index has of them, in any order."""
        wanted = list(numbers)
        missing = [number for number in wanted if number not in self._rows]
        if missing:
            for row in _ROWS.tuples(self._connection, numbers=missing):
                self._rows[row[0]] = row[0], row[1], row[2], row[3]
        return [self._rows[number] for number in wanted if number in self._rows]

    def shared(self, stored: Sequence[bytes]) -> list[int]:
        """Return what articles share, given the terms of each as they are stored."""
        if not stored or not len(self._terms):
            return [0] * len(stored)
        numbers, weights, sizes = laid_out(stored)
        where, there = places(numbers, self._terms)
        shares = self._worth[where] * there * weights
        whole = np.bincount(np.repeat(np.arange(len(sizes)), sizes), shares, len(sizes))
        return [int(share) for share in whole.tolist()]

    def _of_short_lists(self) -> tuple[_Sums, list[_Long]]:
        """Return what is shared by terms that few hold, and those that many do, first what adds much by few entries."""
        firsts = self._asked.firsts
        written, worths, numbers = list[bytes](), list[int](), list[int]()
        longs: list[tuple[float, _Long]] = []
        for term, worth in self._asked.worth.items():
            if term not in firsts:
                continue
            articles, heaviest, data = firsts[term]
            if articles <= FULL:
                written.append(data)
                worths.append(worth)
                numbers.append(articles)
            else:
                most = heaviest * worth
                longs.append((-most / articles, _Long(term, worth, most, articles)))
        listed, weights = opened(b"".join(written))
        found, where = np.unique(listed, return_inverse=True)
        shares = np.bincount(where, weights * np.repeat(np.array(worths, np.int64), numbers), len(found))
        sums = _Sums(found, shares.astype(np.int64)).without([self._asked.number])
        return sums, [one for _, one in sorted(longs)]

    def _with(self, sums: _Sums, data: bytes, worth: int, enough: int) -> _Sums:
        """Return sums with a long list; of further articles those that it gives enough to be among the best."""
        articles, weights = opened(data)
        where, there = places(articles, sums.articles)
        shares = sums.shares.copy()
        shares[where[there]] += weights[there] * worth
        new = ~there & (weights * worth >= enough) & (articles != self._asked.number)
        if not new.any():
            return _Sums(sums.articles, shares)
        both = np.concatenate([sums.articles, articles[new]])
        order = both.argsort(kind="stable")  # two stretches in order
        return _Sums(both[order], np.concatenate([shares, weights[new] * worth])[order])

    def _among_the_best(self, sums: _Sums, longs: Sequence[_Long], number: int) -> dict[int, int]:
        """Return what is shared by those who may be among the best, the best among them."""
        least = self._least(sums, number)
        rest, read = sum(one.most for one in longs), 0
        for long, data in self._read(_needed(longs, rest - least)):
            rest, read = rest - long.most, read + 1
            sums = self._with(sums, data, long.worth, least - rest)
        others = sums.reaching(least - rest).without(self._known)
        while read < len(longs) and len(others.articles) > _FEW:
            for long, data in self._read(longs[read : read + _AT_ONCE]):
                rest -= long.most
                others = others.looked_up(data, long.worth).reaching(least - rest)
            read = min(read + _AT_ONCE, len(longs))
        return self._known | (others.told() if read == len(longs) else self._exactly(others.articles.tolist()))

    def _least(self, sums: _Sums, number: int) -> int:
        """Return what an article must share to be among the best: so much as many already do."""
        if len(sums.articles) < number:
            return 0
        first = [article for article, _ in sums.first(number + _SURE)]
        return nlargest(number, self._exactly(first).values())[-1]

    def _exactly(self, numbers: Collection[int]) -> dict[int, int]:
        """Return what articles share, added up from their own terms."""
        missing = self.rows([number for number in numbers if number not in self._known])
        if missing:
            shares = self.shared([row[2] for row in missing])
            self._known.update(zip((row[0] for row in missing), shares, strict=True))
        return {number: self._known[number] for number in numbers if number in self._known}

    def _read(self, longs: Sequence[_Long]) -> Iterator[tuple[_Long, bytes]]:
        """Yield long lists, wholly read."""
        if not longs:
            return
        written = {one.term: [self._asked.firsts[one.term][2]] for one in longs}
        rest = {place(one.term, at): one.term for one in longs for at in range(1, parts(one.articles))}
        for at, data in sorted(_PARTS.tuples(self._connection, places=rest), key=itemgetter(0)):
            written[rest[at]].append(data)
        for one in longs:
            yield one, b"".join(written[one.term])


def _first(item: tuple[int, int]) -> tuple[int, int]:
    return -item[1], item[0]


def _needed(longs: Sequence[_Long], most: int) -> Sequence[_Long]:
    """Return the first long lists: without them, all that are left add less than what is to be reached."""
    read = 0
    while most >= 0 and read < len(longs):
        most -= longs[read].most
        read += 1
    return longs[:read]


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
