"""Ids of entities that became part of others by an editor's decision."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.errors import WenmaiError
from service.query.columns import BEARER, DECISION, ENTITY
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
    """Return the id that stands for one that no entity has any more; None where there is none.

    It is the id of what it was merged into, followed to the end, or of the only entity that one of its names would
    give the id: an unlisted entity is called by the best of its names, so its id changes when a better one comes.
    """
    merged = merges(session)
    into = merged.get(entity_id)
    renamed = _renamed(session, into or entity_id)
    return into if renamed is None else merged.get(renamed, renamed)


def _renamed(session: Session, entity_id: str) -> str | None:
    """Return the only entity that one of its names would give an id that no entity has."""
    known = select(ENTITY.c.id).where(ENTITY.c.id == entity_id)
    named = select(BEARER.c.ident).where(BEARER.c.own == entity_id, ~known.exists()).distinct()
    found = session.scalars(named.limit(2)).all()
    return found[0] if len(found) == 1 and found[0] != entity_id else None


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
