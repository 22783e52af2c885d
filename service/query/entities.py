"""Entities: the filtered list, one with its counts, and the articles and claims around it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import FromClause, Subquery, func, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import rows
from service.query.answers import (
    ArticleSummary,
    ClaimAnswer,
    EntityCounts,
    EntityDetail,
    EntitySummary,
    Page,
)
from service.query.articles import article_page, naming
from service.query.claims import about, claim_page, said_by
from service.query.columns import ARTICLE, CLAIM, ENTITY, MENTION, AnyRow
from service.query.cursors import scope
from service.query.matching import clean, folded
from service.query.merges import MergedError, merged_into
from service.query.named import Reach, nearest
from service.query.paging import Key, Window, page

__all__ = ["MergedError", "articles_of", "claims_of", "entities", "entity", "known_id"]


def entities(
    session: Session,
    *,
    q: str | None = None,
    match: Reach = "contains",
    kind: str | None = None,
    source: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[EntitySummary]:
    """Return entities, those that most articles (of `source`, where given) name first.

    `q` is a name or part of one, in either script: whoever is shown by that name comes first, then who bears it,
    whose name begins with it, and whose name holds it; `match` says how far down that goes.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    name = scope("entities", q=q, match=match if q else None, kind=kind, source=source)
    near = nearest(session, q, match) if q is not None and folded(q) else None
    named = _named_by(source, near)
    articles = func.coalesce(named.c.articles, 0)
    keys = [Key(articles, int, descending=True), Key(ENTITY.c.id, str)]
    places: FromClause = ENTITY
    if near is not None:  # it stands first: few are near, and SQLite keeps the order in which tables are joined
        places, keys = near.join(ENTITY, near.c.entity_id == ENTITY.c.id), [Key(near.c.nearness, int), *keys]
    places = places.join(named, named.c.entity_id == ENTITY.c.id, isouter=source is None)
    statement = select(ENTITY, articles.label("articles")).select_from(places)
    if kind is not None:
        statement = statement.where(ENTITY.c.kind == clean(kind))
    return page(session, statement, keys, Window(name, limit, cursor), _summaries)


def _named_by(source: str | None, near: Subquery | None) -> Subquery:
    """Return how many articles name each entity (of `near`, where given): `entity_id`, `articles`."""
    count = func.count(func.distinct(MENTION.c.article_id)).label("articles")
    statement = select(MENTION.c.entity_id, count).where(MENTION.c.entity_id.is_not(None))
    if near is not None:
        statement = statement.where(MENTION.c.entity_id.in_(select(near.c.entity_id)))
    if source is not None:
        statement = statement.join(ARTICLE, ARTICLE.c.id == MENTION.c.article_id)
        statement = statement.where(ARTICLE.c.source == clean(source))
    return statement.group_by(MENTION.c.entity_id).subquery()


def _summaries(found: Sequence[AnyRow]) -> list[EntitySummary]:
    return [EntitySummary(**dict(rows.entity_answer(row)), articles=row.articles) for row in found]


def entity(session: Session, entity_id: str) -> EntityDetail:
    """Return one entity and how much there is of it.

    Raises:
        MergedError: it is part of another one now.
        NotFoundError: no entity has this id.
    """
    answer = rows.entities_by_id(session, [known_id(session, entity_id)])
    (one,) = answer.values()
    return EntityDetail(**dict(one), counts=_counts(session, one.id))


def known_id(session: Session, entity_id: str) -> str:
    """Return the id of an entity.

    Raises:
        MergedError: it is part of another one now.
        NotFoundError: no entity has this id.
    """
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
    one = known_id(session, entity_id)
    return article_page(session, [naming(one)], Window(scope("articles of", entity=one), limit, cursor))


def claims_of(session: Session, entity_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[ClaimAnswer]:
    """Return the claims that name an entity or are put in its mouth; raises as `articles_of` does."""
    one = known_id(session, entity_id)
    return claim_page(session, [about(one)], Window(scope("claims of", entity=one), limit, cursor))
