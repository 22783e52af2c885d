"""Which claims can fit at all: told from the words of all that were found, in one pass, before any is judged.

To judge a claim is a hundred times the work of asking which words it holds any part of. What is left out here speaks
of so little that judging would leave it out, whatever its numbers say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import mul
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from service.query.lookup.concept import Concept

_NOTHING: Final = -1.0
_UNSTORED: Final = re.compile("[\ud800-\udfff]")  # what no text of a claim holds


class Said(NamedTuple):
    """The words of a claim and those around it, folded and respelled, and whom it names or lets speak."""

    own: str
    heading: str
    before: str
    behind: str
    entities: frozenset[str | None] = frozenset()


WITHIN, HEADING, BEFORE, BEHIND = _TEXTS = 1, 2, 4, 8  # the bits of the texts

# The most that a concept counts which stands in each of the texts of `Said`, of 1.
Most = tuple[float, float, float, float]


def prospects(
    said: Sequence[Said], weighed: Mapping[Concept, float], most: Most, numbers: bool, touched: Sequence[Sequence[int]]
) -> list[float]:
    """Return how much each claim speaks of at most, by weight, of what a sentence does apart from its amounts.

    Nothing where the claim itself speaks of nothing of it, unless it may still give one of the `numbers`. What each
    claim may hold of it is `touched`, as `touching` tells.
    """
    weights = list(weighed.values())
    shares = _shares(said, list(weighed), most, touched)
    return [sum(map(mul, held, weights)) if numbers or most[0] in held else _NOTHING for held in shares]


def _shares(
    said: Sequence[Said], concepts: Sequence[Concept], most: Most, touched: Sequence[Sequence[int]]
) -> list[list[float]]:
    """Return for each claim what each concept counts at most."""
    counted = _counted(most)
    shares = [[counted[mask] for mask in held] for held in touched]
    named = [(place, one.entity) for place, one in enumerate(concepts) if one.entity is not None]
    for held, one in zip(shares, said, strict=True) if named else ():
        for place, entity in named:
            if entity in one.entities:
                held[place] = max(held[place], most[0])
    return shares


@lru_cache(maxsize=16)
def _counted(most: Most) -> tuple[float, ...]:
    """Return what a concept counts at most by the texts that may hold any of it."""
    masks = range(1 << len(most))
    return tuple(max([value for text, value in enumerate(most) if mask >> text & 1], default=0.0) for mask in masks)


def touching(said: Sequence[Said], concepts: Sequence[Concept]) -> list[list[int]]:
    """Return for each claim and each concept which of the texts of `Said` may hold any of it, each by its bit.

    >>> touching([Said("码头", "", "吊车", "")], [Concept(frozenset({"码头"})), Concept(frozenset({"吊车"}))])
    [[1, 4]]
    """
    pieces = [(piece, number) for number, one in enumerate(concepts) for piece in one.pieces]
    pieces = [pair for pair in pieces if not _UNSTORED.search(pair[0])]
    texts = [text for one in said for text in one[:4]]
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    matcher = AhoCorasick([piece for piece, _ in pieces], implementation=Implementation.NoncontiguousNFA)
    found = matcher.find_matches_as_indexes("\n".join(texts), overlapping=True)
    touched = [[0] * len(concepts) for _ in said]
    for number, text in {(pieces[piece][1], bisect_right(starts, start) - 1) for piece, start, _ in found}:
        touched[text // len(_TEXTS)][number] |= _TEXTS[text % len(_TEXTS)]
    return touched
