"""Dates as posts write them, read without guessing a zone that nobody gave."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from service.model import Moment

_NUMERIC = re.compile(
    r"(?P<year>[12]\d{3})\s*(?:[-/.]|年)\s*(?P<month>\d{1,2})\s*(?:[-/.]|月)\s*(?P<day>\d{1,2})(?!\d)\s*[日號号]?"
)
_REPUBLIC = re.compile(
    r"(?:中[華华])?民[國国]\s*(?P<republic>\d{2,3})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?"
)
_COMPACT = re.compile(r"(?P<year>[12]\d{3})(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_ENGLISH = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?:(?P<m1>[A-Za-z]{3,9})\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y1>[12]\d{3})"
    r"|(?P<d2>\d{1,2})\s+(?P<m2>[A-Za-z]{3,9})\.?,?\s+(?P<y2>[12]\d{3}))"
)
_CLOCK = re.compile(
    r"[\sT,，]*(?:[(（][^)）]{0,6}[)）]|[星期週周禮拜礼]{1,2}[一二三四五六日天])?\s*(?P<half>上午|下午|晚上|凌晨|中午|早上)?\s*"
    r"(?P<hour>\d{1,2})\s*[:：時时點点]\s*(?P<minute>\d{1,2})?(?:\s*[:：分]\s*(?P<second>\d{1,2})?(?:[.,](?P<fraction>\d{1,9}))?)?\s*秒?"
    r"\s*(?P<ampm>[AaPp][Mm])?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?"
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_NOON = 12
_FOUNDED = 1911  # the year before the first of the Republic


def read_date(value: object, zone: str | None = None) -> Moment | None:
    """Return the date or time that a front-matter `value` gives, or None where it gives none.

    `zone` is the site's (an IANA name): it makes a time that names none aware.

    >>> read_date("2026年1月30日").isoformat(), read_date("2026-01-29 21:00:00").zone_known
    ('2026-01-30', False)
    """
    if isinstance(value, datetime):
        return _moment(value, value.isoformat(), False, zone)
    if isinstance(value, date):
        return Moment(datetime(value.year, value.month, value.day), value.isoformat(), False, True)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    text = str(value).strip()[:100]
    match = _NUMERIC.match(text) or _COMPACT.match(text) or _ENGLISH.match(text) or _REPUBLIC.match(text)
    day = _day(match) if match else None
    if match is None or day is None:
        return None
    clock = _CLOCK.match(text, match.end())
    if clock is None:
        return _moment(day, text, True, zone)
    timed = _timed(day, clock)
    return _moment(timed, text, False, zone) if timed else _moment(day, text, True, zone)


def _moment(value: datetime, text: str, date_only: bool, zone: str | None) -> Moment:
    if value.tzinfo is not None:
        return Moment(value, text, True, date_only)
    site = site_zone(zone)
    if site is None or date_only:
        return Moment(value, text, False, date_only)
    return Moment(value.replace(tzinfo=site), text, True, date_only)


def site_zone(zone: str | None) -> tzinfo | None:
    """Return the zone of an IANA name, or None where there is no such name."""
    try:
        return ZoneInfo(zone) if zone else None
    except (KeyError, ValueError, OSError):
        return None


def _day(match: re.Match[str]) -> datetime | None:
    groups = match.groupdict()
    if "year" in groups:
        year, month, day = int(groups["year"]), int(groups["month"]), int(groups["day"])
    elif "republic" in groups:
        year, month, day = int(groups["republic"]) + _FOUNDED, int(groups["month"]), int(groups["day"])
    else:
        name = (groups["m1"] or groups["m2"])[:3].lower()
        year, month, day = int(groups["y1"] or groups["y2"]), _MONTHS.get(name, 0), int(groups["d1"] or groups["d2"])
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def _timed(day: datetime, clock: re.Match[str]) -> datetime | None:
    hour = int(clock["hour"])
    half = clock["half"] or (clock["ampm"] or "").lower()
    if half in ("下午", "晚上", "pm") and hour < _NOON:
        hour += _NOON
    elif half in ("凌晨", "am") and hour == _NOON:
        hour = 0
    fraction = int((clock["fraction"] or "0").ljust(6, "0")[:6])
    try:
        value = day.replace(
            hour=hour, minute=int(clock["minute"] or 0), second=int(clock["second"] or 0), microsecond=fraction
        )
        return value.replace(tzinfo=_zone(clock["zone"])) if clock["zone"] else value
    except ValueError:
        return None


def _zone(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > len("08") else (int(digits), 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
