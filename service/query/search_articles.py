"""Articles that fit a query, best first, as many as are asked for: by the index, and by the text where that must tell.

The score is that of BM25F (see `service.store.search_terms`), each word weighed by how few articles hold it. Weights
are small whole numbers, so that the scores of all articles are reckoned and sorted as bitmaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from math import log
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.columns import ARTICLE
from service.query.matching import Words, holds
from service.query.search_matching import Match, Matches
from service.query.search_reader import Found, SearchIndex
from service.query.sliced import Sliced, at, at_most, descending, plus, present, times
from service.store.search_terms import LEVELS, searched

_RAREST: Final = 12  # the weight of a word that the rarest one of the query has; the others have less
_SHARES: Final = 120  # parts that the whole of a query has, where most of it is enough
_UNHEARD: Final = 0.4  # what a word counts that no article holds, beside one that a single article does
_LEAST, _MORE, _POWER = 0.2, 0.8, 1.5  # a score from 0 to 1 of what the weights could give
_TOGETHER: Final = 32  # articles equally good that are told apart by their rows rather than by bitmaps
_AT_ONCE: Final = 32  # articles looked at together
_MOST_READ: Final = 600  # texts read for one answer
_READ_FIRST: Final = 100  # that may hold a word and are read at the beginning, so that all can be counted


class Ranked(NamedTuple):
    """An article with its score from 0 to 1, and what orders it among others of this score: the least first."""

    score: float
    tie: int
    id: str


@dataclass
class ArticleSearch:
    """The articles that hold `words`, or of them the share `needed` by rarity, within a bitmap of those allowed."""

    session: Session
    index: SearchIndex
    matches: Matches
    words: Words
    without: Words
    allowed: int
    needed: float = 1.0
    stopped: Ranked | None = field(default=None, init=False)  # the last one looked at, where texts were too many

    def __post_init__(self) -> None:
        self._first = list[Ranked]()
        unsure = self._unsure & self.candidates
        if unsure and unsure.bit_count() <= _READ_FIRST:
            wrong = {one.bit for one in self.index.articles(unsure)} - self._really(unsure)
            self.candidates &= ~sum(1 << bit for bit in wrong)
            self._unsure = 0

    @cached_property
    def found(self) -> list[Match]:
        """Where each word stands."""
        return [self.matches.of(word) for word in self.words]

    @cached_property
    def _left_out(self) -> list[Match]:
        return [self.matches.of(word) for word in self.without]

    @cached_property
    def weights(self) -> list[float]:
        """The share each word has in the score: a word that few articles hold has more.

        One that none holds has less: it may be said in other words, and tells no article from another.
        """
        total = self.index.total
        counts = [match.maybe.bit_count() for match in self.found]
        idf = [log(1 + total / count) if count else _UNHEARD * log(1 + total) for count in counts]
        return [one / (sum(idf) or 1.0) for one in idf]

    @cached_property
    def candidates(self) -> int:
        """The articles that hold the words or may do so."""
        left = self.allowed
        for match in self._left_out:
            left &= ~match.sure
        if self.needed >= 1:
            for match in self.found:
                left &= match.maybe
            return left
        shares: Sliced = []
        for match, weight in zip(self.found, self.weights, strict=True):
            shares = plus(shares, times([match.maybe], round(weight * _SHARES)))
        return left & ~at_most(shares, round(self.needed * _SHARES) - 1, left)

    @cached_property
    def _unsure(self) -> int:
        """The articles of which only the text tells whether they hold a word."""
        unsure = 0
        for match in (*self.found, *self._left_out):
            unsure |= match.maybe & ~match.sure
        return unsure

    @property
    def total(self) -> int | None:
        """How many articles fit; None where only their texts would tell."""
        return None if self._unsure & self.candidates else self.candidates.bit_count()

    @cached_property
    def _factors(self) -> list[int]:
        most = max(self.weights, default=0.0) or 1.0  # no word weighs anything where there are no articles
        return [max(1, round(_RAREST * weight / most)) for weight in self.weights]

    @cached_property
    def _points(self) -> Sliced:
        total: Sliced = []
        for match, factor in zip(self.found, self._factors, strict=True):
            total = plus(total, times([digit & self.candidates for digit in match.level], factor))
        return total

    def _score(self, points: int) -> float:
        share = points / (LEVELS * sum(self._factors)) if points else 0.0
        return float(round(_LEAST + _MORE * share**_POWER, 6))

    def _most_points(self, score: float) -> int:
        """Return the points of a score, or a few more."""
        share = max((score - _LEAST) / _MORE, 0.0) ** (1 / _POWER)
        return int(share * LEVELS * sum(self._factors)) + 2

    def ranked(self, behind: Ranked | None = None) -> Iterator[Ranked]:
        """Yield what fits, best first, from `behind` on; it ends early where more texts would have to be read."""
        if behind is not None:
            yield from self._ranked(behind)
            return
        for number in count():
            if number == len(self._first):
                following = next(self._rest, None)
                if following is None:
                    return
                self._first.append(following)
            yield self._first[number]

    @cached_property
    def _rest(self) -> Iterator[Ranked]:
        """Yields what fits from the beginning: what was looked at once is kept."""
        return self._ranked(None)

    def _ranked(self, behind: Ranked | None) -> Iterator[Ranked]:
        left, last, budget = self.candidates, behind, _MOST_READ
        self.stopped = None
        if behind is not None:
            left = at_most(self._points, self._most_points(behind.score), left)
        for group in self._groups(left):
            ranked = {one.bit: self._placed(one) for one in self.index.articles(group)}
            if behind is not None:
                ranked = {bit: one for bit, one in ranked.items() if _order(one) > _order(behind)}
            here = sum(1 << bit for bit in ranked)
            unsure, latest = here & self._unsure, max(ranked.values(), key=_order, default=last)
            if unsure:
                if budget <= 0:
                    self.stopped = last
                    return
                budget -= unsure.bit_count()
                wrong = set(ranked) & {bit for bit in ranked if unsure >> bit & 1} - self._really(unsure)
                ranked = {bit: one for bit, one in ranked.items() if bit not in wrong}
            last = latest
            yield from sorted(ranked.values(), key=_order)

    def _placed(self, one: Found) -> Ranked:
        return Ranked(self._score(at(self._points, one.bit)), -one.tie, one.id)

    def _groups(self, left: int) -> Iterator[int]:
        """Yield bitmaps of some articles each, all of one before any of the next."""
        waiting, number = 0, 0
        for _, equal in descending(self._points, left):
            parts = [equal] if equal.bit_count() <= _TOGETHER else self._by_tie(equal)
            for part in parts:
                waiting, number = waiting | part, number + part.bit_count()
                if number >= _AT_ONCE:
                    yield waiting
                    waiting, number = 0, 0
        if waiting:
            yield waiting

    def _by_tie(self, equal: int) -> Iterator[int]:
        return (part for _, part in descending(self.index.ties, equal, enough=_TOGETHER))

    def _really(self, bitmap: int) -> set[int]:
        """Return those of a bitmap whose texts hold what they must and nothing that they must not."""
        bits = {one.id: one.bit for one in self.index.articles(bitmap)}
        columns = (ARTICLE.c.id, ARTICLE.c.folded, ARTICLE.c.tags, ARTICLE.c.categories)
        rows = self.session.execute(select(*columns).where(ARTICLE.c.id.in_(bits)))
        texts = {bits[row.id]: searched(row.folded, [*row.tags, *row.categories]) for row in rows}
        return {bit for bit, text in texts.items() if self._fits(bit, text)}

    def _fits(self, bit: int, text: str) -> bool:
        held = [_has(match, word, bit, text) for match, word in zip(self.found, self.words, strict=True)]
        left_out = any(_has(match, word, bit, text) for match, word in zip(self._left_out, self.without, strict=True))
        share = 1.0 if all(held) else sum(w for there, w in zip(held, self.weights, strict=True) if there)
        return share >= self.needed and not left_out


def _has(match: Match, word: Sequence[str], bit: int, text: str) -> bool:
    if match.sure >> bit & 1:
        return True
    return bool(match.maybe >> bit & 1) and holds(text, tuple(word))


def _order(one: Ranked) -> tuple[float, int, str]:
    return -one.score, one.tie, one.id


def everywhere(index: SearchIndex, numbers: Sequence[Sliced]) -> int:
    """Return the articles that have one of several field terms, of all there are."""
    found = 0
    for number in numbers:
        found |= present(number)
    return found & index.live
