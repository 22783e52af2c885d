"""Rates: what a figure is per, as the words before or behind it say: 每年, 月產, per watt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from service import lexicon
from service.extraction.figures.digits import NUMERAL_CHARACTERS
from service.extraction.figures.qualifiers import clause_before
from service.extraction.figures.topics import is_of
from service.extraction.figures.units import Unit, match_unit, table
from service.script import fold

_PER_GAP = 12  # characters between what a figure is per and the figure
_MAKES_CARS = re.compile(" ?(?:汽车|[a-z]|的|在|裁|宣布|社长|和|与)")  # behind 日产 it is the maker, no output a day
_SYMBOLS: Mapping[tuple[str, int | Decimal], str] = {  # what a rate is by, where that is a multiple of the base unit
    ("s", 60): "min",
    ("s", 3600): "h",
    ("m", 1000): "km",
    ("Wh", 1000): "kWh",
    ("W", 1000): "kW",
    ("W", 10**6): "MW",
    ("W", 10**9): "GW",
    ("kg", 1000): "t",
    ("month", 3): "quarter",
    ("m2", 10**4): "ha",
    ("B", 10**6): "MB",
    ("B", 10**9): "GB",
}
_PRICED = re.compile(" ?一")
_PER = re.compile(r" ?(?:per|an?) ")
_PRICES = tuple("元块钱圆镑铢蚊币")
_UNPRICED = ("money", "ratio", "count", "calendar")
_CALENDAR = ("day", "week", "month", "year")
# Between one of something and its price: 一斤大约卖到 20 元. What was walked, waited or bought so far has no price.
_ASKS = (
    "(?: |大约|大概|平均|均价|差不多|将近|不到|超过|最[多少高低]|起码|顶多|至[少多]|[卖喊涨跌叫升]到|要价"
    "|[要卖收喊叫开得约才只就均仅近超是为付值])"
)
_PRICED_AT = re.compile(f"{_ASKS}{{0,4}}+")
_DONE_TO = frozenset("了过着")
_PERIODS = {"年": "year", "月": "month", "日": "day", "晚": "day"}  # after 每, whatever follows: 每年生產


def per_of(text: str, folded: str, start: int, end: int, floor: int, kind: str) -> str | None:
    """Return what a figure of this kind is per, said before it (每瓦 25 美分, 月產 3 萬片) or behind it (per watt)."""
    clause = clause_before(folded, start, floor)
    offset = start - len(clause)
    at = clause.rfind("每")
    if at >= 0 and (found := _per_unit(text, folded, offset + at + 1)) is not None:
        code, stop = found
        return code if 0 <= start - stop <= _PER_GAP else None
    priced = _one_of(text, folded, offset, start) if kind == "money" else None
    return priced or _per_word(clause) or _per_behind(text, folded, end)


def _one_of(text: str, folded: str, floor: int, start: int) -> str | None:
    """Return what the price that begins at `start` is for one of: 一斤 20 元, 一小時平均 170 元."""
    at = folded.rfind("一", floor, start)
    if at < 0 or folded[at - 1 : at] in _DONE_TO or (found := match_unit(text, folded, at + 1)) is None:
        return None
    measured = found.unit.kind not in _UNPRICED and not found.unit.asks
    touches = _PRICED_AT.fullmatch(folded, found.end, start) is not None
    return _rate_of(found.unit, text[at + 1 : found.end]) if measured and touches else None


def is_priced(folded: str, start: int, end: int) -> bool:
    """Tell whether what stands there, one of some unit, is only what the price right behind is for: 一斤 20 元."""
    return folded[start - 1 : start] not in _DONE_TO and _price().match(folded, end) is not None


@cache
def _price() -> re.Pattern[str]:
    units = table()
    behind = "|".join(re.escape(name) for name, unit in units.names.items() if unit.kind == "money")
    before = "|".join(re.escape(fold(name)) for name in sorted(units.before, key=len, reverse=True))
    number = f"[{NUMERAL_CHARACTERS}.,]++(?: [百千万亿兆]++)?[多余来]? ?"
    return re.compile(f"{_ASKS}{{0,4}}+(?:(?:{before}) ?{number}|{number}(?:{behind}))")


def _rate_of(unit: Unit, written: str) -> str:
    """Return what a rate by `unit` is called: its code where it is the base unit, else its symbol, else as written."""
    return unit.code if unit.factor == 1 else _SYMBOLS.get((unit.code, unit.factor), written)


def may_be_per(code: str, kind: str, per: str | None) -> bool:
    """Tell whether a figure can be per `per`: days are per year, but no number of years is per watt or per day.

    >>> may_be_per("day", "calendar", "year"), may_be_per("year", "calendar", "W")
    (True, False)
    """
    if kind != "calendar" or per is None:
        return True
    return per in _CALENDAR[_CALENDAR.index(code) + 1 :]


def _per_unit(text: str, folded: str, at: int) -> tuple[str, int] | None:
    at += folded[at : at + 1] in (" ", "个")
    if (period := _PERIODS.get(folded[at : at + 1])) is not None:
        return period, at + 1
    found = match_unit(text, folded, at)
    if found is None or found.unit.kind in ("money", "ratio"):
        return None
    if found.unit.asks == "degrees":
        return ("kWh", found.end) if is_of("electricity", folded[max(at - _PER_GAP, 0) : at]) else None
    return _rate_of(found.unit, text[at : found.end]), found.end


@cache
def _rates() -> tuple[re.Pattern[str], dict[str, str]]:
    periods = {fold(word): code for code, words in lexicon.read("numbers.toml")["per"].items() for word in words}
    return re.compile("|".join(sorted(periods, key=len, reverse=True))), periods


def _per_word(clause: str) -> str | None:
    """Return the period that a word such as 月产 holds; a bare 一年 must touch the figure."""
    pattern, periods = _rates()
    last = None
    for found in pattern.finditer(clause):
        if found[0][0] in "年月日" and clause[: found.start()].rstrip(" ")[-1:] in _dating():
            continue
        if found[0] == "日产" and _MAKES_CARS.match(clause, found.end()):
            continue
        if len(clause) - found.end() <= (1 if found[0][0] == "一" else _PER_GAP):
            last = periods[found[0]]
    return last


@cache
def _dating() -> tuple[str, ...]:
    return tuple(fold(lexicon.read("numbers.toml")["dating"]["before"]))


def _per_behind(text: str, folded: str, end: int) -> str | None:
    if (priced := _PRICED.match(folded, end)) is not None:  # 9 元一升
        each = _per_unit(text, folded, priced.end()) if is_price_end(folded, end) else None
        return each[0] if each is not None else None
    found = _PER.match(folded, end)
    unit = match_unit(text, folded, found.end()) if found else None
    return _rate_of(unit.unit, text[found.end() : unit.end]) if found and unit is not None else None


def is_price_end(folded: str, end: int) -> bool:
    """Tell whether the name of a currency ends right before `end`, a space left aside: 9 元 一升."""
    return folded[max(end - 2, 0) : end].rstrip(" ")[-1:] in _PRICES
