"""Terms: a number with its unit, and the amounts that one or several of them make."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from service.extraction.figures.numerals import Numeral
from service.extraction.figures.regions import Region
from service.extraction.figures.units import Unit

HALF = Decimal("0.5")


class Term(NamedTuple):
    """One number, and its unit where it has one. Values are as written; `unit.worth` makes them base units."""

    start: int
    end: int
    numeral: Numeral
    low: Decimal
    high: Decimal
    unit: Unit | None = None
    before: Unit | None = None  # a currency said first: US$20
    half: bool = False
    tens: bool = False  # of a fraction: no longer the numeral as written


class Amount(NamedTuple):
    """An amount in base units. `unit` is None where only a magnitude tells that it is one: 4900 亿."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    terms: tuple[Term, ...]
    unit: Unit | None
    over: Unit | None = None  # what it is divided by: 瓦 in 美元/瓦

    @property
    def first(self) -> Term:
        """The term it begins with."""
        return self.terms[0]


def shared(left: Term, right: Term) -> Term:
    """Return `left` with the magnitude it shares with `right`: 8-9 億, 三到五百万, 二十到三十万."""
    if left.unit is not None or left.tens or left.numeral.scale != 1 or left.numeral.more:
        return left
    if right.tens and right.numeral.plain and left.numeral.plain and left.low < right.numeral.low:
        return left._replace(low=left.low * right.low / right.numeral.low)  # 20-30 billion
    lead, numeral = right.numeral.lead, right.numeral
    if left.numeral.plain and lead and left.low < lead and numeral.low >= 100 * lead:
        return left._replace(low=left.low * numeral.low / lead)
    if numeral.scale != 1 and left.low < numeral.low / numeral.scale:
        return left._replace(low=left.low * numeral.scale)
    return left


def in_base(name: str, unit: Unit, region: Region) -> Decimal:
    """Return what a lesser part of `unit` is in base units: 0.1 for 毛, 60 for 分 of an hour; a 两 by region.

    Sixteen 两 make a 斤 but in mainland China, where ten have since 1959.
    """
    if unit.code == "kg":
        return unit.factor / (10 if region is Region.CN else 16)
    if unit.kind == "money":
        parts = {"角": Decimal("0.1"), "毛": Decimal("0.1"), "分": Decimal("0.01")}
        return parts[name[0]]
    seconds = {"分": 60, "刻": 900, "秒": 1}
    return Decimal(seconds[name[0]])
