"""Figures of the whole corpus, with the claims they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, union
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import Converted, FigureDetail, Page
from service.query.claim_rows import claim_answers
from service.query.claims import ids_about
from service.query.columns import ARTICLE, CLAIM, FIGURE, MENTION, AnyRow
from service.query.cursors import scope
from service.query.filters import within
from service.query.matching import contains_any, each_word
from service.query.measures import Scale, are_comparable, measure
from service.query.merges import current_id
from service.query.paging import Key, Window, page

Sorting = Literal["newest", "largest", "smallest"]

_NEWEST = (
    Key(func.coalesce(ARTICLE.c.published, ""), str, descending=True),
    Key(ARTICLE.c.id, str),
    Key(FIGURE.c.ordinal, int),
    Key(FIGURE.c.id, str),
)


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

    Those of drafts are left out.

    `unit` is any unit of a dimension (``GW`` finds 500 MW, ``USD/W`` what is said per watt), and what is found is told
    in it as well; `minimum` and `maximum`, given in it, keep the figures that reach into that range. `entity` is looked
    for in the claim a figure stands in or the row of its table, `q` in that claim or the headings of row and column.

    Raises:
        BadCursorError: the cursor is not one of this list.
        UnknownUnitError: there is no such unit.
    """
    name = scope("figures", unit=unit, minimum=minimum, maximum=maximum, entity=entity, q=q, sort=sort)
    scales = measure(unit) if unit is not None else ()
    conditions = [~ARTICLE.c.draft, *within(unit, minimum, maximum), *each_word(q, _said_with)]
    if entity is not None:
        conditions.append(_about(current_id(session, entity)))
    statement = select(FIGURE).join(ARTICLE, ARTICLE.c.id == FIGURE.c.article_id).where(*conditions)
    window = Window(name, limit, cursor)
    return page(session, statement, _order(sort, scales), window, lambda found: _details(session, found, unit, scales))


def _order(sort: Sorting, scales: Sequence[Scale]) -> tuple[Key, ...]:
    """Return the keys of an order; values are compared in the unit asked for, where they are stored in several.

    What cannot be compared, of several dimensions or currencies, is told unit by unit.
    """
    if sort == "newest":
        return _NEWEST
    value: ColumnElement[float] = FIGURE.c.high if sort == "largest" else FIGURE.c.low
    if len(scales) > 1:
        value = case(*((_is_stored(scale), (value - scale.offset) / scale.factor) for scale in scales), else_=value)
    by_value = Key(value, float, descending=sort == "largest"), Key(FIGURE.c.id, str)
    return by_value if scales and are_comparable(scales) else (Key(FIGURE.c.unit, str), *by_value)


def _is_stored(scale: Scale) -> ColumnElement[bool]:
    same = FIGURE.c.unit == scale.unit
    return same if scale.pers is None else and_(same, FIGURE.c.per.in_(scale.pers))


def _about(entity: str) -> ColumnElement[bool]:
    """Return the condition that a claim holds the figure and the entity, or that both stand in one row of a table."""
    figure = FIGURE.alias()
    said = select(figure.c.id).where(figure.c.claim_id.in_(ids_about(entity)))
    same_row = and_(MENTION.c.article_id == figure.c.article_id, MENTION.c.line == figure.c.line)
    listed = select(figure.c.id).join(MENTION, same_row).where(MENTION.c.entity_id == entity)
    return FIGURE.c.id.in_(union(said, listed.where(figure.c.row_heading.is_not(None))))


def _said_with(word: tuple[str, ...]) -> ColumnElement[bool]:
    said = exists().where(CLAIM.c.id == FIGURE.c.claim_id, contains_any(CLAIM.c.folded, word))
    return or_(said, contains_any(func.coalesce(FIGURE.c.folded_headings, ""), word))


def _details(
    session: Session, found: Sequence[AnyRow], unit: str | None, scales: Sequence[Scale]
) -> list[FigureDetail]:
    said = claim_answers(session, [row.claim_id for row in found if row.claim_id])
    articles = rows.refs_by_id(session, [row.article_id for row in found])
    return [
        FigureDetail(
            **rows.figure_fields(row),
            article=articles[row.article_id],
            said_in=said.get(row.claim_id),
            converted=_converted(row, unit, scales),
        )
        for row in found
    ]


def _converted(row: AnyRow, unit: str | None, scales: Sequence[Scale]) -> Converted | None:
    """Return the bounds in the unit that was asked for, without the noise of the last digits."""
    scale = next((scale for scale in scales if scale.holds(row.unit, row.per)), None)
    if unit is None or scale is None:
        return None
    low, high = (float(f"{scale.asked(value):.12g}") for value in (row.low, row.high))
    return Converted(low=low, high=high, unit=unit)
