"""How a claim stands by the numbers it gives: the same, another, of something else, or what a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from service.model import Approx
from service.query.answers import RelationKind
from service.query.lookup.alignment import Verdict
from service.query.lookup.amounts import alike, telling
from service.query.lookup.candidates import Candidate
from service.query.lookup.concept import Concept
from service.query.lookup.concepts import rest
from service.query.lookup.coverage import BESIDE, OTHERWISE, OWN, TOUCHES, Match
from service.query.lookup.polarity import hedged
from service.query.lookup.predicate import holds_the_rest
from service.query.lookup.question import Question
from service.query.lookup.scopes import of_something_else
from service.query.lookup.subjects import of_another_subject, opens_with_its_subject
from service.query.lookup.substitutes import another_in_its_place

_ANSWERS: Final = 0.42  # to answer a question
_ANSWERED: Final = 0.62  # to answer a question for no number
_CURRENCY = re.compile("[A-Z]{3}")
_ORDINAL = re.compile(r"第[0-9一二三四五六七八九十两]+(\w)")
_SAME_NUMBER: Final = 0.44  # where the numbers agree as well
_TELLS: Final = 2.0  # how telling a number is that two things hardly share
_TELLS_MUCH: Final = 4.0
_SAME_TELLING: Final = 0.4  # where such a number agrees
_OTHERWISE_BESIDE: Final = 0.45  # where another of its numbers agrees
_ALL_BUT: Final = 0.7  # of what is asked stands with an amount that is not far from it
_OTHERWISE_FAR: Final = 0.75  # where the amounts are so far apart that they rather measure two things
_TITLED: Final = 0.7  # in its own words or its title, to say it of what the title names
_HEADED: Final = 0.1  # what it counts less that a title names it
_TIMED: Final = 0.6  # to say otherwise by nothing but a time
_THINGS: Final = 2  # things and numbers both speak of, to say otherwise by another number
_WHOLE: Final = 0.95  # of what is asked, where that is one thing only
_HARDLY: Final = 1  # words of a claim that are not asked about, where it is one of numbers
_WHEN: Final = frozenset({"time", "date"})


def gives_it(question: Question, candidate: Candidate, found: Match, verdict: Verdict) -> bool:
    """Tell whether a claim gives an amount that two things hardly share, of the subject that is asked about.

    2,340 萬 of the same film is its box office, in whatever words; 三成 may be anything.
    """
    if question.asks or verdict.conflicting or verdict.elsewhere:
        return False
    tells = max((telling(asked) for asked, _ in verdict.agreeing if asked.kind not in _WHEN), default=0.0)
    if tells < _TELLS or found.fit < (_SAME_TELLING if tells < _TELLS_MUCH else TOUCHES):
        return False
    if not found.of_its_subject(question) or found.lacks_subject(question):
        return False
    return not of_another_subject(question, candidate, found, BESIDE)  # the sentence beside says of whom it is


def by_values(
    question: Question, candidate: Candidate, found: Match, verdict: Verdict, flipped: Sequence[Concept]
) -> RelationKind:
    """Decide how a claim stands to a sentence with numbers, of which it says the contrary of what is `flipped`."""
    if verdict.agreeing and not verdict.conflicting:
        return _by_the_same(question, candidate, found, verdict, flipped)
    if not verdict.conflicting or verdict.scaled or not _of_enough(question, candidate, found):
        return "related"
    return _by_another(question, candidate, found, verdict)


def _of_enough(question: Question, candidate: Candidate, found: Match) -> bool:
    """Tell whether both speak of two things at least, or of the one and say all of it."""
    return found.things >= _THINGS or (found.share >= _WHOLE and holds_the_rest(question, candidate))


def _by_the_same(
    question: Question, candidate: Candidate, found: Match, verdict: Verdict, flipped: Sequence[Concept]
) -> RelationKind:
    """Decide how a claim stands that gives the amounts that are asked about."""
    if flipped:
        return "conflict" if found.denies_it else "related"
    if hedged(question, candidate, found.own) or not (verdict.measured and _speaks_of_it(candidate, found)):
        return "related"
    if another_in_its_place(verdict.agreeing, question, candidate, found):
        return "related"
    enough = found.share >= OWN or found.anchored >= _TITLED or gives_it(question, candidate, found, verdict)
    return "agree" if found.fit >= _SAME_NUMBER and enough else "related"


def _speaks_of_it(candidate: Candidate, found: Match) -> bool:
    """Tell whether a claim speaks of anything that is asked about besides its numbers, or of hardly anything else."""
    if any(one.share for one in found.own.values()):
        return True
    others = rest(candidate.clauses.folded, [one.span for one in candidate.amounts])
    return len([*islice(others, _HARDLY + 1)]) <= _HARDLY


def _by_another(question: Question, candidate: Candidate, found: Match, verdict: Verdict) -> RelationKind:
    """Decide how a claim stands that gives other amounts."""
    if verdict.denied:
        return "conflict" if found.fit >= _SAME_NUMBER else "related"
    if all(asked.kind in ("time", "date") for asked, _ in verdict.conflicting):
        enough = verdict.measured and max(found.share, found.anchored - _HEADED) >= _TIMED
        return "conflict" if enough else "related"
    measured = (verdict.measured or (verdict.close and verdict.local >= _ALL_BUT)) and not verdict.undated
    beside = verdict.agreeing or (verdict.close and opens_with_its_subject(question, found, verdict))
    needed = _OTHERWISE_FAR if verdict.remote else _OTHERWISE_BESIDE if beside else OTHERWISE
    there = max(verdict.local, found.share, found.anchored - _HEADED)
    said = measured and there >= needed and found.of_its_subject(question)
    return "conflict" if said and not of_something_else(verdict.conflicting, question, candidate, found) else "related"


def answer(question: Question, candidate: Candidate, found: Match, verdict: Verdict) -> RelationKind:
    """A question's numbers say under which condition it asks; they contradict nobody."""
    if verdict.conflicting or found.fit < (_ANSWERED if question.counts is None else _ANSWERS):
        return "related"
    if not (verdict.agreeing or found.of_its_subject(question)):
        return "related"
    if question.counts is not None and not _counts(question, candidate, verdict):
        return "related"
    return "agree"


def _counts(question: Question, candidate: Candidate, verdict: Verdict) -> bool:
    """Tell whether the claim has the kind of number that is asked for, besides those that were given."""
    given = {id(said) for _, said in verdict.agreeing}
    free = [one for one in candidate.amounts if id(one) not in given and not one.denied]
    free = [one for one in free if one.approx is not Approx.VAGUE]  # 數百億 answers nothing
    if question.counts == "money":
        return any(_CURRENCY.fullmatch(one.kind) or one.kind == "元" for one in free)
    if question.counts != "any":
        return any(one.kind == question.counts for one in free)
    if question.counted is None:
        return any(one.kind not in ("time", "date") for one in free)
    ordinals = _ORDINAL.findall(candidate.clauses.folded)  # 第三座 tells how many there are
    return any(one.counts(question.counted) for one in free) or any(alike(one, question.counted) for one in ordinals)
