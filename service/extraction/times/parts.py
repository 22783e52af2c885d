"""Parts: what of a year or month a time names, as patterns and as bounds: 第三季度, 3 月 5 日, 最後一週, 聖誕節."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from service import lexicon
from service.extraction.figures.numerals import parse_numeral
from service.extraction.times import periods
from service.extraction.times.periods import Bounds
from service.model import Script
from service.script import fold

Groups = Mapping[str, str | None]

NUMBER = r"(?:[0-9]{1,2}(?![0-9])|[一二两三四五六七八九十廿卅]{1,3})"
TO = r" ?[-–—~至到] ?"
WEEK = r"(?:周(?![年边报刊岁])|星期|礼拜)"
WEEKDAY = "一二三四五六日天"
EDGE = (
    r"(?:初(?![一二三四五六七八九十心衷版次创代稿雪春夏秋冬赛选审级])|底(?![层下部线薪盘价])|末(?![日端路梢])|尾"
    r"|中(?![^\W\d_])|中(?=[的时前后就将旬])|(?<=年年)中)"
)
# What behind 月 makes another word of it; but 12 月台中 is a month and a town, no platform.
PLATFORM = r"台(?!中|[北南东](?!侧|端)|湾|积|股|商|企|币|胞|铁|电|塑|水|糖)"
MONTH_SIGN = rf"月(?!{PLATFORM}|[球亮饼光子薪租费产供怀嫂季刊票经相老入息]|均[价线值薪量温消]|天(?!气)|[一二两三]?次)"
_HALF = r"(?P<half>[上下前后])个?半年"
QUARTER = (
    r"(?:第? ?(?P<quarter>[一二三四1-4]) ?季度?(?![常如])|(?P<lead>[首末])季度?(?!节)|q(?P<q>[1-4])(?![0-9a-z]))"
    r"(?P<qedge>[初末底](?!级))?"
)
_LUNAR = r"初[一二三四五六七八九十]|廿[一二三四五六七八九](?![日号])"
_DAY = (
    rf" ?(?:(?P<day>{NUMBER})(?:{TO}(?P<last>{NUMBER})(?= ?[日号]))? ?[日号](?!线)(?:{TO}(?P<until>{NUMBER}) ?[日号])?"
    rf"|(?P<lunar>{_LUNAR})"
    r"|(?P<bare>二?十[一二三四五六七八九]?|三十一?|(?<=[0-9]月)[0-9]{1,2}|(?<=十月)[0-9]{1,2})"
    r"(?=$|[^\w\s.%/:$¥+]|[到至起前后那晚早生之以]|出生))"
)
_OF_MONTH = rf"(?:(?P<third>[上中下]旬|{EDGE})|{_DAY})"
MONTH = rf"(?P<month>{NUMBER})(?:{TO}(?P<to>{NUMBER})(?= ?月))? ?{MONTH_SIGN}份?(?: ?的?{_OF_MONTH})?"
_MOON = (
    rf"(?P<moon>(?:农历|阴历|旧历)(?:{NUMBER}|[正腊冬])月(?: ?(?:初?{NUMBER}|{_LUNAR})日?)?"
    rf"|[正腊]月(?:(?:{_LUNAR}|{NUMBER})日?)?)"
)
_SOME = (
    rf"(?P<side>前|[首头](?=.{{1,4}}[个季])|后|最后|末) ?(?P<some>{NUMBER}) ?个?(?P<span>季度?|月|{WEEK}|天|日)(?!子)"
)
NTH = rf"(?:第 ?(?P<nth>{NUMBER}) ?|(?P<final>最后一))个?{WEEK}(?P<weekday>[{WEEKDAY}])?"
_SEASON = r"(?P<season>[春夏秋冬])[天季]"


@cache
def _festivals() -> str:
    found = lexicon.read("times.toml")["festivals"]
    names = [*found["fixed"], *found["weekday"], *found["open"]["names"]]
    return "|".join(sorted({fold(name) for name in names}, key=lambda name: (-len(name), name)))


@cache
def part() -> str:
    """Return the pattern of what may follow a year: a part of it, and a part of that."""
    festival = rf"(?P<festival>{_festivals()})(?![树老卡礼])"
    first = "|".join((_HALF, QUARTER, MONTH, _MOON, _SEASON, festival))
    return rf"(?:(?: ?的?(?:{first}|年?(?P<edge>{EDGE})))?(?: ?的?(?:{NTH}|{_SOME}))?)"


def of_month() -> str:
    """Return the pattern of what may follow a month that is told (下個月): a part of it."""
    return rf"(?:(?: ?的?{_OF_MONTH})?(?: ?的?(?:{NTH}|{_SOME}))?)"


def number(written: str) -> int:
    """Return the number that digits of either kind write.

    >>> number("廿三"), number("二〇二六")
    (23, 2026)
    """
    return int(parse_numeral(written, Script.OTHER))


def named(match: re.Match[str], year: int) -> Bounds | None:
    """Return the part of `year` that is named, or all of it; None where its days can't be told.

    Raises:
        ValueError: there is no such part: 2 月 30 日.
    """
    found = match.groupdict()
    bounds = _of_year(found, year)
    return narrowed(found, bounds) if bounds is not None else None


def _of_year(found: Groups, year: int) -> Bounds | None:
    if half := found.get("half"):
        return periods.months(year, 1, 6) if half in "上前" else periods.months(year, 7, 12)
    if (quarter := _quarter(found)) is not None:
        return _in_quarter(year, quarter, found.get("qedge"))
    if month := found.get("month"):
        first, to = _months(month, found.get("to"))
        return in_month(found, year, first, to)
    if (name := found.get("festival")) or found.get("moon"):
        return _festival(name, year) if name else None
    if name := found.get("season"):
        return periods.season(year, name)
    edge = found.get("edge")
    return periods.edge(year, edge) if edge else periods.whole(year)


def _months(written: str, to: str | None) -> tuple[int, int | None]:
    """Return the month or months that 七, 七 至 九 and 七八 write."""
    if to is None and len(written) == 2 and not set(written) & set("十廿卅0123456789"):  # noqa: PLR2004
        return number(written[0]), number(written[1])
    return number(written), number(to) if to else None


def _quarter(found: Groups) -> int | None:
    if lead := found.get("lead"):
        return 1 if lead == "首" else 4
    written = found.get("quarter") or found.get("q")
    return number(written) if written else None


def _in_quarter(year: int, quarter: int, edge: str | None) -> Bounds:
    first, last = 3 * quarter - 2, 3 * quarter
    if edge:
        first = last = first if edge == "初" else last
    return periods.months(year, first, last)


def in_month(found: Groups, year: int, month: int, to: int | None = None) -> Bounds | None:
    """Return the days of a month that a match names, or all of it; None for those of the lunar calendar."""
    if found.get("lunar"):
        return None
    if day := found.get("day") or found.get("bare"):
        last = found.get("last") or found.get("until")
        return periods.day(year, month, number(day), number(last) if last else None)
    if name := found.get("third"):
        return periods.third(year, month, name[0])
    return periods.months(year, month, to or month)


def narrowed(found: Groups, within: Bounds) -> Bounds:
    """Return what of a period is named: its second week, its last Friday, its first ten days."""
    nth = found.get("nth")
    if nth or found.get("final"):
        if weekday := found.get("weekday"):
            return periods.nth_weekday(within, weekday_number(weekday), number(nth) if nth else -1)
        return periods.nth_week(within, number(nth)) if nth else periods.tail(within, 1, "周")
    if some := found.get("some"):
        span = (found.get("span") or "")[:1]
        side = periods.head if found.get("side") in ("前", "首", "头") else periods.tail
        return side(within, number(some), {"星": "周", "礼": "周", "天": "日"}.get(span, span))
    return within


def weekday_number(name: str) -> int:
    """Return the number of a weekday by its sign, Monday 0."""
    return min(WEEKDAY.index(name), 6)


@cache
def _dated() -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    found = lexicon.read("times.toml")["festivals"]
    fixed, weekday = ({fold(name): when for name, when in found[kind].items()} for kind in ("fixed", "weekday"))
    return fixed, weekday


def _festival(name: str, year: int) -> Bounds | None:
    fixed, moving = _dated()
    if name in fixed:
        return periods.day(year, *fixed[name])
    if name not in moving:
        return None
    month, weekday, which = moving[name]
    return periods.nth_weekday(periods.months(year, month, month), weekday - 1, which)
