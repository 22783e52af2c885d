"""What an amount of a claim is said of alone, so that it is no other word on what a sentence asks: a part or a rival.

A sentence that gives the sales of a chain is not contradicted by those of one month, of one country, of a competitor,
or by what is left of them after costs. Each is told by a word that stands with the amount and not in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from service.model import Span
from service.query.lookup.amounts import Amount
from service.query.lookup.candidates import Candidate
from service.query.lookup.concepts import rest
from service.query.lookup.coverage import Match
from service.query.lookup.partners import may_be
from service.query.lookup.periods import months
from service.query.lookup.question import Question
from service.query.lookup.vocabulary import stance
from service.segmentation import part_of_speech

_WHEN: Final = frozenset({"time", "date"})
_PLACE: Final = "ns"  # the part of speech of the names of places
_YEAR: Final = 300  # days, of which a month is a part
_DAY: Final = 86_400
_WHOLE: Final = re.compile("全年|年度|整年")


def of_something_else(
    conflicting: Sequence[tuple[Amount, Amount]], question: Question, candidate: Candidate, found: Match
) -> bool:
    """Tell whether the amounts that differ are said of something else, by what stands with them."""
    given = gives_it_too(conflicting, question, candidate, found)
    return given or of_a_part(conflicting, question, candidate, found)


def of_a_part(
    conflicting: Sequence[tuple[Amount, Amount]], question: Question, candidate: Candidate, found: Match
) -> bool:
    """Tell whether an amount of a claim that differs is said of a part, a rival or a measure not asked about.

    >>> stance("operator", "narrows").search("募集净额 11 亿") is not None
    True
    """
    pairs = [pair for pair in conflicting if pair[1].kind not in _WHEN and not pair[1].denied]
    return any(
        _narrowed(said, question, candidate)
        or _measured_otherwise(asked, said, question, candidate)
        or _elsewhere(said, question, candidate, found)
        for asked, said in pairs
    )


def gives_it_too(
    conflicting: Sequence[tuple[Amount, Amount]], question: Question, candidate: Candidate, found: Match
) -> bool:
    """Tell whether a claim gives the very amount that is asked about of its subject, and the one that differs of more.

    毛利率 29%，比上一代的 34% 低 says nothing against 上一代的毛利率是 34%.
    """
    subject = found.subject(question)
    place = found.own[subject].span if subject is not None else None
    if place is None:
        return False
    return any(
        one is not said
        and not (one.denied or said.denied)
        and one.dimension == asked.dimension
        and asked.agrees(one)
        and may_be(asked, one, question, candidate)
        and (clause := candidate.clauses.around(one.span.start)).overlaps(place)
        and not clause.overlaps(said.span)
        for asked, said in conflicting
        for one in candidate.amounts
    )


def _before(said: Amount, candidate: Candidate) -> Span:
    """Return what stands before an amount in its clause."""
    return Span(candidate.clauses.around(said.span.start).start, said.span.start)


def _narrowed(said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether a word says that an amount is of a part only, 净额, 单月, or of a rival, not asked about."""
    clause = _before(said, candidate)
    text = candidate.clauses.folded[clause.start : clause.end]
    for key in ("narrows", "rivals", "others"):
        only_here = candidate.clauses.has("operator", key) and not question.clauses.has("operator", key)
        if only_here and stance("operator", key).search(text):
            return True
    if question.clauses.has("operator", "overall") and not stance("operator", "overall").search(text):
        return True
    if _in_part(question) and _WHOLE.search(text):
        return True
    years = any(one.kind == "date" and one.high - one.low >= _YEAR for one in question.amounts)
    return years and bool(months(text)) and not months(question.clauses.folded)


def _in_part(question: Question) -> bool:
    """Tell whether a sentence is of a part of a year, and not of years."""
    timed = any(one.kind == "time" and one.high <= _YEAR * _DAY for one in question.amounts)
    return (timed or bool(months(question.clauses.folded))) and not _WHOLE.search(question.clauses.folded)


def _measured_otherwise(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether the claim says what its amount measures, 成本 1,050 萬, where the sentence names no such thing."""
    mine, others = question.clauses.facets(asked.span), candidate.clauses.facets(said.span)
    clause = _before(said, candidate)
    text = candidate.clauses.folded[clause.start : clause.end]
    return any(group not in mine for group in others) and stance("operator", "costs").search(text) is not None


def _elsewhere(said: Amount, question: Question, candidate: Candidate, found: Match) -> bool:
    """Tell whether a place that is not asked about stands right before what an amount measures: 韩国售价 36,800 元."""
    clause, folded = _before(said, candidate), candidate.clauses.folded
    starts = [place.span.start for one, place in found.own.items() if place.span is not None and not one.named]
    starts = [max((at for at in starts if at < said.span.start), default=-1)]  # of what is nearest to the amount
    for at, word in rest(folded[clause.start : clause.end], ()):
        end = clause.start + at + len(word)
        end += folded.startswith("的", end)
        if end in starts and word not in question.clauses.folded and part_of_speech(word) == _PLACE:
            return True
    return False
