"""Magnitudes in Latin letters: 20 billion, one million, 110k."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

LETTER_MAGNITUDES: Mapping[str, int] = {"k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12}
ENGLISH_MAGNITUDES: Mapping[str, int] = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ENGLISH_NUMBERS: Mapping[str, Decimal] = {word: Decimal(value) for value, word in enumerate(_WORDS)}
_LONGEST = 9


def word_at(folded: str, at: int) -> str:
    """Return the Latin word that begins at `at` if it is no longer than a magnitude is, else an empty string.

    >>> word_at("20 billion", 3), word_at("4k5", 1)
    ('billion', '')
    """
    end = at
    while end - at < _LONGEST and "a" <= folded[end : end + 1] <= "z":
        end += 1
    return folded[at:end] if not "a" <= folded[end : end + 1] <= "z" and not folded[end : end + 1].isdigit() else ""
