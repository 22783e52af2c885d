"""Which claims may speak of what a sentence speaks of: from the index, with what is needed to judge them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from service.lexicon.spelling import respell
from service.model import Approx, Span
from service.query.columns import ARTICLE, CLAIM, CLAIM_TERM, ENTITY_NAME, FIGURE, MENTION, TIME
from service.query.lookup.amounts import Amount, amount, fractions, span_of_days
from service.query.lookup.clauses import Clauses
from service.query.lookup.concepts import Concept
from service.query.lookup.vocabulary import stance
from service.script import fold
from service.store.terms import terms

MOST: Final = 300  # claims looked at closely
_UNHEARD: Final = 0.4  # what a common word counts that no claim holds
_TERMS: Final = 256  # index terms looked for: the most telling
_REACHING: Final = 0.35  # what a verb between a thing and its amount counts: 達到
_LATIN: Final = 1.5  # how much longer than the shortest a word in Latin letters counts
_NEAR: Final = 2  # claims before and behind whose words count as context


@dataclass(frozen=True)
class Candidate:
    """A claim with all that is compared."""

    id: str
    article: str
    ordinal: int
    clauses: Clauses
    entities: frozenset[str]
    mentions: tuple[tuple[Span, str], ...]  # where it names them
    speaker: str | None
    amounts: tuple[Amount, ...]
    heading: str  # folded: title and section
    beside: str  # folded: the claims around it
    around: frozenset[str]  # entities named beside it


def weights(session: Session, concepts: Sequence[Concept]) -> dict[Concept, float]:
    """Return how much each concept tells: the rarer among all claims, the more.

    A name or Latin word that the corpus lacks counts as the rarest, so that a sentence about something else does not
    fit for the little it shares; another word it lacks counts less, since a thing can be said in many words.
    """
    total = session.execute(select(func.count()).select_from(CLAIM)).scalar_one()
    keys = {concept: _keys(concept) for concept in concepts}
    counts = _frequencies(session, {term for found in keys.values() for form in found for term in form})
    result = {}
    for concept in concepts:
        # A form stands in at most as many claims as its rarest term; a concept in at most all its forms together.
        count = sum(min((counts.get(term, 0) for term in form), default=0) for form in keys[concept])
        rarity = math.log(1 + total / (1 + min(count, total)))
        if count == 0 and not concept.named:
            rarity *= _UNHEARD
        if stance("operator", "reach").fullmatch(min(concept.forms)):
            rarity *= _REACHING
        result[concept] = rarity * (_LATIN if concept.latin else math.sqrt(min(max(concept.length - 1, 1), 4)))
    return result


def _keys(concept: Concept) -> list[tuple[str, ...]]:
    """Return the index terms of each form of a concept."""
    return [found for form in sorted(concept.words) if (found := terms(form))]


def _frequencies(session: Session, wanted: Iterable[str]) -> dict[str, int]:
    query = select(CLAIM_TERM.c.term, func.count()).where(CLAIM_TERM.c.term.in_(sorted(wanted)))
    return {row[0]: row[1] for row in session.execute(query.group_by(CLAIM_TERM.c.term))}


def candidates(session: Session, weighed: Mapping[Concept, float]) -> list[Candidate]:
    """Return the claims that share the most telling concepts, at most `MOST`, with their context."""
    ids = _best(session, weighed)
    rows = session.execute(
        select(CLAIM, ARTICLE.c.title, MENTION.c.entity_id.label("speaker_id"))
        .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
        .outerjoin(
            MENTION, and_(MENTION.c.article_id == CLAIM.c.article_id, MENTION.c.ordinal == CLAIM.c.speaker_ordinal)
        )
        .where(CLAIM.c.id.in_(ids))
        .order_by(CLAIM.c.article_id, CLAIM.c.ordinal)
    ).all()
    around = _around(session, rows)
    named, amounts = _named(session, around), _amounts(session, ids)
    return [_candidate(row, around[row.article_id], named, amounts.get(row.id, ())) for row in rows]


def _best(session: Session, weighed: Mapping[Concept, float]) -> list[str]:
    worth: dict[str, float] = defaultdict(float)
    for concept, weight in weighed.items():
        for form in _keys(concept):
            for term in form:
                worth[term] = max(worth[term], weight / len(form))
    scores: dict[str, float] = defaultdict(float)
    telling = dict(sorted(worth.items(), key=lambda item: (-item[1], item[0]))[:_TERMS])
    if telling:
        value: ColumnElement[float] = case(telling, value=CLAIM_TERM.c.term, else_=0.0)
        query = select(CLAIM_TERM.c.claim_id, func.sum(value)).where(CLAIM_TERM.c.term.in_(sorted(telling)))
        query = query.group_by(CLAIM_TERM.c.claim_id).order_by(func.sum(value).desc(), CLAIM_TERM.c.claim_id)
        scores.update((row[0], row[1]) for row in session.execute(query.limit(MOST)))
    return sorted(scores, key=lambda claim: (-scores[claim], claim))


def _around(session: Session, rows: Sequence[Any]) -> dict[str, list[Any]]:
    """Return, for each article of `rows`, the claims within reach of one of them, in reading order."""
    reach: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        reach[row.article_id].update(range(row.ordinal - _NEAR, row.ordinal + _NEAR + 1))
    wanted = [and_(CLAIM.c.article_id == article, CLAIM.c.ordinal.in_(near)) for article, near in reach.items()]
    found: dict[str, list[Any]] = defaultdict(list)
    if wanted:
        query = select(CLAIM.c.id, CLAIM.c.article_id, CLAIM.c.ordinal, CLAIM.c.folded, CLAIM.c.section)
        for row in session.execute(query.where(or_(*wanted)).order_by(CLAIM.c.article_id, CLAIM.c.ordinal)):
            found[row.article_id].append(row)
    return found


def _named(session: Session, around: Mapping[str, Sequence[Any]]) -> dict[str, list[tuple[str, Span]]]:
    ids = [row.id for rows in around.values() for row in rows]
    query = select(MENTION.c.claim_id, MENTION.c.entity_id, MENTION.c.start, MENTION.c.end)
    named: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for row in session.execute(query.where(MENTION.c.claim_id.in_(ids), MENTION.c.entity_id.is_not(None))):
        named[row.claim_id].append((row.entity_id, Span(row.start, row.end)))
    return named


def _amounts(session: Session, ids: Sequence[str]) -> dict[str, list[Amount]]:
    found: dict[str, list[Amount]] = defaultdict(list)
    told = FIGURE.c.claim_id.in_(ids), FIGURE.c.approx != Approx.VAGUE  # 數百億 settles nothing
    for row in session.execute(select(FIGURE).where(*told).order_by(FIGURE.c.ordinal)):
        one = amount(row.low, row.high, row.unit, row.per, Approx(row.approx), row.counted, row.text)
        found[row.claim_id].append(replace(one, span=Span(row.start, row.end)))
    for row in session.execute(select(TIME).where(TIME.c.claim_id.in_(ids), TIME.c.kind == "explicit")):
        if (period := span_of_days(row.low, row.high, row.text)) is not None:
            found[row.claim_id].append(replace(period, span=Span(row.start, row.end)))
    return found


def placed(amounts: Iterable[Amount], clauses: Clauses, offset: int = 0) -> tuple[Amount, ...]:
    """Return `amounts` with their places counted from `offset`, and whether the sentence denies them."""
    moved = [replace(one, span=Span(one.span.start - offset, one.span.end - offset)) for one in amounts]
    moved += [one for one in fractions(clauses.folded) if not any(one.span.overlaps(other.span) for other in moved)]
    dates = [one.span for one in moved if one.kind == "date"]
    return tuple(
        replace(one, denied=clauses.denies_amount(one.span.start), dimension=_rated(one, clauses, dates))
        for one in moved
    )


def _rated(one: Amount, clauses: Clauses, dates: Sequence[Span]) -> str:
    """Return the dimension of an amount, without a rate by the year where the only year before it is a date."""
    if not one.dimension.endswith("/year") or "/" in one.text or "年" in fold(one.text):
        return one.dimension
    clause = clauses.around(one.span.start)
    spans = [date for date in dates if clause.start <= date.start < one.span.start]
    said = "".join(c for at, c in enumerate(clauses.folded) if not any(d.start <= at < d.end for d in spans))
    dated = bool(spans) and "年" not in said[clause.start :] and "year" not in said
    return one.kind if dated else one.dimension


def _candidate(
    row: Any, around: Sequence[Any], named: Mapping[str, Sequence[tuple[str, Span]]], amounts: Sequence[Amount]
) -> Candidate:
    near = [other for other in around if 0 < abs(other.ordinal - row.ordinal) <= _NEAR and other.section == row.section]
    clauses = Clauses(respell(row.folded))
    own = named.get(row.id, ())
    return Candidate(
        row.id,
        row.article_id,
        row.ordinal,
        clauses,
        frozenset(entity for entity, _ in own),
        tuple(sorted((Span(at.start - row.start, at.end - row.start), entity) for entity, at in own)),
        row.speaker_id,
        placed(amounts, clauses, row.start),
        respell("\n".join([fold(row.title), fold(row.section or "")])),
        respell("\n".join(other.folded for other in near)),
        frozenset(entity for other in near for entity, _ in named.get(other.id, ())),
    )


def names_of(session: Session, entities: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return all folded names of these entities."""
    found: dict[str, set[str]] = defaultdict(set)
    query = select(ENTITY_NAME).where(ENTITY_NAME.c.entity_id.in_(sorted(entities)))
    for row in session.execute(query):
        found[row.entity_id].add(respell(row.folded))
    return {entity: frozenset(names) for entity, names in found.items()}
