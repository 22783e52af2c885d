"""Periods: the first and the last day of what a time names, and in which year a month without one lies."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Bounds = tuple[date, date]

_EDGES = {"初": (1, 2), "中": (6, 7), "底": (11, 12), "末": (11, 12)}
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31), "初": (1, 5), "底": (25, 31), "末": (25, 31)}
_NEAR = 4  # months from the day of publication within which a month needs no year


def day(year: int, month: int, number: int, last: int | None = None) -> Bounds:
    """Return the bounds of a day, or of the days from `number` to `last`."""
    first = date(year, month, number)
    return first, date(year, month, last) if last else first


def months(year: int, first: int, last: int) -> Bounds:
    """Return the bounds of the months from `first` to `last`.

    >>> months(2024, 1, 2)[1].isoformat()
    '2024-02-29'
    """
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def third(year: int, month: int, name: str) -> Bounds:
    """Return the bounds of 上旬, 中旬, 下旬, 初 or 底 of a month; 月中 is its second ten days."""
    first, last = _THIRDS[name]
    return date(year, month, first), date(year, month, min(last, monthrange(year, month)[1]))


def whole(year: int) -> Bounds:
    """Return the bounds of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def edge(year: int, name: str) -> Bounds:
    """Return the bounds of 年初, 年中 or 年底: two months."""
    return months(year, *_EDGES[name])


def decade(year: int) -> Bounds:
    """Return the bounds of the ten years from `year` on."""
    return date(year, 1, 1), date(year + 9, 12, 31)


def month_from(start: date, count: int) -> tuple[int, int]:
    """Return year and month of what lies `count` months from `start`.

    >>> month_from(date(2026, 1, 31), -1)
    (2025, 12)
    """
    number = start.year * 12 + start.month - 1 + count
    return number // 12, number % 12 + 1


def week(start: date, count: int, weekday: int | None) -> Bounds:
    """Return the bounds of the week, Monday to Sunday, that lies `count` weeks from `start`, or of a day of it."""
    monday = start + timedelta(days=7 * count - start.weekday())
    if weekday is not None:
        return monday + timedelta(days=weekday), monday + timedelta(days=weekday)
    return monday, monday + timedelta(days=6)


def nearest_year(published: date, first: int, last: int) -> int | None:
    """Return the year of the months `first` to `last` where the day of publication leaves no doubt of it.

    In a post of November, 9 月 is that September; in one of January, 12 月 is the December just past. Else None.

    >>> nearest_year(date(2025, 11, 3), 9, 9), nearest_year(date(2025, 11, 3), 3, 3)
    (2025, None)
    """
    if first - _NEAR <= published.month <= last + _NEAR:
        return published.year
    return published.year - 1 if published.month <= 2 and last >= 11 else None  # noqa: PLR2004
