"""How the index of related articles writes who holds a term: entries of eight bytes, in order and in parts.

An entry is the article's number of 48 bits with the weight of the term behind it. A term that few articles hold has one
part, one that many hold as many as `service.store.claim_postings` divides so many into: what is written depends only on
who holds a term, and to add an article rewrites one part of each of its terms.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.store.claim_postings import FULL, TOTAL, parts, place, term_at

__all__ = [
    "ENTRIES",
    "FULL",
    "HEAVIEST",
    "TOTAL",
    "decode",
    "encode",
    "encoded",
    "entry",
    "opened",
    "part",
    "parts",
    "place",
    "term_at",
    "weight",
]

HEAVIEST: Final = 255  # weight
ENTRIES: Final = 1 << 56  # that there are
_NATIVE: Final = sys.byteorder == "little"


def entry(article: int, weight: int) -> int:
    """Return what is written for an article of this number, in which the term weighs so much.

    >>> entry(3, 20) < entry(3, 21) < entry(4, 1)
    True
    """
    return article << 8 | min(weight, HEAVIEST)


def weight(entry: int) -> int:
    """Return the weight in an entry.

    >>> weight(entry(3, 20))
    20
    """
    return entry & HEAVIEST


def part(entry: int, of: int) -> int:
    """Return in which part an entry is, of so many.

    >>> part(ENTRIES - 1, 8), part(ENTRIES // 2, 8)
    (7, 4)
    """
    return entry * of >> 56


def encode(entries: Iterable[int]) -> bytes:
    """Return how entries are written.

    >>> decode(encode([9, 3])).tolist()
    [3, 9]
    """
    return encoded(array("Q", sorted(entries)))


def encoded(entries: array[int]) -> bytes:
    """Return how entries are written that are in order."""
    return (entries if _NATIVE else _swapped(array("Q", entries))).tobytes()


def decode(data: bytes | bytearray) -> array[int]:
    """Return the entries that are written, in order."""
    held = array("Q")
    held.frombytes(data)
    return _swapped(held)


def opened(data: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what is written as it is added up: the numbers of the articles, and the weights.

    >>> articles, weights = opened(encode([entry(3, 20), entry(7, 5)]))
    >>> articles.tolist(), weights.tolist()
    ([3, 7], [20, 5])
    """
    entries = np.frombuffer(data, "<i8")
    return entries >> 8, entries & HEAVIEST


def _swapped(held: array[int]) -> array[int]:
    if not _NATIVE:
        held.byteswap()
    return held
