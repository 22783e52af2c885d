"""Whether two texts are nearly the same: the least hashes of what follows what in them, compared.

A bottom-k sketch (Broder, 1997): of the pairs of words that follow one another, those with the least hashes. Two texts
share as many of the least of both as they share of all. Words are those of `service.store.related_words`, so a copy in
the other script, in another region's words, is found as well.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import Final
from zlib import crc32

KEPT: Final = 64  # hashes of a text
_FEWEST: Final = 12  # hashes that tell anything
_COPY: Final = 0.5  # texts that have so much in common are one
_FEW: Final = 8  # in common: texts with fewer are nowhere near

Sketch = frozenset[int]


def sketch(pairs: Iterable[str]) -> bytes:
    """Return the sketch of a text from what follows what in it, as it is stored.

    >>> len(sketch(["茶杯", "杯子"]))
    8
    """
    return _least({crc32(pair.encode("utf-8", "surrogatepass")) for pair in pairs})


def sketch_of(words: Sequence[str]) -> bytes:
    """Return the sketch of a text from its words in reading order: each with the next one is a pair.

    >>> sketch_of(["茶", "杯", "子"]) == sketch(["茶杯", "杯子"])
    True
    """
    written = {word: word.encode("utf-8", "surrogatepass") for word in {*words}}
    hashes = {word: crc32(data) for word, data in written.items()}
    # The hash of a pair goes on from that of its first word.
    return _least({*map(crc32, map(written.__getitem__, words[1:]), map(hashes.__getitem__, words))})


def _least(hashes: Iterable[int]) -> bytes:
    return array("I", sorted(hashes)[:KEPT]).tobytes()


def opened(stored: bytes) -> Sketch:
    """Return a sketch as others are compared with it."""
    return frozenset(array("I", stored))


def hashes(stored: bytes) -> array[int]:
    """Return the hashes of a sketch: to look those up elsewhere takes less than to make a set of them first."""
    return array("I", stored)


def alike(one: Sketch, other: Sketch) -> float:
    """Return the share of what two texts hold that both hold, from 0 to 1; 0 where there is too little to tell.

    >>> text = [f"{a}-{a + 1}" for a in range(500)]
    >>> whole, half = opened(sketch(text)), opened(sketch(text[:250]))
    >>> alike(whole, whole), alike(whole, opened(sketch(["a"]))), alike(whole, half) < 0.8
    (1.0, 0.0, True)
    """
    both = one & other
    if len(both) < _FEW or min(len(one), len(other)) < _FEWEST:
        return 0.0
    least = sorted(one | other)[:KEPT]
    return len(both.intersection(least)) / len(least)


def copied(one: Sketch, other: Collection[int]) -> bool:
    """Tell whether two texts have half of what they hold in common: then one is a copy of the other.

    >>> pairs = [f"{a}-{a + 1}" for a in range(50)]
    >>> copied(opened(sketch(pairs)), hashes(sketch(pairs[:40]))), copied(opened(sketch(pairs)), frozenset())
    (True, False)
    """
    both = len(one.intersection(other))
    return 2 * both >= min(KEPT, len(one) + len(other) - both) and alike(one, frozenset(other)) >= _COPY


def may_be_copied(one: Collection[int], others: set[int]) -> bool:
    """Tell whether a text may be a copy of any of those whose sketches `others` holds together."""
    return 2 * len(others.intersection(one)) >= min(KEPT, len(one))
