"""In which mood something is claimed, whether it is denied, and whether it is quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extraction.claim_cues import finder, opening, words
from service.model import ClaimKind, Span

_CLAUSE = re.compile(r"[^,;:。!?]+")
_MOODS = (("plan", ClaimKind.PLAN), ("prediction", ClaimKind.PREDICTION), ("opinion", ClaimKind.OPINION))
_QUOTED_SHARE = 0.5  # of a sentence that introduces a quotation
_SHORT = 600  # a mood shows in a sentence's first characters, or not at all


def mood(folded: str) -> ClaimKind:
    """Return the mood of a folded sentence.

    >>> mood("台风将在三天内登陆"), mood("店家打算加开分店"), mood("这座桥长三公里")
    (<ClaimKind.PREDICTION: 'prediction'>, <ClaimKind.PLAN: 'plan'>, <ClaimKind.STATEMENT: 'statement'>)
    """
    for key, kind in _MOODS:
        if finder("moods", key).among(folded[:_SHORT]):
            return kind
    return ClaimKind.STATEMENT


def is_negated(folded: str) -> bool:
    """Tell whether the predicate of the main clause is negated.

    Conditions and reasons don't count, nor does 不是甲而是乙, which affirms.

    >>> is_negated("新站没有电梯"), is_negated("如果不下雨,比赛照常"), is_negated("关键不是人,而是钱")
    (True, False, False)
    """
    text = folded[:_SHORT]
    if any(word in text for word in words("negation", "corrected")):
        return False
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    main = [span for span in clauses if not opening("negation", "subordinate").match(text[slice(*span)].lstrip())]
    return any(finder("negation", "words").among(text, *span) for span in main[-1:])


def is_quote(span: Span, quotes: Sequence[Span]) -> bool:
    """Tell whether a sentence is a direct quotation: all of it, or what its lead-in leads to."""
    inside = sum(min(quote.end, span.end) - max(quote.start, span.start) for quote in quotes)
    return inside >= _QUOTED_SHARE * (span.end - span.start)
