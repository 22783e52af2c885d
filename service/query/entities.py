"""Entities: the filtered list, one with its counts, and the articles, claims and entities around it."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from sqlalchemy import ColumnElement, Subquery, exists, false, func, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.lexicon.spelling import respell
from service.query import rows
from service.query.answers import (
    ArticleSummary,
    ClaimAnswer,
    EntityCounts,
    EntityDetail,
    EntitySummary,
    Neighbour,
    Page,
)
from service.query.articles import article_page, naming
from service.query.claims import about, claim_page, said_by
from service.query.columns import ARTICLE, CLAIM, ENTITY, ENTITY_NAME, MENTION, AnyRow
from service.query.cursors import scope
from service.query.matching import clean, contains_any, folded
from service.query.merges import MergedError, merged_into
from service.query.paging import Key, Window, page, page_of
from service.query.synonyms import alternatives

__all__ = ["MergedError", "articles_of", "claims_of", "entities", "entity", "neighbours"]


def entities(
    session: Session,
    *,
    q: str | None = None,
    kind: str | None = None,
    source: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[EntitySummary]:
    """Return entities, those that most articles (of `source`, where given) name first.

    `q` is a name or part of one, in either script.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    named = _named_by(source)
    articles = func.coalesce(named.c.articles, 0)
    statement = select(ENTITY, articles.label("articles")).join(
        named, named.c.entity_id == ENTITY.c.id, isouter=source is None
    )
    statement = statement.where(*_conditions(q, kind))
    window = Window(scope("entities", q=q, kind=kind, source=source), limit, cursor)
    return page(session, statement, [Key(articles, int, descending=True), Key(ENTITY.c.id, str)], window, _summaries)


def _named_by(source: str | None) -> Subquery:
    """Return how many articles name each entity: `entity_id`, `articles`."""
    count = func.count(func.distinct(MENTION.c.article_id)).label("articles")
    statement = select(MENTION.c.entity_id, count).where(MENTION.c.entity_id.is_not(None))
    if source is not None:
        statement = statement.join(ARTICLE, ARTICLE.c.id == MENTION.c.article_id)
        statement = statement.where(ARTICLE.c.source == clean(source))
    return statement.group_by(MENTION.c.entity_id).subquery()


def _conditions(q: str | None, kind: str | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if kind is not None:
        conditions.append(ENTITY.c.kind == clean(kind))
    if q is not None and folded(q):
        names = alternatives(respell(folded(q)))
        name = contains_any(ENTITY_NAME.c.folded, names) if any(map(str.isalnum, q)) else false()
        conditions.append(exists().where(ENTITY_NAME.c.entity_id == ENTITY.c.id, name))
    return conditions


def _summaries(found: Sequence[AnyRow]) -> list[EntitySummary]:
    return [EntitySummary(**dict(rows.entity_answer(row)), articles=row.articles) for row in found]


def entity(session: Session, entity_id: str) -> EntityDetail:
    """Return one entity and how much there is of it.

    Raises:
        MergedError: it is part of another one now.
        NotFoundError: no entity has this id.
    """
    answer = rows.entities_by_id(session, [_known(session, entity_id)])
    (one,) = answer.values()
    return EntityDetail(**dict(one), counts=_counts(session, one.id))


def _known(session: Session, entity_id: str) -> str:
    wanted = clean(entity_id)
    if session.execute(select(ENTITY.c.id).where(ENTITY.c.id == wanted)).first() is not None:
        return wanted
    into = merged_into(session, wanted)
    if into is not None:
        raise MergedError(wanted, into)
    raise NotFoundError(f"there is no entity {entity_id}")


def _counts(session: Session, entity_id: str) -> EntityCounts:
    mine = MENTION.c.entity_id == entity_id
    statement = select(
        select(func.count(func.distinct(MENTION.c.article_id))).where(mine).scalar_subquery().label("articles"),
        select(func.count()).select_from(MENTION).where(mine).scalar_subquery().label("mentions"),
        select(func.count(func.distinct(MENTION.c.claim_id))).where(mine).scalar_subquery().label("claims"),
        select(func.count()).select_from(CLAIM).where(said_by(entity_id)).scalar_subquery().label("said"),
    )
    return EntityCounts.model_validate(dict(session.execute(statement).one()._mapping))


def articles_of(
    session: Session, entity_id: str, *, limit: int = 20, cursor: str | None = None
) -> Page[ArticleSummary]:
    """Return the articles that name an entity, newest first.

    Raises:
        MergedError: it is part of another one now.
        NotFoundError: no entity has this id.
        BadCursorError: the cursor is not one of this list.
    """
    one = _known(session, entity_id)
    return article_page(session, [naming(one)], Window(scope("articles of", entity=one), limit, cursor))


def claims_of(session: Session, entity_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[ClaimAnswer]:
    """Return the claims that name an entity or are put in its mouth; raises as `articles_of` does."""
    one = _known(session, entity_id)
    return claim_page(session, [about(one)], Window(scope("claims of", entity=one), limit, cursor))


def neighbours(session: Session, entity_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[Neighbour]:
    """Return the entities named together with this one, the closest first; raises as `articles_of` does.

    Sharing half of one's articles with an entity that few articles name weighs more than with one that all name.
    """
    one = _known(session, entity_id)
    articles, claims = _shared(session, one, "article_id"), _shared(session, one, "claim_id")
    totals, said = _totals(session, one, "article_id"), _totals(session, one, "claim_id")
    near = [
        (-_weight((articles.get(other, 0), totals), (claims.get(other, 0), said), one, other), other)
        for other in articles.keys() | claims.keys()
    ]
    window = Window(scope("neighbours", entity=one), limit, cursor)
    return page_of(sorted(near), lambda item: item, window, lambda some: _neighbours(session, some, articles, claims))


def _shared(session: Session, entity_id: str, column: str) -> dict[str, int]:
    """Return for every other entity how many articles (or claims) name both."""
    places = select(MENTION.c[column]).where(MENTION.c.entity_id == entity_id, MENTION.c[column].is_not(None))
    return _counted(session, column, MENTION.c[column].in_(places), MENTION.c.entity_id != entity_id)


def _totals(session: Session, entity_id: str, column: str) -> dict[str, int]:
    """Return how many articles (or claims) name each of the entities that share an article with this one."""
    places = select(MENTION.c.article_id).where(MENTION.c.entity_id == entity_id)
    near = select(MENTION.c.entity_id).where(MENTION.c.article_id.in_(places))
    return _counted(session, column, MENTION.c.entity_id.in_(near))


def _counted(session: Session, column: str, *conditions: ColumnElement[bool]) -> dict[str, int]:
    count = func.count(func.distinct(MENTION.c[column])).label("number")
    statement = select(MENTION.c.entity_id, count).where(MENTION.c.entity_id.is_not(None), *conditions)
    return {row.entity_id: row.number for row in session.execute(statement.group_by(MENTION.c.entity_id))}


def _weight(articles: tuple[int, dict[str, int]], claims: tuple[int, dict[str, int]], one: str, other: str) -> float:
    """Return the cosine of the places where both are named, articles and claims in equal parts."""
    parts = [
        shared / sqrt(totals.get(one, 0) * totals.get(other, 0)) if shared else 0.0
        for shared, totals in (articles, claims)
    ]
    return round(sum(parts) / len(parts), 4)


def _neighbours(
    session: Session, near: Sequence[tuple[float, str]], articles: dict[str, int], claims: dict[str, int]
) -> list[Neighbour]:
    known = rows.entities_by_id(session, [other for _, other in near])
    return [
        Neighbour(entity=known[other], articles=articles.get(other, 0), claims=claims.get(other, 0), weight=-weight)
        for weight, other in near
        if other in known
    ]
