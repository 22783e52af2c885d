"""Which amounts of a claim could be another value of one that is looked up, and which of them is it.

An amount of somebody else, of another date, label, condition or facet is none; nor is one that no longer holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from service.query.lookup.amounts import Amount, in_points, remote
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.conditions import under_another
from service.query.lookup.dates import date_of
from service.query.lookup.former import asks_for_former, is_former
from service.query.lookup.labels import of_another_label
from service.query.lookup.periods import months, years_from_today
from service.query.lookup.question import Question
from service.query.lookup.vocabulary import stance

_ALIKE: Final = 0.12  # how much worse aligned an amount may be that agrees
_DIRECTLY: Final = 4  # characters before an amount where its verb stands
_CHANGES: Final = frozenset({"more", "less"})
_SHARES: Final = frozenset({"share", "times"})
_WHEN: Final = frozenset({"time", "date"})


def may_be(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether an amount of a claim may measure what one that is asked about does, by all that keeps them apart."""
    if not said.akin(asked) or _other_facet(asked, said, question, candidate):  # what is not akin is no partner
        return False
    if _of_another(said, question, candidate) or _at_another_time(asked, said, question, candidate):
        return False
    if _of_another_date(asked, said, question, candidate):
        return False
    if is_former(candidate.clauses, said.span) and not asks_for_former(question.clauses, asked.span):
        return False
    # What holds with the tax and what holds without it are two values, not two words on one.
    if under_another(asked, said, question, candidate):
        return False
    places = asked.span.start, candidate.clauses, said.span.start
    return not of_another_label(question.clauses, *places, candidate.heading)


def partner(
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
    rivals = [(fit, one) for fit, one in rivals if asked.agrees(one) or not asked.bounds_like(one)]
    if asked.kind in _WHEN:
        rivals = [(fit, one) for fit, one in rivals if not _only_when(one, candidate)]
    if not question.clauses.unreal(asked.span.start):
        fitting = [(fit, one) for fit, one in fitting if not _only_demanded(one, candidate)]
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


def _only_demanded(said: Amount, candidate: Candidate) -> bool:
    """Tell whether an amount is what somebody demands: 求偿 5,000 元 is not what he gets."""
    clauses = candidate.clauses
    clause = clauses.around(said.span.start)
    return stance("operator", "demanded").search(clauses.folded, clause.start, said.span.start) is not None


def _only_when(said: Amount, candidate: Candidate) -> bool:
    """Tell whether a time only says when another amount of its clause holds."""
    clause = candidate.clauses.around(said.span.start)
    return any(one.kind not in _WHEN and clause.overlaps(one.span) for one in candidate.amounts)


def _may_agree(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    apart = said.dimension != asked.dimension and asked.counts_like(said)  # a rate, or of no unit
    if not asked.agrees(said) or not (said.comparable(asked) or apart):
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


def _of_another_date(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether two amounts are given for two dates."""
    if asked.kind in _WHEN:
        return False
    mine = date_of(asked, question.amounts, question.clauses)
    theirs = date_of(said, candidate.amounts, candidate.clauses) if mine is not None else None
    return mine is not None and theirs is not None and not mine.agrees(theirs)


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
    """Tell whether an amount is given for other months, 年底, 四月, or another year than asked about: 去年, 今年."""
    if asked.kind in _WHEN:
        return False
    for told in (months, years_from_today):
        mine = told(_clause(question.clauses, asked))
        if mine and (others := told(_clause(candidate.clauses, said))) and mine.isdisjoint(others):
            return True
    return False


def _clause(clauses: Clauses, one: Amount) -> str:
    clause = clauses.around(one.span.start)
    return clauses.folded[clause.start : clause.end]


def _other_facet(asked: Amount, said: Amount, question: Question, candidate: Candidate) -> bool:
    """Tell whether an amount of the claim measures another thing of its kind: length and speed, peak and mean."""
    if not asked.akin(said):
        return False
    mine, others = question.clauses.facets(asked.span), candidate.clauses.facets(said.span)
    return any(mine[group] != others[group] for group in mine.keys() & others.keys())
