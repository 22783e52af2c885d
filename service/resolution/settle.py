"""Whose every name is and what its bearer is shown as, given the ids of the groups and the editors' decisions.

Every place is decided by itself: by the id of its name's group and the decisions, whatever other places there are. So
any part of a corpus can be settled alone, as long as it holds all places of the entities that are `wanted`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from service.model import Decision, Entity, EntityKind
from service.resolution.decided import Decided, decide
from service.resolution.describe import describe, total
from service.resolution.groups import Node, edge_of, node_of
from service.resolution.values import GlossSeen, Name, NameSeen, Place, Resolution

_FIELDS = ("name", "hant", "hans", "en")


def settle(
    seen: Collection[NameSeen],
    glosses: Iterable[GlossSeen],
    ident: Mapping[Node, str],
    decisions: Iterable[Decision],
    wanted: Collection[str] | None = None,
    learnt: Collection[NameSeen] = (),
) -> Resolution:
    """Return whose the names `seen` are, and the entities (only those `wanted`, where given).

    Args:
        seen: the names; of a wanted entity all.
        glosses: the pairs that articles say are one; of a wanted entity all.
        ident: the id of each name's group; names of glosses that are not in it are nobody's here.
        decisions: the editors' decisions, the oldest first.
        wanted: the ids of the entities to describe; None: all.
        learnt: places whose bearer is asked for too, which say nothing of that bearer themselves.
    """
    places = [*seen, *learnt]
    organic = {name: ident[node_of(*name)] for name in {one.named for one in places}}
    decided = decide(places, organic, decisions)
    entity_of, exceptions = _owners(decided, organic)
    found = _entities(seen, decided, _also(glosses, ident, decided), wanted)
    merged = {one: stays for one in decided.into if (stays := decided.current(one)) is not None}
    return Resolution(
        _edited(found, decided),
        MappingProxyType(entity_of),
        MappingProxyType(merged),
        MappingProxyType(exceptions),
        decided.allows,
    )


def _owners(decided: Decided, organic: Mapping[Name, str]) -> tuple[dict[Name, str | None], dict[Place, str | None]]:
    """Return whose each name is, and the places where editors say that it is another's or nobody's."""
    owners: dict[Name, set[str | None]] = {name: set() for name in organic}
    for place, bearer in decided.bearers.items():
        owners[place.name].add(decided.current(bearer))
    entity_of = {
        name: next(iter(found)) if len(found) == 1 else decided.current(organic[name]) for name, found in owners.items()
    }
    exceptions = {
        place: owner
        for place, bearer in decided.bearers.items()
        if len(owners[place.name]) > 1 and (owner := decided.current(bearer)) != entity_of[place.name]
    }
    return entity_of, exceptions


def _also(glosses: Iterable[GlossSeen], ident: Mapping[Node, str], decided: Decided) -> dict[str | None, set[str]]:
    """Return the names that glosses and editors give each entity besides those seen."""
    also: dict[str | None, set[str]] = {}
    for gloss in glosses:
        for node, name in zip(edge_of(gloss), (gloss.name, gloss.gloss), strict=True):
            also.setdefault(decided.current(ident.get(node)), set()).add(name)
    for bearer, name in decided.given.values():
        also.setdefault(decided.current(bearer), set()).add(name)
    return also


def _entities(
    seen: Iterable[NameSeen],
    decided: Decided,
    also: Mapping[str | None, Iterable[str]],
    wanted: Collection[str] | None,
) -> dict[str, Entity]:
    own: dict[str, list[tuple[str, int]]] = {}
    merged: dict[str, list[tuple[str, int]]] = {}
    kinds: dict[str, list[tuple[str, int]]] = {}
    for one in seen:
        bearer = decided.bearers[one.place]
        ident = decided.current(bearer)
        if ident is not None and (wanted is None or ident in wanted):
            forms = own if bearer == ident else merged
            forms.setdefault(ident, []).append((_form(one, ident, decided), one.count))
            kinds.setdefault(ident, []).append((str(one.kind), one.count))
    return {
        ident: describe(
            ident,
            EntityKind(_commonest(of)),
            total(own.get(ident, ())),
            also.get(ident, ()),
            total(merged.get(ident, ())),
            partial(decided.allows, ident),
        )
        for ident, of in kinds.items()
    }


def _form(seen: NameSeen, ident: str, decided: Decided) -> str:
    """Return the name seen: what is written there where editors decided on that, or took the full name away."""
    written = seen.place in decided.cut or (seen.surface and not decided.allows(ident, seen.name))
    return seen.surface if written else seen.name


def _commonest(kinds: Iterable[tuple[str, int]]) -> str:
    counts = total(kinds)
    return min(counts, key=lambda kind: (-counts[kind], kind))


def _edited(found: dict[str, Entity], decided: Decided) -> tuple[Entity, ...]:
    """Return the entities by id, with the fields that editors gave them."""
    for ident, value in decided.fields.items():
        if ident in found and ident not in decided.into:
            found[ident] = _with_fields(found[ident], value)
    return tuple(found[ident] for ident in sorted(found))


def _with_fields(entity: Entity, value: Mapping[str, object]) -> Entity:
    """Return `entity` with the fields of an edit; what they replace stays among its other names."""
    given: dict[str, Any] = {field: value[field] for field in _FIELDS if isinstance(value.get(field), str)}
    kind = EntityKind(str(value["kind"])) if value.get("kind") in list(EntityKind) else entity.kind
    edited = replace(entity, kind=kind, **given)
    shown = {edited.name, edited.hant, edited.hans, edited.en}
    old = {name for name in (entity.name, entity.hant, entity.hans, entity.en) if name is not None}
    return replace(edited, aliases=tuple(sorted({*entity.aliases, *old} - shown)))
