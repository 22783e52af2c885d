"""Articles: the filtered list, one with all its counts, the one behind a URL, and what stands in each."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import facts, links, rows, unlinked
from service.query.answers import (
    Article,
    ArticleCounts,
    ArticleEntity,
    ArticleSummary,
    BacklinkAnswer,
    ClaimAnswer,
    FigureAnswer,
    Heading,
    LinkAnswer,
    LinkSuggestion,
    MediaAnswer,
    Page,
    UnlinkedMention,
)
from service.query.columns import (
    ARTICLE,
    CLAIM,
    FIGURE,
    HEADING,
    LABEL,
    LINK,
    MEDIA,
    MENTION,
    SUMMARY,
    TIME,
)
from service.query.cursors import scope
from service.query.filters import published_between
from service.query.matching import clean, contains_any, each_word, folded, words
from service.query.merges import current_id
from service.query.pages import resolve_url
from service.query.paging import Key, Window, page
from service.query.search_gate import among_few
from service.store.values import bounded

__all__ = [
    "article",
    "article_page",
    "articles",
    "backlinks_of",
    "claims_of",
    "entities_of",
    "figures_of",
    "link_suggestions_for",
    "links_of",
    "media_of",
    "naming",
    "resolve_url",
    "unlinked_mentions_of",
]

_NEWEST_FIRST = (Key(func.coalesce(ARTICLE.c.published, ""), str, descending=True), Key(ARTICLE.c.id, str))
_COUNTED = {"mentions": MENTION, "figures": FIGURE, "times": TIME, "claims": CLAIM, "links": LINK, "media": MEDIA}


def articles(  # noqa: PLR0913 (the filters of the contract)
    session: Session,
    *,
    source: str | None = None,
    tag: str | None = None,
    entity: str | None = None,
    script: str | None = None,
    since: str | None = None,
    until: str | None = None,
    q: str | None = None,
    drafts: bool = True,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[ArticleSummary]:
    """Return article summaries, newest first, drafts among them unless `drafts` is false.

    `tag` and `q` may be written in either script; `since` and `until` are dates, or their beginnings.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    left_out = None if drafts else "drafts"
    name = scope(
        "articles", source=source, tag=tag, entity=entity, script=script, since=since, until=until, q=q, out=left_out
    )
    conditions = [*published_between(since, until), *_words(session, q)]
    if not drafts:
        conditions.append(~ARTICLE.c.draft)
    if source is not None:
        conditions.append(ARTICLE.c.source == clean(source))
    if script is not None:
        conditions.append(ARTICLE.c.script == clean(script))
    if tag is not None:
        conditions.append(_tagged(tag))
    if entity is not None:
        conditions.append(naming(current_id(session, entity)))
    return article_page(session, conditions, Window(name, limit, cursor))


def article_page(session: Session, conditions: Sequence[ColumnElement[bool]], window: Window) -> Page[ArticleSummary]:
    """Return a page of the articles that fulfil all conditions, newest first."""
    statement = select(*SUMMARY).where(*conditions)
    return page(session, statement, _NEWEST_FIRST, window, lambda found: [rows.summary(row) for row in found])


def naming(entity_id: str) -> ColumnElement[bool]:
    """Return the condition that an article names the entity."""
    return exists().where(MENTION.c.article_id == ARTICLE.c.id, MENTION.c.entity_id == entity_id)


def _words(session: Session, q: str | None) -> list[ColumnElement[bool]]:
    held = each_word(q, lambda word: contains_any(ARTICLE.c.folded, word))
    return [*among_few(session, words(q)), *held] if q and held else held


def _tagged(tag: str) -> ColumnElement[bool]:
    named = or_(LABEL.c.kind == "tag", LABEL.c.kind == "category")
    return exists().where(LABEL.c.article_id == ARTICLE.c.id, named, LABEL.c.folded == bounded(folded(tag)))


def article(session: Session, article_id: str) -> Article:
    """Return one article with its headings and how much was found in it.

    Raises:
        NotFoundError: no article has this id.
    """
    wanted = clean(article_id)
    more = [ARTICLE.c[name] for name in ("dialect", "aliases", "problems", "extra")]
    row = session.execute(select(*SUMMARY, *more).where(ARTICLE.c.id == wanted)).one_or_none()
    if row is None:
        raise NotFoundError(f"there is no article {article_id}")
    return Article(
        **rows.summary_fields(row),
        **{column.name: getattr(row, column.name) for column in more},
        headings=_headings(session, wanted),
        counts=_counts(session, wanted),
    )


def _headings(session: Session, article_id: str) -> list[Heading]:
    statement = select(HEADING).where(HEADING.c.article_id == article_id).order_by(HEADING.c.ordinal)
    return [Heading.model_validate(row, from_attributes=True) for row in session.execute(statement)]


def _counts(session: Session, article_id: str) -> ArticleCounts:
    each = [
        select(func.count()).select_from(table).where(table.c.article_id == article_id).scalar_subquery().label(name)
        for name, table in _COUNTED.items()
    ]
    distinct = func.count(func.distinct(MENTION.c.entity_id))
    entities = select(distinct).where(MENTION.c.article_id == article_id).scalar_subquery().label("entities")
    backlinks = select(func.count()).select_from(links.leading_to([article_id])).scalar_subquery().label("backlinks")
    return ArticleCounts.model_validate(dict(session.execute(select(*each, entities, backlinks)).one()._mapping))


def entities_of(
    session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None
) -> Page[ArticleEntity]:
    """Return the entities of an article with every mention, in the order they first turn up.

    Raises:
        NotFoundError: no article has this id.
        BadCursorError: the cursor is not one of this list.
    """
    return facts.entities_of(session, _known(session, article_id), limit=limit, cursor=cursor)


def figures_of(session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[FigureAnswer]:
    """Return the figures of an article in reading order; raises as `entities_of` does."""
    return facts.figures_of(session, _known(session, article_id), limit=limit, cursor=cursor)


def links_of(session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[LinkAnswer]:
    """Return the links of an article with what they lead to; raises as `entities_of` does."""
    return links.links_of(session, _known(session, article_id), limit=limit, cursor=cursor)


def backlinks_of(
    session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None
) -> Page[BacklinkAnswer]:
    """Return the links of other articles that lead to this one; raises as `entities_of` does."""
    return links.backlinks_of(session, _known(session, article_id), limit=limit, cursor=cursor)


def unlinked_mentions_of(
    session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None
) -> Page[UnlinkedMention]:
    """Return where other articles name this one without a link; raises as `entities_of` does."""
    return unlinked.mentions_of(session, _known(session, article_id), limit=limit, cursor=cursor)


def link_suggestions_for(
    session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None
) -> Page[LinkSuggestion]:
    """Return where this article names others without a link; raises as `entities_of` does."""
    return unlinked.suggestions_for(session, _known(session, article_id), limit=limit, cursor=cursor)


def media_of(session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[MediaAnswer]:
    """Return the images and embeds of an article in reading order; raises as `entities_of` does."""
    return facts.media_of(session, _known(session, article_id), limit=limit, cursor=cursor)


def claims_of(session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[ClaimAnswer]:
    """Return the claims of an article in reading order; raises as `entities_of` does."""
    return facts.claims_of(session, _known(session, article_id), limit=limit, cursor=cursor)


def _known(session: Session, article_id: str) -> str:
    wanted = clean(article_id)
    if session.execute(select(ARTICLE.c.id).where(ARTICLE.c.id == wanted)).first() is None:
        raise NotFoundError(f"there is no article {article_id}")
    return wanted
