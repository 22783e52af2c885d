"""Who is who: groups get ids, and the editors' decisions outrank them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from service.model import Decision, Entity, EntityKind
from service.resolution.decided import Decided, coined, decide
from service.resolution.describe import describe, total
from service.resolution.groups import Node, grouped, node_of
from service.resolution.slugs import ids
from service.resolution.values import GlossSeen, Name, NameSeen, Place, Resolution

_FIELDS = ("name", "hant", "hans", "en")


def resolve(seen: Iterable[NameSeen], glosses: Iterable[GlossSeen], decisions: Iterable[Decision]) -> Resolution:
    """Return who is who among all names of a corpus.

    Args:
        seen: the names of all articles; their order does not matter.
        glosses: the pairs that articles say are one; nor does theirs.
        decisions: the editors' decisions, the oldest first: of two that contradict each other the later one holds.

    >>> seen = [NameSeen(EntityKind.PERSON, "馬斯克", "elon-musk", "a", 3)]
    >>> resolve(seen, [], []).entities[0].en
    'Elon Musk'
    """
    seen, glosses, decisions = list(seen), list(glosses), list(decisions)
    leader = grouped(seen, glosses)
    ident = _ids(leader, seen, glosses, coined(decisions))
    organic = {name: ident[leader[node_of(*name)]] for name in {one.named for one in seen}}
    decided = decide(seen, organic, decisions)
    entity_of, exceptions = _owners(decided, organic)
    found = _entities(seen, decided, _also(glosses, leader, ident, decided))
    merged = {one: stays for one in decided.into if (stays := decided.current(one)) is not None}
    return Resolution(
        _edited(found, decided),
        MappingProxyType(entity_of),
        MappingProxyType(merged),
        MappingProxyType(exceptions),
        decided.allows,
    )


def _ids(
    leader: Mapping[Node, Node], seen: Iterable[NameSeen], glosses: Iterable[GlossSeen], reserved: Iterable[str]
) -> dict[Node, str]:
    names: dict[Node, set[str]] = {node: set() for node in leader.values()}
    for one in seen:
        names[leader[node_of(*one.named)]].add(one.name)
    for gloss in glosses:
        for name in (gloss.name, gloss.gloss):
            names[leader[node_of(gloss.kind, name, None)]].add(name)
    return ids({node: frozenset(forms) for node, forms in names.items()}, reserved)


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


def _also(
    glosses: Iterable[GlossSeen], leader: Mapping[Node, Node], ident: Mapping[Node, str], decided: Decided
) -> dict[str | None, set[str]]:
    """Return the names that glosses and editors give each entity besides those seen."""
    also: dict[str | None, set[str]] = {}
    for gloss in glosses:
        for name in (gloss.name, gloss.gloss):
            also.setdefault(decided.current(ident[leader[node_of(gloss.kind, name, None)]]), set()).add(name)
    for bearer, name in decided.given.values():
        also.setdefault(decided.current(bearer), set()).add(name)
    return also


def _entities(
    seen: Iterable[NameSeen], decided: Decided, also: Mapping[str | None, Iterable[str]]
) -> dict[str, Entity]:
    own: dict[str, list[tuple[str, int]]] = {}
    merged: dict[str, list[tuple[str, int]]] = {}
    kinds: dict[str, list[tuple[str, int]]] = {}
    for one in seen:
        bearer = decided.bearers[one.place]
        ident = decided.current(bearer)
        if ident is not None:
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
