"""Which entities a text names, and how nearly: what lists, suggestions and reconciliation look up names with."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Subquery, case, false, func, or_, select, true
from sqlalchemy.orm import Session

from service.lexicon.spelling import respell
from service.query.columns import ENTITY, ENTITY_NAME
from service.query.matching import contains_any, folded
from service.query.prefixes import begins
from service.query.synonyms import alternatives
from service.store.values import bounded

Reach = Literal["exact", "prefix", "contains"]


class Nearness(IntEnum):
    """How nearly a text is an entity's name; the nearest is the least."""

    NAME = 0  # the name it is shown by, in either script or in English, or its id
    ALIAS = 1
    PREFIX = 2
    PART = 3


def ways(q: str) -> tuple[str, ...]:
    """Return a name as the folded column may hold it, itself first; nothing where it holds no letter or digit."""
    plain = folded(q)
    return alternatives(respell(plain)) if plain and any(map(str.isalnum, plain)) else ()


def nearest(session: Session, q: str, reach: Reach = "contains") -> Subquery:
    """Return the entities that `q` names, or names in part, as far as `reach` goes: `entity_id`, `nearness`.

    Exact names and beginnings are found by the index; parts of names by reading all names.
    """
    said = ways(q)
    name = ENTITY_NAME.c.folded
    exact = name.in_([bounded(way) for way in said]) if said else false()
    prefix = or_(*(begins(name, way) for way in said)) if said else false()
    part = contains_any(name, said) if said else false()
    wanted = {"exact": exact, "prefix": prefix, "contains": part}[reach]
    how = case((exact, Nearness.ALIAS), (prefix, Nearness.PREFIX), else_=Nearness.PART).label("how")
    # Grouped by an expression: SQLite would read all names in the order of entities to spare itself the sorting.
    rows = select(ENTITY_NAME.c.entity_id.concat("").label("entity_id"), how).where(wanted).subquery()
    found = select(rows.c.entity_id, func.min(rows.c.how).label("found")).group_by(rows.c.entity_id).subquery()
    shown = _shown(session, q, said, exact)
    near = case((found.c.entity_id.in_(shown), Nearness.NAME), else_=found.c.found) if shown else found.c.found
    return select(found.c.entity_id, near.label("nearness")).subquery()


def _shown(session: Session, q: str, said: tuple[str, ...], exact: ColumnElement[bool]) -> list[str]:
    """Return the entities that are shown by this very name: few, so they are compared here."""
    bearers: Select[Any] = select(ENTITY).where(
        ENTITY.c.id.in_(select(ENTITY_NAME.c.entity_id).where(exact if said else false())) if q else true()
    )
    return [
        row.id
        for row in session.execute(bearers)
        if any(form and folded(form) in said for form in (row.name, row.hant, row.hans, row.en))
    ]
