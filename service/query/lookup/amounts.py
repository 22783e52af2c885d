"""Amounts as they are compared: after unit, range and bound, and only with amounts that could measure the same.

Equal numbers are not agreement: whether two sayings speak of the same thing is judged elsewhere. Numbers of other units
say nothing to each other.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from service.lexicon import read
from service.model import Approx, Span
from service.query.lookup.remembered import remembered
from service.script import fold
from service.store.claim_terms import BARE, LOCAL, SHARES, base

# How far a value may lie from what is said. `under` and `over` are said of values near the bound, on its one side:
# 不到 36 個月 is no month, and 超過 20% is not 90%. The rest is rounding.
_REACH: Final = {
    Approx.EXACT: (0.995, 1.005),
    Approx.ABOUT: (0.9, 1.1),
    Approx.VAGUE: (0.9, 1.1),
    Approx.UNDER: (0.75, 1.005),
    Approx.OVER: (0.995, 1.35),
}

# 約 40 is said of 37, 約 42 of 41, 約 13.6 of 13.5.
_ABOUT_CLOSELY: Final = 0.94, 1.06
_ABOUT_EXACTLY: Final = 0.97, 1.03
_BOUNDING: Final = frozenset({Approx.OVER, Approx.UNDER})
_BOUNDS: Final = 1.1  # times that two bounds of one value differ by
_WRITTEN: Final = 5  # digits from which a number rather comes of a fraction or another unit

_WHEN: Final = frozenset({"time", "date"})
_ROUNDED: Final = 0.01
_SWAPPED: Final = 3  # digits that are the same in another order by no chance
CLOSE: Final = 1.75  # times that two values of one thing often differ by
_REMOTE: Final = 5  # times that they rarely differ by
_POINTS: Final = re.compile("百分点|percentage point")
_TENTHS: Final = (0.975, 1.035)  # 七成 is said of 69% and of 72%

_BY: Final = 4 * 365  # days that a date with one bound reaches
# An amount of money that does not say whose: with 元, or as a bare number whose unit its surroundings gave.
_UNNAMED = re.compile(
    r"[^a-z$¥币港]{1,40}[元块]|[0-9.,~〇零一二两三四五六七八九十百千万亿半多余几数约近逾超过 -]{1,40}"
)
_LARGE: Final = 1e8  # from which a number without a unit is likely money
_ROUND: Final = 1e4  # or where an amount of money is the same
_NUMERAL = re.compile(r"[0-9.]+")
_TIMES: Final = 100
_TELLING: Final = 5.0  # what the most telling amount counts
_PRECISE: Final = 3  # digits that two numbers share by no chance
_LEAST: Final = 100.0
_MANY: Final = 1e5  # things that are hardly counted twice
_SURE: Final = 5  # digits and orders of magnitude from which an amount is the most telling
_ENDS: Final = 2
_HALVES: Final = frozenset("上下")  # of an inning
_NOWHERE: Final = Span(0, 0)


@dataclass(frozen=True)
class Amount:
    """A quantity as it is compared: bounds in the base of its dimension, what it was written as, and where."""

    low: float
    high: float
    dimension: str
    approx: Approx
    counted: str | None
    text: str
    span: Span = _NOWHERE
    denied: bool = False

    @remembered
    def kind(self) -> str:
        """Return the dimension without any rate."""
        return self.dimension.partition("/")[0]

    def precisely(self, other: Amount) -> bool:
        """Tell whether the two are the same to more digits than chance gives."""
        return self.low == other.low and len(self.digits) >= _PRECISE

    @remembered
    def digits(self) -> str:
        """Return the digits that matter: 118 of 11,800,000."""
        return f"{self.low:e}".partition("e")[0].rstrip("0").rstrip(".").replace(".", "")

    @property
    def written(self) -> str:
        """Return the number as it is written, in digits: 30 of 30 小時."""
        return "".join(_NUMERAL.findall(fold(self.text)))

    def comparable(self, other: Amount) -> bool:
        """Tell whether the two could be two values of one thing: same dimension and rate, classifiers that fit."""
        if not self.akin(other) or self.dimension.partition("/")[2] != other.dimension.partition("/")[2]:
            return False
        return (self.kind == "count") == (other.kind == "count") and self.counts_like(other)

    def akin(self, other: Amount) -> bool:
        """Tell whether the two are of one dimension, whatever rate they are said at."""
        if self.kind == other.kind:
            return True
        kinds = {self.kind, other.kind}
        if BARE in kinds and kinds < {BARE, *LOCAL}:
            return True
        # 投資 900 億 leaves out of what: of money, as often as not.
        plain, other_kind = (self, other.kind) if self.kind == "count" else (other, self.kind)
        money = other_kind == BARE or (len(other_kind) == len("USD") and other_kind.isupper())
        large = plain.low >= _LARGE or (plain.low >= _ROUND and self.low == other.low)
        return plain.kind == "count" and plain.counted is None and large and money

    def near(self, other: Amount) -> bool:
        """Tell whether two could be values of one thing by their size: no wage is a hundred times another."""
        if min(self.high, other.high) <= 0 or self.kind == "date":
            return True
        return max(self.low, other.low) <= _TIMES * min(self.high, other.high)

    def counts_like(self, other: Amount) -> bool:
        """Tell whether what the two count may be one thing, by their classifiers or because few things are so many."""
        if self.counted is None or other.counted is None or other.counts(fold(self.counted)):
            return True
        if self.low >= _MANY and self.low == other.low:
            return True
        return self.low >= _LEAST and self.precisely(other)  # 1,180 萬張票, 1,180 萬人次

    def counts(self, classifier: str) -> bool:
        """Tell whether things are counted by this (folded) classifier or one that stands for it."""
        return alike(fold(self.counted or ""), classifier)

    def agrees(self, other: Amount) -> bool:
        """Tell whether the two could be the same value, given how sure each is said to be."""
        if self.bounds_like(other):  # 至少 5.5 万 is no 4.6 万起
            return within(self, other, _BOUNDS)
        (low, high), (other_low, other_high) = self._reach, other._reach
        return low <= other_high and other_low <= high

    def bounds_like(self, other: Amount) -> bool:
        """Tell whether both are bounds of one direction, so that each may hold whatever the other is."""
        return self.approx is other.approx and self.approx in _BOUNDING

    @remembered
    def _reach(self) -> tuple[float, float]:
        if self.kind == "date":
            return self.low, self.high
        below, above = _REACH[self.approx]
        if self.approx is Approx.ABOUT and 1 < len(self.digits) <= _WRITTEN:
            below, above = _ABOUT_EXACTLY if len(self.digits) >= _PRECISE else _ABOUT_CLOSELY
        if self.approx is Approx.EXACT and self.text.endswith("成"):
            below, above = _TENTHS
        return self.low * below, self.high * above


def alike(one: str, other: str) -> bool:
    """Tell whether two folded classifiers may stand for each other.

    >>> alike("家", "间"), alike("家", "艘")
    (True, False)
    """
    return one == other or any(one in group and other in group for group in classifiers())


@cache
def classifiers() -> tuple[frozenset[str], ...]:
    """Return the groups of classifiers, folded, of which one may stand for another."""
    return tuple(frozenset(map(fold, group)) for group in read("stance.toml")["classifiers"]["alike"])


def amount(
    low: float, high: float, unit: str, per: str | None, approx: Approx, counted: str | None, text: str
) -> Amount:
    """Return a quantity in the base of its dimension.

    >>> year = amount(3, 3, "year", None, Approx.EXACT, None, "3 年")
    >>> year.agrees(amount(36, 36, "month", None, Approx.EXACT, None, "36 個月"))
    True
    """
    head, _, under = unit.partition("/")
    factor, dimension = base(unit)
    if head in SHARES:
        dimension = "times" if head == "x" and low > 1 else "share"  # 5 倍 is no value of what may be a tenth
    elif head in LOCAL and _UNNAMED.fullmatch(fold(text)):
        dimension = BARE
    rate = None if dimension == "time" else under or per
    return Amount(low * factor, high * factor, f"{dimension}/{rate}" if rate else dimension, approx, counted, text)


def put(one: Amount, span: Span) -> Amount:
    """Return an amount at a place."""
    return Amount(one.low, one.high, one.dimension, one.approx, one.counted, one.text, span)


def span_of_days(low: str | None, high: str | None, text: str) -> Amount | None:
    """Return a date or period as an amount of the dimension `date`, None where it has no bound at all: 去年."""
    if low is None and high is None:
        return None
    first, last = (date.fromisoformat(bound[:10]).toordinal() if bound else None for bound in (low, high))
    if first is None or last is None:  # 2029 年以前 is said of the years before
        first, last = first or (last or 0) - _BY, last or (first or 0) + _BY
    return Amount(first, last, "date", Approx.EXACT, None, text)


def telling(one: Amount) -> float:
    """Return how much it tells that two texts give this amount, on the scale of `candidates.weights`.

    330,000 is given for hardly two things, 3 for many: each further order of magnitude, and each digit, tells more.
    """
    if one.kind in ("date", "time") or one.approx is Approx.VAGUE:
        return _TELLING / 2
    steps = abs(math.log10(abs(one.low))) if one.low else 0.0
    ends = 1 if one.low == one.high else _ENDS  # two things hardly share both ends of a range
    return _TELLING * min(1.0, (len(one.digits) * ends + steps) / _SURE)


def fractions(folded: str) -> tuple[Amount, ...]:
    """Return the shares that a text says without a number.

    >>> [one.low for one in fractions("有一半是水")]
    [0.5]
    """
    found = []
    for word, written, share in _fractions():
        at = folded.find(written)
        if at >= 0:
            found.append(Amount(share, share, "share", Approx.ABOUT, None, word, Span(at, at + len(word))))
    return tuple(found)


def is_ordinal(one: Amount, folded: str) -> bool:
    """Tell whether what looks like a count says which it is: 九局下, 三局上."""
    return one.counted == "局" and folded[one.span.end : one.span.end + 1] in _HALVES


@cache
def _fractions() -> tuple[tuple[str, str, float], ...]:
    """Return the words that are shares, as listed and folded, with what they are of the whole."""
    return tuple((word, fold(word), parts / 100) for word, parts in read("stance.toml")["fractions"].items())


def told(amounts: tuple[Amount, ...]) -> tuple[tuple[Amount, ...], tuple[Amount, ...]]:
    """Return the amounts a sentence is about, and those that only say when or for how long.

    Where it says how much, its durations and dates are conditions; where it says only how long, its dates are.
    """
    for kinds in ({"time", "date"}, {"date"}):
        values = tuple(one for one in amounts if one.kind not in kinds)
        if values:
            return values, tuple(one for one in amounts if one.kind in kinds)
    return amounts, ()


def slipped(asked: Amount, said: Amount) -> bool:
    """Tell whether two amounts are one number, misquoted: in its power of ten, its unit or its digits.

    That is how 20 億 becomes 200 億, 30 小時 30 天 and 327 237; two numbers rarely look so by chance.
    """
    if asked.kind == "date" or asked.low <= 0 or said.low <= 0:
        return False
    swapped = len(asked.digits) >= _SWAPPED and sorted(asked.digits) == sorted(said.digits)
    if swapped and asked.kind not in _WHEN and within(asked, said, CLOSE):
        return True
    tenfold = abs(math.log10(asked.low / said.low)) <= 1 + _ROUNDED and _digits(asked.low) == _digits(said.low)
    return tenfold or (asked.kind in _WHEN and asked.written == said.written != "")


def remote(asked: Amount, said: Amount) -> bool:
    """Tell whether two amounts are so far apart that they rather measure two things."""
    if asked.kind == "date" or slipped(asked, said) or min(asked.low, said.low) <= 0:
        return False
    return not within(asked, said, _REMOTE)


def within(asked: Amount, said: Amount, times: float) -> bool:
    """Tell whether neither of two amounts is more than `times` the other."""
    return max(asked.low, said.low) <= times * min(asked.high, said.high)


def in_points(share: Amount) -> bool:
    """Tell whether a share is said in percentage points: it is how far two shares are apart."""
    return _POINTS.search(fold(share.text)) is not None


def _digits(value: float) -> str:
    return f"{value:.5e}".partition("e")[0]
