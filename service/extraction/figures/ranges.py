"""Ranges: which terms belong together, as in 8-9 億美元, 兩千到三千甚至五千次, 七、八人, 10 與 25 公里之間."""

from __future__ import annotations

import re
from decimal import Decimal

from service.extraction.figures.prose import Prose
from service.extraction.figures.regions import Region
from service.extraction.figures.terms import Term, shared
from service.extraction.figures.units import Unit

_SEPARATORS = ("甚至到", "甚至", "--", "到", "至", "-", "–", "—", "~", "−")
_PAIRS = ("与", "和", "跟", "及")  # make a range where 之间 follows
_JOINS = frozenset(word[0] for word in (*_SEPARATORS, *_PAIRS, "、"))
_ENDS = ("到", "至")
_VARIES = re.compile(" ?(?:不等|都有|皆有|之?间|的?区间|的?范围)")
_FROM = ("从", "由", "自")
_BETWEEN = re.compile(" ?之间| ?间(?![接谍隔歇])")


def separator_behind(prose: Prose, left: Term) -> tuple[str, int] | None:
    """Return what may join `left` to a further term, and where that would begin."""
    at = prose.past_space(left.end)
    first = prose.folded[at : at + 1]
    if first not in _JOINS or left.numeral.vague or (first == "、" and not left.numeral.single):
        return None
    words = (*_SEPARATORS, *_PAIRS, "、")
    word = next((word for word in words if word[0] == first and prose.folded.startswith(word, at)), None)
    return None if word is None else (word, prose.past_space(at + len(word)))


def joins(prose: Prose, first: Term, left: Term, right: Term, separator: str) -> bool:
    """Tell whether `left` and `right` are the ends of one range, which began with `first`."""
    if right.numeral.vague or right.low < 0 or not _bound(prose, first, left, right, separator):
        return False
    if separator == "、":  # 七、八人: neighbours alone are a range, others a list
        return left.unit is None and right.numeral.lead == left.low + 1 and right.numeral.chinese
    if left.unit is not None and (
        separator.startswith("甚至") or right.unit is None or not _comparable(left.unit, right.unit)
    ):
        return False
    if right.before is not None and right.before is not (left.before or first.before):
        return False
    low = shared(left, right).low * worth(left.unit or right.unit, prose.region)
    return low < right.high * worth(right.unit, prose.region)


def _bound(prose: Prose, first: Term, left: Term, right: Term, separator: str) -> bool:
    """Tell whether two terms bound one amount: 与 only before 之间, and 到 not where something changes."""
    if separator in _PAIRS:
        return _BETWEEN.match(prose.folded, right.end) is not None
    changes = separator in _ENDS and _moves(prose, first, left)
    return not changes or _VARIES.match(prose.folded, right.end) is not None


def _moves(prose: Prose, first: Term, left: Term) -> bool:
    """Tell whether two shares or sums are where a change begins and ends: 从 18% 到 23%, but 从 5% 到 8% 不等."""
    fixed = left is first and left.unit is not None and left.unit.kind in ("ratio", "money")
    return fixed and prose.folded[max(first.start - 2, 0) : first.start].rstrip(" ")[-1:] in _FROM


def worth(unit: Unit | None, region: Region) -> Decimal:
    """Return what one of `unit` is in base units: one where there is none."""
    return unit.worth(region) if unit is not None else Decimal(1)


def _comparable(left: Unit, right: Unit) -> bool:
    """Tell whether two units can be the ends of one range: 500 米 and 3 公里 can, 20 个基点 and 3% are two figures."""
    return left.code == right.code and (left.kind != "ratio" or left.factor == right.factor)
