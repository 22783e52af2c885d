"""How far a change of the editors' decisions reaches: the entities and names that what changed may speak of.

Decisions build on one another: what a split takes depends on the merges before it, and of two that give a name away
the later one holds. So from what changed one goes on to whatever speaks of the same entities or the same names, until
nothing more does; all other places are decided as before.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from service.lexicon.names import lookup
from service.model import Decision, EntityKind
from service.resolution.decided import coined, names_of
from service.resolution.former import spoken_ids
from service.resolution.groups import node_of
from service.store.names.counts import StaleError
from service.store.names.rows import rows_with
from service.store.tables import TABLES

_SEEN, _BEARER = TABLES["seen_name"], TABLES["bearer"]
_NOTE, _NOTED = TABLES["entity_note"], TABLES["note_name"]
_MOST = 400  # entities and names: to resolve anew is cheaper then


@dataclass
class Spoken:
    """The ids of entities, and the nodes of names, that changed decisions may speak of."""

    idents: set[str] = field(default_factory=set)
    nodes: set[str] = field(default_factory=set)


def spoken(session: Session, before: Sequence[Decision], after: Sequence[Decision]) -> Spoken:
    """Return what the change of decisions from `before` to `after`, each the oldest first, may speak of.

    Raises:
        StaleError: it cannot be told, or is so much that all names are better resolved anew.
    """
    waiting = _changed(before, after)
    others = {_code(one): one for one in (*before, *after)}
    found, forms = Spoken(), set[str]()
    while waiting:
        for one in waiting:
            others.pop(_code(one), None)
        fresh = {name for one in waiting for name in names_of(one)} - forms
        forms |= fresh
        found.idents |= {ident for one in waiting for ident in _idents(one)}
        _add_borne(session, fresh, found)
        if len(found.idents) + len(found.nodes) > _MOST:
            raise StaleError
        waiting = [one for one in others.values() if _concerns(one, found.idents, forms)]
    return found


def reserve(session: Session, before: Iterable[Decision], after: Iterable[Decision]) -> None:
    """Make sure that no id which decisions made up, or make up no more, is one that posts' own entities want.

    Raises:
        StaleError: one is.
    """
    others = coined(before) ^ coined(after)
    wanted = others | {ident.rpartition("-")[0] for ident in others}
    if any(True for _ in rows_with(session, _BEARER, others, _BEARER.c.ident, _BEARER.c.own)) or any(
        True for _ in rows_with(session, _BEARER, wanted - {""}, _BEARER.c.base)
    ):
        raise StaleError


def _changed(before: Sequence[Decision], after: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that are only `before` or only `after`; those that stay must follow one another alike."""
    old, new = [*map(_code, before)], [*map(_code, after)]
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if [code for code in old if code not in gone] != [code for code in new if code not in come]:
        raise StaleError
    return [one for one in (*before, *after) if _code(one) in gone or _code(one) in come]


def _code(one: Decision) -> str:
    return json.dumps([one.kind, one.entity_id, dict(one.value)], sort_keys=True, default=str)


def _idents(one: Decision) -> set[str]:
    """Return the entities that a decision names; one that holds for everybody in some articles reaches too far."""
    if one.entity_id is None and not names_of(one):
        raise StaleError
    return set(spoken_ids(one))


def _add_borne(session: Session, forms: Collection[str], found: Spoken) -> None:
    """Add the names that stand for `forms` or are written so, and whose they are before editors are heard."""
    nodes = {str(row["node"]) for row in rows_with(session, _SEEN, forms, _SEEN.c.full, _SEEN.c.said)}
    nodes |= {node_of(kind, form, None).code for form in forms for kind in EntityKind}  # glosses have it
    notes = {str(row["article_id"]) for row in rows_with(session, _NOTED, forms, _NOTED.c.folded)}
    nodes |= {str(row["node"]) for row in rows_with(session, _NOTE, notes, _NOTE.c.article_id)}
    found.nodes |= nodes
    found.idents |= {str(row["ident"]) for row in rows_with(session, _BEARER, nodes, _BEARER.c.node)}
    found.idents |= {of.entry.id for form in forms for of in lookup(form)}


def _concerns(one: Decision, idents: Collection[str], forms: Collection[str]) -> bool:
    return any(ident in idents for ident in spoken_ids(one)) or any(name in forms for name in names_of(one))
