"""Who is who, written: names of all articles go to `resolution`, and what it decides becomes rows.

Only what changed is written, so that resolving twice writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from service.model import Decision, Entity, EntityKind
from service.resolution import GlossSeen, NameSeen, Resolution, resolve
from service.resolution.groups import normal
from service.script import fold
from service.store.notes import EntityNote, entity_notes, shared_names
from service.store.tables import TABLES
from service.store.values import bounded, storable

_MENTION, _GLOSS, _DECISION = TABLES["mention"], TABLES["gloss"], TABLES["decision"]
_ENTITY, _NAME = TABLES["entity"], TABLES["entity_name"]

Name = tuple[EntityKind, str, str | None]  # kind, name and lexicon id: what an entity is decided for


class _Group(NamedTuple):
    """A name in one article, its present entity, and how often it stands there."""

    kind: EntityKind
    name: str
    key: str | None
    article: str
    entity: str | None
    times: int


def resolve_corpus(session: Session) -> None:
    """Decide anew whose every name is, and write what that changes.

    It is decided from all mentions and glosses, from the entity notes of vaults, and from the editors' decisions.
    """
    groups, notes, decisions = _groups(session), entity_notes(session), _decisions(session)
    seen = [*_names_seen(groups), *(note.seen() for note in notes)]
    shared = shared_names(notes)
    glosses = [*_glosses(session), *(gloss for note in notes for gloss in note.glosses(shared))]
    resolution = resolve(seen, glosses, decisions)
    entities = _named(resolution, notes, decisions)
    _write_entities(session, entities)
    _write_mentions(session, groups, resolution.entity_of)
    _write_names(session, entities)
    _drop_entities(session, entities)


def _groups(session: Session) -> list[_Group]:
    columns = (_MENTION.c.kind, _MENTION.c.name, _MENTION.c.key, _MENTION.c.article_id, _MENTION.c.entity_id)
    found = session.execute(select(*columns, func.count()).group_by(*columns))
    return [_Group(EntityKind(kind), *others) for kind, *others in found]


def _names_seen(groups: Iterable[_Group]) -> list[NameSeen]:
    counts: Counter[tuple[EntityKind, str, str | None, str]] = Counter()
    for group in groups:
        counts[group.kind, group.name, group.key, group.article] += group.times
    return [NameSeen(*seen, times) for seen, times in counts.items()]


def _glosses(session: Session) -> list[GlossSeen]:
    query = select(_GLOSS.c.kind, _GLOSS.c.name, _GLOSS.c.gloss, _GLOSS.c.article_id).distinct()
    return [GlossSeen(EntityKind(kind), name, gloss, article) for kind, name, gloss, article in session.execute(query)]


def _decisions(session: Session) -> list[Decision]:
    """Return the editors' decisions, the oldest first; of those that give one name to several, the last."""
    query = select(_DECISION.c.kind, _DECISION.c.entity_id, _DECISION.c.value).order_by(_DECISION.c.id)
    found = [Decision(kind, entity, value) for kind, entity, value in session.execute(query)]
    last = {_given(decision): decision for decision in found if decision.kind == "alias"}
    return [decision for decision in found if decision.kind != "alias" or last[_given(decision)] is decision]


def _given(alias: Decision) -> str:
    """Return the name that an editor gave, as names are compared."""
    return normal(str(alias.value.get("name")))


def _named(resolution: Resolution, notes: Iterable[EntityNote], decisions: Iterable[Decision]) -> list[Entity]:
    """Return the entities with the names that notes give them, without those that editors gave to others."""
    noted: dict[str, set[str]] = {}
    for note in notes:
        title = note.seen()
        entity_id = resolution.entity_of[title.kind, title.name, title.key]
        noted.setdefault(entity_id, set()).update((note.title, *note.names))
    owners = {
        _given(decision): resolution.merged.get(decision.entity_id, decision.entity_id)
        for decision in decisions
        if decision.kind == "alias"
    }
    return [_with_names(entity, noted.get(entity.id, ()), owners) for entity in resolution.entities]


def _with_names(entity: Entity, noted: Iterable[str], owners: Mapping[str, str]) -> Entity:
    shown = {entity.name, entity.hant, entity.hans, entity.en}
    names = {*entity.aliases, *noted} - shown
    own = tuple(sorted(name for name in names if owners.get(normal(name), entity.id) == entity.id))
    return entity if own == entity.aliases else replace(entity, aliases=own)


def _write_entities(session: Session, entities: Iterable[Entity]) -> None:
    stored = {row.id: tuple(row) for row in session.execute(select(*_ENTITY.c))}
    changed = [entity for entity in entities if stored.get(entity.id) != tuple(_row(entity).values())]
    old = [_row(entity) for entity in changed if entity.id in stored]
    new = [_row(entity) for entity in changed if entity.id not in stored]
    if old:
        statement = update(_ENTITY).where(_ENTITY.c.id == bindparam("entity"))
        session.connection().execute(statement, [{"entity": row["id"], **row} for row in old])
    if new:
        session.execute(insert(_ENTITY), new)


def _row(entity: Entity) -> dict[str, object]:
    """Return the columns of an entity in the table's order."""
    return {
        "id": entity.id,
        "kind": str(entity.kind),
        "name": entity.name,
        "hant": entity.hant,
        "hans": entity.hans,
        "en": entity.en,
        "aliases": list(entity.aliases),
    }


def _write_mentions(session: Session, groups: Iterable[_Group], decided: Mapping[Name, str]) -> None:
    """Give mentions their entity, one statement for every name whose entity is not the one it has."""
    present: dict[Name, set[str | None]] = {}
    for group in groups:
        present.setdefault((group.kind, group.name, group.key), set()).add(group.entity)
    changed = [
        {"of_kind": kind.value, "of_name": name, "of_key": key, "entity": decided.get((kind, name, key))}
        for (kind, name, key), entities in present.items()
        if entities != {decided.get((kind, name, key))}
    ]
    if changed:
        session.connection().execute(_OWN, changed)


# `is_not_distinct_from`: a name the lexicon does not know has no key.
_OWN = (
    update(_MENTION)
    .where(_MENTION.c.kind == bindparam("of_kind"), _MENTION.c.name == bindparam("of_name"))
    .where(_MENTION.c.key.is_not_distinct_from(bindparam("of_key")))
    .values(entity_id=bindparam("entity"))
)


def _write_names(session: Session, entities: Iterable[Entity]) -> None:
    wanted = {(entity.id, name) for entity in entities for name in _folded(_shown(entity))}
    surfaces = session.execute(select(_MENTION.c.entity_id, _MENTION.c.surface).distinct())
    wanted |= {(entity, name) for entity, surface in surfaces if entity for name in _folded([surface])}
    stored = {(entity, name) for entity, name in session.execute(select(_NAME.c.entity_id, _NAME.c.folded))}
    gone, new = sorted(stored - wanted), sorted(wanted - stored)
    if gone:
        statement = delete(_NAME).where(_NAME.c.entity_id == bindparam("entity"), _NAME.c.folded == bindparam("name"))
        session.connection().execute(statement, [{"entity": entity, "name": name} for entity, name in gone])
    if new:
        session.execute(insert(_NAME), [{"entity_id": entity, "folded": name} for entity, name in new])


def _shown(entity: Entity) -> list[str]:
    return [name for name in (entity.name, entity.hant, entity.hans, entity.en, *entity.aliases) if name]


def _folded(names: Iterable[str]) -> set[str]:
    return {bounded(folded) for name in names if (folded := fold(storable(name)).strip())}


def _drop_entities(session: Session, entities: Iterable[Entity]) -> None:
    kept = {entity.id for entity in entities}
    gone = [{"entity": entity} for entity in session.scalars(select(_ENTITY.c.id)) if entity not in kept]
    if gone:
        session.connection().execute(delete(_ENTITY).where(_ENTITY.c.id == bindparam("entity")), gone)
