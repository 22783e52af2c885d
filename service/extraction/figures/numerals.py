"""Numerals: how Chinese and Arabic digits write a number, alone and mixed.

A numeral is read in two steps. The scanner turns folded text into tokens, left to right and once, checking the grammar
as it goes: a number, then multipliers that fall within a section (千 百 十), then one that closes it (万 亿 兆).
The evaluator adds the sections up. 三四 before a multiplier or unit is a range, and is evaluated at both of its ends.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from service.extraction.figures.digits import ALL_DIGITS, BIG, SIGNS, SMALL
from service.extraction.figures.scanner import CAPITAL, PIECES, tokens_at
from service.extraction.figures.tokens import TEN, Kind, Token
from service.model import Script
from service.script import fold


class Numeral(NamedTuple):
    """A number as written, with what a reader of ranges and units must know about its form."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    tokens: tuple[Token, ...]
    kinds: int  # of all tokens, a bit each

    @property
    def chinese(self) -> bool:
        """Tell whether it holds no Arabic digit."""
        return not self.kinds & Kind.ARABIC

    @property
    def vague(self) -> bool:
        """Tell whether it leaves a digit open: 几百, 数十万."""
        return self.kinds & Kind.VAGUE != 0

    @property
    def more(self) -> bool:
        """Tell whether it says that there are more: 300 多万."""
        return self.kinds & Kind.MORE != 0

    @property
    def large(self) -> bool:
        """Tell whether it holds 万 or more: 4900 亿, 3万5."""
        return self.kinds & Kind.BIG != 0

    @property
    def plain(self) -> bool:
        """Tell whether it is a number without any multiplier."""
        return len(self.tokens) == 1 and self.kinds in (Kind.ARABIC, Kind.CHINESE)

    @property
    def single(self) -> bool:
        """Tell whether it is one Chinese digit: 七."""
        return self.end - self.start == 1 and self.kinds == Kind.CHINESE

    @property
    def spelt(self) -> bool:
        """Tell whether it lists digits, as years and codes do: 二〇二六, 007."""
        return self.plain and self.chinese and self.end - self.start > 1 and self.low == self.high and self.low >= TEN

    @property
    def bare(self) -> bool:
        """Tell whether a multiplier stands alone: 万亿美元."""
        return self.tokens[0].kind in (Kind.SMALL, Kind.BIG) and self.tokens[0].low >= HUNDRED

    @property
    def rounded(self) -> bool:
        """Tell whether it is told in hundreds or thousands: 五千, 三千五, 八百."""
        return any(token.kind is Kind.SMALL and token.low >= HUNDRED for token in self.tokens)

    @property
    def scale(self) -> Decimal:
        """The multipliers that close it: 10**8 in 9 亿."""
        scale = Decimal(1)
        for token in reversed(self.tokens):
            if token.kind is Kind.BIG:
                scale *= token.low
            elif token.kind is not Kind.MORE:
                break
        return scale

    @property
    def lead(self) -> Decimal | None:
        """The one number that the multipliers of it multiply, if there is just one: 9 in 9 亿, 5 in 五百万."""
        numbers = [token for token in self.tokens if token.kind in (Kind.ARABIC, Kind.CHINESE)]
        return numbers[0].low if len(numbers) == 1 and numbers[0] is self.tokens[0] else None


_ONE, HUNDRED = Decimal(1), Decimal(100)
_MULTIPLIER = f"[{''.join((*SMALL, *BIG))}]"
# Most numerals are one token, to be seen at a glance: nothing that could go on from it stands behind.
_DIGITS = re.compile(
    rf"[0-9]{{1,18}}+(?:\.[0-9]{{1,18}}+)?+(?![0-9,.+多余来]| {{0,2}}(?:[多余]?{_MULTIPLIER}|{PIECES}|{CAPITAL}))"
)
_DIGIT = re.compile(f"[{''.join(ALL_DIGITS)}](?![{''.join(ALL_DIGITS)}点]|{_MULTIPLIER}|{PIECES}|{CAPITAL})")
_VALUES = {digit: Decimal(value) for digit, value in ALL_DIGITS.items()}
_HALVES = ("半", "一半")
_SHORT = re.compile(r"([-−]?)([0-9]{1,18})?(\.[0-9]{1,18})?(?<=[0-9]) ?([kmgt]?)")  # 1.2M, .77
_SUFFIXES = {"": Decimal(1), "k": Decimal(10**3), "m": Decimal(10**6), "g": Decimal(10**9), "t": Decimal(10**12)}
_PAUSE = re.compile("，(?![０-９])")
_HELD = "\ue000"  # private use: folds to itself
_MICRO = "\u00b5"  # the sign of Latin-1, which looks like the letter mu


@lru_cache(maxsize=8)  # all that is read of one document asks for it in turn
def fold_prose(text: str) -> str:
    """Return `text` folded as `fold` does, but with its full-width commas kept: 20，300 is two numbers, not one.

    >>> fold_prose("３００美圓，２")
    '300美圆,2'
    """
    return fold(_PAUSE.sub(_HELD, text)).replace(_HELD, "，").replace(_MICRO, "μ")


def parse_numeral(surface: str, script: Script) -> Decimal:
    """Return the number that `surface` writes.

    >>> [str(parse_numeral(written, Script.HANT)) for written in ("3萬4000", "一億五", "負六點六", "1.2M")]
    ['34000', '150000000', '-6.6', '1200000.0']

    Raises:
        ValueError: `surface` is no numeral, or one that leaves its value open.
    """
    folded = fold(surface).strip()
    if folded in _HALVES:
        return Decimal("0.5")
    if (short := _SHORT.fullmatch(folded)) is not None:
        return Decimal(f"{short[1]}{short[2] or 0}{short[3] or ''}".replace("−", "-")) * _SUFFIXES[short[4]]
    numeral = scan(folded, 0, script)
    if numeral is None or numeral.end != len(folded) or numeral.vague or numeral.low != numeral.high:
        raise ValueError(f"{surface[:40]!r} is not a numeral with one value")
    return numeral.low


def scan(folded: str, start: int, script: Script) -> Numeral | None:
    """Return the longest numeral of the folded text that begins at `start`, or None.

    >>> scan("1,100 万张", 0, Script.HANS).low
    Decimal('11000000')
    """
    if (found := _DIGITS.match(folded, start)) is not None:
        return of_token(start, found.end(), Decimal(found[0]), Kind.ARABIC)
    if (found := _DIGIT.match(folded, start)) is not None:
        return of_token(start, start + 1, _VALUES[found[0]], Kind.CHINESE)
    signed = folded[start : start + 1] in SIGNS and start < len(folded)
    spaced = signed and folded[start : start + 2] == "负 "
    tokens = tokens_at(folded, start + signed + spaced, script)
    if not tokens:
        return None
    low = high = _value(tokens, high=False)
    if any(token.low is not token.high for token in tokens):
        high = _value(tokens, high=True)
    if signed:
        low, high = -high, -low
    return Numeral(start, tokens[-1].end, min(low, high), max(low, high), tokens, _kinds(tokens))


def of_token(start: int, end: int, value: Decimal, kind: Kind) -> Numeral:
    """Return the numeral that one token makes."""
    return Numeral(start, end, value, value, (Token(kind, value, value, end),), kind)


def _kinds(tokens: tuple[Token, ...]) -> int:
    kinds = 0
    for token in tokens:
        kinds |= token.kind
    return kinds


def _value(tokens: tuple[Token, ...], *, high: bool) -> Decimal:
    """Add up the sections. A last digit after a multiplier counts tenths of it (一亿五), unless 零 stands between."""
    total = section = Decimal(0)
    number: Decimal | None = None
    last = big = _ONE
    for token in tokens:
        value = token.high if high else token.low
        if token.kind in (Kind.ARABIC, Kind.CHINESE, Kind.VAGUE):
            number = value
        elif token.kind is Kind.ZERO:
            last, number = _ONE, None
        elif token.kind is Kind.SMALL:
            section, number, last = section + (number or _ONE) * value, None, value
        elif token.kind is Kind.BIG:
            section += number or 0
            if value >= big:  # 万亿, 三千万零五亿, 四万万: the greater multiplier covers all that stands before it
                total = (total + section or _ONE) * value
            else:
                total += section * value
            section, number, last, big = Decimal(0), None, value, value
    if number is None:
        return total + section
    whole = int(number)
    colloquial = last >= HUNDRED and number < TEN and (number == whole or tokens[-1].kind is Kind.CHINESE)
    return total + section + (whole * last / 10 + number - whole if colloquial and whole else number)
