"""Months and quarters by all the names they have, 四月 is 4 月 and 第一季 Q1, and years told from today: 明年."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_NUMERALS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTH = re.compile(r"(?P<number>十[一二]?|[一二三四五六七八九元]|1[0-2]|[1-9])\s?月份?")
_QUARTER = re.compile(
    r"第\s?(?P<number>[一二三四1-4])\s?季度?|(?P<alone>[一二三四1-4])\s?季度|(?P<first>首季)|q(?P<latin>[1-4])"
)

_NAMED = re.compile("月|季|q[1-4]|年[初头中底末终]|岁末")
_IN_MONTH = re.compile(rf"(?<![0-9.〇一二三四五六七八九十几数]){_MONTH.pattern}")
_IN_QUARTER = re.compile(rf"(?<![0-9a-z连近过])(?:{_QUARTER.pattern})")
_PARTS: Final = (
    *((word, range(1, 4)) for word in ("年初", "年头")),
    ("年中", range(5, 9)),
    *((word, range(11, 13)) for word in ("年底", "年末", "年终", "岁末")),
)

_WEEK: Final = "一二三四五六日"
_WEEKDAY = re.compile("(?:周|星期|礼拜)([一二三四五六日天])")

_YEARS: Final = {"前年": -2, "去年": -1, "上一年": -1, "今年": 0, "本年": 0, "年内": 0, "明年": 1, "来年": 1, "后年": 2}
_YEAR = re.compile("(?<!大)(?:前年|后年)|去年|上一年|今年|本年(?!度)|年内|明年|来年")
_TO_COME = re.compile("[会將将]|要|[预估料]|可能|有望|可望|打算|计划|展望|看[好坏涨跌]|等到")


@lru_cache(maxsize=1024)
def names_of_period(folded: str) -> frozenset[str]:
    """Return how else a month or a quarter is written, itself among them; nothing for any other word.

    >>> sorted(names_of_period("四月")), names_of_period("四天")
    (['4 月', '4月', '四月'], frozenset())
    """
    if match := _MONTH.fullmatch(folded):
        number = _number(match["number"])
        return frozenset({f"{number}月", f"{number} 月", f"{_NUMERALS[number - 1]}月"})
    if match := _QUARTER.fullmatch(folded):
        return _quarter(1 if match["first"] else _number(match["number"] or match["alone"] or match["latin"]))
    return frozenset()


@lru_cache(maxsize=4096)
def months(folded: str) -> frozenset[int]:
    """Return the months of a year that a text names, by themselves or as a part of the year.

    >>> sorted(months("年底前")), sorted(months("第二季到 8 月"))
    ([11, 12], [4, 5, 6, 8])
    """
    if not _NAMED.search(folded):  # as in most
        return frozenset()
    found = {_number(match["number"]) for match in _IN_MONTH.finditer(folded)}
    for match in _IN_QUARTER.finditer(folded):
        last = 3 * (1 if match["first"] else _number(match["number"] or match["alone"] or match["latin"]))
        found.update((last - 2, last - 1, last))
    return frozenset(found.union(*(held for word, held in _PARTS if word in folded)))


@lru_cache(maxsize=4096)
def weekdays(folded: str) -> frozenset[int]:
    """Return the days of a week that a text names, Monday as 1.

    >>> sorted(weekdays("周四开到礼拜天"))
    [4, 7]
    """
    return frozenset(_WEEK.index(day.replace("天", "日")) + 1 for day in _WEEKDAY.findall(folded))


@lru_cache(maxsize=4096)
def years_from_today(folded: str) -> frozenset[int]:
    """Return the years that a text tells from the day it was written: how many before it or behind it.

    >>> sorted(years_from_today("今年比去年少")), years_from_today("大前年")
    ([-1, 0], frozenset())
    """
    return frozenset(_YEARS[match[0]] for match in _YEAR.finditer(folded)) if "年" in folded else frozenset()


def is_to_come(folded: str) -> bool:
    """Tell whether a text may speak of what is still to come."""
    return _TO_COME.search(folded) is not None


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _NUMERALS.index("一" if written == "元" else written) + 1


def _quarter(number: int) -> frozenset[str]:
    said = {f"第{label}季" for label in (number, _NUMERALS[number - 1])}
    said |= {f"{label}季度" for label in (number, _NUMERALS[number - 1])}
    return frozenset({*said, f"q{number}"})
