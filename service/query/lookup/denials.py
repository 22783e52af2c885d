"""Whether two sentences deny one thing: 不让通行, 禁止通行; or one denies what the other says by denying: 没有取消."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept, Found
from service.query.lookup.question import Question
from service.query.lookup.vocabulary import stance

_THERE: Final = 0.5  # share of a concept above which it is spoken of


def shared_denial(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> bool:
    """Tell whether both deny one thing."""
    if undone(question, candidate):
        return False
    denied = {one: place for one, place in own.items() if place.share > _THERE and question.clauses.denies(one.span)}
    if any(
        place.span is not None and not place.contrary and candidate.clauses.denies(place.span)
        for place in denied.values()
    ):
        return True
    return bool(denied) and deny_in_one_word(question, candidate, denied, [*denied])


def undone(question: Question, candidate: Candidate) -> bool:
    """Tell whether one side denies what denies in one word, and which the other has not: 没有取消, 不再收."""
    one, other = question.clauses, candidate.clauses
    return _denies_a_denial(one, other) or _denies_a_denial(other, one)


def _denies_a_denial(one: Clauses, other: Clauses) -> bool:
    if not (one.denied and one.has("deny", "alike")):
        return False
    words = (
        match[0]
        for scope in one.denied
        for match in stance("deny", "alike").finditer(one.folded, scope.start, scope.end)
    )
    return any(word not in other.folded for word in words)


def _denials(question: Question, candidate: Candidate, there: Mapping[Concept, Found]) -> tuple[int, int]:
    """Return how often each of two sentences denies anything where it speaks of what both do."""
    return (
        question.clauses.denials(one.span for one in there),
        candidate.clauses.denials(place.span for place in there.values() if place.span is not None),
    )


def both_deny(
    question: Question, candidate: Candidate, there: Mapping[Concept, Found], found: Sequence[Concept]
) -> bool:
    """Tell whether both deny something, in other words: 买不到现成的, 没有任何现成的能用."""
    contrasted = any(question.clauses.contrasts(one.span) for one in found) or any(
        (place := there[one].last or there[one].span) is not None and candidate.clauses.contrasts(place)
        for one in found
    )
    asked, said = _denials(question, candidate, there)
    if asked % 2 != said % 2:
        return deny_in_one_word(question, candidate, there, found)
    return not contrasted and asked > 0 and asked % 2 == said % 2


def deny_in_one_word(
    question: Question, candidate: Candidate, there: Mapping[Concept, Found], found: Sequence[Concept]
) -> bool:
    """Tell whether one side denies by a word, 禁止, which the other, that denies in so many words, has not."""
    asked, said = _denials(question, candidate, there)
    if asked % 2 == said % 2 or any(question.clauses.contrasts(one.span) for one in found):
        return False
    if asked:
        return _denies_by_a_word(
            candidate.clauses, [span for one in found if (span := there[one].span)], question.clauses
        )
    return _denies_by_a_word(question.clauses, [one.span for one in found], candidate.clauses)


def _denies_by_a_word(clauses: Clauses, places: Iterable[Span], other: Clauses) -> bool:
    """Tell whether a word that denies stands in the clause of any of `places`, and not in another sentence."""
    if not clauses.has("deny", "alike"):
        return False
    around = {clauses.around(place.start) for place in places}
    words = [match[0] for clause in around for match in stance("deny", "alike").finditer(clauses.folded, *clause)]
    return bool(words) and not any(word in other.folded for word in words)
