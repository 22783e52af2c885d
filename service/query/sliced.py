"""Whole numbers for very many articles at once: one bitmap for each binary digit (O'Neil and Quass, 1997).

An article is a bit; Python's integers are the bitmaps. To add, compare or sort the numbers of a hundred thousand
articles takes a few operations on integers of a hundred thousand bits, whatever they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_NOT_ZERO = re.compile(rb"[^\0]")

Sliced = list[int]  # the bitmap of the lowest binary digit first; digits that are missing are 0


def present(number: Sequence[int]) -> int:
    """Return where a number is not 0, as a bitmap.

    >>> present([0b001, 0b100])
    5
    """
    found = 0
    for digit in number:
        found |= digit
    return found


def at(number: Sequence[int], place: int) -> int:
    """Return the number of one article.

    >>> at([0b01, 0b11], 0), at([0b01, 0b11], 1)
    (3, 2)
    """
    return sum((digit >> place & 1) << n for n, digit in enumerate(number))


def plus(one: Sequence[int], other: Sequence[int]) -> Sliced:
    """Return the sums of two numbers, article by article."""
    carry, total = 0, []
    for n in range(max(len(one), len(other))):
        a = one[n] if n < len(one) else 0
        b = other[n] if n < len(other) else 0
        both = a ^ b
        total.append(both ^ carry)
        carry = (a & b) | (both & carry)
    return [*total, carry] if carry else total


def times(number: Sequence[int], factor: int) -> Sliced:
    """Return the numbers times a whole number that is the same for all.

    >>> at(times([1, 1], 5), 0)
    15
    """
    total: Sliced = []
    for shift in range(factor.bit_length()):
        if factor >> shift & 1:
            total = plus(total, [0] * shift + list(number))
    return total


def less(one: Sequence[int], other: Sequence[int]) -> int:
    """Return where the first number is less than the second, as a bitmap."""
    found = 0
    for n in range(max(len(one), len(other))):
        a = one[n] if n < len(one) else 0
        b = other[n] if n < len(other) else 0
        found = (b & ~a) | (found & ~(a ^ b))
    return found


def least(numbers: Iterable[Sequence[int]]) -> Sliced:
    """Return the least of several numbers, article by article."""
    return _chosen(numbers, least_wins=True)


def greatest(numbers: Iterable[Sequence[int]]) -> Sliced:
    """Return the greatest of several numbers, article by article."""
    return _chosen(numbers, least_wins=False)


def _chosen(numbers: Iterable[Sequence[int]], *, least_wins: bool) -> Sliced:
    best: Sliced | None = None
    for number in numbers:
        if best is None:
            best = list(number)
            continue
        smaller = less(number, best) if least_wins else less(best, number)
        size = max(len(best), len(number))
        pairs = ((best[n] if n < len(best) else 0, number[n] if n < len(number) else 0) for n in range(size))
        best = [old ^ ((old ^ new) & smaller) for old, new in pairs]
    return best or []


def at_most(number: Sequence[int], most: int, among: int) -> int:
    """Return where a number is at most `most`, as a bitmap of those `among`.

    >>> at_most([0b011, 0b110], 2, 0b111)
    5
    """
    if most < 0:
        return 0
    below, equal = 0, among
    for n in range(max(len(number), most.bit_length()) - 1, -1, -1):
        digit = number[n] if n < len(number) else 0
        if most >> n & 1:
            below |= equal & ~digit
            equal &= digit
        else:
            equal &= ~digit
    return below | equal


def descending(number: Sequence[int], among: int, enough: int = 0) -> Iterator[tuple[int, int]]:
    """Yield those `among` by their numbers, the greatest first: the number and the bitmap of all that have it.

    Lower digits are not looked at once at most `enough` are left that agree in the higher ones: those come together.

    >>> list(descending([0b011, 0b110], 0b111))
    [(3, 2), (2, 4), (1, 1)]
    """
    waiting = [(len(number), 0, among)]
    while waiting:
        digits, value, here = waiting.pop()
        if not here:
            continue
        if not digits or (enough and here.bit_count() <= enough):
            yield value, here
            continue
        upper = here & number[digits - 1]
        waiting.append((digits - 1, value, here ^ upper))
        waiting.append((digits - 1, value | 1 << (digits - 1), upper))


def bits(bitmap: int) -> Iterator[int]:
    """Yield the places of the bits that are set, from the lowest.

    >>> list(bits(0b1010))
    [1, 3]
    """
    data = bitmap.to_bytes((bitmap.bit_length() + 7) // 8, "little")
    for found in _NOT_ZERO.finditer(data):
        byte, first = found[0][0], found.start() * 8
        yield from (first + bit for bit in range(8) if byte >> bit & 1)
