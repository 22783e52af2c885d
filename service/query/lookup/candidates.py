"""Which claims may speak of what a sentence speaks of: from the index, with what is needed to judge them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from service.model import Approx
from service.query.columns import ARTICLE, CLAIM, CLAIM_TERM, ENTITY_NAME, FIGURE, MENTION, TIME
from service.query.lookup.concepts import Concept
from service.query.lookup.stance import Amount, amount, span_of_days
from service.script import fold
from service.store.terms import terms

MOST: Final = 400  # claims looked at closely
_UNHEARD: Final = 0.3  # what a common word counts that no claim holds
_NEAR: Final = 2  # claims before and behind whose words count as context


@dataclass(frozen=True)
class Candidate:
    """A claim with all that is compared."""

    id: str
    article: str
    ordinal: int
    folded: str
    negated: bool
    entities: frozenset[str]
    speaker: str | None
    amounts: tuple[Amount, ...]
    context: str  # folded: title, section, and the claims around it
    around: frozenset[str]  # entities named in that context


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
        if count == 0 and not concept.proper:
            rarity *= _UNHEARD
        result[concept] = rarity * math.sqrt(min(max(concept.length - 1, 1), 4))
    return result


def _keys(concept: Concept) -> list[tuple[str, ...]]:
    """Return the index terms of each form of a concept."""
    return [found for form in sorted(concept.forms) if (found := terms(form))]


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
    return [_candidate(row, around[row.article_id], named, amounts) for row in rows]


def _best(session: Session, weighed: Mapping[Concept, float]) -> list[str]:
    worth: dict[str, float] = defaultdict(float)
    for concept, weight in weighed.items():
        for form in _keys(concept):
            for term in form:
                worth[term] = max(worth[term], weight / len(form))
    scores: dict[str, float] = defaultdict(float)
    if worth:
        value: ColumnElement[float] = case(worth, value=CLAIM_TERM.c.term, else_=0.0)
        query = select(CLAIM_TERM.c.claim_id, func.sum(value)).where(CLAIM_TERM.c.term.in_(sorted(worth)))
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


def _named(session: Session, around: Mapping[str, Sequence[Any]]) -> dict[str, set[str]]:
    ids = [row.id for rows in around.values() for row in rows]
    query = select(MENTION.c.claim_id, MENTION.c.entity_id)
    named: dict[str, set[str]] = defaultdict(set)
    for claim, entity in session.execute(query.where(MENTION.c.claim_id.in_(ids), MENTION.c.entity_id.is_not(None))):
        named[claim].add(entity)
    return named


def _amounts(session: Session, ids: Sequence[str]) -> dict[str, list[Amount]]:
    found: dict[str, list[Amount]] = defaultdict(list)
    for row in session.execute(select(FIGURE).where(FIGURE.c.claim_id.in_(ids)).order_by(FIGURE.c.ordinal)):
        found[row.claim_id].append(
            amount(row.low, row.high, row.unit, row.per, Approx(row.approx), row.counted, row.text)
        )
    for row in session.execute(select(TIME).where(TIME.c.claim_id.in_(ids), TIME.c.kind == "explicit")):
        if (period := span_of_days(row.low, row.high, row.text)) is not None:
            found[row.claim_id].append(period)
    return found


def _candidate(
    row: Any, around: Sequence[Any], named: Mapping[str, set[str]], amounts: Mapping[str, Sequence[Amount]]
) -> Candidate:
    near = [other for other in around if 0 < abs(other.ordinal - row.ordinal) <= _NEAR and other.section == row.section]
    context = "\n".join([fold(row.title), fold(row.section or ""), *(other.folded for other in near)])
    entities = frozenset[str]().union(*(named.get(other.id, ()) for other in near))
    own = frozenset(named.get(row.id, ()))
    return Candidate(
        row.id,
        row.article_id,
        row.ordinal,
        row.folded,
        row.negated,
        own,
        row.speaker_id,
        tuple(amounts.get(row.id, ())),
        context,
        entities,
    )


def names_of(session: Session, entities: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return all folded names of these entities."""
    found: dict[str, set[str]] = defaultdict(set)
    query = select(ENTITY_NAME).where(ENTITY_NAME.c.entity_id.in_(sorted(entities)))
    for row in session.execute(query):
        found[row.entity_id].add(row.folded)
    return {entity: frozenset(names) for entity, names in found.items()}
