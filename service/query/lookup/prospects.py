"""Which claims can fit at all: told from the words of all that were found, in one pass, before any is judged.

To judge a claim is a hundred times the work of asking which words it holds any part of. What is left out here speaks
of so little that judging would leave it out, whatever its numbers say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
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


# The most that a concept counts which stands in each of the texts of `Said`, of 1.
Most = tuple[float, float, float, float]


def prospects(said: Sequence[Said], weighed: Mapping[Concept, float], most: Most, numbers: bool) -> list[float]:
    """Return how much each claim speaks of at most, by weight, of what a sentence does apart from its amounts.

    Nothing where the claim itself speaks of nothing of it, unless it may still give one of the `numbers`.
    """
    weights = list(weighed.values())
    shares = _shares(said, list(weighed), most)
    return [sum(map(mul, held, weights)) if numbers or most[0] in held else _NOTHING for held in shares]


def _shares(said: Sequence[Said], concepts: Sequence[Concept], most: Most) -> list[list[float]]:
    """Return for each claim what each concept counts at most."""
    named = [(place, one.entity) for place, one in enumerate(concepts) if one.entity is not None]
    shares = [[0.0] * len(concepts) for _ in said]
    for held, one in zip(shares, said, strict=True):
        for place, entity in named:
            if entity in one.entities:
                held[place] = most[0]
    for place, text in _places(said, concepts):
        held = shares[text // len(most)]
        held[place] = max(held[place], most[text % len(most)])
    return shares


def _places(said: Sequence[Said], concepts: Sequence[Concept]) -> set[tuple[int, int]]:
    """Return the number of each concept with that of each text that holds any of it, four to a claim."""
    pieces = [(piece, number) for number, one in enumerate(concepts) for piece in one.pieces]
    pieces = [pair for pair in pieces if not _UNSTORED.search(pair[0])]
    texts = [text for one in said for text in one[:4]]
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    matcher = AhoCorasick([piece for piece, _ in pieces], implementation=Implementation.ContiguousNFA)
    found = matcher.find_matches_as_indexes("\n".join(texts), overlapping=True)
    return {(pieces[piece][1], bisect_right(starts, start) - 1) for piece, start, _ in found}
