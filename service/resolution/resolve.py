"""Who is who: groups get ids, and the editors' decisions outrank them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from service.model import Decision, Entity, EntityKind
from service.resolution.describe import describe, total
from service.resolution.groups import Node, grouped, node_of, normal
from service.resolution.slugs import ids
from service.resolution.values import GlossSeen, Name, NameSeen, Resolution

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
    ident = _ids(leader, seen, glosses)
    merged = _merges(decisions)
    named = _aliases(decisions)
    owner = {name: _owner(name, ident[leader[node_of(*name)]], named) for name in {_name(one) for one in seen}}
    entity_of = {name: merged.get(ident, ident) for name, ident in owner.items()}
    also = _also(glosses, leader, ident, decisions, merged)
    found = _entities(seen, owner, entity_of, also)
    return Resolution(_edited(found, decisions, merged), MappingProxyType(entity_of), MappingProxyType(merged))


def _name(seen: NameSeen) -> Name:
    return seen.kind, seen.name, seen.key


def _ids(leader: Mapping[Node, Node], seen: Iterable[NameSeen], glosses: Iterable[GlossSeen]) -> dict[Node, str]:
    names: dict[Node, set[str]] = {node: set() for node in leader.values()}
    for one in seen:
        names[leader[node_of(*_name(one))]].add(one.name)
    for gloss in glosses:
        for name in (gloss.name, gloss.gloss):
            names[leader[node_of(gloss.kind, name, None)]].add(name)
    return ids({node: frozenset(forms) for node, forms in names.items()})


def _owner(name: Name, ident: str, named: Mapping[str, str]) -> str:
    """Return whose a name is: an editor's word on the name goes before everything."""
    return named.get(normal(name[1]), ident)


def _aliases(decisions: Sequence[Decision]) -> dict[str, str]:
    return {
        normal(name): decision.entity_id
        for decision in decisions
        if decision.kind == "alias" and isinstance(name := decision.value.get("name"), str) and name.strip()
    }


def _merges(decisions: Sequence[Decision]) -> dict[str, str]:
    """Return for every id that was merged the one that stays.

    Of two merges of one id the later holds; one that would close a circle is left out.
    """
    into: dict[str, str] = {}
    for decision in decisions:
        target = decision.value.get("into")
        if decision.kind != "merge" or not isinstance(target, str):
            continue
        others = {ident: stays for ident, stays in into.items() if ident != decision.entity_id}
        if _last(target, others) != decision.entity_id:  # what it was merged into before counts no more
            into = others | {decision.entity_id: target}
    return {ident: _last(ident, into) for ident in into}


def _last(ident: str, into: Mapping[str, str]) -> str:
    while ident in into:
        ident = into[ident]
    return ident


def _also(
    glosses: Iterable[GlossSeen],
    leader: Mapping[Node, Node],
    ident: Mapping[Node, str],
    decisions: Iterable[Decision],
    merged: Mapping[str, str],
) -> dict[str, set[str]]:
    """Return the names that glosses and editors give each entity besides those seen."""
    also: dict[str, set[str]] = {}
    for gloss in glosses:
        for name in (gloss.name, gloss.gloss):
            bearer = ident[leader[node_of(gloss.kind, name, None)]]
            also.setdefault(merged.get(bearer, bearer), set()).add(name)
    for decision in decisions:
        name_given = decision.value.get("name")
        if decision.kind == "alias" and isinstance(name_given, str):
            also.setdefault(merged.get(decision.entity_id, decision.entity_id), set()).add(name_given)
    return also


def _entities(
    seen: Iterable[NameSeen],
    owner: Mapping[Name, str],
    entity_of: Mapping[Name, str],
    also: Mapping[str, Iterable[str]],
) -> dict[str, Entity]:
    own: dict[str, list[tuple[str, int]]] = {}
    merged: dict[str, list[tuple[str, int]]] = {}
    kinds: dict[str, list[tuple[str, int]]] = {}
    for one in seen:
        ident = entity_of[_name(one)]
        forms = own if owner[_name(one)] == ident else merged
        forms.setdefault(ident, []).append((one.name, one.count))
        kinds.setdefault(ident, []).append((str(one.kind), one.count))
    return {
        ident: describe(
            ident,
            EntityKind(_commonest(of)),
            total(own.get(ident, ())),
            also.get(ident, ()),
            total(merged.get(ident, ())),
        )
        for ident, of in kinds.items()
    }


def _commonest(kinds: Iterable[tuple[str, int]]) -> str:
    counts = total(kinds)
    return min(counts, key=lambda kind: (-counts[kind], kind))


def _edited(found: dict[str, Entity], decisions: Iterable[Decision], merged: Mapping[str, str]) -> tuple[Entity, ...]:
    """Return the entities by id, with the fields that editors gave them."""
    for decision in decisions:
        entity = found.get(decision.entity_id)
        if decision.kind == "edit" and entity is not None and decision.entity_id not in merged:
            found[entity.id] = _with_fields(entity, decision.value)
    return tuple(found[ident] for ident in sorted(found))


def _with_fields(entity: Entity, value: Mapping[str, object]) -> Entity:
    """Return `entity` with the fields of an edit; what they replace stays among its other names."""
    given: dict[str, Any] = {field: value[field] for field in _FIELDS if isinstance(value.get(field), str)}
    kind = EntityKind(str(value["kind"])) if value.get("kind") in list(EntityKind) else entity.kind
    edited = replace(entity, kind=kind, **given)
    shown = {edited.name, edited.hant, edited.hans, edited.en}
    old = {name for name in (entity.name, entity.hant, entity.hans, entity.en) if name is not None}
    return replace(edited, aliases=tuple(sorted({*entity.aliases, *old} - shown)))
