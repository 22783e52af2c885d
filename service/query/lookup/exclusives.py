"""What only one can be or have, and what happens only once: one is elected, a bridge is opened on one day.

Two sentences say otherwise where they give it to two people, or put it in two months, and speak of the same office,
contest or work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final

from service.lexicon import read
from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept
from service.query.lookup.coverage import BESIDE, HEADED, Match
from service.query.lookup.periods import months, weekdays, years_from_today
from service.query.lookup.question import Question
from service.query.lookup.roles import losers
from service.query.synonyms import regional_words
from service.script import fold

_THERE: Final = 0.5  # share of a concept above which it is spoken of
_MOST: Final = 0.6  # of what is asked, apart from who has it, by weight
_FORMER = re.compile("前任|曾|卸任|原任|此前|上届|上一届|去年|前年|历届|当年")
_LEFT_OPEN = re.compile("的?(?:机率|几率|概率|机会|希望|呼声|门槛|资格|可能|的话|前|后|时)")
_PRIZES: Final = frozenset({"冠军", "金牌", "榜首", "得主"})
_TOLD: Final = "是", "为", "由", ":"  # behind it stands whose it is: 冠军是, 当选人:


def given_to_another(question: Question, candidate: Candidate, found: Match) -> Span | None:
    """Return where a sentence says who wins what a claim says somebody else does, None where it doesn't."""
    asked = next(_words(question.clauses, "taken"), None)
    if asked is None or _FORMER.search(candidate.clauses.folded) or _FORMER.search(question.clauses.folded):
        return None
    beaten = losers(candidate.clauses, found.own)
    if beaten and _concept_of(question, asked) in beaten:
        return asked
    named = [(one.span, one.entity) for one in question.concepts if one.entity in question.sought]
    winner = _whose(question.clauses, asked, ((span, entity) for span, entity in named if entity is not None))
    others = {
        _whose(
            candidate.clauses, word, ((span, one) for span, one, kind in candidate.mentions if kind in question.kinds)
        )
        for word in _words(candidate.clauses, "taken")
    } - {None}
    if winner is None or not others or winner in others or not _of_the_same(found, asked, winner):
        return None
    return asked


def at_another_time(question: Question, candidate: Candidate, found: Match) -> Span | None:
    """Return what a sentence puts in one month, or on one weekday, that a claim puts in another, of what is once."""
    if any(one.kind == "date" for one in question.amounts):
        return None
    told = (_in_another(question, candidate, found, kind) for kind in (months, years_from_today, weekdays))
    return next((asked for asked in told if asked is not None), None)


def _in_another(
    question: Question, candidate: Candidate, found: Match, told: Callable[[str], frozenset[int]]
) -> Span | None:
    """Return what a sentence puts in one period, as `told` tells, that a claim puts in another."""
    if not (mine := told(question.clauses.folded)):
        return None
    for asked in _words(question.clauses, "once"):
        place = next((found.own[one] for one in found.own if one.span.overlaps(asked)), None)
        if place is None or place.span is None or place.share <= _THERE or candidate.clauses.denies(place.span):
            continue
        clause = candidate.clauses.around(place.span.start)
        theirs = told(candidate.clauses.folded[clause.start : clause.end])
        if theirs and theirs.isdisjoint(mine) and theirs == told(candidate.clauses.folded):
            return asked
    return None


def _words(clauses: Clauses, kind: str) -> Iterator[Span]:
    """Yield where a sentence says that something is taken, or happens, and does not deny it."""
    for match in _pattern(kind).finditer(clauses.folded):
        if not clauses.denies(Span(*match.span())) and not _LEFT_OPEN.match(clauses.folded, match.end()):
            yield Span(*match.span())


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    listed = (fold(word) for word in read("opposites.toml")["exclusive"][kind])
    words = {form for word in listed for form in regional_words().get(word, (word,))}
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _whose(clauses: Clauses, word: Span, named: Iterable[tuple[Span, str]]) -> str | None:
    """Return who is named last before a word in its clause, or behind it where that is said: 冠军是甲."""
    clause = clauses.around(word.start)
    told = clauses.folded.startswith(_TOLD, word.end)
    end = clause.end if not told else clauses.around(min(clause.end, len(clauses.folded) - 1)).end
    there = [(span, one) for span, one in named if clause.start <= span.start < end]
    before, behind = ([pair for pair in there if (pair[0] < word) == side] for side in (True, False))
    if told and behind:
        return min(behind)[1]
    return max(before)[1] if before and not told else None


def _concept_of(question: Question, word: Span) -> Concept | None:
    """Return who wins: what stands behind the word where that is said, behind 是 before it, or first in its clause."""
    things = sorted((one for one in question.concepts if not one.span.overlaps(word)), key=lambda one: one.span)
    if question.clauses.folded.startswith(_TOLD, word.end):
        return next((one for one in things if one.span.start >= word.end), None)
    if question.clauses.folded[word.start : word.end] in _PRIZES:  # 冠军能拿 50 万元 tells of nobody
        return None
    clause = question.clauses.around(word.start)
    before = [one for one in things if clause.start <= one.span.start < word.start and not one.when]
    told = (one for one in before if question.clauses.folded.endswith(("是", "由"), clause.start, one.span.start))
    return next(told, before[0] if before else None)


def _of_the_same(found: Match, word: Span, winner: str) -> bool:
    """Tell whether a claim, or its title, speaks of what is won: all that is asked about but who wins it."""
    whole = there = 0.0
    for one, weight in found.weighed.items():
        if one.entity == winner or one.span.overlaps(word) or one.when:
            continue
        share = max(found.own[one].share, found.around[one])
        if one.named and share < BESIDE:
            return False
        whole, there = whole + weight, there + weight * (1.0 if share >= HEADED else share)
    return whole > 0 and there >= _MOST * whole
