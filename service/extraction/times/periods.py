"""Periods: the first and the last day of what a time names, and in which year a month without one lies."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Bounds = tuple[date, date]

_EDGES = {"初": (1, 2), "中": (6, 7), "底": (11, 12), "末": (11, 12), "尾": (11, 12)}
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31), "初": (1, 5), "底": (25, 31), "末": (25, 31), "尾": (25, 31)}
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_NEAR = 4  # months from the day of publication within which a month needs no year
_NEAR_DAYS = 10  # and days within which a day needs no month
_DAY = timedelta(days=1)


def day(year: int, month: int, number: int, last: int | None = None) -> Bounds:
    """Return the bounds of a day, or of the days from `number` to `last`."""
    first = date(year, month, number)
    return first, date(year, month, last) if last else first


def months(year: int, first: int, last: int) -> Bounds:
    """Return the bounds of the months from `first` to `last`, which is of the next year where it comes before.

    >>> months(2024, 1, 2)[1].isoformat(), months(2024, 8, 2)[1].isoformat()
    ('2024-02-29', '2025-02-28')
    """
    until = year + (last < first)
    return date(year, first, 1), date(until, last, monthrange(until, last)[1])


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


def season(year: int, name: str) -> Bounds:
    """Return the bounds of a season as meteorologists count them: winter is December and the two months behind it.

    >>> season(2025, "冬")[1].isoformat()
    '2026-02-28'
    """
    first = _SEASONS[name]
    return months(year, first, (first + 1) % 12 + 1)


def decade(year: int, part: str | None = None) -> Bounds:
    """Return the bounds of the ten years from `year` on, or of its first (初), middle (中) or last three (末)."""
    return _of_years(year, 10, 3, part)


def century(number: int, part: str | None = None) -> Bounds:
    """Return the bounds of a century, counted as its decades are: the 20th from 1900 to 1999; 世紀末 is its last fifth.

    >>> century(20)[0].isoformat(), century(21, "末")[0].isoformat()
    ('1900-01-01', '2080-01-01')
    """
    return _of_years(max(100 * number - 100, 1), 100, 20, part)


def _of_years(year: int, count: int, share: int, part: str | None) -> Bounds:
    last = year + count - 1
    if part is None:
        return date(year, 1, 1), date(last, 12, 31)
    first = {"初": year, "中": year + (count - share + 1) // 2, "末": last - share + 1}[part]
    return date(first, 1, 1), date(first + share - 1, 12, 31)


def month_from(start: date, count: int) -> tuple[int, int]:
    """Return year and month of what lies `count` months from `start`.

    >>> month_from(date(2026, 1, 31), -1)
    (2025, 12)
    """
    number = start.year * 12 + start.month - 1 + count
    return number // 12, number % 12 + 1


def day_from(start: date, count: int) -> date:
    """Return the day `count` months from `start`, the last of its month where that is shorter."""
    year, month = month_from(start, count)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def week(start: date, count: int, weekday: int | None = None) -> Bounds:
    """Return the bounds of the week, Monday to Sunday, that lies `count` weeks from `start`, or of a day of it."""
    monday = start + timedelta(days=7 * count - start.weekday())
    if weekday is not None:
        return monday + timedelta(days=weekday), monday + timedelta(days=weekday)
    return monday, monday + timedelta(days=6)


def quarter(start: date, count: int) -> Bounds:
    """Return the bounds of the quarter that lies `count` quarters from that of `start`."""
    year, month = month_from(date(start.year, (start.month - 1) // 3 * 3 + 1, 1), 3 * count)
    return months(year, month, month + 2)


def nth_weekday(within: Bounds, weekday: int, number: int) -> Bounds:
    """Return the `number`th Monday (`weekday` 0) of a period, the last where it is -1.

    >>> nth_weekday(months(2026, 11, 11), 3, 4)[0].isoformat()
    '2026-11-26'
    """
    first, last = within
    if number < 0:
        found = last - timedelta(days=(last.weekday() - weekday) % 7)
    else:
        found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    return found, found


def nth_week(within: Bounds, number: int, count: int = 1) -> Bounds:
    """Return the `number`th week of a period and those behind it, `count` in all: the first has its first Monday.

    >>> nth_week(months(2026, 3, 3), 2)[0].isoformat()
    '2026-03-09'
    """
    monday = nth_weekday(within, 0, number)[0]
    return monday, monday + timedelta(days=7 * count - 1)


def head(within: Bounds, count: int, unit: str) -> Bounds:
    """Return the first `count` days (日), weeks (周), months (月) or quarters (季) of a period."""
    if unit == "周":
        return nth_week(within, 1, count)
    if unit == "日":
        return within[0], within[0] + timedelta(days=count - 1)
    return within[0], day_from(within[0], count * (3 if unit == "季" else 1)) - _DAY


def tail(within: Bounds, count: int, unit: str) -> Bounds:
    """Return the last `count` days, weeks, months or quarters of a period."""
    if unit == "周":
        monday = nth_weekday(within, 0, -1)[0]
        return monday - timedelta(days=7 * (count - 1)), monday + timedelta(days=6)
    if unit == "日":
        return within[1] - timedelta(days=count - 1), within[1]
    return day_from(within[1] + _DAY, -count * (3 if unit == "季" else 1)), within[1]


def shifted(bounds: Bounds, years: int) -> Bounds:
    """Return the same days or months of another year.

    >>> shifted(months(2024, 2, 2), -1)[1].isoformat()
    '2023-02-28'
    """
    behind = bounds[1] + _DAY
    return day_from(bounds[0], 12 * years), day_from(behind, 12 * years) - _DAY


def nearest_year(published: date, first: int, last: int) -> int | None:
    """Return the year of the months `first` to `last` where the day of publication leaves no doubt of it.

    In a post of November, 9 月 is that September; in one of January, 12 月 is the December just past. Else None.

    >>> nearest_year(date(2025, 11, 3), 9, 9), nearest_year(date(2025, 11, 3), 3, 3)
    (2025, None)
    """
    if first - _NEAR <= published.month <= last + _NEAR:
        return published.year
    return published.year - 1 if published.month <= 2 and last >= 11 else None  # noqa: PLR2004


def nearest_day(published: date, number: int) -> Bounds | None:
    """Return the day of that number nearest to the day of publication, None where none is near.

    >>> nearest_day(date(2026, 3, 2), 28)[0].isoformat()
    '2026-02-28'
    """
    near = (published + timedelta(days=n) for n in sorted(range(-_NEAR_DAYS, _NEAR_DAYS + 1), key=abs))
    found = next((one for one in near if one.day == number), None)
    return (found, found) if found else None
