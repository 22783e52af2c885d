"""Weekdays without their week: 週三公布 is told by a post from the last Wednesday, 將於週三公布 from the next.

Which is meant only the words around it tell; where they don't, or where it is a habit (每週三, 週一至週五), its day is
not known. A weekday behind a day tells the year of that day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from service.extraction.times.durations import ahead
from service.extraction.times.forms import Form, Here, form, pairs
from service.extraction.times.parts import WEEKDAY, weekday_number
from service.extraction.times.periods import Bounds

_NAME = r"(?:周|星期|礼拜)"
_BEHIND_DAY = re.compile(rf" ?\( ?{_NAME}?([{WEEKDAY}]) ?\)|[,，]? ?{_NAME}([{WEEKDAY}])")
_CLAUSE_END = re.compile(r"[，,。！？!?；;：:\n]")
_NEAR = 30  # characters of a clause looked at on either side
_COMING = re.compile("将|即将|预定|预计|拟|订于|定于|改到|改至|延到|延至|赶在")
_TOLD = re.compile(
    "公[布佈开]|宣[布佈告]|发[布佈表]|表示|指出|透露|坦言|直言|强调|证实|承认|否认|警告|称|说(?![明法服])|回应|报道|报导"
    "|收[报盘于高低涨跌]|[上下]跌|上涨|大[涨跌]|抵达|去世|逝世|获|已经?|曾|[了过](?![程半去于度不])"
)
_HABIT_BEFORE = re.compile("[每逢至到~–—-] ?$|例行|固定$")
_HABIT_BEHIND = re.compile(rf" ?[至到~、及和与或–—-] ?{_NAME}?[{WEEKDAY}]|[至到]|[公店]?休|营业|开放|都|均")


def _day(match: re.Match[str], here: Here) -> Bounds | None:
    if here.published is None or here.days is not None or here.past or _is_habit(match):
        return None
    side = _side(match)
    if side == 0:
        return None
    gap = (weekday_number(match["weekday"]) - here.published.weekday()) % 7
    day = here.published + timedelta(days=gap if side > 0 or gap == 0 else gap - 7)
    return day, day


def _is_habit(match: re.Match[str]) -> bool:
    before = match.string[max(match.start() - 4, 0) : match.start()]
    return bool(_HABIT_BEFORE.search(before) or _HABIT_BEHIND.match(match.string, match.end()))


def _side(match: re.Match[str]) -> int:
    """Tell whether the clause speaks of what is to come (1), of what was (-1), or of neither (0)."""
    text = match.string
    before = _CLAUSE_END.split(text[max(match.start() - _NEAR, 0) : match.start()])[-1]
    behind = _CLAUSE_END.split(text[match.end() : match.end() + _NEAR], maxsplit=1)[0]
    if _COMING.search(before):
        return 1
    told, coming = _TOLD.search(behind), ahead().search(behind)
    if told is None or coming is None:
        return -1 if told else int(coming is not None)
    return -1 if told.start() < coming.start() else 1


def year_by_weekday(match: re.Match[str], published: date, day: date) -> int | None:
    """Return the year near a post in which a day has the weekday that is written behind it: 3 月 1 日（六）."""
    written = _BEHIND_DAY.match(match.string, match.end())
    if written is None or (day.month, day.day) == (2, 29):
        return None
    wanted = weekday_number(written[1] or written[2])
    years = (published.year, published.year + 1, published.year - 1)
    return next((year for year in years if day.replace(year=year).weekday() == wanted), None)


@cache
def forms() -> tuple[Form, ...]:
    """Return the form of a weekday alone."""
    begins = ("星期", "礼拜", *pairs("周", WEEKDAY))
    return (form(begins, rf"{_NAME}(?P<weekday>[{WEEKDAY}])(?![个报刊])", _day, "relative"),)
