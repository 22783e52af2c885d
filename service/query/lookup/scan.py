"""Which lists of ``stance.toml`` may have a word in a sentence, told in one pass over it: most sentences hold of few.

A sentence is asked for the words of some thirty lists, many times each: what none can be found in is not searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from service.lexicon import read
from service.query.lookup.vocabulary import senses, stance_words
from service.script import fold

TABLES: Final = ("asks", "deny", "compare", "roles", "stage", "operator", "context")
_APART: Final = "apart"
_EVERY: Final = -1


class Facets(NamedTuple):
    """What amounts of one unit may measure: words, and which facet each is of."""

    words: re.Pattern[str]
    of: Mapping[str, int]


class _Lists:
    """The lists, each with a bit of its own, and what finds the words of all of them."""

    def __init__(self) -> None:
        masks: dict[str, int] = {}
        self.bits: dict[tuple[str, str], int] = {}
        for number, (name, words) in enumerate(_lists()):
            self.bits[name] = 1 << number
            for word in words:
                masks[word] = masks.get(word, 0) | 1 << number
        self.masks = list(masks.values())
        self.matcher = AhoCorasick(list(masks), implementation=Implementation.DFA)


def _lists() -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    data = read("stance.toml")
    yield from (((table, key), stance_words(table, key)) for table in TABLES for key in data[table])
    yield from (((_APART, str(number)), frozenset(group.of)) for number, group in enumerate(facet_groups()))


@cache
def _listed() -> _Lists:
    return _Lists()


@lru_cache(maxsize=4096)
def lists_within(folded: str) -> int:
    """Return the bits of the lists of which a folded text, or any part of it, may hold a word.

    >>> bool(lists_within("不需要电池") & bit("deny", "words")), bool(lists_within("电池") & bit("deny", "words"))
    (True, False)
    """
    lists = _listed()
    try:
        found = lists.matcher.find_matches_as_indexes(folded, overlapping=True)
    except UnicodeEncodeError:  # lone surrogates, which are looked for with patterns alone
        return _EVERY
    mask = 0
    for word, _, _ in found:
        mask |= lists.masks[word]
    return mask


@cache
def bit(table: str, *keys: str) -> int:
    """Return the bits of lists of a table."""
    return sum(_listed().bits[table, key] for key in set(keys))


@cache
def facet_groups() -> tuple[Facets, ...]:
    """Return the groups of facets of which an amount has at most one each."""
    return tuple(_facets(group["facets"]) for group in read("stance.toml")[_APART])


@cache
def facet_bits() -> tuple[tuple[int, int, Facets], ...]:
    """Return each group of facets with its number and its bit."""
    return tuple((bit(_APART, str(number)), number, group) for number, group in enumerate(facet_groups()))


def _facets(listed: Sequence[Sequence[str]]) -> Facets:
    of = {form: facet for facet, words in enumerate(listed) for word in words for form in _meant(fold(word))}
    return Facets(re.compile("|".join(map(re.escape, sorted(of, key=lambda form: (-len(form), form))))), of)


def _meant(word: str) -> frozenset[str]:
    sense = senses().get(word)
    return frozenset({word}) if sense is None else sense.same | sense.near
