"""Ids that an entity would have by fewer of its names: what is known by them is found, and decided on, all the same.

An unlisted entity's id is made of the best of its names, so it becomes another one when a better name comes (林靜儀 is
lin-jingyi until a post writes Ching-Yi Lin beside it). Each name's own slug goes on standing for the entity as long as
no other entity has it: that is a function of what the corpus says, not of what came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from service.lexicon.names import entries
from service.model import Decision
from service.resolution.decided import coined
from service.resolution.groups import Node
from service.resolution.slugs import base_of


def own_slug(node: Node, names: Iterable[str]) -> str | None:
    """Return the id that the names of an unlisted bearer make by themselves; None: the lexicon gives the id."""
    return base_of(node, names) if node.key is None else None


def ids_in(decisions: Iterable[Decision]) -> set[str]:
    """Return the ids of unlisted entities that decisions speak of and did not make up."""
    decisions = list(decisions)
    return {ident for one in decisions for ident in spoken_ids(one)} - coined(decisions) - entries().keys()


def standing_for(
    decisions: Iterable[Decision], ident: Mapping[Node, str], names: Mapping[Node, Iterable[str]]
) -> dict[str, str]:
    """Return for the ids of decisions that nobody has the id of the only one who would have it by one of its names."""
    missing = ids_in(decisions) - set(ident.values())
    if not missing:
        return {}
    led = only((own_slug(node, names[node]), ident[node]) for node in ident)
    return {former: led[former] for former in missing if former in led}


def only(bearers: Iterable[tuple[str | None, str]]) -> dict[str, str]:
    """Return for each slug the one id it leads to; a slug of several entities leads nowhere.

    >>> only([("lin-jingyi", "ching-yi-lin"), ("wang-wei", "david-wang"), ("wang-wei", "wei-wang"), (None, "openai")])
    {'lin-jingyi': 'ching-yi-lin'}
    """
    led: dict[str, set[str]] = {}
    for made, ident in bearers:
        if made is not None:
            led.setdefault(made, set()).add(ident)
    return {made: ident for made, (ident, *others) in led.items() if not others}


def renamed(decisions: Iterable[Decision], now: Mapping[str, str]) -> list[Decision]:
    """Return the decisions with the ids in `now` replaced by those that stand today."""
    return [_renamed(one, now) for one in decisions]


def _renamed(one: Decision, now: Mapping[str, str]) -> Decision:
    if now.keys().isdisjoint(spoken_ids(one)):
        return one
    into = one.value.get("into")
    value = {**one.value, "into": now.get(into, into)} if isinstance(into, str) else one.value
    entity = None if one.entity_id is None else now.get(one.entity_id, one.entity_id)
    return replace(one, entity_id=entity, value=value)


def spoken_ids(one: Decision) -> Iterator[str]:
    """Yield the ids of the entities that a decision speaks of."""
    into = one.value.get("into")
    yield from (ident for ident in (one.entity_id, into) if isinstance(ident, str))
