"""Whether what a sentence asserts is denied."""

from __future__ import annotations

import re
from functools import cache

from service.extraction.claims.cue_words import Cues, Finder, Scan, finder, opens
from service.model import Span

_TAG = re.compile(r"[。!?,][」』”\"][^,;:。!?「『“\"]{1,16}[。!?]?$")
_TAG_REACH = 20  # characters of a sentence's end that tell who says it
_CLAUSES = frozenset(",;:。!?")
_CLOSING = _CLAUSES | frozenset("」』”’）)\"' ")
_SHORT = 600  # a denial shows in a sentence's first characters, or not at all


def is_negated(folded: str, span: Span | None = None, cues: Cues | None = None) -> bool:
    """Tell whether the predicate of a sentence's main clause is negated.

    Conditions and reasons don't count, nor does 不是甲而是乙, which affirms.

    >>> is_negated("新站没有电梯"), is_negated("如果不下雨,比赛照常"), is_negated("关键不是人,而是钱")
    (True, False, False)
    """
    start, end = span or (0, len(folded))
    end = min(end, start + _SHORT)
    cues = cues or Scan(folded).cues(start, end)
    if not cues.mask & _negation().bits:
        return False
    start, end = _asserted(folded, start, end)
    first, last = _main_clause(folded, start, end)
    if not _negation().among(cues, first, last):
        return False
    return not finder("negation", "corrected").among(cues, start, end)


@cache
def _negation() -> Finder:
    return finder("negation", "words")


def _asserted(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return a sentence without what closes it: marks, and who says it (「…。」她说。)."""
    tag = _TAG.search(folded, max(start, end - _TAG_REACH), end)
    end = tag.start() if tag else end
    while end > start and folded[end - 1] in _CLOSING:
        end -= 1
    return start, end


def _main_clause(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return where the last clause stands that is no condition or reason; nothing where there is none."""
    stop = end
    while stop > start:
        first = _behind_mark(folded, start, stop)
        if first < stop and not opens("negation", "subordinate", folded[first:stop].lstrip()):
            return first, stop
        stop = first - 1
    return end, end


def _behind_mark(folded: str, start: int, end: int) -> int:
    """Return where the clause begins that ends at `end`."""
    return max(start, *(folded.rfind(mark, start, end) + 1 for mark in _CLAUSES))
