"""One of something where that is all: 只有一名医生. Too common to be a figure, but an amount that others contradict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from service.model import Approx, Span
from service.query.lookup.amounts import Amount, amount, put

_ONLY: Final = re.compile(
    r"(?:每个?(?P<per>[天日晚夜周月年]|星期|礼拜)[^,。;!?0-9]{0,6}?)?(?:只有|仅有|只剩|仅剩|只|仅|就|唯有|才)(?:[^\s,。;!?、0-9]{0,2}[派配排设留开剩卖收招])?\s?"
    r"(?P<one>一(?P<of>[名位个家间所座台辆架艘条班次件人户名只头张份本首部]))(?![些点般样半起直再共定味边])"
)

_PERIODS: Final[Mapping[str, str]] = {"周": "week", "星期": "week", "礼拜": "week", "月": "month", "年": "year"}


def singles(folded: str) -> tuple[Amount, ...]:
    """Return the amounts of one that a text says is all there is.

    >>> [one.counted for one in singles("每晚只有一名医生，另一名休假")]
    ['名']
    """
    return tuple(map(_amount, _ONLY.finditer(folded))) if "一" in folded else ()


def _amount(match: re.Match[str]) -> Amount:
    per = _PERIODS.get(match["per"], "day") if match["per"] else None
    return put(amount(1, 1, "count", per, Approx.EXACT, match["of"], match["one"]), Span(*match.span("one")))
