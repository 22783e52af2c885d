"""In which mood something is claimed, whether it is denied, and whether it is quoted.

A mood is weighed: cues that settle it, those that only lean to it, and what speaks against it (what is past is no
prediction, what is measured hardly an opinion).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from service.extraction.claims.cue_words import Finder, finder, opens, words
from service.model import ClaimKind, Span

_CLAUSE = re.compile(r"[^,;:。!?]+")
_CORRECTED = re.compile(r"不(?:是|在于|在)[^。;:]{1,30}?[,](?:而)?(?:是|在)")
_QUOTED_SHARE = 0.5  # of a sentence that introduces a quotation
_SHORT = 600  # a mood shows in a sentence's first characters, or not at all
_SETTLED = 3
_HELD = 2
_KEYS = (
    *(f"{mood}{kind}" for mood in ("plan", "prediction", "opinion") for kind in ("", "_leaning")),
    "prediction_held",
    "opinion_held",
    "ahead",
    "modal",
    "past",
)
_LEAST = 2  # below this it is a plain statement


def mood(folded: str, span: Span | None = None, *, measured: bool = False) -> ClaimKind:
    """Return the mood of a sentence, the `span` of a folded text; `measured` tells that it holds a figure.

    >>> mood("台风将在三天内登陆"), mood("店家打算加开分店"), mood("这座桥长三公里")
    (<ClaimKind.PREDICTION: 'prediction'>, <ClaimKind.PLAN: 'plan'>, <ClaimKind.STATEMENT: 'statement'>)
    """
    start, end = _shortened(folded, span)
    cues = _cues(folded, start, end)
    past = bool(cues["past"])
    weights = (
        (_weigh(cues, "plan") - past, ClaimKind.PLAN),
        (_weigh_prediction(cues) - 2 * past, ClaimKind.PREDICTION),
        (_weigh(cues, "opinion") + _weigh_turns(folded, start, end) - measured, ClaimKind.OPINION),
    )
    weight, kind = max(weights, key=lambda weighed: weighed[0])  # the first of equals
    return kind if weight >= _LEAST else ClaimKind.STATEMENT


@cache
def _lists() -> dict[str, list[str]]:
    """Return on which lists each word stands."""
    found: dict[str, list[str]] = {}
    for key in _KEYS:
        for word in words("moods", key):
            found.setdefault(word, []).append(key)
    return found


@cache
def _finder() -> Finder:
    return finder("moods", *_KEYS)


def _cues(folded: str, start: int, end: int) -> Counter[str]:
    """Return how many different words of each list stand in a sentence."""
    lists = _lists()
    found = {hit.word for hit in _finder().find(folded, start, end)}
    return Counter([key for word in found for key in lists[word]])


def _weigh(cues: Counter[str], key: str) -> int:
    """Return how much a mood's words say for it: any that settles it, and each that leans to it."""
    settled = _SETTLED if cues[key] else _HELD if cues[f"{key}_held"] else 0
    return settled + cues[f"{key}_leaning"]


def _weigh_prediction(cues: Counter[str]) -> int:
    """Return the weight of a prediction: a time to come lends weight to 会 and its like, and they to it."""
    ahead = bool(cues["ahead"])
    return _weigh(cues, "prediction") + (_SETTLED if ahead and cues["modal"] else ahead)


def _weigh_turns(folded: str, start: int, end: int) -> int:
    """Return what speaks for an opinion besides words: a rhetorical question, 不是甲，而是乙."""
    asked = "?" in folded[max(start, end - 3) : end]
    corrected = "不" in folded[start:end] and _CORRECTED.search(folded, start, end) is not None
    return 2 * asked + 2 * corrected


def is_negated(folded: str, span: Span | None = None) -> bool:
    """Tell whether the predicate of a sentence's main clause is negated.

    Conditions and reasons don't count, nor does 不是甲而是乙, which affirms.

    >>> is_negated("新站没有电梯"), is_negated("如果不下雨,比赛照常"), is_negated("关键不是人,而是钱")
    (True, False, False)
    """
    start, end = _shortened(folded, span)
    found = finder("negation", "words")
    if not found.among(folded, start, end) or finder("negation", "corrected").among(folded, start, end):
        return False
    main = [match for match in _CLAUSE.finditer(folded, start, end) if not _is_subordinate(match)]
    return any(found.among(folded, *match.span()) for match in main[-1:])


def _is_subordinate(clause: re.Match[str]) -> bool:
    return opens("negation", "subordinate", clause[0].lstrip())


def _shortened(folded: str, span: Span | None) -> tuple[int, int]:
    start, end = span or (0, len(folded))
    return start, min(end, start + _SHORT)


def is_quote(folded: str, span: Span, quotes: Sequence[Span]) -> bool:
    """Tell whether a sentence is a direct quotation: all of it, most of it, or what its colon leads to."""
    if not quotes:
        return False
    inside = sum(min(quote.end, span.end) - max(quote.start, span.start) for quote in quotes)
    if inside >= _QUOTED_SHARE * (span.end - span.start):
        return True
    last = quotes[-1]
    led = folded[span.start : last.start].rstrip().endswith(":")
    return led and span.end - last.end <= 1
