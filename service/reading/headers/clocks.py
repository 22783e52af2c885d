"""Times of day and zones as posts write them behind a date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from service import lexicon
from service.script import fold

_HALF = "上午|下午|晚上|凌晨|中午|早上|清晨|傍晚|午[後后]"
_LEAD = re.compile(
    r"[\sTt,，]{0,10}(?:at\s{1,3})?(?:[(（][^)）]{0,6}[)）]|(?:星期|[週周]|[禮礼]拜)[一二三四五六日天])?\s{0,10}"
)
_CLOCK = re.compile(
    rf"(?P<half>{_HALF})?\s{{0,5}}(?P<hour>\d{{1,2}})\s?[:：時时點点]\s?(?P<minute>\d{{1,2}})?"
    r"(?:\s?[:：分]\s?(?P<second>\d{1,2})?(?:[.,](?P<fraction>\d{1,9}))?)?\s?秒?\s{0,5}(?P<ampm>[AaPp]\.?[Mm]\b\.?)?"
)
_BARE = re.compile(r"(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-6]\d)?(?![\d.:])")
_ZONE = re.compile(
    r"\s{0,5}[(（]?(?:(?:UTC|GMT)(?=[+-]))?(?:(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?(?!\d)"
    r"|(?P<place>[A-Z][A-Za-z_]{1,30}(?:/[A-Za-z_]{1,30}){1,2})|(?P<name>[A-Za-z]{1,5}(?![A-Za-z])|[一-鿿]{2,5}))"
)
_AFTERNOON = frozenset({"下午", "晚上", "傍晚", "午後", "午后", "pm"})
_MORNING = frozenset({"凌晨", "上午", "早上", "清晨", "am"})
_NOON, _DAY = 12, 24
_LUNCH = 6  # 中午 1:30 is in the afternoon, 中午 11:30 before noon
_LAST_MINUTE = 59
_MOST = 14  # hours a zone is from UTC: UTC+14 is Kiribati's


class Timed(NamedTuple):
    """A time as read, aware where it tells its zone; `named` is a zone's name that may mean more than one."""

    value: datetime
    named: str | None = None


def read_clock(text: str, at: int, day: datetime) -> Timed | None:
    """Return `day` with the time that stands in `text` from `at` on; None where none does.

    >>> read_clock("2026-01-05 下午 3:05 (JST)", 10, datetime(2026, 1, 5)).value.isoformat()
    '2026-01-05T15:05:00+09:00'
    """
    lead = _LEAD.match(text, at)
    start = lead.end() if lead else at
    match = _CLOCK.match(text, start) or (_BARE.match(text, start) if text[at : at + 1] in "Tt" else None)
    if match is None:
        return None
    hour = _hour(match)
    if hour is None:
        return None
    parts = match.groupdict()
    fraction = int((parts.get("fraction") or "0").ljust(6, "0")[:6])
    minute, second = int(parts["minute"] or 0), int(parts["second"] or 0)
    try:
        if hour == _DAY and not minute and not second:  # ISO 8601: the end of the day
            value = day + timedelta(days=1)
        else:
            value = day.replace(hour=hour, minute=minute, second=second, microsecond=fraction)
    except (ValueError, OverflowError):
        return None
    zone, named = _zone(text, match.end())
    return Timed(value.replace(tzinfo=zone) if zone else value, named)


def _hour(match: re.Match[str]) -> int | None:
    parts = match.groupdict()
    hour = int(parts["hour"])
    half = parts.get("half") or (parts.get("ampm") or "").lower().replace(".", "")
    if half == "晚上" and hour == _NOON:  # midnight, but of which day?
        return None
    if hour < _NOON and (half in _AFTERNOON or (half == "中午" and hour < _LUNCH)):
        return hour + _NOON
    return 0 if hour == _NOON and half in _MORNING else hour


@cache
def _zones() -> Mapping[str, timedelta]:
    """Return the zones that a name alone tells, as their distance from UTC."""
    named: Mapping[str, str] = lexicon.read("headers.toml")["zones"]
    return {fold(name): timedelta(hours=int(text[:3]), minutes=int(text[0] + text[4:])) for name, text in named.items()}


def _zone(text: str, at: int) -> tuple[tzinfo | None, str | None]:
    match = _ZONE.match(text, at)
    if match is None:
        return None, None
    if match["place"]:
        return site_zone(match["place"]), None
    if match["name"]:
        offset = _zones().get(fold(match["name"]))
        open_name = match["name"] if match["name"].isupper() else None
        return (None, open_name) if offset is None else (_fixed(offset), None)
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if hours > _MOST or minutes > _LAST_MINUTE:
        return None, None
    away = timedelta(hours=hours, minutes=minutes)
    return _fixed(-away if match["sign"] == "-" else away), None


def _fixed(offset: timedelta) -> tzinfo:
    return timezone(offset) if offset else UTC


def site_zone(zone: str | None) -> tzinfo | None:
    """Return the zone of an IANA name, or None where there is no such name."""
    try:
        return ZoneInfo(zone) if zone else None
    except (KeyError, ValueError, OSError):
        return None
