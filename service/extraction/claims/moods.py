"""In which mood something is claimed, whether it is denied, and whether it is quoted.

A mood is weighed: cues that settle it, those that only lean to it, and what speaks against it (what is past is no
prediction, what is measured hardly an opinion).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from service.extraction.claims.cue_words import Finder, Hit, finder, holds, opens, words
from service.model import ClaimKind, Span

_CLAUSE = re.compile(r"[^,;:。!?]+")
_MARK = re.compile(r"[,;:。!?]")
_TAG = re.compile(r"[。!?,][」』”\"][^,;:。!?「『“\"]{1,16}[。!?]?$")
_TAG_REACH = 20  # characters of a sentence's end that tell who says it
_CORRECTED = re.compile(r"不(?:是|在于|在)[^。;:]{1,30}?[,](?:而)?(?:是|在)")
_CLOSERS = "」』”’）)\"' "
_QUOTED_SHARE = 0.5  # of a sentence that introduces a quotation
_SHORT = 600  # a mood shows in a sentence's first characters, or not at all
_SETTLED = 3
_HELD = 2
_KEYS = (
    *(f"{mood}{kind}" for mood in ("plan", "prediction", "opinion") for kind in ("", "_leaning")),
    "prediction_held",
    "opinion_held",
    "announced",
    "scheduled",
    "foreseen",
    "ahead",
    "modal",
    "will",
    "found",
    "past",
)
_FUTURE = frozenset({"plan", "prediction", "prediction_held", "modal"})
_LEAST = 2  # below this it is a plain statement

Cues = dict[str, int]  # how many different words of each list stand in a sentence


def mood(folded: str, span: Span | None = None, *, measured: bool = False, ahead: bool = False) -> ClaimKind:
    """Return the mood of a sentence, the `span` of a folded text.

    `measured` tells that it holds a figure, `ahead` that it tells of a time after the post's own.

    >>> mood("台风将在三天内登陆"), mood("店家打算加开分店"), mood("这座桥长三公里")
    (<ClaimKind.PREDICTION: 'prediction'>, <ClaimKind.PLAN: 'plan'>, <ClaimKind.STATEMENT: 'statement'>)
    """
    start, end = _shortened(folded, span)
    cues = _cues(folded, start, end)
    prediction = _weigh_prediction(cues, ahead=ahead)
    plan = _weigh_plan(cues, prediction)
    opinion = _weigh_opinion(cues, prediction) + _weigh_turns(folded, start, end) - max(measured, 2 * cues["found"])
    weight = max(plan, prediction, opinion)
    if weight < _LEAST:
        return ClaimKind.STATEMENT
    if weight == plan:
        return ClaimKind.PLAN
    return ClaimKind.PREDICTION if weight == prediction else ClaimKind.OPINION


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """Return on which lists each word stands."""
    found: dict[str, tuple[str, ...]] = {}
    for key in _KEYS:
        for word in words("moods", key):
            found[word] = (*found.get(word, ()), key)
    guesses = [word for word in found if holds("moods", "foreseen", word)]
    return found | {word: (*found[word], "foreseen") for word in guesses}


@cache
def _finder() -> Finder:
    return finder("moods", *_KEYS)


def _cues(folded: str, start: int, end: int) -> Cues:
    """Return how many different words of each list stand in a sentence; of the past, those near what is to come."""
    cues = dict.fromkeys(_KEYS, 0)
    hits = _finder().find(folded, start, end)
    if not hits:
        return cues
    lists = _lists()
    for word in {hit.word for hit in hits}:
        for key in lists[word]:
            cues[key] += 1
    if cues["past"] and (cues["plan"] or cues["prediction"]):
        cues["past"] = _is_past(folded, hits)
    return cues


def _is_past(folded: str, hits: Sequence[Hit]) -> bool:
    """Tell whether a word of the past stands in one clause with a word that would point ahead.

    了 at a clause's end tells of a change, not of the past: 船要开了.
    """
    lists = _lists()
    marks = [mark.start() for mark in _MARK.finditer(folded, hits[0].at, hits[-1].stop)]
    ahead = {bisect_left(marks, hit.at) for hit in hits if not _FUTURE.isdisjoint(lists[hit.word])}
    past = (hit for hit in hits if "past" in lists[hit.word] and not _is_change(folded, hit))
    return any(bisect_left(marks, hit.at) in ahead for hit in past)


def _is_change(folded: str, hit: Hit) -> bool:
    behind = folded[hit.stop : hit.stop + 1]
    return hit.word == "了" and (not behind or behind in _CLOSERS.strip() or bool(_MARK.match(behind)))


def _weigh(cues: Cues, key: str) -> int:
    """Return how much a mood's words say for it: any that settles it, and each that leans to it."""
    settled = _SETTLED if cues[key] else _HELD if cues.get(f"{key}_held") else 0
    return settled + cues[f"{key}_leaning"]


def _weigh_plan(cues: Cues, prediction: int) -> int:
    """Return the weight of a plan: what somebody decides on, or what has its date, outweighs that it is to come."""
    plan = _weigh(cues, "plan")
    dated = cues["scheduled"] and (cues["prediction"] or cues["ahead"])
    if prediction >= _LEAST and (cues["announced"] or dated) and not cues["foreseen"]:
        return max(plan, prediction)
    return plan - cues["past"]


def _weigh_prediction(cues: Cues, *, ahead: bool) -> int:
    """Return the weight of a prediction: a time to come lends weight to 会 and its like, and they to it."""
    coming = ahead or bool(cues["ahead"])
    comes_about = (cues["ahead"] and cues["modal"]) or (ahead and cues["will"])
    lent = _SETTLED if comes_about else coming
    return _weigh(cues, "prediction") + lent - 2 * cues["past"]


def _weigh_opinion(cues: Cues, prediction: int) -> int:
    """Return the weight of an opinion; that somebody thinks so leaves what is sure to be a prediction one."""
    foretold = prediction >= _LEAST and (cues["prediction"] or cues["prediction_held"])
    return cues["opinion_leaning"] if foretold and not cues["opinion"] else _weigh(cues, "opinion")


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
    start, end = _asserted(folded, *_shortened(folded, span))
    found = finder("negation", "words")
    if not found.among(folded, start, end) or finder("negation", "corrected").among(folded, start, end):
        return False
    main = [match for match in _CLAUSE.finditer(folded, start, end) if not _is_subordinate(match)]
    return any(found.among(folded, *match.span()) for match in main[-1:])


def _asserted(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return a sentence without what closes it: marks, and who says it (「…。」她说。)."""
    tag = _TAG.search(folded, max(start, end - _TAG_REACH), end)
    end = tag.start() if tag else end
    while end > start and (folded[end - 1] in _CLOSERS or _MARK.match(folded, end - 1)):
        end -= 1
    return start, end


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
