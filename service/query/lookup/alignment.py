"""Which amount of a claim measures what an amount that is looked up measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.model import Span
from service.query.lookup.amounts import CLOSE, Amount, in_points, remote, slipped, within
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept, Found
from service.query.lookup.conditions import under_another
from service.query.lookup.labels import of_another_label
from service.query.lookup.measured import MEASURE, measures_the_same, whole_of
from service.query.lookup.periods import months, names_of_period
from service.query.lookup.question import Question
from service.query.lookup.refuted import refuted
from service.query.lookup.vocabulary import stance

_ELSEWHERE: Final = 0.75  # what a concept counts for an amount that stands in another clause of the claim
_ANOTHERS: Final = 0.4  # or in a clause that has such an amount of its own
_ALIKE: Final = 0.12  # how much worse aligned an amount may be that agrees
_DIRECTLY: Final = 4  # characters before an amount where its verb stands
_CHANGES: Final = frozenset({"more", "less"})
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
    taken: list[Amount] = []  # each amount of the claim answers one that is asked about
    for asked in _agreeing_first(values, candidate.amounts):
        if asked.kind in _SHARES and any(own[one].share < MEASURE for one in whole_of(asked, question, own)):
            continue
        aligned = [
            (_alignment(*places, own, around, weighed), said)
            for said, places in zip(candidate.amounts, candidate.places, strict=True)
            if said.akin(asked)  # what is not is no partner, whatever it stands with
            and said not in taken
            and not _other_facet(asked, said, question, candidate)
            and not _of_another(said, question, candidate)
            and not _at_another_time(asked, said, question, candidate)
            # What holds with the tax and what holds without it are two values, not two words on one.
            and not under_another(asked, said, question, candidate)
            and not of_another_label(question.clauses, asked.span.start, candidate.clauses, said.span.start)
        ]
        pair, strength = _partner(asked, aligned, question, candidate)
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
    measured = all(measures_the_same(asked, one, question, candidate, own) for asked, one in conflicting)
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
) -> float:
    """Return how much of what is asked stands with an amount: in its clause, elsewhere in the claim, or around it.

    What stands in a clause that is `taken` by another such amount counts less.
    """
    total = 0.0
    for concept, weight in weighed.items():
        found, near = own[concept], 1.0
        first, last = found.span, found.last
        if first is not None and not (clause.overlaps(first) or (last is not None and clause.overlaps(last))):
            near = _ANOTHERS if any(other.overlaps(first) for other in taken) else _ELSEWHERE
        total += weight * max(found.share * near, around[concept])
    return total / sum(weighed.values())


def _partner(
    asked: Amount, aligned: Sequence[tuple[float, Amount]], question: Question, candidate: Candidate
) -> tuple[Amount | None, float]:
    """Return the amount that measures what `asked` measures, rather one that agrees, and how well it is aligned.

    A rate and the same unit without its rate may be two ways to write one thing, so they can agree but not conflict.
    """
    if not aligned:
        return None, 0.0
    fitting = [(fit, one) for fit, one in aligned if one.akin(asked) and _may_agree(asked, one, question, candidate)]
    rivals = [(fit, one) for fit, one in aligned if one.comparable(asked) and _alike(asked, one, question, candidate)]
    rivals = [(fit, one) for fit, one in rivals if _same_role(asked, one, question, candidate)]
    if asked.kind in _WHEN:
        rivals = [(fit, one) for fit, one in rivals if not _only_when(one, candidate)]
    if not question.clauses.unreal(asked.span.start):
        rivals = [(fit, one) for fit, one in rivals if not candidate.clauses.unreal(one.span.start)]
    counted = asked.kind == "count"  # 兩個弟弟 are no other value of 912 人
    best = max((fit for fit, one in rivals if not (counted and remote(asked, one))), default=0.0)
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


def _only_when(said: Amount, candidate: Candidate) -> bool:
    """Tell whether a time only says when another amount of its clause holds."""
    clause = candidate.clauses.around(said.span.start)
    return any(one.kind not in _WHEN and clause.overlaps(one.span) for one in candidate.amounts)


def _may_agree(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    if not asked.agrees(said) or not (said.comparable(asked) or said.dimension != asked.dimension):
        return False
    return question.asks or _alike(asked, said, question, candidate)


def _alike(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether two shares tell the same kind of thing: 占 40%, 加 40% and 差 40% are three."""
    if asked.kind not in _SHARES or asked.precisely(said):
        return True
    if in_points(asked) != in_points(said):
        return False
    mine, others = question.clauses.operator(asked.span), candidate.clauses.operator(said.span)
    return mine == others or {mine, others} == {None, "part"}


def _same_role(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether both are levels, or both are how much that is more or less: 多收 6 元 is no price."""
    if asked.kind in _SHARES or asked.kind in _WHEN:
        return True
    mine, others = (question.clauses.operator(asked.span, _DIRECTLY), candidate.clauses.operator(said.span, _DIRECTLY))
    return (mine in _CHANGES) == (others in _CHANGES)


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
    asked = question.sought
    if not asked:
        return False
    clause = candidate.clauses.around(said.span.start)
    mentions = (one for one in candidate.mentions if one[2] in question.kinds)  # no company is another product
    before = [entity for span, entity, _ in mentions if clause.start <= span.start < said.span.start]
    return bool(before) and before[-1] not in asked and before[-1] != candidate.speaker


def _at_another_time(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether an amount is given for another part of the year than the one that is asked about: 年底, 四月."""
    if asked.kind in _WHEN or not (mine := _months(question.clauses, asked)):
        return False
    others = _months(candidate.clauses, said)
    return bool(others) and mine.isdisjoint(others)


def _months(clauses: Clauses, one: Amount) -> frozenset[int]:
    clause = clauses.around(one.span.start)
    return months(clauses.folded[clause.start : clause.end])


def _other_facet(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether an amount of the claim measures another thing of its kind: length and speed, peak and mean."""
    if not asked.akin(said):
        return False
    mine, others = question.clauses.facets(asked.span), candidate.clauses.facets(said.span)
    return any(mine[group] != others[group] for group in mine.keys() & others.keys())
