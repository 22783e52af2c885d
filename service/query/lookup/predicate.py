"""Whether a claim says of a thing what is said of it in a sentence, or only speaks of the same thing.

Two sentences share their subject far oftener than what they say of it. What is said mostly stands in few words, of
which some are too common or too short to be looked up, so it is told by its characters.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from service.lexicon import read
from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.concept import Concept
from service.query.lookup.coverage import HEADED, Match
from service.query.lookup.question import Question
from service.query.lookup.vocabulary import stance
from service.script import fold

_SAID: Final = 0.25  # of what is said of the subject, by characters
_ALL: Final = 0.4  # of all that is said
_REST: Final = 0.6  # of what is said besides the one thing that is spoken of
_LATIN: Final = 3  # characters that a Latin name counts at most, however long it is written


def says_it(question: Question, candidate: Candidate, found: Match) -> bool:
    """Tell whether a claim holds enough of what is said of the subject that is asked about, whatever its subject.

    A claim of a museum's opening hours says nothing of 博物馆换了馆长, though most of the weight is the museum's.
    """
    subject = found.subject(question)
    houses = _house_behind(subject, found, question) if subject is not None else ()
    loose = _loose(question)
    there = sum(1.0 for character in loose if character in candidate.clauses.folded)
    said, whole = there, float(len(loose))
    every, total = said, whole
    for one in found.weighed:
        size = min(one.span.end - one.span.start, _LATIN) if one.latin else one.span.end - one.span.start
        own = found.own[one].share
        every, total = every + size * max(own, HEADED * (found.around[one] >= HEADED)), total + size
        if one is not subject and one not in houses and not one.named:
            said, whole = said + size * own, whole + size
    return said >= _SAID * whole and every >= _ALL * total


def _house_behind(subject: Concept, found: Match, question: Question) -> tuple[Concept, ...]:
    """Return what kind of place or house it is that the subject names, where that stands right behind: 松涛|图书馆."""
    folded = question.clauses.folded
    behind = (one for one in found.weighed if one.span.start == subject.span.end)
    return tuple(one for one in behind if folded[one.span.end - 1] in _houses())


@cache
def _houses() -> frozenset[str]:
    return frozenset(fold(read("name_cues.toml")["place_endings"]))


def holds_the_rest(question: Question, candidate: Candidate) -> bool:
    """Tell whether a claim holds most of what a sentence says besides the things and amounts it speaks of."""
    loose = _loose(question)
    there = sum(character in candidate.clauses.folded for character in loose)
    return bool(loose) and there >= _REST * len(loose)


def _loose(question: Question) -> list[str]:
    """Return the Chinese characters of a sentence that stand in no concept or amount and do say something."""
    folded = question.clauses.folded
    spans = [*(one.span for one in question.concepts), *(one.span for one in question.amounts)]
    spans += [Span(*match.span()) for match in stance("idle", "words").finditer(folded)]
    taken = {at for span in spans for at in range(span.start, span.end)}
    return [c for at, c in enumerate(folded) if at not in taken and "\u4e00" <= c <= "\u9fff" and c not in _empty()]


@cache
def _empty() -> frozenset[str]:
    """Return the characters that say nothing on their own, deny, or count, of which others tell."""
    return frozenset(fold(read("function_words.toml")["characters"] + read("stance.toml")["idle"]["empty"]))
