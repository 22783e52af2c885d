"""The editors' decisions on who is who, as they can be read over and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import rows
from service.query.answers import DecisionAnswer, Page
from service.query.columns import DECISION, AnyRow
from service.query.cursors import scope
from service.query.matching import clean
from service.query.merges import merges
from service.query.paging import Key, Window, page


def decisions(
    session: Session, *, entity: str | None = None, limit: int = 20, cursor: str | None = None
) -> Page[DecisionAnswer]:
    """Return the decisions (on `entity` or what became part of it), the latest first, each with whom it is on today.

    Raises:
        BadCursorError: the cursor is not one of this list.
    """
    stays = merges(session)
    window = Window(scope("decisions", entity=entity), limit, cursor)
    statement = select(DECISION).where(*(_on(clean(entity), stays) if entity is not None else ()))
    return page(
        session, statement, [Key(DECISION.c.id, int, descending=True)], window, partial(_answers, session, stays)
    )


def decision(session: Session, number: int) -> DecisionAnswer:
    """Return one decision.

    Raises:
        NotFoundError: there is none with this number.
    """
    found = session.execute(select(DECISION).where(DECISION.c.id == number)).all()
    if not found:
        raise NotFoundError(f"There is no decision with the id {number}.")
    return _answers(session, merges(session), found)[0]


def _on(entity: str, stays: dict[str, str]) -> list[ColumnElement[bool]]:
    same = {entity, *(one for one, other in stays.items() if other == entity)}
    return [DECISION.c.entity_id.in_(same)]


def _answers(session: Session, stays: dict[str, str], found: Sequence[AnyRow]) -> list[DecisionAnswer]:
    known = rows.entities_by_id(session, {stays.get(row.entity_id, row.entity_id) for row in found})
    return [
        DecisionAnswer(
            id=row.id,
            kind=row.kind,
            entity_id=row.entity_id,
            value=row.value,
            by=row.made_by,
            at=row.made_at,
            why=row.why,
            entity=known.get(stays.get(row.entity_id, row.entity_id)),
        )
        for row in found
    ]
