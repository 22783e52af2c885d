"""Ids of entities that became part of others by an editor's decision."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.errors import WenmaiError
from service.query.columns import DECISION, ENTITY
from service.query.matching import clean


class MergedError(WenmaiError):
    """The entity is part of another one now; `into` is the id of that one."""

    def __init__(self, entity_id: str, into: str) -> None:
        self.into = into
        super().__init__(f"the entity {entity_id} is part of {into} now")


def current_id(session: Session, entity_id: str) -> str:
    """Return the id that an entity's id stands for today: itself, unless it was merged."""
    wanted = clean(entity_id)
    known = session.execute(select(ENTITY.c.id).where(ENTITY.c.id == wanted)).scalar_one_or_none()
    return wanted if known is not None else merged_into(session, wanted) or wanted


def merged_into(session: Session, entity_id: str) -> str | None:
    """Return the id an entity was merged into, followed to the end; None where it was not merged."""
    merges = select(DECISION.c.entity_id, DECISION.c.value).where(DECISION.c.kind == "merge").order_by(DECISION.c.id)
    into = {row.entity_id: str(row.value["into"]) for row in session.execute(merges) if row.value.get("into")}
    seen, last = {entity_id}, into.get(entity_id)
    while last is not None and last in into and last not in seen:
        seen.add(last)
        last = into[last]
    return None if last in seen else last
