"""Which articles hold the words of a query, and how much each word says of them: by the index alone.

Single characters, pairs and whole Latin words and numbers are terms of the index, so what it says of them is sure.
Longer words are found by the pairs they are made of: an article that has them all may hold the word, which its text
then tells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from service.query.matching import Words
from service.query.search_reader import Range, SearchIndex
from service.query.sliced import Sliced, greatest, least, present
from service.store.terms import TOKEN

_FEW: Final = 6  # characters of a run that is looked for by all of its pairs; longer ones by every other
_MOST_TERMS: Final = 24  # of one word
_SHORT: Final = 4  # letters of a Latin word that goes on in digits only
_LONGEST: Final = 40  # characters of a term

Parts = dict[str, "_Part"]


class Match(NamedTuple):
    """Where a word stands: surely, or maybe as well; and how much it says."""

    sure: int
    maybe: int
    level: Sliced


class _Part(NamedTuple):
    """One way to say a word: its terms, one of each group; and whether they are all there is to it."""

    groups: tuple[tuple[str, ...], ...]
    whole: bool


@dataclass(frozen=True)
class Matches:
    """The words of a query, looked up together."""

    index: SearchIndex
    levels: dict[str, Sliced]
    parts: Parts

    def of(self, word: Sequence[str]) -> Match:
        """Return where one of the alternatives of a word stands."""
        found = [self._part(self.parts[part]) for part in word]
        sure, maybe = 0, 0
        for one in found:
            sure, maybe = sure | one.sure, maybe | one.maybe
        return Match(sure, maybe, greatest(one.level for one in found if one.maybe))

    def _part(self, part: _Part) -> Match:
        groups = [self._group(group) for group in part.groups]
        if not groups:
            return Match(0, 0, [])
        level = least(groups) if len(groups) > 1 else groups[0]
        here = present(level)
        return Match(here if part.whole else 0, here, level)

    def _group(self, terms: Iterable[str]) -> Sliced:
        found = [self.levels[term] for term in terms if term in self.levels]
        return found[0] if len(found) == 1 else greatest(found)


def look_up(index: SearchIndex, words: Words, exact: Collection[str] = ()) -> Matches:
    """Look up all words of a query; those that are `exact` do not go on: they are phrases."""
    typed = {word[0] for word in words} - set(exact)
    tails = {part: tail for part in typed if (tail := _tail(part))}
    goes_on = index.terms_within(dict.fromkeys(tails.values()))
    parts = {
        part: _part_of(part, [term for term in goes_on if part in tails and _within(term, tails[part])])
        for part in {part for word in words for part in word}
    }
    terms = {term for part in parts.values() for group in part.groups for term in group}
    return Matches(index, index.levels(terms), parts)


def _within(term: str, tail: Range) -> bool:
    return tail.first <= term < tail.last


def _tail(part: str) -> Range | None:
    """Return which terms the last word of `part` may go on as, where that is Latin: `ai` as `ai2`, `crane` as `cranes`.

    >>> _tail("ai"), _tail("crane"), _tail("碼頭")
    (Range(first='ai0', last='ai:'), Range(first='crane', last='cranf'), None)
    """
    tokens = list(TOKEN.finditer(part))
    if not tokens or not tokens[-1][3] or tokens[-1].end() != len(part):
        return None
    word = tokens[-1][3][:_LONGEST]
    if len(word) <= _SHORT:
        return Range(word + "0", word + ":")
    return Range(word, word[:-1] + chr(ord(word[-1]) + 1))


def _part_of(part: str, goes_on: Sequence[str]) -> _Part:
    tokens = list(TOKEN.finditer(part))
    groups: list[tuple[str, ...]] = []
    for token in tokens:
        groups += [(term,) for term in _terms(token[1], token[2], token[3])]
    if groups and goes_on:
        groups[-1] = (*groups[-1], *goes_on)
    whole = len(groups) == 1 and tokens[0][0] == part and len(part) <= _LONGEST
    return _Part(tuple(dict.fromkeys(groups))[:_MOST_TERMS], whole)


def _terms(run: str, number: str, word: str) -> list[str]:
    """Return the terms of a token that an article which holds it must have."""
    if not run:
        return [(word or number.replace(",", ""))[:_LONGEST]]
    if len(run) == 1:
        return [run]
    pairs = [a + b for a, b in pairwise(run)]
    return pairs if len(run) <= _FEW else [*pairs[::2], pairs[-1]]


def may_hold(index: SearchIndex, names: Iterable[str]) -> int:
    """Return the articles whose texts may hold one of the folded names as words of their own, and maybe a few more.

    Numbers are left aside: the 3 of a name may stand in 3.5, which is another number.
    """
    terms = {name: _without_numbers(name) for name in names}
    levels = index.levels({term for some in terms.values() for term in some})
    found = 0
    for some in terms.values():
        here = index.live
        for term in some:
            here &= present(levels.get(term, ()))
        found |= here
    return found


def _without_numbers(name: str) -> list[str]:
    tokens = TOKEN.finditer(name)
    return [term for token in tokens if not token[2] for term in _terms(token[1], token[2], token[3])][:_MOST_TERMS]
