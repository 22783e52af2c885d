"""Which amount of a claim measures what an amount that is looked up measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from service.lexicon import read
from service.model import Span
from service.query.lookup.amounts import Amount, told
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.concepts import Concept, Found
from service.query.lookup.question import Question
from service.script import fold

_ELSEWHERE: Final = 0.75  # what a concept counts for an amount that stands in another clause of the claim
_ALIKE: Final = 0.12  # how much worse aligned an amount may be that agrees
_SHARES: Final = frozenset({"share", "times"})
_MEASURE: Final = 0.4  # how much of what is measured must stand there
_OF: Final = 8  # characters between an amount with 的 and what it is of
_RATIO: Final = 0.15  # how far apart two ratios may be that are the same


@dataclass(frozen=True)
class Verdict:
    """How the amounts that are asked about stand to those of a claim."""

    asked: bool = False  # there were any that count
    agreeing: tuple[tuple[Amount, Amount], ...] = ()
    conflicting: tuple[tuple[Amount, Amount], ...] = ()
    measured: bool = False  # what is measured stands with the conflicting amounts
    undated: bool = False  # they are of a certain time, and what is asked is of none
    local: float = 0.0  # how much of what is asked stands with the conflicting amount
    elsewhere: str | None = None  # another time or case that the claim speaks of

    @property
    def denied(self) -> bool:
        """Tell whether the claim denies an amount that is asked about."""
        return any(said.denied for _, said in self.conflicting)

    @property
    def scaled(self) -> bool:
        """Tell whether two amounts differ by one factor: 11 萬 for 300 MW is 33 萬 for 900 MW."""
        if len(self.conflicting) == 1 or self.agreeing:
            return False
        factors = [said.low / asked.low for asked, said in self.conflicting if asked.low]
        return bool(factors) and max(factors) - min(factors) <= _RATIO * max(map(abs, factors))


def compare(
    question: Question,
    candidate: Candidate,
    own: Mapping[Concept, Found],
    around: Mapping[Concept, float],
    weighed: Mapping[Concept, float],
) -> Verdict:
    """Set each amount that is asked about beside the one of a claim that measures the same, if there is one."""
    values, conditions = told(tuple(one for one in question.amounts if not one.denied))
    agreeing: list[tuple[Amount, Amount]] = []
    conflicting: list[tuple[Amount, Amount]] = []
    local = 0.0
    for asked in values:
        if asked.kind in _SHARES and any(own[one].share < _MEASURE for one in _base(asked, question, own)):
            continue
        aligned = [
            (_alignment(said, candidate.clauses, own, around, weighed), said)
            for said in candidate.amounts
            if not _other_facet(asked, said, question, candidate) and not _of_another(said, question, candidate)
        ]
        pair, strength = _partner(asked, aligned, question, candidate)
        if pair is None:
            continue
        if pair.denied or not asked.agrees(pair):
            conflicting.append((asked, pair))
            local = max(local, strength)
        else:
            agreeing.append((asked, pair))
    said = [pair for _, pair in (*agreeing, *conflicting)]
    elsewhere = _elsewhere(conditions, said, candidate)
    measured = all(_measured(asked, one, question, candidate, own) for asked, one in conflicting)
    undated = not conditions and any(_dated(asked, one, candidate) for asked, one in conflicting)
    return Verdict(bool(values), tuple(agreeing), tuple(conflicting), measured, undated, local, elsewhere)


def _measured(
    asked: Amount, said: Amount, question: Question, candidate: Candidate, own: Mapping[Concept, Found]
) -> bool:
    """Tell whether what `asked` measures, the nearest thing before or behind it, stands with `said` in its clause.

    Or before it, where the claim has no other amount like it.
    """
    nearest = _nearest(asked, own, _base(asked, question, own))
    place = own[nearest] if nearest else None
    if place is None or place.span is None or place.share < _MEASURE:
        return False
    if candidate.clauses.folded[said.span.end : said.span.end + 1] == "的":  # 一太瓦的算力 is an amount of 算力
        return said.span.end <= place.span.start <= said.span.end + _OF
    alone = sum(one.comparable(said) for one in candidate.amounts) == 1 and place.span.start < said.span.start
    return alone or candidate.clauses.around(said.span.start).overlaps(place.last or place.span)


def _nearest(asked: Amount, own: Mapping[Concept, Found], base: Sequence[Concept]) -> Concept | None:
    things = [one for one in own if one.forms.isdisjoint(_reaching()) and one not in base]
    before = [one for one in things if one.span.end <= asked.span.start]
    behind = [one for one in things if one.span.start >= asked.span.end]
    if before:
        return max(before, key=lambda one: one.span)
    return min(behind, key=lambda one: one.span, default=None)


@cache
def _reaching() -> frozenset[str]:
    return frozenset(map(fold, read("stance.toml")["operator"]["reach"]))


def _base(asked: Amount, question: Question, own: Mapping[Concept, Found]) -> list[Concept]:
    """Return what a share is a share of: 地面 in 地面的一成."""
    before = question.clauses.folded[: asked.span.start].rstrip("约 ")
    return [one for one in own if before.endswith("的") and one.span.end == len(before) - 1]


def _dated(asked: Amount, said: Amount, candidate: Candidate) -> bool:
    """Tell whether a claim gives an amount for a date: in its clause, or in one of nothing else before it."""
    if asked.kind in ("time", "date"):
        return False
    clause = candidate.clauses.around(said.span.start)
    dates = [one.span for one in candidate.amounts if one.kind == "date" and one.span.start < said.span.start]
    return any(clause.overlaps(span) or _alone(span, clause, candidate.clauses) for span in dates)


def _alone(date: Span, clause: Span, clauses: Clauses) -> bool:
    around = clauses.around(date.start)
    return around.end == clause.start and len(clauses.folded[around.start : around.end]) <= date.end - date.start + 2


def _alignment(
    said: Amount,
    clauses: Clauses,
    own: Mapping[Concept, Found],
    around: Mapping[Concept, float],
    weighed: Mapping[Concept, float],
) -> float:
    """Return how much of what is asked stands with an amount: in its clause, elsewhere in the claim, or around it."""
    clause, total = clauses.around(said.span.start), 0.0
    for concept, weight in weighed.items():
        found = own[concept]
        inside = found.span is not None and clause.overlaps(found.span)
        total += weight * max(found.share * (1.0 if inside else _ELSEWHERE), around[concept])
    return total / sum(weighed.values())


def _partner(
    asked: Amount, aligned: Sequence[tuple[float, Amount]], question: Question, candidate: Candidate
) -> tuple[Amount | None, float]:
    """Return the amount that measures what `asked` measures, rather one that agrees, and how well it is aligned.

    A rate and the same unit without its rate may be two ways to write one thing, so they can agree but not conflict.
    """
    fitting = [(fit, one) for fit, one in aligned if one.akin(asked) and _may_agree(asked, one, question, candidate)]
    rivals = [(fit, one) for fit, one in aligned if one.comparable(asked) and _alike(asked, one, question, candidate)]
    best = max((fit for fit, _ in rivals), default=0.0)
    agreeing = [(fit, one) for fit, one in fitting if fit >= best - _ALIKE and not one.denied]
    if agreeing:
        fit, one = max(agreeing, key=lambda pair: pair[0])
        return one, fit
    denied = [(fit, one) for fit, one in fitting if one.denied]
    chosen = denied or [(fit, one) for fit, one in rivals if not one.denied]
    if not chosen:
        return None, 0.0
    fit, one = max(chosen, key=lambda pair: (pair[0], -abs(pair[1].low - asked.low)))
    return one, fit


def _may_agree(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    if not asked.agrees(said) or not (said.comparable(asked) or said.dimension != asked.dimension):
        return False
    return question.asks or _alike(asked, said, question, candidate)


def _alike(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether two shares tell the same kind of thing: 占 40%, 加 40% and 差 40% are three."""
    if asked.kind not in _SHARES:
        return True
    mine, others = question.clauses.operator(asked.span), candidate.clauses.operator(said.span)
    return mine == others or {mine, others} == {None, "part"}


def _elsewhere(conditions: Sequence[Amount], said: Sequence[Amount], candidate: Candidate) -> str | None:
    """Return the time a claim speaks of where it is another than the one asked about."""
    clauses = {candidate.clauses.around(one.span.start) for one in said}
    for asked in conditions:
        others = [one for one in candidate.amounts if one.comparable(asked) and one not in said]
        near = [one for one in others if any(clause.overlaps(one.span) for clause in clauses)]
        if (near or others) and not any(asked.agrees(one) for one in near or others):
            return (near or others)[0].text
    return None


def _of_another(said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether the last one named before an amount in its clause is somebody or something not asked about."""
    asked = set(question.entities) - question.speakers
    clause = candidate.clauses.around(said.span.start)
    before = [entity for span, entity in candidate.mentions if clause.start <= span.start < said.span.start]
    return bool(asked) and bool(before) and before[-1] not in asked | {candidate.speaker}


def _other_facet(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether an amount of the claim measures another thing of its kind: length and speed, peak and mean."""
    if not asked.akin(said):
        return False
    mine, others = question.clauses.facets(asked.span, _groups()), candidate.clauses.facets(said.span, _groups())
    return any(mine[group] != others[group] for group in mine.keys() & others.keys())


@cache
def _groups() -> tuple[tuple[frozenset[str], ...], ...]:
    return tuple(
        tuple(frozenset(map(fold, words)) for words in group["facets"]) for group in read("stance.toml")["apart"]
    )
