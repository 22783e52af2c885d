"""How the index of claims writes the claims that hold a term: their numbers, of four bytes each, in order and in parts.

A term that few claims hold has one part. Where more hold it the number of parts doubles, and doubles again, so that a
part never grows long; its highest bits tell which part a number is in. So what is written depends only on which claims
hold a term, and the same stretch of numbers can be read of any two terms.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

FULL: Final = 128  # numbers that a part holds on average at most
NUMBERS: Final = 1 << 32  # that there are
_MOST: Final = 20  # binary digits of a part
_NATIVE: Final = sys.byteorder == "little"
TOTAL: Final = 1 << 60  # the place where all claims are counted


def parts(claims: int) -> int:
    """Return of how many parts a term is that so many claims hold.

    >>> parts(0), parts(128), parts(129), parts(80_000)
    (1, 1, 2, 1024)
    """
    return 1 << min(max(claims - 1, 0) // FULL, (1 << _MOST) - 1).bit_length()


def part(number: int, of: int) -> int:
    """Return in which part a number is, of so many.

    >>> part(NUMBERS - 1, 8), part(NUMBERS // 2, 8)
    (7, 4)
    """
    return number * of >> 32


def place(term: int, number: int) -> int:
    """Return where a part of a term is kept: one behind the other.

    >>> place(-5, 3) - place(-5, 0)
    3
    """
    return (term << _MOST) + number


def term_at(place: int) -> tuple[int, int]:
    """Return the term and the part that are kept at a place.

    >>> term_at(place(-5, 3))
    (-5, 3)
    """
    return place >> _MOST, place & (1 << _MOST) - 1


def encode(numbers: Iterable[int]) -> bytes:
    """Return how numbers are written.

    >>> decode(encode([9, 3])).tolist()
    [3, 9]
    """
    held = array("I", sorted(numbers))
    if not _NATIVE:
        held.byteswap()
    return held.tobytes()


def decode(data: bytes) -> array[int]:
    """Return the numbers that are written, in order."""
    held = array("I")
    held.frombytes(data)
    if not _NATIVE:
        held.byteswap()
    return held


def opened(data: bytes) -> NDArray[np.uint32]:
    """Return the numbers that are written as they are added up.

    >>> opened(encode([9, 3])).tolist()
    [3, 9]
    """
    return np.frombuffer(data, "<u4")
