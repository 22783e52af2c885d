"""The answer to a lookup: candidates judged, ranked, and set side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import rows
from service.query.answers import AskedFigure, Evidence, LookupAnswer, LookupCounts, LookupQuery, Number, RelationKind
from service.query.claim_rows import claim_answers
from service.query.lookup.candidates import Candidate, candidates, weights
from service.query.lookup.concepts import Concept
from service.query.lookup.question import Question, understand
from service.query.lookup.stance import Verdict, compare

# Of all that a sentence speaks of, by weight: how much a claim must speak of, too.
_TOUCHES: Final = 0.34  # to be shown
_SAME: Final = 0.42  # to say the same thing, where numbers and polarity allow it
_OTHERWISE: Final = 0.6  # to say otherwise: in its own words, since a number is easily one of something else
_IN_CONTEXT: Final = 0.45  # what a concept counts that only stands in the sentences around
_NUMBERS: Final = 0.15  # what quantities that can be compared add


@dataclass(frozen=True)
class Judged:
    """A candidate with how well it fits and how it stands."""

    candidate: Candidate
    fit: float
    relation: RelationKind
    why: tuple[str, ...]


def lookup(session: Session, text: str, limit: int = 20) -> LookupAnswer:
    """Return the claims that say the same as `text`, say otherwise, or are about the same thing, best first.

    A question is answered by the claims that fill in what it leaves open. Nothing is returned when nothing fits.
    """
    question = understand(session, text)
    judged = _judge(session, question)
    counts = Counter(one.relation for one in judged)
    return LookupAnswer(
        query=_query(session, question),
        counts=LookupCounts(agree=counts["agree"], conflict=counts["conflict"], related=counts["related"]),
        matches=_evidence(session, judged[:limit]),
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
    question = replace(understand(session, claim.text), negated=claim.negated, asks=False)
    judged = [one for one in _judge(session, question) if one.candidate.article != claim.article.id]
    found = _evidence(session, judged[: 3 * limit])
    agreeing, conflicting, related = (
        [evidence for evidence in found if evidence.relation == relation][:limit]
        for relation in ("agree", "conflict", "related")
    )
    return agreeing, conflicting, related


def _judge(session: Session, question: Question) -> list[Judged]:
    weighed = weights(session, question.concepts)
    whole = sum(weighed.values())
    if not whole:
        return []
    judged = []
    for candidate in candidates(session, weighed):
        shares = _shares(candidate, weighed, whole)
        if shares.fit >= _TOUCHES:
            judged.append(_stand(question, candidate, shares))
    return sorted(judged, key=lambda one: (-one.fit, one.candidate.article, one.candidate.ordinal))


@dataclass(frozen=True)
class _Shares:
    """How much of what is asked about a claim speaks of, by weight."""

    own: float  # in its own words
    fit: float  # in them or, for less, in the sentences around
    concepts: tuple[Concept, ...]  # those it names itself


def _shares(candidate: Candidate, weighed: dict[Concept, float], whole: float) -> _Shares:
    own_total, total, named = 0.0, 0.0, []
    for concept, weight in weighed.items():
        own = _own(concept, candidate)
        if own >= 1:
            named.append(concept)
        around = 0.0 if own >= 1 else _around(concept, candidate)
        own_total += weight * own
        total += weight * max(own, _IN_CONTEXT * around)
    return _Shares(own_total / whole, total / whole if named else 0.0, tuple(named))


def _own(concept: Concept, candidate: Candidate) -> float:
    if concept.entity is not None and (concept.entity in candidate.entities or concept.entity == candidate.speaker):
        return 1.0
    return concept.share_in(candidate.folded)


def _around(concept: Concept, candidate: Candidate) -> float:
    return 1.0 if concept.entity in candidate.around else concept.share_in(candidate.context)


def _stand(question: Question, candidate: Candidate, shares: _Shares) -> Judged:
    verdict = compare(question.amounts, candidate.amounts)
    relation = _relation(question, candidate, shares, verdict)
    score = shares.fit * (1 - _NUMBERS) + _NUMBERS * _numbers(question, candidate, verdict)
    return Judged(candidate, min(score, 1.0), relation, _why(shares.concepts, verdict))


def _relation(question: Question, candidate: Candidate, shares: _Shares, verdict: Verdict) -> RelationKind:
    """Decide how a claim stands to what is asked; in doubt it is only about the same thing."""
    if question.amounts and verdict.conflicting:
        # A question's numbers say under which condition it asks; they contradict nobody.
        return "conflict" if shares.own >= _OTHERWISE and not question.asks else "related"
    if question.amounts and not verdict.agreeing and not question.asks:
        return "related"
    if question.counts and not candidate.amounts:
        return "related"
    same = question.asks or bool(question.amounts) or question.negated == candidate.negated
    return "agree" if same and shares.fit >= _SAME else "related"


def _numbers(question: Question, candidate: Candidate, verdict: Verdict) -> float:
    """Return how well the numbers fit: 1 where they agree or a question about numbers finds some."""
    if question.amounts:
        return 1.0 if verdict.agreeing else 0.6 if verdict.conflicting else 0.0
    return 1.0 if question.asks and candidate.amounts else 0.5


def _why(shared: Sequence[Concept], verdict: Verdict) -> tuple[str, ...]:
    words = sorted({min(concept.forms, key=lambda form: (-len(form), form)) for concept in shared})
    agreeing = [f"{asked.text} = {said.text}" for asked, said in verdict.agreeing]
    conflicting = [f"{asked.text} ≠ {said.text}" for asked, said in verdict.conflicting]
    return (*agreeing, *conflicting, f"both speak of {', '.join(words)}")


def _evidence(session: Session, judged: Sequence[Judged]) -> list[Evidence]:
    answers = claim_answers(session, [one.candidate.id for one in judged])
    return [
        Evidence(claim=answers[one.candidate.id], relation=one.relation, score=round(one.fit, 4), why=list(one.why))
        for one in judged
    ]


def _query(session: Session, question: Question) -> LookupQuery:
    entities = rows.entities_by_id(session, question.entities)
    figures = [
        AskedFigure(
            text=figure.surface,
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
