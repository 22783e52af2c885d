"""Whether two sayings about the same thing agree: by their quantities and times, after unit, range and bound.

Equal numbers are not agreement and similar sentences are not either: this is asked only of sayings that speak of the
same things. Numbers of other units say nothing to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from service.model import Approx
from service.script import fold

_DAY: Final = 86_400.0
# Calendar durations by the mean Gregorian year of 365.2425 days: enough to know 36 months for 3 years.
_SECONDS: Final = {"s": 1.0, "day": _DAY, "week": 7 * _DAY, "month": 30.436875 * _DAY, "year": 365.2425 * _DAY}
_SHARES: Final = {"%": 0.01, "x": 1.0}  # a tenth, 10 % and 一成 are one share
_ABOUT: Final = 0.15  # how far apart two figures may be when one is said to be approximate
_EXACT: Final = 0.02  # and when none is: rounding


@dataclass(frozen=True)
class Amount:
    """A quantity as it is compared: bounds in the base of its dimension, and what it was written as."""

    low: float
    high: float
    dimension: str
    approx: Approx
    counted: str | None
    text: str

    def comparable(self, other: Amount) -> bool:
        """Tell whether the two could be two values of one thing: same dimension and rate, same classifier."""
        counted = self.counted is None or other.counted is None or fold(self.counted) == fold(other.counted)
        return self.dimension == other.dimension and counted

    def akin(self, other: Amount) -> bool:
        """Tell whether the two are of one dimension, whatever rate they are said at."""
        return self.dimension.partition("/")[0] == other.dimension.partition("/")[0]

    def agrees(self, other: Amount) -> bool:
        """Tell whether the two could be the same value, given how sure each is said to be."""
        exact = self.approx is Approx.EXACT and other.approx is Approx.EXACT
        slack = 0.0 if self.dimension == "date" else _EXACT if exact else _ABOUT
        (low, high), (other_low, other_high) = self._reach(), other._reach()
        return low <= other_high + slack * abs(other_high) and other_low <= high + slack * abs(high)

    def _reach(self) -> tuple[float, float]:
        # `under` and `over` are said of values near the bound: 不到 36 個月 is no month, 超過 20% is not 90%.
        if self.approx is Approx.UNDER:
            return self.low * 0.75, self.high
        if self.approx is Approx.OVER:
            return self.low, self.high * 1.35
        return self.low, self.high


def amount(
    low: float, high: float, unit: str, per: str | None, approx: Approx, counted: str | None, text: str
) -> Amount:
    """Return a quantity in the base of its dimension.

    >>> year = amount(3, 3, "year", None, Approx.EXACT, None, "3 年")
    >>> year.agrees(amount(36, 36, "month", None, Approx.EXACT, None, "36 個月"))
    True
    """
    head, _, under = unit.partition("/")
    factor, dimension = 1.0, head
    if head in _SECONDS:
        factor, dimension = _SECONDS[head], "time"
    elif head in _SHARES:
        factor, dimension = _SHARES[head], "share"
    rate = under or per
    return Amount(low * factor, high * factor, f"{dimension}/{rate}" if rate else dimension, approx, counted, text)


def span_of_days(low: str | None, high: str | None, text: str) -> Amount | None:
    """Return a date or period as an amount of the dimension `date`, None where it has no bounds."""
    if low is None or high is None:
        return None
    first, last = date.fromisoformat(low[:10]).toordinal(), date.fromisoformat(high[:10]).toordinal()
    return Amount(first, last, "date", Approx.EXACT, None, text)


@dataclass(frozen=True)
class Verdict:
    """How the amounts of one saying stand to those of another."""

    agreeing: tuple[tuple[Amount, Amount], ...]
    conflicting: tuple[tuple[Amount, Amount], ...]


def compare(asked: Sequence[Amount], said: Sequence[Amount]) -> Verdict:
    """Set each amount that is asked about beside the one of a saying that fits it best.

    A rate and the same unit without its rate may be two ways to write one thing, so they can agree but not conflict.
    Dates beside other amounts say when, and a saying of another time is another saying: they agree or are left out.
    """
    agreeing, conflicting = [], []
    dated = any(one.dimension != "date" for one in asked)
    for one in asked:
        rivals = [other for other in said if one.comparable(other)]
        fitting = next((other for other in said if one.akin(other) and one.agrees(other)), None)
        if fitting is not None:
            agreeing.append((one, fitting))
        elif rivals and not (dated and one.dimension == "date"):
            conflicting.append((one, min(rivals, key=lambda other: abs(other.low - one.low))))
    return Verdict(tuple(agreeing), tuple(conflicting))
