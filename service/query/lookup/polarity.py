"""Whether two sentences that speak of the same things say the contrary of them: by denial, antonym and comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from service.lexicon.name_cues import folded_cues
from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.comparison import Comparison, compared
from service.query.lookup.concept import Concept, Found
from service.query.lookup.concepts import joining
from service.query.lookup.denials import both_deny, deny_in_one_word, undone
from service.query.lookup.question import Question
from service.query.lookup.roles import PARTS, reversed_roles
from service.query.lookup.vocabulary import stance
from service.segmentation import cut, part_of_speech

_AUXILIARIES: Final = 4  # characters from a denial to its verb: 不 能 再 退
_PREDICATES: Final = frozenset("va")
_PLACE: Final = "ns"  # a part of speech
_BESIDE: Final = 2  # characters between a thing and the clause that says what is not so of it
_THERE: Final = 0.5  # share of a concept above which it is spoken of


def turned(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> bool:
    """Tell whether a claim compares the other way round, or gives two each other's part."""
    if exchanged(question, candidate, own):
        return True
    comparison = _compared(question, candidate, own)
    return comparison is not None and comparison.turned is True


def exchanged(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> bool | None:
    """Tell whether a claim gives two that are asked about each other's part, None where they have none."""
    if not (question.clauses.has("roles", *PARTS) and candidate.clauses.has("roles", *PARTS)):  # as in most
        return None
    asked = {one: one.span for one in own if one.entity not in question.speakers}
    return reversed_roles(question.clauses, asked, candidate.clauses, own)


def hedged(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> bool:
    """Tell whether one side doubts what the other says: 未必能通过, 将通过."""
    if not (question.clauses.doubted or candidate.clauses.doubted):  # as in most
        return False
    return any(
        question.clauses.doubts(one.span) != candidate.clauses.doubts(_last(place))
        for one, place in own.items()
        if place.span is not None and place.share > _THERE
    )


def still_to_come(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> Concept | None:
    """Return what is done by a sentence, 已经裁定, and still to come by a claim, 十二月才会裁定."""
    if not (question.clauses.has("stage", "done") and candidate.clauses.has("stage", "coming")):  # as in most
        return None
    done = [match.end() for match in stance("stage", "done").finditer(question.clauses.folded)]
    coming = [match.end() for match in stance("stage", "coming").finditer(candidate.clauses.folded)]
    for one, place in own.items():
        near = any(0 <= one.span.start - at <= _BESIDE for at in done) and place.span is not None
        last = _last(place)
        if (
            near
            and place.share > _THERE
            and any(at <= last.start < candidate.clauses.around(at - 1).end for at in coming)
        ):
            return one
    return None


def _compared(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> Comparison | None:
    if not (question.clauses.comparisons or candidate.clauses.comparisons):  # as in most
        return None
    asked = {one: one.span for one in own if one.entity not in question.speakers}
    return compared(question.clauses, asked, candidate.clauses, own)


def opposed(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> tuple[Concept, ...]:
    """Return what a claim says the contrary of, where `question` says it; nothing where it doesn't.

    A word is contrary when one side denies it and the other does not, or says its antonym, but not when both are so.
    """
    roles = exchanged(question, candidate, own)
    if roles:
        return (min(own, key=lambda one: one.span),)
    comparison = _compared(question, candidate, own)
    if comparison is not None and comparison.turned is not None:
        return (comparison.right,) if comparison.turned else ()
    there = {one: place for one, place in own.items() if place.share > _THERE}
    found = [
        one
        for one, place in there.items()
        if _flipped(question, candidate, one, place)
        and _governed(question, candidate, one, place)
        and (not place.contrary or (roles is None and _of_the_same(one, own, candidate)))
    ]
    if found and both_deny(question, candidate, there, found):
        return ()
    named = [one for one in found if question.clauses.contrasts(one.span)]
    if named and len(named) == len(found) and _keeps(question, there, named):
        return ()
    return tuple(found)


def doubted(question: Question, candidate: Candidate, own: Mapping[Concept, Found]) -> bool:
    """Tell whether anything is denied on one side only, be it of the same thing or not, or compared in another way."""
    roles = exchanged(question, candidate, own)
    comparison = _compared(question, candidate, own) if roles is None else None
    if comparison is not None:
        return comparison.turned is not False
    if roles is None and question.clauses.comparisons and not _compares(candidate.clauses):  # 更费水 is not 费水
        return True
    if roles or hedged(question, candidate, own) or undone(question, candidate):
        return True
    there = {one: place for one, place in own.items() if place.share > _THERE}
    flipped = [one for one, place in there.items() if _flipped(question, candidate, one, place)]
    if any(roles is None or not there[one].contrary for one in flipped):  # 输给 is told by the parts
        return not deny_in_one_word(question, candidate, there, flipped)
    if not question.clauses.denied and _denies_of_it(candidate.clauses, there):
        return True
    return _verbs_denied(question, candidate, there) or _verbs_denied(candidate, question, there)


def _compares(clauses: Clauses) -> bool:
    return bool(clauses.comparisons) or clauses.has("compare", "loosely")


def _denies_of_it(clauses: Clauses, there: Mapping[Concept, Found]) -> bool:
    """Tell whether a sentence denies anything in the clause where a thing stands, or right behind that.

    What it only sets against what is so, 是电力，不是芯片, it denies of something else.
    """
    places = [place.span for place in there.values() if place.span is not None]
    for scope in clauses.denied:
        clause = clauses.around(max(scope.start - 1, 0))
        near = any(place.start < clause.end and clause.start - place.end <= _BESIDE for place in places)
        beside = any(0 <= one.start - scope.start <= _BESIDE for one in clauses.contrasted)
        told = stance("deny", "told").match(clauses.folded, clause.end)  # 没有正面回答，只说风大
        if near and not (beside or told or clauses.contrasts(scope)):
            return True
    return False


def _verbs_denied(one: Question | Candidate, other: Question | Candidate, there: Mapping[Concept, Found]) -> bool:
    """Tell whether one side denies a verb of one character that the other affirms: 不能退还, 可以退."""
    starts = {scope.start for scope in one.clauses.denied if not one.clauses.contrasts(scope)}
    verbs = {_verb(one.clauses.folded, start) for start in starts} - {None}
    if not verbs:
        return False
    free = other.clauses.folded
    for concept in there:
        for form in concept.forms:
            free = free.replace(form, " ")
    return any(c in verbs and not other.clauses.denies(Span(at, at + 1)) for at, c in enumerate(free))


def _verb(folded: str, start: int) -> str | None:
    """Return the verb of one character that is denied from `start` on, behind auxiliaries; None where there is none."""
    words = (c for c in folded[start : start + _AUXILIARIES] if c not in joining())
    word = next(words, "")
    return word if part_of_speech(word)[:1] == "v" else None


def _of_the_same(concept: Concept, own: Mapping[Concept, Found], candidate: Candidate) -> bool:
    """Tell whether the contrary is said of the same thing: what stands next to the word stands with its contrary."""
    place = own[concept].span
    others = [one for one in own if one is not concept and own[one].share > _THERE]
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
    instead = stance("deny", "instead").search(question.clauses.folded, clause.end)
    if instead:  # 不是乙，是甲
        behind = [one for one in question.concepts if one.span.start >= instead.end()]
        return bool(behind) and behind[0] in there
    nearest = max(affirmed, key=lambda one: one.span, default=None)
    return nearest is None or nearest in there or len(there) - len(named) < len(affirmed) / 2


def _flipped(question: Question, candidate: Candidate, concept: Concept, place: Found) -> bool:
    if place.span is None:
        return False
    if question.clauses.plain and candidate.clauses.plain:
        return place.contrary
    if question.clauses.unsure(concept.span) or candidate.clauses.unsure(place.span):
        return False
    asked = question.clauses.denies(concept.span)
    return asked != (candidate.clauses.denies(_last(place)) != place.contrary)


def _last(place: Found) -> Span:
    """Return where a concept that is there stands for the last time."""
    first = place.span or Span(0, 0)
    return place.last if place.last is not None and place.last.start > first.start else first


def _governed(question: Question, candidate: Candidate, concept: Concept, place: Found) -> bool:
    """Tell whether what denies a concept, on either side, is said of it."""
    if question.clauses.denies(concept.span) and not _governs(question.clauses, concept.span, candidate):
        return False
    last = _last(place)
    return not candidate.clauses.denies(last) or _governs(candidate.clauses, last, question)


def _governs(clauses: Clauses, span: Span, other: Question | Candidate) -> bool:
    """Tell whether a denial is of what stands at `span`, not of what another verb before it does: 没检查油门."""
    word = clauses.folded[span.start : span.end]
    sort, is_place = part_of_speech(word), word in folded_cues("places")
    if sort[:1] in _PREDICATES and not is_place:
        return True
    denial = clauses.denial(span)
    if denial is None:
        return True
    by = clauses.folded[denial.start : denial.end]
    if by.endswith("不到") and by[0] not in other.clauses.folded:  # 买不到 says nothing of what is not bought
        return False
    light = stance("deny", "light")
    between = clauses.folded[denial.end : span.start]
    if light.fullmatch(between):
        return True
    if is_place or sort == _PLACE:  # 不在台湾, but what is not done there, 不会在台湾投标, denies no place
        return between == "在"
    return not any(part_of_speech(one)[:1] == "v" and light.fullmatch(one) is None for one in cut(between))
