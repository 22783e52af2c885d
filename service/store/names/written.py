"""Decisions on who is who become rows: entities, the names they are found by, and whose every mention is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from service.model import Entity, EntityKind
from service.resolution import NameSeen, Resolution
from service.resolution.values import Name
from service.script import fold
from service.store.names.changes import LEARNT
from service.store.names.places import mention_place
from service.store.names.rows import all_rows, chunks, rows_with, sync
from service.store.tables import TABLES
from service.store.values import Row, bounded, storable

_MENTION, _ARTICLE = TABLES["mention"], TABLES["article"]
_ENTITY, _NAME = TABLES["entity"], TABLES["entity_name"]
Owners = Mapping[Name, frozenset[str | None]]


def write_entities(
    session: Session,
    entities: Sequence[Entity],
    seen: Iterable[NameSeen],
    resolution: Resolution,
    wanted: Collection[str] | None,
) -> int:
    """Store `entities` and their names; those `wanted` (None: all) that are not among them go."""
    stored = all_rows(session, _ENTITY) if wanted is None else rows_with(session, _ENTITY, wanted, _ENTITY.c.id)
    changed = sync(session, _ENTITY, map(entity_row, entities), list(stored))
    names = all_rows(session, _NAME) if wanted is None else rows_with(session, _NAME, wanted, _NAME.c.entity_id)
    return changed + sync(session, _NAME, _name_rows(entities, seen, resolution), list(names))


def entity_row(entity: Entity) -> Row:
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


def _name_rows(entities: Sequence[Entity], seen: Iterable[NameSeen], resolution: Resolution) -> list[Row]:
    """Return the folded names that each entity is found by: those it is shown with, and those written."""
    known = {entity.id for entity in entities}
    names = {(entity.id, name) for entity in entities for name in _folded(_shown(entity))}
    for one in seen:
        owner = resolution.owner(one.place)
        if owner in known:
            names.update((owner, name) for name in _folded([one.surface]))
    return [{"entity_id": entity, "folded": name} for entity, name in sorted(names)]


def _shown(entity: Entity) -> list[str]:
    return [name for name in (entity.name, entity.hant, entity.hans, entity.en, *entity.aliases) if name]


def _folded(names: Iterable[str]) -> set[str]:
    return {bounded(folded) for name in names if (folded := fold(storable(name)).strip())}


def owners_of(seen: Iterable[NameSeen], resolution: Resolution) -> Owners:
    """Return whose each name is that is written somewhere: of several where editors tell places apart."""
    owners: defaultdict[Name, set[str | None]] = defaultdict(set)
    for one in seen:
        if one.surface:
            owners[one.named].add(resolution.owner(one.place))
    return {name: frozenset(found) for name, found in owners.items()}


def own_all(session: Session, owners: Owners, resolution: Resolution, articles: Collection[str]) -> int:
    """Give every mention its owner, `articles` being those that editors tell apart; return how many change."""
    named = (_MENTION.c.kind, _MENTION.c.name, _MENTION.c.key)
    present: defaultdict[Name, set[str | None]] = defaultdict(set)
    for kind, name, key, entity in session.execute(
        select(*named, _MENTION.c.entity_id).where(_MENTION.c.method != LEARNT).distinct()
    ):
        present[EntityKind(kind), name, key].add(entity)
    stale = {name: found for name, found in owners.items() if len(found) > 1 or present[name] != found}
    return own_names(session, stale, resolution, articles)


def own_names(session: Session, owners: Owners, resolution: Resolution, articles: Collection[str]) -> int:
    """Give all mentions of some names their owners."""
    changed = 0
    for (kind, name, key), found in owners.items():
        if len(found) == 1:
            bound = {"of_kind": kind.value, "of_name": name, "of_key": key, "entity": next(iter(found))}
            changed += session.connection().execute(_OWN, bound).rowcount
        else:
            query = _mentions().where(_MENTION.c.kind == kind.value, _MENTION.c.name == name)
            mentions = session.execute(query.where(_MENTION.c.key.is_not_distinct_from(key))).mappings().all()
            changed += _own(session, map(dict, mentions), resolution, articles)
    return changed


def own_articles(session: Session, changed: Iterable[str], resolution: Resolution, articles: Collection[str]) -> None:
    """Give the mentions of the articles `changed` their owners."""
    for chunk in chunks(sorted(changed)):
        mentions = session.execute(_mentions().where(_MENTION.c.article_id.in_(chunk))).mappings().all()
        _own(session, map(dict, mentions), resolution, articles)


def _mentions() -> Any:
    return (
        select(*_MENTION.c, _ARTICLE.c.source)
        .join(_ARTICLE, _ARTICLE.c.id == _MENTION.c.article_id)
        .where(_MENTION.c.method != LEARNT)
    )


def _own(
    session: Session, mentions: Iterable[Mapping[str, Any]], resolution: Resolution, articles: Collection[str]
) -> int:
    bound = list(_bound(mentions, resolution, articles))
    if bound:
        session.connection().execute(_OWN_ONE, bound)
    return len(bound)


def _bound(
    mentions: Iterable[Mapping[str, Any]], resolution: Resolution, articles: Collection[str]
) -> Iterator[dict[str, object]]:
    for one in mentions:
        owner = resolution.owner(mention_place(one, one["source"], articles))
        if owner != one["entity_id"]:
            yield {"of_article": one["article_id"], "of_ordinal": one["ordinal"], "entity": owner}


# `is_not_distinct_from`: a name the lexicon does not know has no key.
_OWN = (
    update(_MENTION)
    .where(_MENTION.c.kind == bindparam("of_kind"), _MENTION.c.name == bindparam("of_name"))
    .where(_MENTION.c.key.is_not_distinct_from(bindparam("of_key")), _MENTION.c.method != LEARNT)
    .where(_MENTION.c.entity_id.is_distinct_from(bindparam("entity")))
    .values(entity_id=bindparam("entity"))
)
_OWN_ONE = (
    update(_MENTION)
    .where(_MENTION.c.article_id == bindparam("of_article"), _MENTION.c.ordinal == bindparam("of_ordinal"))
    .values(entity_id=bindparam("entity"))
)
