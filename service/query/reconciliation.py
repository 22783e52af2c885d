"""Reconciliation: which entities a cell of somebody's spreadsheet may mean, scored, as the W3C community's API has it.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.model import EntityKind
from service.query import rows
from service.query.answers import Answer, EntityAnswer
from service.query.columns import ENTITY, MENTION
from service.query.matching import clean, folded
from service.query.merges import current_id
from service.query.name_forms import own_form
from service.query.named import Nearness, nearest, ways
from service.script import VARIANTS

MOST_CANDIDATES = 20
_MOST_VALUES = 10  # of one query's properties that count
_FEW = 60  # candidates that are scored for one query
_SCORES = {Nearness.NAME: 100.0, Nearness.ALIAS: 95.0, Nearness.PREFIX: 70.0, Nearness.PART: 50.0}
_OF_PREFIX = 20.0  # that a longer name loses at most for what the query lacks
_UNTIED = 15.0  # that a candidate loses for naming nobody of those the row names
_OTHER_TYPE = 40.0


class TypeAnswer(Answer):
    """A kind of entity, as the protocol calls it a type."""

    id: str = Field(examples=["person"])
    name: str = Field(examples=["Person"])


class Feature(Answer):
    """What a score is made of, so that a client can weigh it otherwise."""

    id: str = Field(examples=["name_exact"])
    value: bool | float = Field(examples=[True])


class Candidate(Answer):
    """An entity that a query may mean."""

    id: str = Field(examples=["marie-curie"])
    name: str = Field(examples=["Marie Curie"])
    description: str = Field(examples=["person · 居禮夫人, 居里夫人"])
    type: list[TypeAnswer]
    score: float = Field(ge=0, le=100, examples=[95.0])
    match: bool = Field(description="The only one that bears the name as a whole.", examples=[True])
    features: list[Feature]


class Candidates(Answer):
    """The answer to one query, the best first."""

    result: list[Candidate]


class Suggestion(Answer):
    """An entity while somebody types."""

    id: str = Field(examples=["marie-curie"])
    name: str = Field(examples=["Marie Curie"])
    description: str = Field(examples=["person · 居禮夫人, 居里夫人"])
    notable: list[TypeAnswer]


class Suggestions(Answer):
    """Entities while somebody types, the nearest first."""

    result: list[Suggestion]


@dataclass(frozen=True, slots=True)
class Query:
    """One query: a name, the kinds it may be of (none: any), and what else its row names."""

    text: str
    kinds: tuple[str, ...] = ()
    limit: int = MOST_CANDIDATES
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    entity: EntityAnswer
    nearness: Nearness
    articles: int


def types(kinds: Collection[str] = tuple(EntityKind)) -> list[TypeAnswer]:
    """Return the kinds of entities as types."""
    return [TypeAnswer(id=str(kind), name=str(kind).capitalize()) for kind in kinds]


def reconcile(session: Session, query: Query, lang: str) -> Candidates:
    """Return the entities that `query` may mean, their names as in `lang`.

    A name or id that fits as a whole is worth more than a beginning, that more than a part; a candidate of another
    kind than asked for, or one that no post names together with what else the row names, is worth less. It is a match
    where it alone bears the name as a whole.
    """
    found = _found(session, query.text)
    fitting = [one for one in found if not query.kinds or one.entity.kind.value in query.kinds] or found
    tied = _tied(session, [one.entity.id for one in fitting], query.others)
    features = {one.entity.id: _features(one, query, tied) for one in fitting}
    scored = sorted(fitting, key=lambda one: (-_score(one, features[one.entity.id]), -one.articles, one.entity.id))
    sure = _sure(scored, query, tied)
    return Candidates(
        result=[
            Candidate(
                id=one.entity.id,
                name=shown_name(one.entity, lang),
                description=description(one.entity),
                type=types([one.entity.kind.value]),
                score=_score(one, features[one.entity.id]),
                match=one.entity.id == sure,
                features=[Feature(id=name, value=value) for name, value in features[one.entity.id].items()],
            )
            for one in scored[: max(1, min(query.limit, MOST_CANDIDATES))]
        ]
    )


def suggest(session: Session, prefix: str, lang: str, *, skip: int = 0, limit: int = MOST_CANDIDATES) -> Suggestions:
    """Return the entities whose names, or whose id, begin with `prefix`, the nearest first."""
    found = _found(session, prefix, skip + limit)[skip:]
    return Suggestions(
        result=[
            Suggestion(
                id=one.entity.id,
                name=shown_name(one.entity, lang),
                description=description(one.entity),
                notable=types([one.entity.kind.value]),
            )
            for one in found
        ]
    )


def shown_name(entity: EntityAnswer, lang: str) -> str:
    """Return the name of an entity for a reader of `lang`."""
    return own_form(entity, lang) if lang in VARIANTS else entity.name


def description(entity: EntityAnswer, most: int = 4) -> str:
    """Return what tells an entity from its namesakes: its kind and other names."""
    names = (entity.names.hant, entity.names.hans, entity.names.en, *entity.aliases)
    others = [form for form in dict.fromkeys(names) if form and form != entity.name][:most]
    return " · ".join([entity.kind.value, *([", ".join(others)] if others else [])])


def _found(session: Session, text: str, limit: int = _FEW) -> list[_Found]:
    """Return who is named so, the nearest first: by exact names and beginnings, and by parts where these are none."""
    ident = session.execute(select(ENTITY).where(ENTITY.c.id == current_id(session, clean(text).strip()))).first()
    found = {ident.id: _Found(rows.entity_answer(ident), Nearness.NAME, 0)} if ident else {}
    for reach in ("prefix", "contains"):
        near = nearest(session, text, reach)
        articles = (
            select(func.count(func.distinct(MENTION.c.article_id)))
            .where(MENTION.c.entity_id == ENTITY.c.id)
            .correlate(ENTITY)
            .scalar_subquery()
        )
        query = select(ENTITY, near.c.nearness, articles.label("articles")).join(near, near.c.entity_id == ENTITY.c.id)
        order = (near.c.nearness, func.length(ENTITY.c.name), ENTITY.c.id)
        for row in session.execute(query.order_by(*order).limit(limit)):
            found.setdefault(row.id, _Found(rows.entity_answer(row), Nearness(row.nearness), row.articles))
        if found:
            break
    return list(found.values())[:limit]


def _tied(session: Session, ids: Sequence[str], others: Sequence[str]) -> Mapping[str, int] | None:
    """Return how many articles name each candidate and one of `others`; None where these name nobody."""
    known: set[str] = set()
    for other in others[:_MOST_VALUES]:
        near = nearest(session, other, "exact")
        known |= set(session.scalars(select(near.c.entity_id))) | {current_id(session, other)}
    known &= set(session.scalars(select(ENTITY.c.id).where(ENTITY.c.id.in_(known)))) if known else set()
    if not known or not ids:
        return None
    there = select(MENTION.c.article_id).where(MENTION.c.entity_id.in_(known))
    count = func.count(func.distinct(MENTION.c.article_id))
    query = select(MENTION.c.entity_id, count).where(MENTION.c.entity_id.in_(ids), MENTION.c.article_id.in_(there))
    return {row[0]: row[1] for row in session.execute(query.group_by(MENTION.c.entity_id))}


def _features(one: _Found, query: Query, tied: Mapping[str, int] | None) -> dict[str, bool | float]:
    features: dict[str, bool | float] = {
        "name_exact": one.nearness is Nearness.NAME,
        "alias_exact": one.nearness is Nearness.ALIAS,
        "name_coverage": round(_coverage(one.entity, query.text), 4),
        "articles": float(one.articles),
    }
    if query.kinds:
        features["type_fits"] = one.entity.kind.value in query.kinds
    if tied is not None:
        features["named_with"] = float(tied.get(one.entity.id, 0))
    return features


def _coverage(entity: EntityAnswer, text: str) -> float:
    """Return how much of the name that it fits best the query is: 1 for all of it."""
    forms = {folded(form) for form in (entity.name, entity.names.hant, entity.names.hans, entity.names.en) if form}
    forms |= set(map(folded, entity.aliases))
    fits = [len(way) / len(form) for way in ways(text) for form in forms if way in form]
    return min(max(fits, default=0.0), 1.0)


def _score(one: _Found, features: Mapping[str, bool | float]) -> float:
    score = _SCORES[one.nearness]
    if one.nearness > Nearness.ALIAS:
        score -= _OF_PREFIX * (1 - float(features["name_coverage"]))
    if features.get("type_fits") is False:
        score -= _OTHER_TYPE
    if features.get("named_with") == 0:
        score -= _UNTIED
    return round(max(score, 0.0), 2)


def _sure(scored: Sequence[_Found], query: Query, tied: Mapping[str, int] | None) -> str | None:
    """Return who alone bears the name as a whole: among namesakes, who alone is named with what else the row names."""
    whole = [one.entity.id for one in scored if one.nearness <= Nearness.ALIAS and _of(one, query)]
    if len(whole) > 1 and tied:
        whole = [ident for ident in whole if tied.get(ident)]
    return whole[0] if len(whole) == 1 else None


def _of(one: _Found, query: Query) -> bool:
    return not query.kinds or one.entity.kind.value in query.kinds


def values(properties: Any) -> tuple[str, ...]:
    """Return the texts and ids among the property values of a query; numbers and the like name nobody.

    >>> values([{"pid": "founder", "v": ["林若溪", {"id": "marie-curie", "name": "Marie Curie"}, 3]}])
    ('林若溪', 'marie-curie')
    """
    found = []
    for one in properties if isinstance(properties, list) else ():
        given = one.get("v") if isinstance(one, dict) else None
        for value in given if isinstance(given, list) else [given]:
            text = value.get("id") if isinstance(value, dict) else value
            if isinstance(text, str) and text.strip():
                found.append(text)
    return tuple(found[:_MOST_VALUES])
