"""Figures of the whole corpus, with the claims they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import FigureDetail, Page
from service.query.claim_rows import claim_answers
from service.query.claims import ids_about
from service.query.columns import ARTICLE, CLAIM, FIGURE, AnyRow
from service.query.cursors import scope
from service.query.filters import within
from service.query.matching import contains_any, each_word
from service.query.merges import current_id
from service.query.paging import Key, Window, page

Sorting = Literal["newest", "largest", "smallest"]

_ORDERS = {
    "newest": (
        Key(func.coalesce(ARTICLE.c.published, ""), str, descending=True),
        Key(ARTICLE.c.id, str),
        Key(FIGURE.c.ordinal, int),
        Key(FIGURE.c.id, str),
    ),
    "largest": (Key(FIGURE.c.high, float, descending=True), Key(FIGURE.c.id, str)),
    "smallest": (Key(FIGURE.c.low, float), Key(FIGURE.c.id, str)),
}


def figures(  # noqa: PLR0913 (the filters of the contract)
    session: Session,
    *,
    unit: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    entity: str | None = None,
    q: str | None = None,
    sort: Sorting = "newest",
    limit: int = 20,
    cursor: str | None = None,
) -> Page[FigureDetail]:
    """Return figures with their claims, those of the newest articles first, or by their value in base units.

    `unit` is any unit of a dimension (``GW`` finds 500 MW); `minimum` and `maximum`, given in it, keep the figures that
    reach into that range; `entity` and `q` are looked for in the claim a figure stands in.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    name = scope("figures", unit=unit, minimum=minimum, maximum=maximum, entity=entity, q=q, sort=sort)
    conditions = [*within(unit, minimum, maximum), *each_word(q, _said_with)]
    if entity is not None:
        conditions.append(FIGURE.c.claim_id.in_(ids_about(current_id(session, entity))))
    statement = select(FIGURE).join(ARTICLE, ARTICLE.c.id == FIGURE.c.article_id).where(*conditions)
    return page(session, statement, _ORDERS[sort], Window(name, limit, cursor), lambda found: _details(session, found))


def _said_with(word: tuple[str, ...]) -> ColumnElement[bool]:
    return exists().where(CLAIM.c.id == FIGURE.c.claim_id, contains_any(CLAIM.c.folded, word))


def _details(session: Session, found: Sequence[AnyRow]) -> list[FigureDetail]:
    said = claim_answers(session, [row.claim_id for row in found if row.claim_id])
    articles = rows.refs_by_id(session, [row.article_id for row in found])
    return [
        FigureDetail(**rows.figure_fields(row), article=articles[row.article_id], said_in=said.get(row.claim_id))
        for row in found
    ]
