"""Entities around an entity: who is named together with it, how closely, and in which posts."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from functools import partial
from math import sqrt

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import ArticleRef, Neighbour, Page
from service.query.columns import ARTICLE, ENTITY, MENTION
from service.query.cursors import scope
from service.query.entities import known_id
from service.query.matching import clean
from service.query.paging import Window, page_of

_SHOWN = 5  # posts of each neighbour


def neighbours(
    session: Session, entity_id: str, *, kind: str | None = None, limit: int = 20, cursor: str | None = None
) -> Page[Neighbour]:
    """Return the entities (of a kind) named together with this one, the closest first, with the posts that tie them.

    Sharing half of one's articles with an entity that few articles name weighs more than with one that all name.

    Raises:
        MergedError: it is part of another one now.
        NotFoundError: no entity has this id.
        BadCursorError: the cursor is not one of this list.
    """
    one = known_id(session, entity_id)
    articles, claims = _shared(session, one, "article_id"), _shared(session, one, "claim_id")
    totals, said = _totals(session, one, "article_id"), _totals(session, one, "claim_id")
    near = [
        (-_weight((articles.get(other, 0), totals), (claims.get(other, 0), said), one, other), other)
        for other in _of_kind(session, articles.keys() | claims.keys(), kind)
    ]
    window = Window(scope("neighbours", entity=one, kind=kind), limit, cursor)
    build = partial(_neighbours, session, one, articles, claims)
    return page_of(sorted(near), lambda item: item, window, build)


def _of_kind(session: Session, near: Set[str], kind: str | None) -> Collection[str]:
    if kind is None:
        return near
    return near & set(session.scalars(select(ENTITY.c.id).where(ENTITY.c.kind == clean(kind))))


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
    session: Session, one: str, articles: dict[str, int], claims: dict[str, int], near: Sequence[tuple[float, str]]
) -> list[Neighbour]:
    known = rows.entities_by_id(session, [other for _, other in near])
    posts = _posts(session, one, known)
    return [
        Neighbour(
            entity=known[other],
            articles=articles.get(other, 0),
            claims=claims.get(other, 0),
            weight=-weight,
            posts=posts.get(other, []),
        )
        for weight, other in near
        if other in known
    ]


def _posts(session: Session, one: str, others: Collection[str]) -> dict[str, list[ArticleRef]]:
    """Return for each entity the newest articles that name it together with `one`: the first few of them."""
    here = select(MENTION.c.article_id).where(MENTION.c.entity_id == one)
    pairs = (
        select(MENTION.c.entity_id, MENTION.c.article_id)
        .where(MENTION.c.entity_id.in_(others), MENTION.c.article_id.in_(here))
        .distinct()
        .subquery()
    )
    newest = (func.coalesce(ARTICLE.c.published, "").desc(), ARTICLE.c.id)
    place = func.row_number().over(partition_by=pairs.c.entity_id, order_by=newest).label("place")
    ranked = (
        select(pairs.c.entity_id, ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.url, place)
        .join(ARTICLE, ARTICLE.c.id == pairs.c.article_id)
        .subquery()
    )
    found: dict[str, list[ArticleRef]] = {}
    shown = select(ranked).where(ranked.c.place <= _SHOWN).order_by(ranked.c.entity_id, ranked.c.place)
    for row in session.execute(shown) if others else ():
        found.setdefault(row.entity_id, []).append(rows.ref(row))
    return found
