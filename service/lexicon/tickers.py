"""Stock codes in queries: TSLA, 2330.TW, (2330), 股票代號 2330. A number is one only where something says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.model import Span
from service.script import fold

_CODE = re.compile(
    r"(?<![\w.,-])(\$?)([A-Z]{1,6}|[a-z]{4,6}|[0-9]{3,6})((?:\.(?:TW|TWO|HK|US|SS|SZ|KS|T))?)(?![\w.%-]|,[0-9])",
    re.ASCII,
)
_CALLED = re.compile(r"(?:代[号码]|股号|股票|ticker|twse|tpex|hkex|nasdaq|nyse)[ :为是]{0,3}\Z", re.IGNORECASE)
_HAS = re.compile(
    r" ?的? ?(?:今年|去年|明年|本季|上季|单季|最新|昨天|今天)?的? ?"
    r"(?:营收|股价|财报|毛利|获利|利润|市值|估值|目标价|股利|股息|配息|殖利率|本益比|市盈率|法说会|eps|外资|除权|除息|涨|跌)"
)
_JOINT = re.compile(r" ?(?:[、,/]| |和|与|及|跟|vs\.?|对) ?")
_SHORT = 24  # a longer text is prose: capitals in it are no stock codes unless something says so
_REACH = 12  # characters before a code that may call it one


def tickers_in(text: str) -> Iterator[tuple[str, Span]]:
    """Yield what may be stock codes in a query, as exchanges write them, with where they stand.

    >>> [code for code, _ in tickers_in("2330 與 TSLA 的股價")], list(tickers_in("共 2330 人"))
    (['2330', 'TSLA'], [])
    """
    folded, found = fold(text), list(_CODE.finditer(text))
    words = len(found) > 1 and any(match[2].islower() for match in found)  # coin shop
    only = not words and not _JOINT.sub("", _CODE.sub("", text)).strip()
    told, following = [], None
    for match in reversed(found):
        joined = following is not None and _JOINT.fullmatch(folded, match.end(), following.start()) is not None
        if only or joined or _is_told(match, folded) or (match[2].isupper() and len(text) <= _SHORT):
            told.append((match[2].upper(), Span(*match.span())))
            following = match
    yield from reversed(told)


def _is_told(match: re.Match[str], folded: str) -> bool:
    """Tell whether a code is marked as one, or stands where only a code does: (2330), 2330 營收, 代號 2330."""
    start, end = match.span()
    if match[1] or match[3] or (folded[start - 1 : start] == "(" and folded[end : end + 1] == ")"):
        return True
    return _CALLED.search(folded[max(start - _REACH, 0) : start]) is not None or _HAS.match(folded, end) is not None
