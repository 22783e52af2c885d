"""Tokens: the parts that a numeral is made of."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """What a token of a numeral is: a bit each, so that the kinds of all tokens make one number."""

    ARABIC = 1
    CHINESE = 2
    ZERO = 4
    SMALL = 8
    BIG = 16
    VAGUE = 32
    MORE = 64


class Token(NamedTuple):
    """A part of a numeral: a number with its bounds, or a multiplier."""

    kind: Kind
    low: Decimal
    high: Decimal
    end: int


TEN = Decimal(10)


def token_of(kind: Kind, value: Decimal | int, end: int) -> Token:
    """Return a token of one exact value."""
    exact = Decimal(value)
    return Token(kind, exact, exact, end)
