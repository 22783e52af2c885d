"""In which mood something is claimed: as a plan, a prediction, an opinion, or plainly.

A mood is weighed: cues that settle it, those that only lean to it, and what speaks against it (what is past is no
prediction, what is measured hardly an opinion). What somebody does on purpose is planned where what befalls is
foreseen: 公司将关闭两座工厂 against 气温将下降.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from service.extraction.claims.cue_words import Cues, Finder, Found, Scan, bits, finder, holds, masks, wordlist, wordset
from service.model import ClaimKind, Span

_MARK = re.compile(r"[,;:。!?]")
_CORRECTED = re.compile(r"不(?:是|在于|在)[^。;:]{1,30}?[,](?:而)?(?:是|在)|的(?:是|不是)[^,。;:]{1,16},(?:而)?不?是")
_CHANGED = frozenset(",;:。!?」』”’）)\"'") | {""}  # what follows 了 where something has changed
_COMPARING = frozenset("较比与跟和同")
_SHORT = 600  # a mood shows in a sentence's first characters, or not at all
_REACH = 14  # characters between what somebody means to do and the word that shows it
_ACTOR = 3  # the longest word with 会 in it that tells who means to: 出版社会重印
_CLAUSE = 24  # characters between who means to and that word
_ADVERB = 2
_WHEN = 5  # characters that tell when, before 会: 明年, 下个季度
_PREPOSITIONS = frozenset("在于向对与从把以由自再会不先另全扩同为持陆分逐")  # behind 将 that tells what is to come
_SETTLED = 3
_HELD = 2
_LEAST = 2  # below this it is a plain statement
_MOODS = (
    *(f"{mood}{kind}" for mood in ("plan", "prediction", "opinion") for kind in ("", "_leaning")),
    "prediction_held",
    "opinion_held",
)
_LEANING = (*_MOODS, "ahead", "acts", "will", "able")
_WEIGHED = (
    *_MOODS,
    "announced",
    "scheduled",
    "foreseen",
    "ahead",
    "modal",
    "will",
    "found",
    "past",
)
_MEANT = ("intent", "intent_weak", "acts", "bygone")
_COMING = ("will", "able", "thinks", "change", "custom", "condition", "trend")
_SETTLING = frozenset({"plan", "prediction", "will"})
_FUTURE = frozenset({"plan", "prediction", "prediction_held", "modal"})

Weights = dict[str, int]  # how many different words of each list stand in a sentence; a list with none is left out


class Told(NamedTuple):
    """What is known of a sentence besides its words.

    `measured` tells that it holds a figure, `ahead` that it tells of a time after the post's own, `reported` that it
    is somebody else's, `quoted` that his words stand in quotation marks; `actors` is where those end that could mean to
    do something.
    """

    measured: bool = False
    ahead: bool = False
    reported: bool = False
    quoted: bool = False
    actors: Sequence[int] = ()


_NOTHING = Told()


def mood(folded: str, span: Span | None = None, found: Cues | None = None, told: Told = _NOTHING) -> ClaimKind:
    """Return the mood of a sentence, the `span` of a folded text; `found` is what cues stand in it, where known.

    >>> mood("台风将在三天内登陆"), mood("店家打算加开分店"), mood("这座桥长三公里")
    (<ClaimKind.PREDICTION: 'prediction'>, <ClaimKind.PLAN: 'plan'>, <ClaimKind.STATEMENT: 'statement'>)
    """
    start, end = _shortened(folded, span)
    cues = found or Scan(folded).cues(start, end)
    if span is not None and end < span.end:
        cues = cues.until(end)
    turns = _weigh_turns(folded, start, end, measured=told.measured)
    if not turns and not told.ahead and not cues.mask & _telling_of_mood():
        return ClaimKind.STATEMENT
    weights = _weights(folded, cues)
    prediction = _weigh_prediction(weights, told) + _weigh_coming(folded, cues, told)
    plan = _weigh_plan(weights, prediction)
    if plan < _SETTLED and "foreseen" not in weights and _is_meant(folded, cues, told):
        plan = max(prediction, _SETTLED)
    against = 2 * weights["found"] if "found" in weights else told.measured
    worded = told.quoted and not told.measured and "past" not in weights  # words worth quoting mostly judge
    opinion = _weigh_opinion(weights, prediction) + turns + worded - against
    weight = max(plan, prediction, opinion)
    if weight < _LEAST:
        return ClaimKind.STATEMENT
    if weight == plan:
        return ClaimKind.PLAN
    return ClaimKind.PREDICTION if weight == prediction else ClaimKind.OPINION


@cache
def _lists() -> list[frozenset[str]]:
    """Return on which lists each word stands, by its number; what holds a word of guessing is a guess."""
    found = []
    for word in wordlist():
        keys = {key for key in _WEIGHED if word in wordset("moods", key)}
        guess = bool(keys) and holds("moods", "foreseen", word)
        found.append(frozenset(keys | {"foreseen"} if guess else keys))
    return found


@cache
def _telling_of_mood() -> int:
    """Return the lists of which one has a word in every sentence that is no plain statement; the others only add."""
    return bits("moods", *_LEANING)


@cache
def _weighed() -> Finder:
    return finder("moods", *_WEIGHED)


@cache
def _meant() -> Finder:
    return finder("moods", *_MEANT)


@cache
def _coming() -> Finder:
    return finder("moods", *_COMING)


def _weights(folded: str, cues: Cues) -> Weights:
    """Return how many different words of each list stand in a sentence; of the past, those near what is to come."""
    weights: Weights = {}
    if not cues.mask & _weighed().bits:
        return weights
    lists = _lists()
    hits = _weighed().read(cues)
    for word in {hit[0] for hit in hits if not _is_moot(folded, hit)}:
        for key in lists[word]:
            weights[key] = weights.get(key, 0) + 1
    if "past" in weights and not _SETTLING.isdisjoint(weights):
        weights["past"] = _is_past(folded, hits)
    return weights


def _is_past(folded: str, hits: Sequence[Found]) -> bool:
    """Tell whether a word of the past stands in one clause with a word that would point ahead."""
    lists = _lists()
    marks = [mark.start() for mark in _MARK.finditer(folded, hits[0][1], hits[-1][2])]
    ahead = {bisect_left(marks, at) for word, at, _ in hits if not _FUTURE.isdisjoint(lists[word])}
    past = (hit[1] for hit in hits if "past" in lists[hit[0]] and not _is_moot(folded, hit))
    return any(bisect_left(marks, at) in ahead for at in past)


def _is_moot(folded: str, hit: Found) -> bool:
    """Tell whether a word tells of no past: 了 at a clause's end tells of a change (船要开了), 较去年 compares."""
    word, at, stop = hit
    if "past" not in _lists()[word]:
        return False
    return folded[at - 1 : at] in _COMPARING if folded[at] != "了" else folded[stop : stop + 1] in _CHANGED


def _weigh(weights: Weights, key: str, held: str = "") -> int:
    """Return how much a mood's words say for it: any that settles it, and each that leans to it."""
    settled = _SETTLED if key in weights else _HELD if held in weights else 0
    return settled + weights.get(f"{key}_leaning", 0)


def _weigh_plan(weights: Weights, prediction: int) -> int:
    """Return the weight of a plan: what somebody decides on, or what has its date, outweighs that it is to come."""
    plan = _weigh(weights, "plan")
    dated = "scheduled" in weights and ("prediction" in weights or "ahead" in weights)
    if prediction >= _LEAST and ("announced" in weights or dated) and "foreseen" not in weights:
        return max(plan, prediction)
    return plan - 2 * weights.get("past", 0)


def _weigh_prediction(weights: Weights, told: Told) -> int:
    """Return the weight of a prediction: a time to come lends weight to 会 and its like, and they to it."""
    coming = told.ahead or "ahead" in weights
    comes_about = ("ahead" in weights and "modal" in weights) or (told.ahead and "will" in weights)
    lent = _SETTLED if comes_about else coming
    return _weigh(weights, "prediction", "prediction_held") + lent - 2 * weights.get("past", 0)


def _weigh_coming(folded: str, cues: Cues, told: Told) -> int:
    """Return what speaks for a prediction where 会 lets something come about: who says so, on what it depends.

    What is customary does so too and is none: 每逢下雨,路口都会积水.
    """
    modal = bits("moods", "will", "able")
    if not cues.mask & modal or not (told.reported or cues.mask & _telling()):
        return 0
    hits = [(at, _on(word)) for word, at, _ in _coming().read(cues)]
    wills = [at for at, mask in hits if mask & modal]
    if not wills or any(mask & bits("moods", "custom") for _, mask in hits):
        return -_HELD if wills else 0
    becomes = any(_follows(folded, will, at) for at, mask in hits if mask & bits("moods", "change") for will in wills)
    if not becomes and not any(mask & bits("moods", "will") for _, mask in hits):
        return 0
    depends = becomes and any(mask & bits("moods", "condition") and at < wills[-1] for at, mask in hits)
    trend = any(mask & bits("moods", "trend") and at < wills[-1] for at, mask in hits)
    thinks = any(mask & bits("moods", "thinks") and at < wills[-1] for at, mask in hits)
    if not trend and not thinks and not told.reported:
        return 0
    return becomes + thinks + told.reported + (_HELD if trend else depends)


@cache
def _telling() -> int:
    """Return the lists without which 会 tells, in the author's own words, how things are: 温度升高,体积会变大."""
    return bits("moods", "trend", "thinks", "custom")


def _on(word: int) -> int:
    """Return the bits of the lists that a word is on, by its number."""
    return masks()[word]


def _follows(folded: str, before: int, behind: int) -> bool:
    """Tell whether one word stands a little behind another in its clause."""
    return before < behind <= before + _REACH and not _MARK.search(folded, before, behind)


def _befalls(folded: str, at: int, stop: int) -> bool:
    """Tell whether an act befalls who is named before it, as in 港口将关闭."""
    return folded[stop : stop + 1] in _CHANGED and folded[at:stop] in wordset("moods", "befalls")


def _means(folded: str, modal: int, act: int) -> bool:
    """Tell whether what follows 将 or 会 is the act itself: not in 将成为投资的重点."""
    if not _follows(folded, modal, act) or holds("moods", "between", folded[modal + 1 : act]):
        return False
    gap = folded[modal + 1 : act]
    return folded[modal] != "将" or len(gap) <= _ADVERB or gap[0] in _PREPOSITIONS  # 将门票改为免费: what is done


def _is_meant(folded: str, cues: Cues, told: Told) -> bool:
    """Tell whether somebody means to do something (县府将整修古城墙), which neither depends on anything nor is past."""
    mask = cues.mask
    if not mask & bits("moods", "acts") or not mask & bits("moods", "intent", "intent_weak"):
        return False
    if mask & bits("moods", "condition", "trend", "custom"):
        return False
    found = _meant().read(cues)
    hits = [(at, _on(word)) for word, at, _ in found]
    acts = [at for word, at, stop in found if _on(word) & bits("moods", "acts") and not _befalls(folded, at, stop)]
    strong, weak, bygone = (
        [at for at, mask in hits if mask & bits("moods", key)] for key in ("intent", "intent_weak", "bygone")
    )
    for act in acts:
        if any(_shares_clause(folded, act, at) for at in bygone):
            continue
        if any(_means(folded, at, act) for at in strong):
            return True
        near = [at for at in weak if _means(folded, at, act)]
        if near and (_has_actor(folded, near[0], told.actors) or (told.reported and _opens_clause(folded, near[0]))):
            return True
    return False


def _opens_clause(folded: str, modal: int) -> bool:
    """Tell whether 会 or 要 has no subject of its own: who speaks means himself (他说,明年会再开两家)."""
    return _MARK.search(folded, max(0, modal - _WHEN - 1), modal) is not None


def _shares_clause(folded: str, one: int, other: int) -> bool:
    return not _MARK.search(folded, min(one, other), max(one, other))


def _has_actor(folded: str, modal: int, actors: Sequence[int]) -> bool:
    """Tell whether somebody is named before 会 or 要 in its clause who could mean to do something."""
    if any(end <= modal <= end + _CLAUSE and not _MARK.search(folded, end, modal) for end in actors):
        return True
    clause = folded[max(0, modal - _CLAUSE) : modal + _ACTOR]
    return holds("moods", "actors", _MARK.split(clause)[-1])


def _weigh_opinion(weights: Weights, prediction: int) -> int:
    """Return the weight of an opinion; that somebody thinks so leaves what is sure to be a prediction one."""
    if prediction >= _LEAST and "opinion" not in weights:
        return weights.get("opinion_leaning", 0)
    return _weigh(weights, "opinion", "opinion_held")


def _weigh_turns(folded: str, start: int, end: int, *, measured: bool) -> int:
    """Return what speaks for an opinion besides words: a rhetorical question, 不是甲，而是乙 (if not measured)."""
    asked = "?" in folded[max(start, end - 3) : end]
    corrected = (
        not measured and folded.find("不", start, end) >= 0 and _CORRECTED.search(folded, start, end) is not None
    )
    return 2 * asked + 2 * corrected


def _shortened(folded: str, span: Span | None) -> tuple[int, int]:
    start, end = span or (0, len(folded))
    return start, min(end, start + _SHORT)
