"""Which amount of a claim measures what an amount that is looked up measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.model import Span
from service.query.lookup.amounts import CLOSE, Amount, remote, slipped, within
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept, Found
from service.query.lookup.dates import date_of
from service.query.lookup.measured import MEASURE, counted_by, measures_the_same, whole_of
from service.query.lookup.partners import may_be, partner
from service.query.lookup.periods import names_of_period
from service.query.lookup.question import Question
from service.query.lookup.refuted import refuted
from service.query.lookup.remainders import complement
from service.query.lookup.vocabulary import stance

_ELSEWHERE: Final = 0.75  # what a concept counts for an amount that stands in another clause of the claim
_SAID_BEFORE: Final = 0.9  # what is counted and was named before
_ANOTHERS: Final = 0.4  # or in a clause that has such an amount of its own
_SHARES: Final = frozenset({"share", "times"})
_WHEN: Final = frozenset({"time", "date"})
_SAID: Final = 0.5  # share of a concept above which it is spoken of
_RATIO: Final = 0.15  # how far apart two ratios may be that are the same


@dataclass(frozen=True)
class Verdict:
    """How the amounts that are asked about stand to those of a claim."""

    asked: int = 0  # how many there were that count
    agreeing: tuple[tuple[Amount, Amount], ...] = ()
    conflicting: tuple[tuple[Amount, Amount], ...] = ()
    aside: tuple[tuple[Amount, Amount], ...] = ()  # amounts that are akin, but said at another rate
    measured: bool = False  # what is measured stands with the conflicting amounts
    undated: bool = False  # they are of a certain time, and what is asked is of none
    local: float = 0.0  # how much of what is asked stands with the conflicting amount
    elsewhere: str | None = None  # another time or case that the claim speaks of

    @property
    def denied(self) -> bool:
        """Tell whether the claim denies an amount that is asked about."""
        return any(said.denied for _, said in self.conflicting)

    @property
    def slipped(self) -> tuple[tuple[Amount, Amount], ...]:
        """Return the amounts that are one number, misquoted."""
        return tuple(pair for pair in self.conflicting if slipped(*pair) and not pair[1].denied)

    @property
    def close(self) -> bool:
        """Tell whether the amounts that differ could be two values of one thing by their size."""
        return all(within(asked, said, CLOSE) for asked, said in self.conflicting)

    @property
    def remote(self) -> bool:
        """Tell whether all amounts that differ do so by far."""
        return all(remote(asked, said) for asked, said in self.conflicting if not said.denied)

    @property
    def scaled(self) -> bool:
        """Tell whether two amounts differ by one factor: 11 萬 for 300 MW is 33 萬 for 900 MW."""
        if len(self.conflicting) + len(self.aside) == 1 or self.agreeing:
            return False
        factors = [said.low / asked.low for asked, said in (*self.conflicting, *self.aside) if asked.low]
        return bool(factors) and max(factors) - min(factors) <= _RATIO * max(map(abs, factors))


_NONE_ASKED: Final = Verdict(measured=True)


def compare(
    question: Question,
    candidate: Candidate,
    own: Mapping[Concept, Found],
    around: Mapping[Concept, float],
    weighed: Mapping[Concept, float],
) -> Verdict:
    """Set each amount that is asked about beside the one of a claim that measures the same, if there is one."""
    values, conditions = question.told
    if not values:
        return _NONE_ASKED
    agreeing: list[tuple[Amount, Amount]] = []
    conflicting: list[tuple[Amount, Amount]] = []
    aside: list[tuple[Amount, Amount]] = []
    local = 0.0
    eligible: dict[Span, list[Amount]] = {}
    taken: list[Amount] = []  # each amount of the claim answers one that is asked about
    for asked in _agreeing_first(values, candidate.amounts):
        if asked.kind in _SHARES and any(own[one].share < MEASURE for one in whole_of(asked, question, own)):
            continue
        counted = counted_by(asked, own)
        aligned = [
            (_alignment(*places, own, around, weighed, counted), said)
            for said, places in zip(candidate.amounts, candidate.places, strict=True)
            if said not in taken and may_be(asked, said, question, candidate)
        ]
        pair, strength = partner(asked, aligned, question, candidate)
        eligible[asked.span] = [one for _, one in aligned]
        rest = [
            (one, fit) for fit, said in aligned if (one := complement(asked, question.clauses, said, candidate.clauses))
        ]
        if rest:  # what is left, where what is gone is asked about
            pair, strength = rest[0]
        if pair is None:
            aside += [(asked, said) for _, said in aligned if said.akin(asked) and not said.comparable(asked)][:1]
            continue
        taken.append(pair)
        if _taken_back(asked, pair, question, candidate):
            pair = replace(pair, denied=True)
        if pair.denied or not asked.agrees(pair):
            conflicting.append((asked, pair))
            local = max(local, strength)
        else:
            agreeing.append((asked, pair))
    said = [pair for _, pair in (*agreeing, *conflicting)]
    elsewhere = _elsewhere(conditions, said, candidate)
    dates = [] if any(asked.kind != "date" for asked, _ in agreeing) else agreeing  # 2028 年 is the year of many things
    measured = all(
        measures_the_same(asked, one, question, candidate, own, eligible[asked.span])
        for asked, one in (*dates, *conflicting)
    )
    undated = any(_dated(asked, one, candidate) for asked, one in conflicting) and not (
        conditions or any(place.share > _SAID and names_of_period(min(one.forms)) for one, place in own.items())
    )
    return Verdict(len(values), tuple(agreeing), tuple(conflicting), tuple(aside), measured, undated, local, elsewhere)


def _agreeing_first(values: Sequence[Amount], said: Sequence[Amount]) -> Sequence[Amount]:
    if len(values) == 1:
        return values
    return sorted(values, key=lambda one: not any(one.agrees(other) for other in said))


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
    clause: Span,
    taken: Sequence[Span],
    own: Mapping[Concept, Found],
    around: Mapping[Concept, float],
    weighed: Mapping[Concept, float],
    counted: Concept | None,
) -> float:
    """Return how much of what is asked stands with an amount: in its clause, elsewhere in the claim, or around it.

    What stands in a clause that is `taken` by another such amount counts less, but what is `counted` need not be said
    twice: 小学有 320 名学生，中学有 210 名.
    """
    total = 0.0
    for concept, weight in weighed.items():
        found, near = own[concept], 1.0
        first, last = found.span, found.last
        if first is not None and not (clause.overlaps(first) or (last is not None and clause.overlaps(last))):
            again = concept is counted and first.end <= clause.start
            near = _SAID_BEFORE if again else _ANOTHERS if any(other.overlaps(first) for other in taken) else _ELSEWHERE
        total += weight * max(found.share * near, around[concept])
    return total / sum(weighed.values())


def _taken_back(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether a claim only retells an amount, to set another against it: 公司自稱 95%，實測是 91%."""
    if not said.denied and asked.agrees(said) and refuted(candidate.clauses, said.span):
        return not refuted(question.clauses, asked.span)
    if said.denied or question.clauses.retells(asked.span.start) or not candidate.clauses.retells(said.span.start):
        return False
    others = [one for one in candidate.amounts if one.akin(asked) and not asked.agrees(one)]  # 每斤 is said once
    corrected = any(candidate.clauses.corrects(one.span.start) for one in others) or _set_right_behind(candidate)
    return asked.agrees(said) and corrected


def _set_right_behind(candidate: Candidate) -> bool:
    """Tell whether a claim is a part of a sentence that goes on to set it right: 自稱 900 元，我實際付的是 1,150 元."""
    behind = candidate.around[1]
    if not candidate.clauses.folded.rstrip().endswith(","):
        return False
    end = Clauses(behind).around(0).end
    match = stance("operator", "corrects").search(behind, 0, end)
    return match is not None and any(c.isdigit() for c in behind[match.end() : end + 1])


def _elsewhere(conditions: Sequence[Amount], said: Sequence[Amount], candidate: Candidate) -> str | None:
    """Return the time a claim speaks of where it is another than the one asked about."""
    clauses = {candidate.clauses.around(one.span.start) for one in said}
    for asked in conditions:
        others = [one for one in candidate.amounts if one.comparable(asked) and one not in said]
        near = [one for one in others if any(clause.overlaps(one.span) for clause in clauses)]
        if asked.kind == "date" and (dates := [date_of(one, candidate.amounts, candidate.clauses) for one in said]):
            if any(date is not None and asked.agrees(date) for date in dates):
                continue
            others = [] if None in dates and any(_governs(date, candidate, said) for date in others) else others
        if (near or others) and not any(asked.agrees(one) for one in near or others):
            return (near or others)[0].text
    return None


def _governs(date: Amount, candidate: Candidate, said: Sequence[Amount]) -> bool:
    """Tell whether a date is that of another amount than those that are compared."""
    others = [one for one in candidate.amounts if one.kind not in _WHEN and one not in said]
    return any(date_of(one, candidate.amounts, candidate.clauses) == date for one in others)
