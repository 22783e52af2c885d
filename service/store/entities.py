"""Who is who, written: names of all articles go to `resolution`, and what it decides becomes rows.

Only what changed is written, so that resolving twice writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, bindparam, case, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from service.model import Decision, Entity, EntityKind
from service.resolution import GlossSeen, NameSeen, Place, Resolution, resolve
from service.resolution.decided import names_of
from service.resolution.groups import normal
from service.script import fold
from service.store.notes import EntityNote, entity_notes, shared_names
from service.store.tables import TABLES
from service.store.values import bounded, storable

_MENTION, _GLOSS, _DECISION = TABLES["mention"], TABLES["gloss"], TABLES["decision"]
_ARTICLE = TABLES["article"]
_ENTITY, _NAME = TABLES["entity"], TABLES["entity_name"]

Name = tuple[EntityKind, str, str | None]  # kind, name and lexicon id: what an entity is decided for


class _Group(NamedTuple):
    """A name in one article (one surface of it, where decisions speak of that), its present entity, and how often."""

    kind: EntityKind
    name: str
    key: str | None
    article: str
    surface: str
    entity: str | None
    times: int

    @property
    def place(self) -> Place:
        return Place((self.kind, self.name, self.key), self.surface, self.article)


def resolve_corpus(session: Session) -> None:
    """Decide anew whose every name is, and write what that changes.

    It is decided from all mentions and glosses, from the entity notes of vaults, and from the editors' decisions.
    """
    decisions, notes = _decisions(session), entity_notes(session)
    surface = _surface(session, decisions)
    groups = _groups(session, surface)
    seen = [*_names_seen(groups), *(note.seen() for note in notes)]
    shared = shared_names(notes)
    glosses = [*_glosses(session), *(gloss for note in notes for gloss in note.glosses(shared))]
    resolution = resolve(seen, glosses, decisions)
    entities = _named(resolution, notes)
    _write_entities(session, entities)
    _write_mentions(session, groups, resolution, surface)
    _write_names(session, entities)
    _drop_entities(session, entities)


def _surface(session: Session, decisions: Iterable[Decision]) -> ColumnElement[str]:
    """Return the column of what is written, empty where no decision speaks of it: so most names stay one group."""
    named = {name for decision in decisions for name in names_of(decision)}
    if not named:
        return literal("", String)
    written = session.execute(select(_MENTION.c.surface, _MENTION.c.name).distinct())
    spoken = sorted({surface for surface, name in written if normal(surface) in named or normal(name) in named})
    return case((_MENTION.c.surface.in_(spoken), _MENTION.c.surface), else_="") if spoken else literal("", String)


def _groups(session: Session, surface: ColumnElement[str]) -> list[_Group]:
    named = (_MENTION.c.kind, _MENTION.c.name, _MENTION.c.key, _MENTION.c.article_id)
    inner = select(*named, surface.label("said"), _MENTION.c.entity_id).subquery()
    found = session.execute(select(*inner.c, func.count()).group_by(*inner.c))
    return [_Group(EntityKind(kind), *others) for kind, *others in found]


def _names_seen(groups: Iterable[_Group]) -> list[NameSeen]:
    counts: Counter[Place] = Counter()
    for group in groups:
        counts[group.place] += group.times
    return [NameSeen(*place.name, place.article, times, place.surface) for place, times in counts.items()]


def _glosses(session: Session) -> list[GlossSeen]:
    query = select(_GLOSS.c.kind, _GLOSS.c.name, _GLOSS.c.gloss, _GLOSS.c.article_id).distinct()
    return [GlossSeen(EntityKind(kind), name, gloss, article) for kind, name, gloss, article in session.execute(query)]


def _decisions(session: Session) -> list[Decision]:
    """Return the editors' decisions, the oldest first."""
    query = select(_DECISION.c.kind, _DECISION.c.entity_id, _DECISION.c.value).order_by(_DECISION.c.id)
    return [Decision(kind, entity, _expanded(session, value)) for kind, entity, value in session.execute(query).all()]


def _expanded(session: Session, value: Mapping[str, object]) -> Mapping[str, object]:
    """Return what a decision holds, with the articles of the source it is limited to."""
    if "source" not in value:
        return value
    articles = session.scalars(select(_ARTICLE.c.id).where(_ARTICLE.c.source == value["source"]))
    return {**value, "articles": sorted(articles)}


def _named(resolution: Resolution, notes: Iterable[EntityNote]) -> list[Entity]:
    """Return the entities with the names that notes give them, without those that editors took from them."""
    noted: dict[str | None, set[str]] = {}
    for note in notes:
        noted.setdefault(resolution.owner(note.seen().place), set()).update((note.title, *note.names))
    return [_with_names(entity, noted.get(entity.id, ()), resolution) for entity in resolution.entities]


def _with_names(entity: Entity, noted: Iterable[str], resolution: Resolution) -> Entity:
    shown = {entity.name, entity.hant, entity.hans, entity.en}
    own = {name for name in noted if resolution.allows(entity.id, name)}
    names = tuple(sorted({*entity.aliases, *own} - shown))
    return entity if names == entity.aliases else replace(entity, aliases=names)


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


def _write_mentions(
    session: Session, groups: Iterable[_Group], resolution: Resolution, surface: ColumnElement[str]
) -> None:
    """Give mentions their entity: one statement for every name that changes, or for each of its places."""
    present: dict[Name, list[_Group]] = {}
    for group in groups:
        present.setdefault(group.place.name, []).append(group)
    whole, parts = list[dict[str, object]](), list[dict[str, object]]()
    for name, places in present.items():
        wanted = {resolution.owner(group.place) for group in places}
        changed = [group for group in places if group.entity != resolution.owner(group.place)]
        if changed and len(wanted) == 1:
            whole.append(_bound(name, wanted.pop()))
        else:
            parts += [_bound(name, resolution.owner(group.place), group) for group in changed]
    if whole:
        session.connection().execute(_OWN, whole)
    if parts:
        here = _MENTION.c.article_id == bindparam("of_article"), surface == bindparam("of_surface")
        for part in parts:  # one by one: a list of surfaces does not go with many sets of values
            session.connection().execute(_OWN.where(*here), part)


def _bound(name: Name, entity: str | None, group: _Group | None = None) -> dict[str, object]:
    kind, full, key = name
    place: dict[str, object] = {"of_article": group.article, "of_surface": group.surface} if group else {}
    return {"of_kind": kind.value, "of_name": full, "of_key": key, "entity": entity, **place}


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
