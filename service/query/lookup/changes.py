"""Changes from one amount to another, 从 34 班砍成 12 班: turned round they are another change, by the same amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from service.model import Span
from service.query.lookup.amounts import Amount
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.question import Question

_FROM: Final = 8  # characters before the first amount in which 从 stands
_LEAVES = re.compile(r"[从由自][^,。;到至]{0,6}$")  # 从每天|34 班
_ARRIVES = re.compile(r"[^,。;:\d]{0,10}?(?:到|至|成|为|了)[^,。;:\d]{0,4}$")  # 砍成|12 班


def turned_round(question: Question, candidate: Candidate) -> Span | None:
    """Return what a sentence says it changed to where a claim has it change from that to what it had been."""
    for before, behind in _changes(question.amounts, question.clauses):
        for first, last in _changes(candidate.amounts, candidate.clauses):
            comparable = before.comparable(last) and behind.comparable(first)
            if comparable and before.agrees(last) and behind.agrees(first) and not before.agrees(behind):
                return behind.span
    return None


def _changes(amounts: Sequence[Amount], clauses: Clauses) -> Iterator[tuple[Amount, Amount]]:
    """Yield the amounts from which and to which something changed."""
    for first, last in pairwise(sorted(amounts, key=_place)):
        before = clauses.folded[max(first.span.start - _FROM, 0) : first.span.start]
        between = clauses.folded[first.span.end : last.span.start]
        if first.kind == last.kind and _LEAVES.search(before) and _ARRIVES.fullmatch(between):
            yield first, last


def _place(amount: Amount) -> Span:
    return amount.span
