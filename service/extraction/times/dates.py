"""Dates: how posts write days, months, quarters and years, outright (2026 年 1 月) or from where they stand (去年底).

Each form is a small pattern that is tried only where a character that it may begin with stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from service.extraction.figures.numerals import parse_numeral
from service.extraction.times import periods
from service.extraction.times.periods import Bounds
from service.model import Script

_DAYS = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "今天": 0,
    "今日": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
}
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_MONTHS = {"上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "下个月": 1, "下月": 1}
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}
_WEEKDAYS = {name: min(number, 6) for number, name in enumerate("一二三四五六日天")}

_DIGITS = "0123456789"
_HAN = "〇零○一二三四五六七八九十廿卅"
_WORDS = "第民今去明前后昨上下本这年月岁周星礼q"
_CANDIDATE = re.compile(rf"[{_DIGITS}{_HAN}{_WORDS}](?:(?<=[0-9])[0-9]*|(?<=[{_HAN}])[{_HAN}]*|(?<=[{_WORDS}]))")

_DIGIT_YEAR = r"(?:1[5-9]|20|21)[0-9]{2}(?![0-9])"
_YEAR = rf"(?:(?<![0-9$¥/_a-z-])(?<![0-9][.,:]){_DIGIT_YEAR}|[一二][〇零○一二三四五六七八九]{{3}})"
_NUMBER = r"(?:[0-9]{1,2}(?![0-9])|[一二两三四五六七八九十廿卅]{1,3})"
_TO = r" ?[-–—~至到] ?"
_EDGE = r"[初底末]|中(?![^\W\d_])|中(?=[的时前后就将旬])"
_QUARTER = r"第? ?(?P<quarter>[一二三四1-4]) ?季度?(?![常如])|q(?P<q>[1-4])(?![0-9a-z])"
_MONTH = (
    rf"(?P<month>{_NUMBER})(?:{_TO}(?P<to>{_NUMBER})(?= ?月))? ?月(?![球亮饼台光子薪租费均产供])份?"
    rf"(?:(?P<third>[上中下]旬|{_EDGE})"
    rf"| ?(?P<day>{_NUMBER})(?:{_TO}(?P<last>{_NUMBER})(?= ?[日号]))? ?[日号](?:{_TO}(?P<until>{_NUMBER}) ?[日号])?)?"
)
_HALF = r"(?P<half>[上下前后]半年)"
_FIRST = rf"前(?P<first>{_NUMBER}) ?个?(?P<span>季度?|月)"
# What may follow a year: a part of it.
_PART = rf"(?: ?的?(?:{_HALF}|{_FIRST}|{_QUARTER}|{_MONTH}|年?(?P<edge>{_EDGE})))"


@dataclass(frozen=True, slots=True)
class Here:
    """Where a time stands: in a post of what day, and after which year named in the same sentence."""

    published: date | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A time found; `year` is the one year it names, for what follows it."""

    start: int
    end: int
    bounds: Bounds | None
    kind: str  # explicit | relative
    year: int | None = None


Reading = Callable[[re.Match[str], Here], Bounds | None]


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a time: with which characters it begins, its pattern, and how to read it."""

    begins: str
    pattern: re.Pattern[str]
    read: Reading
    kind: str = "explicit"


def dates_in(folded: str, start: int, end: int, published: date | None) -> Iterator[Found]:
    """Yield the times of a stretch of folded text, in reading order."""
    done, year, sentence = start, None, start
    for candidate in _CANDIDATE.finditer(folded, start, end):
        at = candidate.start()
        if at < done or (folded[at] in _DIGITS and not _may_date(folded, at, candidate.end())):
            continue
        match, form = _match(folded, at, end)
        if match is None or form is None:
            continue
        if _ENDS.search(folded, sentence, at):
            year = None
        bounds = _bounds(form, match, Here(published, year))
        done = sentence = match.end()
        if bounds is not None:
            year = bounds[0].year
        yield Found(at, done, bounds, form.kind, year)


def _may_date(folded: str, start: int, end: int) -> bool:
    """Tell whether digits may be part of a date, by what stands next to them: most numbers are not."""
    return _NEXT.match(folded, end) is not None or folded[max(start - 2, 0) : start].rstrip(" ")[-1:] in _SINCE


_NEXT = re.compile(r" ?[年月世第上下前后q至到~–—-]|[-/.][0-9]| [01][0-9] [0-3]")
_SINCE = frozenset("到至自从")
_ENDS = re.compile(r"[。！？!?；;\n]")


def _match(folded: str, at: int, end: int) -> tuple[re.Match[str] | None, _Form | None]:
    for form in _forms()[folded[at]]:
        if (match := form.pattern.match(folded, at, end)) is not None:
            return match, form
    return None, None


def _bounds(form: _Form, match: re.Match[str], here: Here) -> Bounds | None:
    try:
        return form.read(match, here)
    except (ValueError, OverflowError):  # 2026 年 13 月: named, but no date
        return None


# ── How each form is read ────────────────────────────────────────────────────────────────────────────────────────────


def _number(written: str) -> int:
    return int(parse_numeral(written, Script.OTHER))


def _part(match: re.Match[str], year: int) -> Bounds:
    """Return the part of `year` that is named, or all of it."""
    part = match.groupdict()
    if part.get("half"):
        return periods.months(year, 1, 6) if part["half"][0] in "上前" else periods.months(year, 7, 12)
    if part.get("quarter") or part.get("q"):
        quarter = _number(part.get("quarter") or part["q"])
        return periods.months(year, 3 * quarter - 2, 3 * quarter)
    if part.get("first"):
        return periods.months(year, 1, _number(part["first"]) * (1 if part["span"] == "月" else 3))
    if part.get("month"):
        return _month(part, year)
    return periods.edge(year, part["edge"]) if part.get("edge") else periods.whole(year)


def _month(part: dict[str, str | None], year: int) -> Bounds:
    month = _number(part["month"] or "")
    if part["day"]:
        last = part["last"] or part["until"]
        return periods.day(year, month, _number(part["day"]), _number(last) if last else None)
    if part["third"]:
        return periods.third(year, month, part["third"][0])
    return periods.months(year, month, _number(part["to"]) if part["to"] else month)


def _years(match: re.Match[str], _: Here) -> Bounds:
    return periods.whole(_number(match["year"]))[0], periods.whole(_number(match["until"]))[1]


def _dotted(match: re.Match[str], _: Here) -> Bounds:
    year, until = int(match["year"]), int(match["until"])
    first, last = int(match["month"]), int(match["last"] or 12)
    return periods.months(year, first, first)[0], periods.months(until, last, last)[1]


def _iso(match: re.Match[str], _: Here) -> Bounds:
    year, month = int(match["year"]), int(match["month"])
    return periods.day(year, month, int(match["day"])) if match["day"] else periods.months(year, month, month)


def _day_first(match: re.Match[str], _: Here) -> Bounds:
    """Read 3-7-2017 as 3 July; what can only be the month comes where it must."""
    day, month = int(match["day"]), int(match["month"])
    day, month = (month, day) if month > 12 else (day, month)  # noqa: PLR2004
    return periods.day(int(match["year"]), month, day)


def _of_year(match: re.Match[str], _: Here) -> Bounds:
    return _part(match, _number(match["year"]))


def _decade(match: re.Match[str], _: Here) -> Bounds:
    return periods.decade(_number(match["year"]))


def _tens(match: re.Match[str], _: Here) -> Bounds | None:
    """Read 90 年代, which is that of the last century where it can't be of this one."""
    ten = _number(match["ten"])
    return periods.decade(1900 + ten) if ten > 20 else None  # noqa: PLR2004


def _minguo(match: re.Match[str], _: Here) -> Bounds:
    return _part(match, int(match["roc"]) + 1911)


def _century(match: re.Match[str], _: Here) -> Bounds | None:
    age = 20 if match["age"][0] == "上" else _number(match["age"])
    if match["ten"] is None:
        return date(100 * age - 99, 1, 1), date(100 * age, 12, 31)
    return periods.decade(100 * age - 100 + _number(match["ten"]))


def _unsaid(match: re.Match[str], here: Here) -> Bounds | None:
    """Read a part of a year that is not named: the year of the same sentence, or the nearest one."""
    sample = _part(match, here.year or 2000)
    if here.year is not None or here.published is None:
        return sample if here.year is not None else None
    year = periods.nearest_year(here.published, sample[0].month, sample[1].month)
    return _part(match, year) if year is not None else None


def _related(match: re.Match[str], here: Here) -> Bounds | None:
    return _part(match, here.published.year + _YEARS[match["years"]]) if here.published else None


def _day(match: re.Match[str], here: Here) -> Bounds | None:
    if here.published is None:
        return None
    day = here.published + timedelta(days=_DAYS[match[0]])
    return day, day


def _months(match: re.Match[str], here: Here) -> Bounds | None:
    if here.published is None:
        return None
    year, month = periods.month_from(here.published, _MONTHS[match["months"]])
    return periods.third(year, month, match["third"]) if match["third"] else periods.months(year, month, month)


def _this_edge(match: re.Match[str], here: Here) -> Bounds | None:
    if here.published is None:
        return None
    year, month = here.year or here.published.year, here.published.month
    edge = match[0][-1]
    return periods.third(year, month, edge) if match[0][0] == "月" else periods.edge(year, edge)


def _week(match: re.Match[str], here: Here) -> Bounds | None:
    if here.published is None:
        return None
    if match["weekday"] == "末":
        return periods.week(here.published, _WEEKS[match["week"]], 5)[0], periods.week(
            here.published, _WEEKS[match["week"]], 6
        )[1]
    return periods.week(
        here.published, _WEEKS[match["week"]], _WEEKDAYS[match["weekday"]] if match["weekday"] else None
    )


def _untold(_: re.Match[str], __: Here) -> None:
    return None


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """Return the forms by the character they begin with, the longest reading first."""
    month_ahead = r"(?<![0-9.一二三四五六七八九十个])(?!两)"
    forms = (
        _form(_DIGITS + _HAN, rf"(?P<year>{_YEAR}) ?年?{_TO}(?P<until>{_DIGIT_YEAR}) ?年(?!代)", _years),
        _form(
            _DIGITS,
            rf"(?<![0-9./-])(?P<year>{_DIGIT_YEAR})[./](?P<month>1[0-2]|0[1-9])[-–~](?P<until>{_DIGIT_YEAR})"
            r"(?:[./](?P<last>1[0-2]|0[1-9]))?(?![0-9./-])",
            _dotted,
        ),
        _form(
            _DIGITS,
            rf"(?<![0-9./-])(?P<year>{_DIGIT_YEAR})[-/.](?P<month>1[0-2]|0?[1-9])"
            r"(?:[-/.](?P<day>3[01]|[12][0-9]|0?[1-9]))?(?![0-9./-])",
            _iso,
        ),
        _form(
            _DIGITS,
            rf"(?<![0-9.-] )(?P<year>{_YEAR}) (?P<month>1[0-2]|0[1-9]) (?P<day>3[01]|[12][0-9]|0[1-9])"
            r"(?![0-9.:/-]| ?[^\W\d_])",
            _iso,
        ),
        _form(
            _DIGITS,
            r"(?<![0-9./a-z_-])(?P<day>[0-3]?[0-9])(?P<mark>[-/.])(?P<month>[0-3]?[0-9])(?P=mark)"
            r"(?P<year>(?:19|20)[0-9]{2})(?![0-9./a-z_-])",
            _day_first,
        ),
        _form(_DIGITS + _HAN, rf"(?P<year>{_YEAR}) ?年 ?代", _decade),
        _form(_DIGITS + _HAN, rf"(?P<year>{_YEAR}) ?年度?{_PART}?", _of_year),
        _form(_DIGITS + _HAN, rf"(?P<year>{_YEAR}) ?(?:{_HALF}|{_QUARTER})", _of_year),
        _form("民", rf"民国 ?(?P<roc>[0-9]{{1,3}}) ?年{_PART}?", _minguo),
        _form(
            _DIGITS,
            r"(?:(?<=[到至自从])|(?<=[到至自从] ))(?P<year>(?:19|20|21)[0-9]{2})(?![0-9.:/%a-z-]| ?[^\W\d_到至])",
            _of_year,
        ),
        _form(
            "上" + _DIGITS + _HAN,
            rf"(?<!第)(?P<age>上个?|{_NUMBER} ?)世纪(?: ?(?P<ten>[1-9]0|[一二三四五六七八九]十) ?年代)?",
            _century,
        ),
        _form(_DIGITS + _HAN, r"(?<![0-9.])(?P<ten>[1-9]0|[二三四五六七八九]十) ?年代", _tens),
        _form(_DIGITS + _HAN, rf"{month_ahead}{_MONTH}(?!龄)", _unsaid),
        _form("今去明前后", rf"(?P<years>{'|'.join(_YEARS)}){_PART}?", _related, "relative"),
        _form("今明昨前后", "|".join(_DAYS), _day, "relative"),
        _form("上下", rf"(?<![0-9个]){_HALF}", _unsaid, "relative"),
        _form(
            "第" + _HAN + "q",
            rf"(?<![a-z0-9])(?:第 ?(?=[一二三四1-4] ?季)|(?=[一二三四] ?季度|q))(?:{_QUARTER})",
            _unsaid,
        ),
        _form("前", r"前(?P<first>[二两三23]) ?个?(?P<span>季)度?", _unsaid, "relative"),
        _form("上本下这", rf"(?P<months>{'|'.join(_MONTHS)})(?P<third>{_EDGE})?", _months, "relative"),
        _form(
            "年岁月",
            r"(?<![每个前后0-9一二三四五六七八九十])(?:[年岁][底末]|年初|月[底末])(?!级)",
            _this_edge,
            "relative",
        ),
        _form(
            "上本下这",
            r"(?P<week>[上本下这])个?(?:周(?!期)|星期|礼拜)(?P<weekday>[一二三四五六日天末])?(?!个)",
            _week,
            "relative",
        ),
        _form("周星礼", r"(?:周|星期|礼拜)[一二三四五六日天](?!个)", _untold, "relative"),
    )
    return {first: tuple(f for f in forms if first in f.begins) for first in _DIGITS + _HAN + _WORDS}


def _form(begins: str, pattern: str, read: Reading, kind: str = "explicit") -> _Form:
    return _Form(begins, re.compile(pattern), read, kind)
