"""The editors' decisions on who is who, as they can be read over and taken back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import DecisionAnswer
from service.query.columns import DECISION
from service.query.merges import merges


def decisions(session: Session) -> list[DecisionAnswer]:
    """Return all decisions, the latest first, each with the entity it counts for today."""
    found = session.execute(select(DECISION).order_by(DECISION.c.id.desc())).all()
    stays = merges(session)
    known = rows.entities_by_id(session, {stays.get(row.entity_id, row.entity_id) for row in found})
    return [
        DecisionAnswer(
            id=row.id,
            kind=row.kind,
            entity_id=row.entity_id,
            value=row.value,
            entity=known.get(stays.get(row.entity_id, row.entity_id)),
        )
        for row in found
    ]
