"""Amounts that no longer hold: 从 110 元涨到 130 元 tells of 130, and of 110 only as what was."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from service.model import Span
from service.query.lookup.clauses import Clauses

_FROM: Final = re.compile(r"(?:从|由|自|原[先本来]的?)\D{0,8}$")
_TO: Final = re.compile(
    r"\D{0,8}?(?:[到至成为]|[增升涨跌降减加提缩延砍调改拉压]\D{0,4})[约近]?\s?"
    r"(?=[0-9〇一二三四五六七八九十百千万亿两])"
)
_ONCE: Final = re.compile("去年|前年|原本|原先|原来|原定|从前|以前|之前|先前|此前|过去|本来|当初|曾")


@lru_cache(maxsize=4096)
def is_former(clauses: Clauses, amount: Span) -> bool:
    """Tell whether an amount is what another came from.

    >>> is_former(Clauses("票价从 20 元涨到 25 元"), Span(4, 8))
    True
    """
    if _TO.match(clauses.folded, amount.end) is None:
        return False
    clause = clauses.around(amount.start)
    return _FROM.search(clauses.folded[clause.start : amount.start]) is not None


def asks_for_former(clauses: Clauses, amount: Span) -> bool:
    """Tell whether a sentence speaks of what was, or of a change itself."""
    return _ONCE.search(clauses.folded) is not None or is_former(clauses, amount)
