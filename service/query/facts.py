"""What stands in one article: entities, figures, images and claims, in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import (
    ArticleEntity,
    ClaimAnswer,
    EntityAnswer,
    FigureAnswer,
    MediaAnswer,
    MentionAnswer,
    Page,
)
from service.query.claim_rows import in_order
from service.query.columns import CLAIM, FIGURE, MEDIA, MENTION, AnyRow
from service.query.cursors import scope
from service.query.paging import Key, Window, page

# Of the roles an entity has in an article, the first of these is told; roles not listed stand before the last.
_ROLES = ("author", "speaker", "declared")
_LEAST = "mentioned"


def entities_of(
    session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None
) -> Page[ArticleEntity]:
    """Return the entities of an article with every mention, in the order they first turn up.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    first = (
        select(MENTION.c.entity_id, func.min(MENTION.c.ordinal).label("first"))
        .where(MENTION.c.article_id == article_id, MENTION.c.entity_id.is_not(None))
        .group_by(MENTION.c.entity_id)
        .subquery()
    )
    window = Window(scope("entities of", article=article_id), limit, cursor)
    keys = [Key(first.c.first, int)]
    return page(session, select(first.c.entity_id), keys, window, lambda found: _entities(session, article_id, found))


def _entities(session: Session, article_id: str, found: Sequence[AnyRow]) -> list[ArticleEntity]:
    ids = [row.entity_id for row in found]
    mentions: dict[str, list[AnyRow]] = defaultdict(list)
    statement = select(MENTION).where(MENTION.c.article_id == article_id, MENTION.c.entity_id.in_(ids))
    for row in session.execute(statement.order_by(MENTION.c.ordinal)):
        mentions[row.entity_id].append(row)
    entities = rows.entities_by_id(session, ids)
    return [_article_entity(entities[one], mentions[one]) for one in ids if one in entities]


def _article_entity(entity: EntityAnswer, mentions: Sequence[AnyRow]) -> ArticleEntity:
    return ArticleEntity(
        entity=entity,
        role=min((row.role for row in mentions), key=_role_order),
        surfaces=list(dict.fromkeys(row.surface for row in mentions)),
        mentions=[MentionAnswer.model_validate(row, from_attributes=True) for row in mentions],
    )


def _role_order(role: str) -> tuple[int, str]:
    if role == _LEAST:
        return len(_ROLES) + 1, role
    return (_ROLES.index(role) if role in _ROLES else len(_ROLES)), role


def figures_of(session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[FigureAnswer]:
    """Return the figures of an article.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    statement = select(FIGURE).where(FIGURE.c.article_id == article_id)
    window = Window(scope("figures of", article=article_id), limit, cursor)
    keys = [Key(FIGURE.c.ordinal, int), Key(FIGURE.c.id, str)]
    return page(session, statement, keys, window, lambda found: [rows.figure(row) for row in found])


def media_of(session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[MediaAnswer]:
    """Return the images and embeds of an article.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    statement = select(MEDIA).where(MEDIA.c.article_id == article_id)
    window = Window(scope("media of", article=article_id), limit, cursor)
    keys = [Key(MEDIA.c.ordinal, int)]
    return page(session, statement, keys, window, _media)


def _media(found: Sequence[AnyRow]) -> list[MediaAnswer]:
    return [MediaAnswer.model_validate(row, from_attributes=True) for row in found]


def claims_of(session: Session, article_id: str, *, limit: int = 20, cursor: str | None = None) -> Page[ClaimAnswer]:
    """Return the claims of an article.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    statement = select(CLAIM.c.id).where(CLAIM.c.article_id == article_id)
    window = Window(scope("claims of", article=article_id), limit, cursor)
    keys = [Key(CLAIM.c.ordinal, int), Key(CLAIM.c.id, str)]
    return page(session, statement, keys, window, lambda found: in_order(session, [row.id for row in found]))
