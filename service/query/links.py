"""Links and what they lead to: resolved by a join whenever they are read, so that no order of ingestion matters.

A link leads to an article that has one of its keys as an address: which of several, ``reading.destinations`` says for
values, and the same here for rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, FromClause, Subquery, Table, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import ArticleRef, BacklinkAnswer, EntityAnswer, LinkAnswer, Page, Resolved
from service.query.columns import ADDRESS, ARTICLE, ENTITY_NAME, LINK, LINK_KEY, AnyRow
from service.query.cursors import scope
from service.query.matching import place_of
from service.query.paging import Key, Window, page
from service.reading.links.destinations import CLASSES, FARTHEST, KINDS, NAMING, UNIQUE

_GROUNDS = ("elsewhere", "key", "other_language", "kind_class", "other_script", "kind")
_REST = ("outside", "length", "steps", "other_case", "to_id")
_SAME = ("kind", "target", "alias", "heading", "block", "relation", "note", "line")


def destinations(*conditions: ColumnElement[bool]) -> Subquery:
    """Return the links that fulfil the conditions and lead to an article: `article_id`, `ordinal`, `to_id`.

    The conditions are on links or the articles that hold them: all keys of a link must be there to choose among.
    """
    candidates = _candidates(*conditions)
    link = [candidates.c.article_id, candidates.c.ordinal]
    grounds, rest = ([candidates.c[name] for name in names] for names in (_GROUNDS, _REST))
    ranked = select(
        *link,
        candidates.c.to_id,
        func.row_number().over(partition_by=link, order_by=[*grounds, *rest]).label("place"),
        case((candidates.c.kind != KINDS[UNIQUE], 1), else_=func.count().over(partition_by=[*link, *grounds])).label(
            "rivals"
        ),
    ).subquery()
    best = select(ranked.c.article_id, ranked.c.ordinal, ranked.c.to_id)
    return best.where(ranked.c.place == 1, ranked.c.rivals == 1).subquery()


def _candidates(*conditions: ColumnElement[bool]) -> Subquery:
    """Return what each link may lead to, with what `reading.destinations` ranks it by, under the same names."""
    origin, target = ARTICLE.alias("origin"), ARTICLE.alias("target")
    statement = (
        select(
            LINK.c.article_id,
            LINK.c.ordinal,
            target.c.id.label("to_id"),
            case((target.c.source == origin.c.source, 0), else_=1).label("elsewhere"),
            LINK_KEY.c.place.label("key"),
            case((_or_empty(ADDRESS) == _or_empty(LINK), 0), else_=1).label("other_language"),
            case(dict(CLASSES), value=ADDRESS.c.kind, else_=len(CLASSES)).label("kind_class"),
            case((_spelled(ADDRESS) == _spelled(LINK_KEY), 0), else_=1).label("other_script"),
            case(dict(KINDS), value=ADDRESS.c.kind, else_=len(KINDS)).label("kind"),
            func.length(target.c.path).label("length"),
            _steps(origin, target).label("steps"),
            case((place_of(target.c.path, LINK.c.target) > 0, 0), else_=1).label("other_case"),
        )
        .join(LINK_KEY, and_(LINK_KEY.c.article_id == LINK.c.article_id, LINK_KEY.c.ordinal == LINK.c.ordinal))
        .join(origin, origin.c.id == LINK.c.article_id)
        .join(ADDRESS, ADDRESS.c.key == LINK_KEY.c.key)
        .join(target, target.c.id == ADDRESS.c.article_id)
    )
    named = or_(ADDRESS.c.kind != UNIQUE, LINK.c.kind.in_(NAMING))
    found = statement.where(named, *conditions).subquery()
    return select(found, case((found.c.steps == 0, 0), else_=1).label("outside")).subquery()


def _or_empty(table: Table) -> ColumnElement[str]:
    return func.coalesce(table.c.language, "")


def _spelled(table: Table) -> ColumnElement[str]:
    return func.coalesce(table.c.spelled, table.c.key)


def _steps(origin: FromClause, target: FromClause) -> ColumnElement[int]:
    """Return how many folders up from `origin` the first one lies that holds `target`.

    A folder is what is left of a path when all characters but the slash are trimmed off its end.
    """
    characters = func.replace(origin.c.path, "/", "")
    folder = func.rtrim(origin.c.path, characters)
    whens = []
    for steps in range(FARTHEST):
        whens.append((func.substr(target.c.path, 1, func.length(folder)) == folder, steps))
        folder = func.rtrim(func.rtrim(folder, "/"), characters)
    return case(*whens, else_=FARTHEST)


def leading_to(articles: Collection[str]) -> Subquery:
    """Return the links of other articles that lead to one of `articles`: `article_id`, `ordinal`, `to_id`."""
    keys = select(ADDRESS.c.key).where(ADDRESS.c.article_id.in_(articles))
    looking = select(LINK_KEY.c.article_id, LINK_KEY.c.ordinal).where(LINK_KEY.c.key.in_(keys))
    found = destinations(tuple_(LINK.c.article_id, LINK.c.ordinal).in_(looking))
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
    entities = _entities(session, _open_names(session, [row for row in links if row.ordinal not in articles]))
    return [
        LinkAnswer(**_fields(row), resolved=_resolved(articles.get(row.ordinal), entities.get(row.ordinal)))
        for row in links
    ]


def _articles(session: Session, links: Sequence[AnyRow]) -> dict[int, ArticleRef]:
    """Return what links of one article lead to, by their ordinals."""
    if not links:
        return {}
    found = destinations(*_these(LINK, links))
    lead = {row.ordinal: row.to_id for row in session.execute(select(found))}
    refs = rows.refs_by_id(session, list(lead.values()))
    return {ordinal: refs[to_id] for ordinal, to_id in lead.items()}


def _these(table: Table, links: Sequence[AnyRow]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.article_id == links[0].article_id, table.c.ordinal.in_([row.ordinal for row in links])


def _open_names(session: Session, links: Sequence[AnyRow]) -> dict[int, str]:
    """Return the names that links without a destination call, by the ordinals of the links."""
    named = [row for row in links if row.kind in NAMING]
    if not named:
        return {}
    keys = session.execute(select(LINK_KEY.c.ordinal, LINK_KEY.c.key).where(*_these(LINK_KEY, named)))
    return {ordinal: key for ordinal, key in keys if not key.startswith(("/", "."))}


def _entities(session: Session, names: Mapping[int, str]) -> dict[int, EntityAnswer]:
    """Return the entities that `names` name. A name that several bear says nothing."""
    if not names:
        return {}
    bearers: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(select(ENTITY_NAME).where(ENTITY_NAME.c.folded.in_(set(names.values())))):
        bearers[row.folded].append(row.entity_id)
    sure = {key: ids[0] for key, ids in bearers.items() if len(ids) == 1}
    known = rows.entities_by_id(session, list(sure.values()))
    return {one: known[sure[name]] for one, name in names.items() if sure.get(name) in known}


def _resolved(article: ArticleRef | None, entity: EntityAnswer | None) -> Resolved | None:
    if article is None and entity is None:
        return None
    return Resolved(article=article, entity=None if article else entity)


def _fields(row: AnyRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in _SAME}


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
