"""How a claim stands to what is looked up: says the same, says otherwise, or is only about the same thing.

Equal numbers are not agreement and similar sentences are not either. What is asked must be spoken of, its amounts must
measure the same thing under the same conditions, and what is said of it must not be denied on one side only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from service.model import Span
from service.query.answers import RelationKind
from service.query.lookup.alignment import Verdict, compare
from service.query.lookup.amounts import Amount, slipped, telling
from service.query.lookup.candidates import Candidate
from service.query.lookup.changes import turned_round
from service.query.lookup.concept import Concept, Found
from service.query.lookup.coverage import BESIDE, HALF, OWN, TOUCHES, Match, match
from service.query.lookup.denials import shared_denial
from service.query.lookup.exclusives import at_another_time, given_to_another
from service.query.lookup.numerals import lacks_a_number, of_another_number
from service.query.lookup.outcomes import Turn, otherwise, turns_out_so
from service.query.lookup.parted import parted
from service.query.lookup.polarity import doubted, exchanged, opposed, still_to_come, turned
from service.query.lookup.predicate import says_it
from service.query.lookup.question import Question
from service.query.lookup.reasons import score, why
from service.query.lookup.scopes import of_something_else
from service.query.lookup.siblings import of_a_sibling
from service.query.lookup.subjects import of_another_subject, opens_with_a_name
from service.query.lookup.substitutes import another_in_its_place
from service.query.lookup.values import answer, by_values, gives_it

# Of all that a sentence speaks of, by weight: how much a claim must speak of, too.
_SAME: Final = 0.46  # to say the same thing
_OTHERWISE_BESIDE: Final = 0.45  # where another of its numbers agrees
_LEAST: Final = 0.25  # in its own words, whatever stands around it
_LEAST_BELOW: Final = 0.15  # or below a title that names so much of what is asked about
_NAMED_ABOVE: Final = 0.6
_BOTH_DENY: Final = 0.8  # how much less will do where both deny one thing
_ANCHORED: Final = 0.48  # in its own words or its title, to say the same where no number does
_MUCH: Final = 0.58  # to be said of its subject, be that in other words
_MANY: Final = 0.45  # share of the concepts, whatever their weight
_DENIES: Final = 0.36  # how much must stand in the clause of a denial
_THINGS: Final = 2  # things and numbers both speak of, to say otherwise by another number
_PREDICATE: Final = 0.35  # of what is no name

_SPOKEN_OF: Final = 0.66  # of the concepts, to say otherwise of what the sentences around it name

_WHEN: Final = frozenset({"time", "date"})


@dataclass(frozen=True)
class Judged:
    """A candidate with how well it fits and how it stands."""

    candidate: Candidate
    fit: float
    relation: RelationKind
    why: tuple[str, ...]
    amounts: tuple[tuple[float, float], ...] = ()  # that differ, asked and said


def judge(
    question: Question, candidate: Candidate, weighed: Mapping[Concept, float], touched: Sequence[int] | None = None
) -> Judged | None:
    """Return how a claim stands to what is asked, None where it speaks of too little of it.

    Which of its texts may hold any of each concept is `touched`, where that is known.
    """
    found = match(candidate, weighed, touched)
    if _too_little(question, found):
        return None
    if (found.fit < TOUCHES or not found.named) and not _may_give(question, candidate):
        return None
    verdict = compare(question, candidate, found.own, found.around, weighed)
    if verdict.agreeing or verdict.conflicting:
        given = _given(verdict)
        found = found.giving(sum(telling(asked) for asked in given), len(given))
    if found.fit < TOUCHES or not (found.named or found.given):
        return None
    relation, flipped = _relation(question, candidate, found, verdict)
    if relation != "related" and _tells_another(question, candidate, found, relation):
        relation, flipped = "related", ()
    return Judged(
        candidate,
        score(question, found, verdict, relation),
        relation,
        why(question, found, verdict, relation, flipped),
        tuple((asked.low, said.low) for asked, said in verdict.conflicting if asked.kind not in ("time", "date")),
    )


def _tells_another(question: Question, candidate: Candidate, found: Match, relation: RelationKind) -> bool:
    """Tell whether a claim that seems to take a stand is of another one of what names or numbers tell apart."""
    number = lacks_a_number if relation == "agree" else of_another_number
    return number(question, candidate) or of_a_sibling(question, candidate, found)


def _too_little(question: Question, found: Match) -> bool:
    """Tell whether a claim speaks of too little even if it gives every amount that is asked about."""
    if not (found.named or question.amounts):
        return True
    return (found.fit * found.whole + question.given) / (found.whole + question.given) < TOUCHES


def _may_give(question: Question, candidate: Candidate) -> bool:
    """Tell whether a claim has a number that may be one of those that are asked about, whatever it measures."""
    return any(
        said.akin(asked) and (asked.agrees(said) or slipped(asked, said))
        for asked in question.amounts
        for said in candidate.numbers
    )


def _flipped(question: Question, candidate: Candidate, found: Match, verdict: Verdict) -> tuple[Concept, ...]:
    """Return what the claim says the contrary of, in earnest."""
    flipped = opposed(question, candidate, found.own)
    if verdict.agreeing and not verdict.conflicting:
        clauses = {candidate.clauses.around(said.span.start) for _, said in verdict.agreeing}
        if any(said.kind not in ("time", "date") for _, said in verdict.agreeing):
            # What is contrary must be said of the number; to deny what causes it, 没有大气层, is no other number.
            flipped = tuple(one for one in flipped if found.own[one].contrary and _within(found.own[one], clauses))
    if turned(question, candidate, found.own) or any(_denies(one, candidate, found) for one in flipped):
        return flipped
    return ()


def _given(verdict: Verdict) -> list[Amount]:
    """Return the amounts asked about that a claim gives, be it with a slip or to deny them."""
    denied = (pair for pair in verdict.conflicting if pair[1].denied and pair[0].agrees(pair[1]))
    return [asked for asked, _ in (*verdict.agreeing, *verdict.slipped, *denied)]


def _denies(concept: Concept, candidate: Candidate, found: Match) -> bool:
    """Tell whether enough of what is asked stands where the contrary of `concept` is said."""
    place = found.own[concept].last or found.own[concept].span
    if place is None:
        return False
    clause = candidate.clauses.around(place.start)
    if candidate.clauses.contrasts(place) and clause.start:  # 是冷气机，不是电池: what it is not of stands before it
        clause = Span(candidate.clauses.around(clause.start - 1).start, clause.end)
    there = (
        one
        for one, other in found.own.items()
        if one == concept or any(span is not None and clause.overlaps(span) for span in (other.span, other.last))
    )
    return sum(found.weighed[one] for one in there) / found.whole >= _DENIES


def _within(found: Found, clauses: set[Span]) -> bool:
    place = found.last or found.span
    return place is not None and any(clause.overlaps(place) for clause in clauses)


def _relation(
    question: Question, candidate: Candidate, found: Match, verdict: Verdict
) -> tuple[RelationKind, tuple[Span, ...]]:
    """Decide how a claim stands to what is asked, and say what it says the contrary of; in doubt it only touches it."""
    told = None if question.asks else _told_otherwise(question, candidate, found, verdict)
    if told is not None:
        return "conflict", told
    if _of_another(question, candidate, found, verdict):
        same = gives_it(question, candidate, found, verdict) and not _flipped(question, candidate, found, verdict)
        same = same and not another_in_its_place(verdict.agreeing, question, candidate, found)
        return "agree" if same else "related", ()
    if question.asks:
        return answer(question, candidate, found, verdict), ()
    return _of_the_same(question, candidate, found, verdict)


def _told_otherwise(
    question: Question, candidate: Candidate, found: Match, verdict: Verdict
) -> tuple[Span, ...] | None:
    """Return what turns out otherwise by a claim, or is another's, or nothing where it only gives another amount."""
    turn = None if verdict.elsewhere else otherwise(question, candidate, found)
    if turn is not None and _turned_out(turn, question, candidate, found, verdict):
        return (turn.asked.span,)
    if _around_it(question, candidate, found, verdict):
        return ()
    back = None if verdict.elsewhere else turned_round(question, candidate)
    if back is not None and found.fit >= HALF and found.of_its_subject(question) and not found.lacks_subject(question):
        return (back,)
    given = None if verdict.elsewhere else given_to_another(question, candidate, found)
    return None if given is None else (given,)


def _of_the_same(
    question: Question, candidate: Candidate, found: Match, verdict: Verdict
) -> tuple[RelationKind, tuple[Span, ...]]:
    """Decide how a claim stands that is of what is asked about."""
    once = None if verdict.agreeing else at_another_time(question, candidate, found)
    if once is not None and found.fit >= HALF and found.of_its_subject(question):
        return "conflict", (once,)
    flipped = _flipped(question, candidate, found, verdict)
    settled = verdict.agreeing or verdict.conflicting
    if settled or any(one.kind not in _WHEN for one in question.amounts):
        return by_values(question, candidate, found, verdict, flipped), tuple(one.span for one in flipped)
    later = still_to_come(question, candidate, found.own)
    if later is not None and found.of_its_subject(question) and found.denies_it:
        return "conflict", (later.span,)
    if flipped:
        denied = found.denies_it and found.of_its_subject(question)
        return "conflict" if denied else "related", tuple(one.span for one in flipped)
    same = not verdict.asked and _in_words(question, candidate, found)
    return "agree" if same else "related", ()


def _around_it(question: Question, candidate: Candidate, found: Match, verdict: Verdict) -> bool:
    """Tell whether a claim gives other amounts for what it measures, of what the sentences around it speak of.

    只當機 6 分鐘 says otherwise of 電腦當機 8 分鐘 behind a sentence on the computers, if it names nobody else.
    """
    if not verdict.conflicting or verdict.agreeing or not (verdict.measured and verdict.close) or verdict.undated:
        return False
    if any(asked.kind in _WHEN for asked, _ in verdict.conflicting) or verdict.elsewhere or verdict.scaled:
        return False
    if found.fit < _OTHERWISE_BESIDE or found.touched < _SPOKEN_OF or len(found.weighed) < _THINGS:
        return False
    if of_something_else(verdict.conflicting, question, candidate, found):
        return False
    if not found.of_its_subject(question) or found.lacks_subject(question):
        return False
    return not of_another_subject(question, candidate, found, BESIDE) and not opens_with_a_name(candidate, found)


def _in_words(question: Question, candidate: Candidate, found: Match) -> bool:
    """Tell whether a claim says the same by its words alone, from what is spoken of to what is said of it."""
    ease = _BOTH_DENY if shared_denial(question, candidate, found.own) else 1.0
    if found.fit < _SAME * ease or found.share < OWN * ease or found.anchored < _ANCHORED * ease:
        return False
    within = found.of_its_end(question) and (found.fit >= _MUCH or found.of_its_subject(question))
    apart = not within or parted(question.clauses, candidate.clauses) or doubted(question, candidate, found.own)
    same_parts = exchanged(question, candidate, found.own) is False
    apart = apart or not turns_out_so(question, candidate, found)
    return not apart and (ease < 1 or same_parts or says_it(question, candidate, found))


def _turned_out(turn: Turn, question: Question, candidate: Candidate, found: Match, verdict: Verdict) -> bool:
    """Tell whether what turns out otherwise is what is asked about, and the amounts both give are said of it."""
    clause = candidate.clauses.around(turn.said.span.start)
    apart = any(not clause.overlaps(said.span) for _, said in verdict.agreeing if said.kind not in _WHEN)
    return not apart and found.of_its_subject(question) and not of_another_subject(question, candidate, found)


def _of_another(question: Question, candidate: Candidate, found: Match, verdict: Verdict) -> bool:
    """Tell whether a claim is of something or some time else, or says too little of what is asked about."""
    least = _LEAST_BELOW if found.anchored >= _NAMED_ABOVE else _LEAST
    if found.share < least or found.touched < _MANY or verdict.elsewhere:
        return True
    counted = len(verdict.agreeing) > int(not question.asks)  # by more numbers than chance gives
    mixed = bool(verdict.agreeing) and bool(verdict.conflicting)
    if found.predicate < _PREDICATE and not counted and not mixed:
        return True
    return found.lacks_subject(question) or of_another_subject(question, candidate, found)
