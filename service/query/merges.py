"""Ids of entities that became part of others by an editor's decision."""

from __future__ import annotations

from collections.abc import Mapping

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
    return merges(session).get(entity_id)


def merges(session: Session) -> dict[str, str]:
    """Return for every id that was merged the one that stays, as `resolution` has it.

    Of two merges of one id the later holds; one that would close a circle does not.
    """
    statement = select(DECISION.c.entity_id, DECISION.c.value).where(DECISION.c.kind == "merge")
    into: dict[str, str] = {}
    for row in session.execute(statement.order_by(DECISION.c.id)):
        others = {one: stays for one, stays in into.items() if one != row.entity_id}
        target = row.value.get("into")
        if target and _last(target, others) != row.entity_id:
            into[row.entity_id] = target
    return {one: _last(one, into) for one in into}


def _last(entity_id: str, into: Mapping[str, str]) -> str:
    while entity_id in into:
        entity_id = into[entity_id]
    return entity_id
