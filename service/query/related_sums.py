"""The articles that share most with one, exactly, without adding up all who hold its terms.

Who holds a rare term is added up first: those terms tell most. The best so far are then added up wholly, from their own
terms; what the last of them has is the least that any other must reach. Terms that many hold are read only until what
the others can add is less than that (then nobody new can be among the best) and few are left who may be; these are
added up wholly too (max-score, Turtle and Flood, 1995). Sums are whole numbers: their order is no matter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import chain, repeat
from operator import itemgetter, mul
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from service.query.columns import RELATED_ARTICLE, RELATED_POSTING
from service.query.related_ranking import Own
from service.store.prepared import Prepared
from service.store.related_postings import ENTRIES, FULL, HEAVIEST, decode, opened, parts, place
from service.store.related_terms import unpacked

_SURE: Final = 4  # articles beyond those asked for that are added up first: some of them are among the best
_FEW: Final = 24  # articles that are sooner added up one by one than found in another list
_AT_ONCE: Final = 3  # lists that are read together to find who may be among the best
_DEAR: Final = 4  # entries that are looked through in the time it takes to look an article up

_NOTHING: Final = repeat(0)

Sums = dict[int, int]  # number of an article → what it shares
Row = tuple[int, str, bytes, bytes]  # number, article, terms, sketch


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
        self._rows: dict[int, Row] = {}
        self._known: Sums = {}  # of those that were added up wholly

    def best(self, number: int) -> list[tuple[int, int]]:
        """Return the numbers of the articles that share most, with what they share; of equal ones the lower first."""
        sums, longs = self._of_short_lists()
        if longs:
            sums = self._among_the_best(sums, longs, number)
        least = nlargest(number, sums.values())[-1:]
        first = [item for item in sums.items() if item[1] >= least[0]] if least else []
        return sorted(first, key=lambda item: (-item[1], item[0]))[:number]

    def all(self) -> list[tuple[int, int]]:
        """Return all articles that share anything, in the same order."""
        sums, longs = self._of_short_lists()
        for long, data in self._read(longs):
            self._add(sums, data, repeat(long.worth))
        return sorted(sums.items(), key=lambda item: (-item[1], item[0]))

    def rows(self, numbers: Iterable[int]) -> list[Row]:
        """Return of articles that are listed what the index has of them, in any order."""
        wanted = list(numbers)
        missing = [number for number in wanted if number not in self._rows]
        if missing:
            for row in _ROWS.tuples(self._connection, numbers=missing):
                self._rows[row[0]] = row[0], row[1], row[2], row[3]
        return [self._rows[number] for number in wanted if number in self._rows]

    def shared(self, terms: bytes) -> int:
        """Return what an article shares, given its terms as they are stored."""
        numbers, weights, _ = unpacked(terms)
        return sum(map(mul, map(self._asked.worth.get, numbers, _NOTHING), weights))

    def _of_short_lists(self) -> tuple[Sums, list[_Long]]:
        """Return what is shared by terms that few hold, and those that many do, first what adds much by few entries."""
        firsts = self._asked.firsts
        written: list[bytes] = []
        worths: list[Iterable[int]] = []
        longs: list[tuple[float, _Long]] = []
        for term, worth in self._asked.worth.items():
            if term not in firsts:
                continue
            articles, heaviest, data = firsts[term]
            if articles <= FULL:
                written.append(data)
                worths.append(repeat(worth, articles))
            else:
                most = heaviest * worth
                longs.append((-most / articles, _Long(term, worth, most, articles)))
        sums: Sums = {}
        self._add(sums, b"".join(written), chain.from_iterable(worths))
        return sums, [one for _, one in sorted(longs)]

    def _add(self, sums: Sums, data: bytes, worths: Iterable[int]) -> None:
        """Add what is written of articles, each entry worth so much."""
        articles, weights = opened(data)
        for article, share in zip(articles.tolist(), map(mul, weights, worths), strict=True):
            if article in sums:
                sums[article] += share
            else:
                sums[article] = share
        sums.pop(self._asked.number, None)

    def _add_most(self, sums: Sums, data: bytes, worth: int, enough: int) -> None:
        """Add a long list; of articles that have no sums yet, those that it gives enough to be among the best."""
        articles, weights = opened(data)
        least = -(-enough // worth)
        for article, weight in zip(articles.tolist(), weights, strict=True):
            if article in sums:
                sums[article] += weight * worth
            elif weight >= least:
                sums[article] = weight * worth
        sums.pop(self._asked.number, None)

    def _among_the_best(self, sums: Sums, longs: Sequence[_Long], number: int) -> Sums:
        """Return what is shared by those who may be among the best, the best among them."""
        least = self._least(sums, number)
        rest, read = sum(one.most for one in longs), 0
        for long, data in self._read(_needed(longs, rest - least)):
            rest, read = rest - long.most, read + 1
            self._add_most(sums, data, long.worth, least - rest)
        enough, known = least - rest, self._known
        others = {one: shared for one, shared in sums.items() if shared >= enough and one not in known}
        while read < len(longs) and len(others) > _FEW:
            for long, data in self._read(longs[read : read + _AT_ONCE]):
                _look_up(others, data, long.worth)
                rest -= long.most
                enough = least - rest
                others = {one: shared for one, shared in others.items() if shared >= enough}
            read = min(read + _AT_ONCE, len(longs))
        return self._known | (others if read == len(longs) else self._exactly(others))

    def _least(self, sums: Sums, number: int) -> int:
        """Return what an article must share to be among the best: so much as many already do."""
        if len(sums) < number:
            return 0
        first = nlargest(number + _SURE, sums, key=sums.__getitem__)
        return nlargest(number, self._exactly(first).values())[-1]

    def _exactly(self, numbers: Collection[int]) -> Sums:
        """Return what articles share, added up from their own terms."""
        missing = [number for number in numbers if number not in self._known]
        self._known.update((row[0], self.shared(row[2])) for row in self.rows(missing))
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


def _needed(longs: Sequence[_Long], most: int) -> Sequence[_Long]:
    """Return the first long lists: without them, all that are left add less than what is to be reached."""
    read = 0
    while most >= 0 and read < len(longs):
        most -= longs[read].most
        read += 1
    return longs[:read]


def _look_up(sums: Sums, data: bytes, worth: int) -> None:
    """Add what a list holds of the articles that have sums."""
    entries = decode(data)
    held: Iterable[int] = sums
    if len(entries) <= _DEAR * len(sums):
        held = sums.keys() & opened(data)[0]
    entries.append(ENTRIES)
    for article in held:
        found = entries[bisect_left(entries, article << 8)]  # its entry, if any, as `entry` writes it
        if found >> 8 == article:
            sums[article] += (found & HEAVIEST) * worth


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
