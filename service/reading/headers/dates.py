"""Dates as posts write them, read without guessing a zone that nobody gave or an order that nobody told."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from service.model import Moment
from service.reading.headers.clocks import read_clock, site_zone

__all__ = ["read_date", "site_zone"]

_NUMERIC = re.compile(
    r"(?P<year>[12]\d{3})\s?(?:[-/.]|年)\s?(?P<month>\d{1,2})\s?(?:[-/.]|月)\s?(?P<day>\d{1,2})(?!\d)\s?[日號号]?"
)
_REPUBLIC = re.compile(
    r"(?:中[華华])?民[國国]\s?(?P<republic>\d{2,3})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日?"
)
_NUMERALS = "〇零○一二三四五六七八九"
_WRITTEN = re.compile(
    rf"(?P<written>[{_NUMERALS}]{{4}})年(?P<month>[一二三四五六七八九十]{{1,2}})月"
    rf"(?P<day>[一二三四五六七八九十廿卅]{{1,3}})[日號号]"
)
_COMPACT = re.compile(r"(?P<year>[12]\d{3})(?P<month>[01]\d)(?P<day>[0-3]\d)(?=(?:\d{4}|\d{6})?(?!\d))")
_LATE = re.compile(r"(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<last>[12]\d{3})(?!\d)")
_ENGLISH = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s{1,5})?(?:(?P<m1>[A-Za-z]{3,9})\.?\s{1,5}(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?\s{1,5}(?P<y1>[12]\d{3})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:\s{1,5}|-)(?:of\s{1,5})?(?P<m2>[A-Za-z]{3,9})\.?,?(?:\s{1,5}|-)(?P<y2>[12]\d{3}))"
)
_UNIX = re.compile(  # as `date` and Ruby print it: the year stands last
    r"[A-Z][a-z]{2}\s{1,3}(?P<m1>[A-Z][a-z]{2})\s{1,3}(?P<d1>\d{1,2})(?P<clock>\s\d\d:\d\d:\d\d"
    r"(?:\s(?:[A-Z]{3,4}|[+-]\d{4}))?)\s(?P<y1>[12]\d{3})"
)
_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_LAST_MONTH = 12
_FOUNDED = 1911  # the year before the first of the Republic
_SECONDS = range(1_000_000_000, 1_900_000_000)  # 2001 to 2030; what is above may be a compact date
_THOUSAND = 1_000
_NARROW = str.maketrans("０１２３４５６７８９／－．", "0123456789/-.")
_BRACKETS = "[]<>'\" \t"


def read_date(value: object, zone: str | None = None, *, day_first: bool = False) -> Moment | None:
    """Return the date or time that a front-matter `value` gives, or None where it gives none.

    `zone` is the site's (an IANA name): it makes a time that names none aware. ``03/05/2026`` has two readings and
    gives none, unless `day_first` says that whoever builds the site reads it so. An integer may count seconds (or
    thousandths) from 1970, as Hugo reads it.

    >>> read_date("2026年1月30日").isoformat(), read_date("2026-01-29 21:00:00").zone_known
    ('2026-01-30', False)
    """
    if isinstance(value, datetime):
        return _moment(value, value.isoformat(), False, zone)
    if isinstance(value, date):
        return Moment(datetime(value.year, value.month, value.day), value.isoformat(), False, True)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    if isinstance(value, int) and (value in _SECONDS or value // _THOUSAND in _SECONDS):
        seconds = value if value in _SECONDS else value // _THOUSAND
        return Moment(datetime.fromtimestamp(seconds, UTC), str(value), True)
    if isinstance(value, int) and value.bit_length() > 64:  # noqa: PLR2004  # writing it out would take long
        return None
    return _read(str(value)[:200].strip(_BRACKETS)[:100], zone, day_first)


def _read(written: str, zone: str | None, day_first: bool) -> Moment | None:
    text = written.translate(_NARROW)
    if match := _UNIX.match(text):
        day, clock, at = _day(match), match["clock"], 0
    else:
        patterns = (_NUMERIC, _COMPACT, _ENGLISH, _REPUBLIC, _WRITTEN, _LATE)
        found = next((match for pattern in patterns if (match := pattern.match(text))), None)
        if found is None:
            return None
        day, clock, at = _late(found, day_first) if found.re is _LATE else _day(found), text, found.end()
        if found.re is _COMPACT and text[at : at + 1].isdigit():
            clock, at = "T" + text[at:], 0
    if day is None:
        return None
    timed = read_clock(clock, at, day)
    return _moment(timed.value, written, False, zone, timed.named) if timed else _moment(day, written, True, zone)


def _moment(value: datetime, text: str, date_only: bool, zone: str | None, named: str | None = None) -> Moment:
    """Return the moment in the site's zone where it tells none; `named`, a name of many zones, must be the site's."""
    if value.tzinfo is not None:
        return Moment(value, text, True, date_only)
    site = site_zone(zone)
    if site is None or date_only or named not in (None, value.replace(tzinfo=site).tzname()):
        return Moment(value, text, False, date_only)
    return Moment(value.replace(tzinfo=site), text, True, date_only)


def _day(match: re.Match[str]) -> datetime | None:
    groups = match.groupdict()
    if "m1" in groups:
        month = _month(groups["m1"] or groups["m2"])
        return _valid(int(groups["y1"] or groups["y2"]), month, int(groups["d1"] or groups["d2"]))
    if "written" in groups:
        digits = "".join(str(max(_NUMERALS.index(numeral) - 2, 0)) for numeral in groups["written"])
        return _valid(int(digits), _tens(groups["month"]), _tens(groups["day"]))
    year = int(groups["year"]) if "year" in groups else int(groups["republic"]) + _FOUNDED
    return _valid(year, int(groups["month"]), int(groups["day"]))


def _late(match: re.Match[str], day_first: bool) -> datetime | None:
    """Return the day of a date whose year stands last, where its order is told or only one is possible."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["last"])
    if day_first or first > _LAST_MONTH or first == second:
        return _valid(year, second, first)
    return _valid(year, first, second) if second > _LAST_MONTH else None


def _month(name: str) -> int:
    lower = name.lower()
    return next(
        (number for number, month in enumerate(_MONTHS, 1) if month.startswith(lower) or lower == "sept" == month[:4]),
        0,
    )


def _tens(written: str) -> int:
    """Return a numeral below 40: 十二, 二十, 廿五, 三十一.

    >>> [_tens(written) for written in ("五", "十", "廿五", "三十一")]
    [5, 10, 25, 31]
    """
    plain = written.replace("廿", "二十").replace("卅", "三十")
    tens, mark, units = plain.rpartition("十")
    unit = max((_NUMERALS.find(units[:1]) - 2) if units else 0, 0)
    if not mark:
        return unit if len(units) == 1 else 0
    return (_NUMERALS.find(tens) - 2 if tens else 1) * 10 + unit


def _valid(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)
    except ValueError:
        return None
