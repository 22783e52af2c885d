"""What an amount measures: whether what is measured in a sentence stands with an amount of a claim, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from service.lexicon import read
from service.query.lookup.amounts import Amount, slipped
from service.query.lookup.candidates import Candidate
from service.query.lookup.concept import Concept, Found
from service.query.lookup.concepts import rest
from service.query.lookup.question import Question
from service.script import fold

MEASURE: Final = 0.4  # how much of what is measured must stand there
_OF: Final = 8  # characters between an amount with 的 and what it is of
_COUNTED: Final = 1  # characters between a number with its classifier and what is counted


def measures_the_same(
    asked: Amount,
    said: Amount,
    question: Question,
    candidate: Candidate,
    own: Mapping[Concept, Found],
    eligible: Sequence[Amount],
) -> bool:
    """Tell whether what `asked` measures, the nearest thing before or behind it, stands with `said` in its clause.

    Or before it, where the claim has no other amount like it that is `eligible`.
    """
    if slipped(asked, said):
        return True
    if not asked.near(said) and not _count_the_same(asked, said, own):
        return False
    nearest = _nearest(asked, question, own, whole_of(asked, question, own))
    if asked.kind == "date":
        behind = [one for one in own if one.span.start >= asked.span.end and not one.named]
        nearest = min(behind, key=lambda one: one.span, default=nearest)
    there = nearest is not None and _stands_with(asked, said, own[nearest], candidate, eligible)
    return there or _all_spoken_of(said, candidate, own)


def _count_the_same(asked: Amount, said: Amount, own: Mapping[Concept, Found]) -> bool:
    """Tell whether both count one thing, which stands right behind either: however far they are apart, it is that."""
    counted = counted_by(asked, own)
    place = own[counted].span if counted is not None else None
    return place is not None and 0 <= place.start - said.span.end <= _COUNTED and said.kind == asked.kind


def _stands_with(asked: Amount, said: Amount, place: Found, candidate: Candidate, eligible: Sequence[Amount]) -> bool:
    """Tell whether what stands at `place` of a claim is what `said` measures there."""
    if place.span is None or place.share < MEASURE:
        return False
    owns = candidate.clauses.folded[said.span.end : said.span.end + 1] == "的"
    if owns and asked.kind != "date":  # 一太瓦的算力 is an amount of 算力
        return said.span.end <= place.span.start <= said.span.end + _OF
    alone = sum(one.comparable(said) for one in eligible) <= 1 and place.span.start < said.span.start
    clause = candidate.clauses.around(said.span.start)
    if said.kind == "date" and clause.end - clause.start <= said.span.end - said.span.start + 2:  # 1966 年，他出國
        clause = candidate.clauses.around(min(clause.end, len(candidate.clauses.folded) - 1))
    return alone or clause.overlaps(place.last or place.span)


def _all_spoken_of(said: Amount, candidate: Candidate, own: Mapping[Concept, Found]) -> bool:
    """Tell whether a claim speaks of nothing else that could be measured: 首周末票房：6,400 萬."""
    spans = [span for found in own.values() for span in (found.span, found.last) if span is not None]
    others = rest(candidate.clauses.folded, [*spans, *(one.span for one in candidate.amounts)])
    return said.span.start > 0 and bool(spans) and next(others, None) is None


def _nearest(
    asked: Amount, question: Question, own: Mapping[Concept, Found], base: Sequence[Concept]
) -> Concept | None:
    things = [one for one in own if one.forms.isdisjoint(_reaching()) and one not in base and not one.when]
    before = [one for one in things if one.span.end <= asked.span.start]
    behind = [one for one in things if one.span.start >= asked.span.end]
    counted = asked.kind == "count" and any(one.span.start - asked.span.end <= _COUNTED for one in behind)
    owner = _head(behind) if counted else min(behind, key=lambda one: one.span, default=None)
    of_it = question.clauses.folded[asked.span.end :].lstrip(" ")[:1] == "的"
    if before and not counted and not (owner and of_it and own[owner].share >= MEASURE):
        return max(before, key=lambda one: one.span)
    return owner


def counted_by(asked: Amount, own: Mapping[Concept, Found]) -> Concept | None:
    """Return what an amount counts: 学生 of 320 名学生."""
    behind = [one for one in own if 0 <= one.span.start - asked.span.end <= _COUNTED]
    return min(behind, key=lambda one: one.span) if asked.kind == "count" and behind else None


def _head(things: Sequence[Concept]) -> Concept | None:
    """Return the last of the words that stand together first: 机组 of 风电机组."""
    head: Concept | None = None
    for one in sorted(things, key=lambda one: one.span):
        if head is not None and one.span.start > head.span.end:
            break
        head = one
    return head


@cache
def _reaching() -> frozenset[str]:
    return frozenset(map(fold, read("stance.toml")["operator"]["reach"]))


def whole_of(asked: Amount, question: Question, own: Mapping[Concept, Found]) -> list[Concept]:
    """Return what a share is a share of: 地面 in 地面的一成."""
    before = question.clauses.folded[: asked.span.start].rstrip("约 ")
    return [one for one in own if before.endswith("的") and one.span.end == len(before) - 1]
