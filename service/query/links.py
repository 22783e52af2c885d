"""Links and what they lead to: resolved by a join whenever they are read, so that no order of ingestion matters.

A link leads to the article that has its key as an address. Of several, one of the link's own source comes first,
then one whose path (rather than name, other name or URL) it is, then the one with the shortest path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Subquery, and_, case, func, select
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import ArticleRef, BacklinkAnswer, EntityAnswer, LinkAnswer, Page, Resolved
from service.query.columns import ADDRESS, ARTICLE, ENTITY_NAME, LINK, AnyRow
from service.query.cursors import scope
from service.query.paging import Key, Window, page

_KIND_ORDER = {"path": 0, "name": 1, "alias": 2, "url": 3}


def destinations(*conditions: ColumnElement[bool]) -> Subquery:
    """Return the links that fulfil the conditions and lead to an article: `article_id`, `ordinal`, `to_id`."""
    origin, target = ARTICLE.alias("origin"), ARTICLE.alias("target")
    order = (
        case((target.c.source == origin.c.source, 0), else_=1),
        case(_KIND_ORDER, value=ADDRESS.c.kind, else_=len(_KIND_ORDER)),
        func.length(target.c.path),
        target.c.id,
    )
    place = func.row_number().over(partition_by=[LINK.c.article_id, LINK.c.ordinal], order_by=order)
    candidates = (
        select(LINK.c.article_id, LINK.c.ordinal, target.c.id.label("to_id"), place.label("place"))
        .join(origin, origin.c.id == LINK.c.article_id)
        .join(ADDRESS, ADDRESS.c.key == LINK.c.key)
        .join(target, target.c.id == ADDRESS.c.article_id)
        .where(*conditions)
        .subquery()
    )
    best = select(candidates.c.article_id, candidates.c.ordinal, candidates.c.to_id)
    return best.where(candidates.c.place == 1).subquery()


def leading_to(articles: Collection[str]) -> Subquery:
    """Return the links of other articles that lead to one of `articles`: `article_id`, `ordinal`, `to_id`."""
    keys = select(ADDRESS.c.key).where(ADDRESS.c.article_id.in_(articles))
    found = destinations(LINK.c.key.in_(keys))
    chosen = select(found).where(found.c.to_id.in_(articles), found.c.to_id != found.c.article_id)
    return chosen.subquery()


def leading_from(articles: Collection[str]) -> Subquery:
    """Return the links of `articles` that lead to another article: `article_id`, `ordinal`, `to_id`."""
    found = destinations(LINK.c.article_id.in_(articles))
    return select(found).where(found.c.to_id != found.c.article_id).subquery()


def links_of(session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[LinkAnswer]:
    """Return the links of an article as written, in reading order, with what they lead to.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    statement = select(LINK).where(LINK.c.article_id == article_id)
    window = Window(scope("links", article=article_id), limit, cursor)
    return page(session, statement, [Key(LINK.c.ordinal, int)], window, lambda found: _answers(session, found))


def _answers(session: Session, links: Sequence[AnyRow]) -> list[LinkAnswer]:
    articles = _articles(session, links)
    open_keys = {row.key for row in links if row.key and (row.article_id, row.ordinal) not in articles}
    entities = _entities(session, open_keys)
    return [
        LinkAnswer(
            **_fields(row), resolved=_resolved(articles.get((row.article_id, row.ordinal)), entities.get(row.key))
        )
        for row in links
    ]


def _articles(session: Session, links: Sequence[AnyRow]) -> dict[tuple[str, int], ArticleRef]:
    if not links:
        return {}
    ordinals = [row.ordinal for row in links]
    found = destinations(LINK.c.article_id == links[0].article_id, LINK.c.ordinal.in_(ordinals))
    lead = {(row.article_id, row.ordinal): row.to_id for row in session.execute(select(found))}
    refs = rows.refs_by_id(session, list(lead.values()))
    return {link: refs[to_id] for link, to_id in lead.items()}


def _entities(session: Session, keys: Collection[str]) -> dict[str, EntityAnswer]:
    """Return the entities that `keys` name. A name that several bear says nothing."""
    if not keys:
        return {}
    bearers: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(select(ENTITY_NAME).where(ENTITY_NAME.c.folded.in_(keys))):
        bearers[row.folded].append(row.entity_id)
    sure = {key: ids[0] for key, ids in bearers.items() if len(ids) == 1}
    known = rows.entities_by_id(session, list(sure.values()))
    return {key: known[entity_id] for key, entity_id in sure.items() if entity_id in known}


def _resolved(article: ArticleRef | None, entity: EntityAnswer | None) -> Resolved | None:
    if article is None and entity is None:
        return None
    return Resolved(article=article, entity=None if article else entity)


def _fields(row: AnyRow) -> dict[str, object]:
    same = ("kind", "target", "alias", "heading", "block", "relation", "note", "line")
    return {name: getattr(row, name) for name in same}


def backlinks_of(
    session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None
) -> Page[BacklinkAnswer]:
    """Return the links of other articles that lead to this one, those of the newest articles first.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    found = leading_to([article_id])
    same = and_(LINK.c.article_id == found.c.article_id, LINK.c.ordinal == found.c.ordinal)
    statement = select(LINK).join(found, same).join(ARTICLE, ARTICLE.c.id == LINK.c.article_id)
    keys = (
        Key(func.coalesce(ARTICLE.c.published, ""), str, descending=True),
        Key(LINK.c.article_id, str),
        Key(LINK.c.ordinal, int),
    )
    window = Window(scope("backlinks", article=article_id), limit, cursor)
    return page(session, statement, keys, window, lambda some: _backlinks(session, article_id, some))


def _backlinks(session: Session, article_id: str, links: Sequence[AnyRow]) -> list[BacklinkAnswer]:
    refs = rows.refs_by_id(session, [article_id, *(row.article_id for row in links)])
    resolved = Resolved(article=refs.get(article_id))
    return [BacklinkAnswer(**_fields(row), resolved=resolved, article=refs[row.article_id]) for row in links]
