"""Tails: what may stand behind a date and belongs to it: its weekday, a time of day, 之前 and 起."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from service import lexicon
from service.extraction.times.forms import Found
from service.extraction.times.periods import Bounds
from service.script import fold

_WEEKDAY = re.compile(
    r" ?\( ?(?:周|星期|礼拜)?[一二三四五六日天] ?\)|[,，]? ?(?:周|星期|礼拜)[一二三四五六日天](?![报刊])"
)
_N = r"(?:[0-9]{1,2}|[零〇一二两三四五六七八九十廿]{1,3})"
_CLOCK = (
    rf"(?:[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9])(?: ?时)?|{_N} ?[点时](?![代段间期度])"
    rf"(?:钟|整|半|[一三13] ?刻|{_N}(?: ?分)?(?: ?{_N} ?秒)?| {_N} ?分(?: ?{_N} ?秒)?)?)"
)
# Without a part of the day before it, 3 點 may count points.
_HOUR = re.compile(
    r" ?(?:[0-2]?[0-9]:|[0-9一二三四五六七八九十]{1,3} ?[点时]"
    r"(?=$|[^\w]|[0-9一二三四五钟整半开前后左举至到起许正和与]))"
)
_SINCE = re.compile(
    r" ?(?:[一-龥]{2,4}以来|[或及和]?(?:之|以)后|[或及和]后|后(?![来续台代备端果勤期面悔人世卫院援仰现半进])"
    r"|起(?![诉源点初步飞草码义伏])|开始|以来|来(?=[,，])|[至迄]今(?![年天日晚早晨夜春夏秋冬])|以降)"
)
_INCLUDED = re.compile(r" ?(?:\(含(?:当[日天])?\) ?(?:之|以)?前|[或及和](?:之|以)?前|[或及]更早)")
_UNTIL = re.compile(
    r" ?(?:(?:之|以)前|前(?![往任端面景沿后所期总首主部市县州国员队女男妻夫副执财外议高身言夕段者辈半提进列"
    r"0-9一二两三四五六七八九十 ]))"
)
_BY_END = re.compile("[底尾]$|(?<![周期拜])末$")  # 年底前: the year's last day is still in time
_BEFORE = 8  # characters looked at before a time
_BETWEEN, _JOINED = "之间", re.compile("[-–—~至到]")
_LATEST = re.compile(r"(?:最[迟晚]|至迟|不[迟晚]于)(?:也?[要得]?[等]?[在于到]?) ?$")
_EARLIEST = re.compile(r"(?:最快|不早于)(?:也?[要得]?[等]?[在于到]?) ?$")
_FROM = re.compile(r"(?:自从|(?<![来出亲各选摘源独擅])自) ?$")


@cache
def _time_of_day() -> re.Pattern[str]:
    parts = "|".join(fold(part) for part in lexicon.read("times.toml")["day"]["parts"])
    single = r"[早晚夜](?= ?[0-9一二三四五六七八九十]{1,3} ?[点时:])"
    clock = rf"{_CLOCK}(?: ?[-–~至到] ?{_CLOCK})?"
    return re.compile(rf" ?的?(?P<part>{parts}|{single})(?: ?{clock})?| ?{clock}")


def extended(folded: str, found: Found) -> Found:
    """Return the time with what stands behind it and belongs to it."""
    if found.measured:
        return found
    at, timed = found.end, False
    if found.bounds is None or found.bounds[0] == found.bounds[1]:
        at, timed = _day(folded, at)
    elif folded.startswith(_BETWEEN, at) and _JOINED.search(folded, found.start, at):
        at += len(_BETWEEN)
    return _opened(folded, replace(found, end=at) if at != found.end else found, timed=timed)


def _day(folded: str, at: int) -> tuple[int, bool]:
    """Return where the weekday and the time of day behind a day end, and whether there is such a time."""
    if (weekday := _WEEKDAY.match(folded, at)) is not None:
        at = weekday.end()
    found = _time_of_day().match(folded, at)
    if found is None or (found["part"] is None and folded[at - 1] not in "早晚夜晨" and not _HOUR.match(folded, at)):
        return at, False
    return found.end(), any(c in found[0] for c in "点时:")


def _opened(folded: str, found: Found, *, timed: bool) -> Found:
    """Read 之前, 起 and the like: from then on, or until then; with an hour, or by an end, the days count to it."""
    if (suffix := _INCLUDED.match(folded, found.end)) is not None:
        return replace(found, end=suffix.end(), until=True)
    if (suffix := _UNTIL.match(folded, found.end)) is not None:
        within = timed or found.bounds is None or _BY_END.search(folded, max(found.end - 2, 0), found.end) is not None
        bounds = found.bounds if within or found.bounds is None else _before(found.bounds)
        return replace(found, end=suffix.end(), until=True, bounds=bounds)
    if (suffix := _SINCE.match(folded, found.end)) is not None:
        return replace(found, end=suffix.end(), since=True)
    return found


def _before(bounds: Bounds) -> Bounds | None:
    """Return what a time before these bounds ends with."""
    if bounds[0] == date.min:
        return None
    last = bounds[0] - timedelta(days=1)
    return last, last


def begun(folded: str, found: Found) -> Found:
    """Read 自 and 最快 before a time that nothing ends: from then on; and 最遲: until its last day."""
    if found.since or found.until or found.ranged or found.measured:
        return found
    before = folded[max(found.start - _BEFORE, 0) : found.start]
    if _FROM.search(before) or _EARLIEST.search(before):
        return replace(found, since=True)
    return replace(found, until=True) if _LATEST.search(before) else found
