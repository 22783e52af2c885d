"""Times of one calendar unit, 多花一个月: too common a phrase to be a figure, but an amount where a verb takes it.

一年 is no value where it says of what another amount is (一年卖三万台), or which time is meant (一年前, 有一天).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from service.model import Approx, Span
from service.query.lookup.amounts import Amount, amount, put

_UNITS: Final[Mapping[str, tuple[float, str]]] = {
    "天": (1, "day"),
    "周": (1, "week"),
    "星期": (1, "week"),
    "礼拜": (1, "week"),
    "月": (1, "month"),
    "季": (3, "month"),
    "年": (1, "year"),
}
_SPENT: Final = re.compile(
    r"(?:要|花|费|等|拖|延|达|期|久|晚|早|提前|推迟|延[后长]|缩短|持续|历时|需时|超过|不到|将近|大约|至少|最多|[多少][走花等开跑住睡休做待留放读用])"
    r"[了满足约掉到]?\s?(?P<time>一(?:(?P<long>[天周年])|个?(?P<week>星期|礼拜)|个(?P<month>月|季)))"
    r"(?![前后内级度比到四多半来中里一之以出零又]|左右|[^,。;!?]{0,3}[0-9])"
)


def durations(folded: str) -> tuple[Amount, ...]:
    """Return the times of one day, week, month or year that a text spends.

    >>> [round(one.low / 86_400) for one in durations("要多花一周，一年前只要一天")]
    [7, 1]
    """
    return tuple(map(_amount, _SPENT.finditer(folded))) if "一" in folded else ()


def _amount(match: re.Match[str]) -> Amount:
    number, unit = _UNITS[match["long"] or match["week"] or match["month"]]
    return put(amount(number, number, unit, None, Approx.EXACT, None, match["time"]), Span(*match.span("time")))
