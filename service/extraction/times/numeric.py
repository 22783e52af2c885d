"""Numeric times: dates in figures and in English: 2026-01-05, 2026/1/5, 5.1.2026, 20260105, Jan 5, 2026, 1Q26."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from service.extraction.times import periods
from service.extraction.times.forms import EIGHT, FOUR, MONTH_NAMES, SHORT, Form, Here, form
from service.extraction.times.periods import Bounds
from service.extraction.times.written import DIGIT_YEAR, YEAR, of_year, untold, years

_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_TWO_DIGITS = r"(?P<month>1[0-2]|0[1-9])"
_APART = r"(?<![0-9./_a-z-])(?<!版 )(?<!版本 )(?<!版)(?<!版本)"  # no version, path or address
_FULL_YEAR = r"(?:20[0-9]{2}|19[0-9]{2})"


def _dotted(match: re.Match[str], _: Here) -> Bounds:
    """Read 2001.09-2004.02."""
    first, last = int(match["month"]), int(match["last"] or 12)
    ends = periods.months(int(match["until"]), last, last)
    return periods.months(int(match["year"]), first, first)[0], ends[1]


def _iso(match: re.Match[str], _: Here) -> Bounds:
    year, month = int(match["year"]), int(match["month"])
    return periods.day(year, month, int(match["day"])) if match["day"] else periods.months(year, month, month)


def _days(match: re.Match[str], _: Here) -> Bounds:
    """Read 2026/1/5-1/7 and 2026/1/5-7."""
    first = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return first, first.replace(month=int(match["month2"] or first.month), day=int(match["last"]))


def _day_first(match: re.Match[str], _: Here) -> Bounds:
    """Read 3-7-2017 as 3 July; what can only be the month comes where it must."""
    day, month = int(match["day"]), int(match["month"])
    day, month = (month, day) if month > 12 else (day, month)  # noqa: PLR2004
    return periods.day(int(match["year"]), month, day)


def _english(match: re.Match[str], _: Here) -> Bounds:
    year, month = int(match["year"]), MONTH_NAMES.index(match["name"]) + 1
    found = match.groupdict()
    if day := found.get("day"):
        last = found.get("last")
        return periods.day(year, month, int(day), int(last) if last else None)
    return periods.months(year, month, month)


def _quarter(match: re.Match[str], _: Here) -> Bounds:
    """Read 1Q26, 2026H2 and Q1 2026."""
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)  # noqa: PLR2004
    if match["quarter"]:
        return periods.months(year, 3 * int(match["quarter"]) - 2, 3 * int(match["quarter"]))
    return periods.months(year, 1, 6) if match["half"] == "1" else periods.months(year, 7, 12)


def _slashed(match: re.Match[str], here: Here) -> Bounds | None:
    """Read 1/5 where a weekday stands behind it: of the year of its sentence, or the nearest."""
    first = _in_year(match, here, int(match["month"]), int(match["day"]))
    if first is None or not match["last"]:
        return (first, first) if first else None
    return first, first.replace(month=int(match["month2"] or first.month), day=int(match["last"]))


def _in_year(_: re.Match[str], here: Here, month: int, day: int) -> date | None:
    year = here.year
    if year is None and here.published is not None:
        year = periods.nearest_year(here.published, month, month)
    return date(year, month, day) if year is not None else None


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms of times in figures and in English, the longest reading first."""
    return (*_marked(), *_plain(), *_latin())


def _marked() -> tuple[Form, ...]:
    marks = "-./"
    start = rf"{_APART}(?P<year>{DIGIT_YEAR})"
    stop = r"(?![0-9/_-]|\.[0-9])"
    weekday = (
        r"(?=\((?:周|星期|礼拜)?[一二三四五六日天]\)| ?(?:日|[上下]午|晚上|起|\( ?(?:周|星期|礼拜)?[一二三四五六日天]))"
    )
    return (
        form(
            FOUR,
            rf"{start}[./]{_TWO_DIGITS}[-–~](?P<until>{DIGIT_YEAR})(?:[./](?P<last>1[0-2]|0[1-9]))?(?![0-9./-])",
            _dotted,
            before=marks,
        ),
        form(
            FOUR,
            rf"{start}/{_MONTH}/{_DAY} ?[-–~至到] ?(?:(?P<month2>1[0-2]|0?[1-9])/)?(?P<last>3[01]|[12][0-9]|0?[1-9])"
            r"(?![0-9./:-])",
            _days,
            before="/",
        ),
        form(
            FOUR,
            rf"{start}[-/.]{_MONTH}(?:[-/.]{_DAY})?{stop}(?:t[0-9]{{2}}:[0-9]{{2}}[0-9:.+z-]{{0,20}})?",
            _iso,
            before=marks,
        ),
        form(
            SHORT,
            r"(?<![0-9./a-z_-])(?<![a-z] )(?P<day>[0-3]?[0-9])(?P<mark>[-/.])(?P<month>[0-3]?[0-9])(?P=mark)"
            rf"(?P<year>{_FULL_YEAR})(?![0-9./a-z_-])",
            _day_first,
            before=marks,
        ),
        form(
            SHORT,
            rf"(?<![0-9./a-z_$¥-]){_MONTH}/{_DAY}(?![0-9/])(?:(?: ?[-–~至到] ?(?:(?P<month2>1[0-2]|0?[1-9])/)?"
            rf"(?P<last>3[01]|[12][0-9]|0?[1-9]))?(?![0-9./-]){weekday})",
            _slashed,
            before="/",
        ),
    )


def _plain() -> tuple[Form, ...]:
    since = r"(?:(?<=[到至自从])|(?<=[到至自从] ))"
    english = r"(?:(?<=(?<![a-z])(?:in|by) )|(?<=since )|(?<=until )|(?<=from ))"
    bare = r"(?P<year>(?:19|20|21)[0-9]{2})"
    return (
        form(
            EIGHT,
            rf"(?<![0-9./_a-z-])(?P<year>{_FULL_YEAR}){_TWO_DIGITS}(?P<day>3[01]|[12][0-9]|0[1-9])"
            r"(?![0-9a-z_-]|\.[0-9]| ?[元块万亿%个年])",
            _iso,
        ),
        form(
            FOUR,
            rf"(?<![0-9.-] )(?P<year>{YEAR}) {_TWO_DIGITS} (?P<day>3[01]|[12][0-9]|0[1-9])(?![0-9.:/-]| ?[^\W\d_])",
            _iso,
            before=" ",
        ),
        form(
            FOUR,
            rf"(?<=\()(?P<year>{DIGIT_YEAR}) ?年? ?[-–—~至到]{{1,2}} ?(?P<until>{DIGIT_YEAR}) ?年?(?=\))",
            years,
        ),
        form(
            FOUR,
            rf"(?<![0-9.,/$¥_a-z-]){bare}(?=(?: ?[、和与及跟或] ?(?:19|20|21)[0-9]{{2}}){{1,5}} ?年(?!前|以|级))",
            of_year,
            before="、和与及跟或 ",
        ),
        form(FOUR, rf"{since}{bare}(?![0-9.:/%a-z-]| ?[^\W\d_到至])", of_year),
        form(FOUR, rf"{english}{bare}(?![0-9.:/%a-z-])", of_year),
    )


def _latin() -> tuple[Form, ...]:
    day, year = rf"{_DAY}(?:st|nd|rd|th)?", rf"(?P<year>{_FULL_YEAR})(?![0-9])"
    name = rf"(?P<name>{'|'.join(MONTH_NAMES)})(?:[a-z]{{1,6}})?\.?"
    apart, stop = r"(?<![0-9a-z./-])", r"(?![0-9a-z%]|[.,:][0-9])"
    either = r"(?:q(?P<quarter>[1-4])|h(?P<half>[12]))"
    fiscal = r"fy ?['’]?(?:20)?[0-9]{2}(?:[-/][0-9]{2})?"
    of_it = r"(?: ?(?:q[1-4]|h[12]|第?[一二三四1-4]季度?|[上下]半年|[首末]季))"
    return (
        form("jfmasond", rf"(?<![a-z0-9]){name} {day}(?: ?[-–] ?(?P<last>[0-9]{{1,2}}))?,? {year}", _english),
        form("jfmasond", rf"(?<![a-z0-9]){name},? {year}", _english),
        form(SHORT, rf"(?<![0-9./:-]){day} {name},? {year}", _english, before=" stnr"),
        form((*FOUR, "#2"), rf"{apart}(?P<year>{_FULL_YEAR}|[0-9]{{2}}(?! )) ?{either}{stop}", _quarter, before=" qh"),
        form(
            ("#1",),
            rf"{apart}(?:(?P<quarter>[1-4])q|(?P<half>[12])h) ?['’]?(?P<year>{_FULL_YEAR}|[0-9]{{2}}){stop}",
            _quarter,
            before="qh",
        ),
        form("qh", rf"(?<![a-z0-9]){either}(?:,? ?(?P<year>{_FULL_YEAR})){stop}", _quarter),
        form("qh", rf"(?<![a-z0-9]){either} ?['’](?P<year>[0-9]{{2}}){stop}", _quarter),
        form("f", rf"(?<![a-z0-9]){fiscal}{of_it}?(?![0-9a-z])", untold),
        form("q", rf"(?<![a-z0-9])q[1-4] ?{fiscal}(?![0-9a-z])", untold),
        form(("#1",), rf"{apart}[1-4][qh] ?{fiscal}(?![0-9a-z])", untold, before="qh"),
    )
