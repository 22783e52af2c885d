"""The answer to a lookup: candidates judged, ranked, and set side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.lexicon.spelling import respell
from service.query import rows
from service.query.answers import AskedFigure, ClaimAnswer, Evidence, LookupAnswer, LookupCounts, LookupQuery, Number
from service.query.claim_rows import claim_answers, filled
from service.query.columns import CLAIM_PAIR
from service.query.judgements import SHOWN, judged
from service.query.lookup.candidates import JUDGED, candidates
from service.query.lookup.coverage import BESIDE, HEADED, LEANT, TOUCHES
from service.query.lookup.ground import Ground, ground, seen_anew
from service.query.lookup.holders import Holders
from service.query.lookup.judgement import Judged, judge
from service.query.lookup.question import Question, understand
from service.query.lookup.reasons import why_anew
from service.query.lookup.retrieval import sought_terms, weights
from service.script import fold

_MOST: Final = 1.0, HEADED, LEANT, BESIDE  # that a word counts: in a claim, its heading, before and behind it
_REPEATED: Final = 0.9  # what each further claim of one article counts beside the first


def lookup(session: Session, text: str, limit: int = 20) -> LookupAnswer:
    """Return the claims that say the same as `text`, say otherwise, or are about the same thing, best first.

    A question is answered by the claims that fill in what it leaves open. Nothing is returned when nothing fits.
    """
    question = understand(session, text)
    ranked = _judge(session, question, limit)
    counts = Counter(one.relation for one in ranked)
    return LookupAnswer(
        query=_query(session, question),
        counts=LookupCounts(agree=counts["agree"], conflict=counts["conflict"], related=counts["related"]),
        matches=_evidence(session, ranked[:limit]),
    )


def neighbours(
    session: Session, claim_id: str, limit: int = 20
) -> tuple[list[Evidence], list[Evidence], list[Evidence]]:
    """Return what claims of other articles say to a claim: agreeing, conflicting, related, each best first.

    Raises:
        NotFoundError: there is no such claim.
    """
    claim = claim_answers(session, [claim_id]).get(claim_id)
    if claim is None:
        raise NotFoundError(f"There is no claim with the id {claim_id}.")
    question = replace(understand(session, claim.text), asks=False, counts=None)
    mine = Ground(respell(fold(claim.article.title)), question.clauses.folded, _named(claim))
    ranked = [_grounded(one, mine) for one in _judge(session, question) if one.candidate.article != claim.article.id]
    found = _outranked(session, claim_id, _paired(session, claim_id, _evidence(session, ranked[: 3 * limit])))
    agreeing, conflicting, related = (
        [evidence for evidence in found if evidence.relation == relation][:limit]
        for relation in ("agree", "conflict", "related")
    )
    return agreeing, conflicting, related


def _named(claim: ClaimAnswer) -> set[str | None]:
    return {entity.id for entity in (*claim.entities, *filter(None, [claim.speaker]))}


def _grounded(one: Judged, mine: Ground) -> Judged:
    """Return what was found of a stored claim as `pairs.verdict` sees it, where it seems to contradict the claim."""
    if one.relation != "conflict":
        return one
    relation = seen_anew(mine, ground(one.candidate))
    return replace(one, relation=relation, why=why_anew(one.why, relation))


def _paired(session: Session, claim_id: str, found: list[Evidence]) -> list[Evidence]:
    """Return what was found with the pairs that are stored in place of what one side tells, those first."""
    mine = or_(CLAIM_PAIR.c.one == claim_id, CLAIM_PAIR.c.other == claim_id)
    stored = {
        row.other if row.one == claim_id else row.one: row for row in session.execute(select(CLAIM_PAIR).where(mine))
    }
    answers = claim_answers(session, stored)
    pairs = [
        Evidence(claim=answers[other], relation=row.relation, score=row.score, why=list(row.why))
        for other, row in stored.items()
        if other in answers
    ]
    pairs.sort(key=lambda evidence: (-evidence.score, evidence.claim.id))
    return [*pairs, *(evidence for evidence in found if evidence.claim.id not in stored)]


def _outranked(session: Session, claim_id: str, found: list[Evidence]) -> list[Evidence]:
    """Return what was found with the editors' judgements in place of what the words tell, those first."""
    decided = {one if other == claim_id else other: row for (one, other), row in judged(session, [claim_id]).items()}
    answers = claim_answers(session, decided)
    held = {evidence.claim.id: evidence for evidence in found}
    told = [
        Evidence(
            claim=answers[other],
            relation=SHOWN[row.relation],
            score=held[other].score if other in held else 1.0,
            why=[f"an editor judged so: {row.why}" if row.why else "an editor judged so"],
            judgement=row.id,
        )
        for other, row in sorted(decided.items())
        if other in answers
    ]
    return [*told, *(evidence for evidence in found if evidence.claim.id not in decided)]


def _judge(session: Session, question: Question, limit: int = JUDGED) -> list[Judged]:
    folded = question.clauses.folded
    holders = Holders(session, sought_terms(question.concepts, question.amounts, folded))
    weighed = weights(holders, question.concepts)
    if not weighed:
        return []
    near = candidates(session, holders, weighed, question.amounts, folded, _MOST, TOUCHES, limit=limit)
    found = [judge(question, candidate, weighed, touched) for candidate, touched in near]
    return _ranked([one for one in found if one is not None])


def _ranked(found: list[Judged]) -> list[Judged]:
    """Return the best first, and further claims of one article behind the first of others that fit as well."""
    seen: Counter[str] = Counter()
    ranked = []
    for one in sorted(found, key=_order):
        before = seen[one.candidate.article]
        ranked.append(replace(one, fit=one.fit * _REPEATED ** min(before, 3)) if before else one)
        seen[one.candidate.article] = before + 1
    return sorted(ranked, key=_order)


def _order(one: Judged) -> tuple[float, str, int]:
    return -one.fit, one.candidate.article, one.candidate.ordinal


def _evidence(session: Session, found: Sequence[Judged]) -> list[Evidence]:
    answers = filled(session, [one.candidate.told for one in found if one.candidate.told is not None])
    return [
        Evidence(claim=answers[one.candidate.id], relation=one.relation, score=round(one.fit, 4), why=list(one.why))
        for one in found
    ]


def _query(session: Session, question: Question) -> LookupQuery:
    entities = rows.entities_by_id(session, question.entities)
    figures = [
        AskedFigure(
            text=question.text[figure.span.start : figure.span.end],
            start=figure.span.start,
            end=figure.span.end,
            low=_number(figure.quantity.low),
            high=_number(figure.quantity.high),
            unit=figure.quantity.unit,
            per=figure.quantity.per,
            approx=figure.approx,
            counted=figure.quantity.counted,
        )
        for figure in question.figures
    ]
    return LookupQuery(
        text=question.text, entities=[entities[e] for e in question.entities if e in entities], figures=figures
    )


def _number(value: Decimal) -> Number:
    return rows.number(str(value), float(value))
