"""Whether two sentences that speak of the same things say the contrary of them: by denial, antonym and comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.concepts import Concept, Found
from service.query.lookup.question import Question
from service.query.lookup.vocabulary import stance

_THERE: Final = 0.5  # share of a concept above which it is spoken of


def turned(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> bool:
    """Tell whether a claim compares the other way round."""
    return _swapped(question, candidate, own) is not None


def opposed(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> tuple[Concept, ...]:
    """Return what a claim says the contrary of, where `question` says it; nothing where it doesn't.

    A word is contrary when one side denies it and the other does not, or says its antonym, but not when both are so.
    """
    swapped = _swapped(question, candidate, own)
    there = {one: place for one, place in own.items() if place.share > _THERE}
    found = [
        one
        for one, place in there.items()
        if _flipped(question, candidate, one, place) and (not place.contrary or _of_the_same(one, own, candidate))
    ]
    if swapped is not None:
        return () if found else (swapped,)  # turned round twice: A is cheaper than B, B is dearer than A
    named = [one for one in found if question.clauses.contrasts(one.span)]
    if named and len(named) == len(found) and _keeps(question, there, named):
        return ()
    return tuple(found)


def shared_denial(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> bool:
    """Tell whether both deny one thing."""
    return any(
        place.span is not None
        and place.share > _THERE
        and not place.contrary
        and question.clauses.denies(one.span)
        and candidate.clauses.denies(place.span)
        for one, place in own.items()
    )


def doubted(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> bool:
    """Tell whether anything is denied on one side only, be it of the same thing or not."""
    there = {one: place for one, place in own.items() if place.share > _THERE}
    return any(_flipped(question, candidate, one, place) for one, place in there.items())


def _of_the_same(concept: Concept, own: Mapping[Concept, Found], candidate: Candidate) -> bool:
    """Tell whether the contrary is said of the same thing: what stands next to the word stands with its contrary."""
    place = own[concept].span
    others = [one for one in own if one is not concept]
    before = [one for one in others if one.span.end <= concept.span.start]
    nearest = max(before, key=lambda one: one.span) if before else min(others, key=lambda one: one.span, default=None)
    if nearest is None or place is None:
        return False
    beside = own[nearest]
    clause = candidate.clauses.around(place.start)
    return beside.share > _THERE and beside.span is not None and clause.overlaps(beside.span)


def _keeps(question: Question, there: Mapping[Concept, Found], named: Sequence[Concept]) -> bool:
    """Tell whether a claim may hold what is affirmed in 是甲，不是乙, though it speaks of 乙 as well."""
    clause = question.clauses.around(max(named[0].span.start - 1, 0))
    affirmed = [one for one in question.concepts if one.span.end <= clause.start or one.span.end <= named[0].span.start]
    nearest = max(affirmed, key=lambda one: one.span, default=None)
    return nearest is None or nearest in there or len(there) - len(named) < len(affirmed) / 2


def _flipped(question: Question, candidate: Candidate, concept: Concept, place: Found) -> bool:
    if place.span is None:
        return False
    if question.clauses.unsure(concept.span) or candidate.clauses.unsure(place.span):
        return False
    asked = question.clauses.denies(concept.span)
    last = place.last if place.last is not None and place.last.start > place.span.start else place.span
    said = candidate.clauses.denies(last) != place.contrary
    return asked != said


@dataclass(frozen=True)
class _Sides:
    """What a comparison sets on its two sides: the left is more (or less) than the right, in what `quality` says."""

    left: tuple[Concept, ...]
    right: Concept
    quality: Concept | None  # None where the comparing word says it itself


def _swapped(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> Concept | None:
    """Return what one side sets on the left and the other on the right: A 比 B, B 比 A.

    What is the most of all is more than the right: 太陽能最便宜 is no friend of 核能比太陽能便宜.
    """
    said = {one: place.span for one, place in own.items() if place.span is not None and place.share > _THERE}
    asked = {one: one.span for one in own if one.entity not in question.speakers}
    mine, theirs = _sides(question.clauses, asked), _sides(candidate.clauses, said)
    if mine and theirs:
        turned = mine.right in theirs.left and theirs.right in mine.left and mine.quality == theirs.quality
        return mine.right if turned else None
    if mine:
        return mine.right if _tops(candidate.clauses, said, mine) else None
    if theirs:
        return theirs.right if _tops(question.clauses, asked, theirs) else None
    return None


def _sides(clauses: Clauses, places: Mapping[Concept, Span]) -> _Sides | None:
    for word in clauses.comparisons:
        clause = clauses.around(word.start)
        before = sorted(
            (span, one.span, one) for one, span in places.items() if clause.start <= span.start < word.start
        )
        behind = sorted((span, one.span, one) for one, span in places.items() if word.end <= span.start < clause.end)
        left, right = tuple(one for _, _, one in before), [one for _, _, one in behind]
        if not stance("compare", "open").fullmatch(clauses.folded, word.start, word.end):
            if left and right:
                return _Sides(left, right[0], None)
        elif left and len(right) > 1:
            return _Sides(left, right[0], right[-1])
    return None


def _tops(clauses: Clauses, places: Mapping[Concept, Span], sides: _Sides) -> bool:
    """Tell whether a sentence calls the right side of a comparison the most of all, without naming the left."""
    if sides.quality is None or sides.quality not in places or sides.right not in places or sides.left[0] in places:
        return False
    most = [match.start() for match in stance("compare", "most").finditer(clauses.folded)]
    return any(clauses.around(at).overlaps(places[sides.quality]) for at in most) and any(
        places[sides.right].start < clauses.around(at).end for at in most
    )
