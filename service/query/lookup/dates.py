"""For which time an amount of a sentence is given: 2025 年 35 亿，前一年 65 亿."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from service.model import Span
from service.query.lookup.amounts import Amount
from service.query.lookup.clauses import Clauses

_YEAR: Final = 365
_LONG: Final = 370  # days of the longest time of which there is one the year before
_BEFORE: Final = re.compile("[前上]一年|上年同?期?|去年同期")
_TOLD: Final = re.compile("今年|去年|前年|明年|后年|本年")


def years_before(folded: str, amounts: Iterable[Amount]) -> Iterator[Amount]:
    """Yield the times that are told from a date before them: 前一年 of 2025 年 is 2024.

    >>> from service.query.lookup.amounts import span_of_days
    >>> [next(years_before("2025 年多，前一年少", [span_of_days("2025-01-01", "2025-12-31", "2025 年")])).text]
    ['前一年']
    """
    dates = [one for one in amounts if one.kind == "date" and one.high - one.low < _LONG]
    for match in _BEFORE.finditer(folded) if dates else ():
        before = [one for one in dates if one.span.end <= match.start()]
        if before:
            date = max(before, key=lambda one: one.span)
            low, high = date.low - _YEAR, date.high - _YEAR
            yield replace(date, low=low, high=high, text=match[0], span=Span(*match.span()))


def date_of(said: Amount, amounts: Sequence[Amount], clauses: Clauses) -> Amount | None:
    """Return the date that an amount is given for: in its clause, else the last one before it."""
    clause = clauses.around(said.span.start)
    dates = [one for one in amounts if one.kind == "date"]
    if not dates:
        return None
    near = [one for one in dates if clause.overlaps(one.span)]
    before = [one for one in near if one.span.start < said.span.start]
    if near:
        return max(before, key=lambda one: one.span) if before else min(near, key=lambda one: one.span)
    if _TOLD.search(clauses.folded, clause.start, clause.end):
        return None
    earlier = [one for one in dates if one.span.end <= clause.start]
    return max(earlier, key=lambda one: one.span, default=None)
