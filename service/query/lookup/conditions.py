"""Amounts that hold under conditions of which one rules out the other: with the freight, and without it."""

from __future__ import annotations

from functools import lru_cache

from service.extraction.conditions import conditions_at, exclude
from service.extraction.conditions.stated import Stated
from service.model import Span
from service.query.lookup.amounts import Amount
from service.query.lookup.candidates import Candidate
from service.query.lookup.question import Question


def under_another(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether an amount of a claim holds only where the one that is asked about does not.

    Then it says nothing of it, neither the same nor otherwise: 稅前 20 億 is no other word on 稅後 15 億.
    """
    mine = _held(question.clauses.folded, tuple(one.span for one in question.amounts)).get(asked.span)
    if not mine:
        return False
    others = _held(candidate.clauses.folded, tuple(one.span for one in candidate.amounts)).get(said.span)
    return others is not None and exclude(mine, others)


@lru_cache(maxsize=1024)
def _held(folded: str, spans: tuple[Span, ...]) -> dict[Span, tuple[Stated, ...]]:
    """Return the conditions of the amounts of a sentence: one is set beside many."""
    return conditions_at(folded, spans)
