"""Claims: the filtered list, and one with what others say to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, select, union
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query.answers import ClaimAnswer, ClaimDetail, Page
from service.query.claim_rows import claim_answers, in_order
from service.query.columns import ARTICLE, CLAIM, FIGURE, MENTION
from service.query.cursors import scope
from service.query.filters import published_between, within
from service.query.lookup import neighbours
from service.query.matching import clean, contains_any, each_word
from service.query.merges import current_id
from service.query.paging import Key, Window, page
from service.query.pair_proposals import with_proposals

__all__ = ["about", "claim", "claim_answers", "claim_page", "claims", "ids_about", "said_by"]

_NEWEST_FIRST = (
    Key(func.coalesce(ARTICLE.c.published, ""), str, descending=True),
    Key(ARTICLE.c.id, str),
    Key(CLAIM.c.ordinal, int),
)


def about(entity_id: str) -> ColumnElement[bool]:
    """Return the condition that a claim names the entity or is put in its mouth."""
    return CLAIM.c.id.in_(ids_about(entity_id))


def ids_about(entity_id: str) -> CompoundSelect[Any]:
    """Return the ids of the claims that name the entity or are put in its mouth, each by an index."""
    named = select(MENTION.c.claim_id).where(MENTION.c.entity_id == entity_id, MENTION.c.claim_id.is_not(None))
    return union(named, _ids_said_by(entity_id))


def said_by(entity_id: str) -> ColumnElement[bool]:
    """Return the condition that a claim is put in the entity's mouth."""
    return CLAIM.c.id.in_(_ids_said_by(entity_id))


def _ids_said_by(entity_id: str) -> Select[Any]:
    said = CLAIM.alias("said")
    same = and_(MENTION.c.article_id == said.c.article_id, MENTION.c.ordinal == said.c.speaker_ordinal)
    return select(said.c.id).join(MENTION, same).where(MENTION.c.entity_id == entity_id)


def claims(  # noqa: PLR0913 (the filters of the contract)
    session: Session,
    *,
    q: str | None = None,
    entity: str | None = None,
    speaker: str | None = None,
    kind: str | None = None,
    article: str | None = None,
    unit: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[ClaimAnswer]:
    """Return claims, those of the newest articles first, each article's in reading order.

    `minimum` and `maximum` keep claims with a figure (of `unit`) that reaches into that range; `since` and `until`
    are dates, or their beginnings, of publication.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    filters = dict(locals())
    name = scope("claims", **{key: filters[key] for key in filters.keys() - {"session", "limit", "cursor"}})
    conditions = [*_words(q), *published_between(since, until)]
    if entity is not None:
        conditions.append(about(current_id(session, entity)))
    if speaker is not None:
        conditions.append(said_by(current_id(session, speaker)))
    if kind is not None:
        conditions.append(CLAIM.c.kind == clean(kind))
    if article is not None:
        conditions.append(CLAIM.c.article_id == clean(article))
    measured = within(unit, minimum, maximum)
    if measured:
        conditions.append(exists().where(FIGURE.c.claim_id == CLAIM.c.id, *measured))
    return claim_page(session, conditions, Window(name, limit, cursor))


def claim_page(session: Session, conditions: Sequence[ColumnElement[bool]], window: Window) -> Page[ClaimAnswer]:
    """Return a page of the claims that fulfil all conditions."""
    statement = select(CLAIM.c.id).join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id).where(*conditions)
    return page(session, statement, _NEWEST_FIRST, window, lambda found: in_order(session, [row.id for row in found]))


def _words(q: str | None) -> list[ColumnElement[bool]]:
    return each_word(q, lambda word: contains_any(CLAIM.c.folded, word))


def claim(session: Session, claim_id: str) -> ClaimDetail:
    """Return one claim with the claims of other articles that agree, conflict or are about the same.

    Raises:
        NotFoundError: no claim has this id.
    """
    found = claim_answers(session, [clean(claim_id)])
    if not found:
        raise NotFoundError(f"there is no claim {claim_id}")
    (one,) = found.values()
    agreeing, conflicting, related = neighbours(session, one.id)
    proposed = with_proposals(session, one.id, related)
    return ClaimDetail(**dict(one), agreeing=agreeing, conflicting=conflicting, related=proposed)
