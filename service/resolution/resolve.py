"""Who is who in a whole corpus: groups get ids, and the editors' decisions outrank them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from service.model import Decision
from service.resolution.decided import coined
from service.resolution.former import renamed, standing_for
from service.resolution.groups import Node, edge_of, grouped, node_of
from service.resolution.settle import settle
from service.resolution.slugs import ids
from service.resolution.values import GlossSeen, NameSeen, Resolution


def resolve(seen: Iterable[NameSeen], glosses: Iterable[GlossSeen], decisions: Iterable[Decision]) -> Resolution:
    """Return who is who among all names of a corpus.

    Args:
        seen: the names of all articles; their order does not matter.
        glosses: the pairs that articles say are one; nor does theirs.
        decisions: the editors' decisions, the oldest first: of two that contradict each other the later one holds.

    >>> from service.model import EntityKind
    >>> seen = [NameSeen(EntityKind.PERSON, "馬斯克", "elon-musk", "a", 3)]
    >>> resolve(seen, [], []).entities[0].en
    'Elon Musk'
    """
    seen, glosses, decisions = list(seen), list(glosses), list(decisions)
    leader = grouped({node_of(*one.named) for one in seen}, map(edge_of, glosses))
    names = names_by_node(seen, glosses)
    ident = _ids(leader, names, coined(decisions))
    return settle(seen, glosses, ident, renamed(decisions, standing_for(decisions, ident, names)))


def names_by_node(seen: Iterable[NameSeen], glosses: Iterable[GlossSeen]) -> dict[Node, set[str]]:
    """Return the names of every bearer as posts and glosses write them."""
    names: dict[Node, set[str]] = {}
    for one in seen:
        names.setdefault(node_of(*one.named), set()).add(one.name)
    for gloss in glosses:
        for node, name in zip(edge_of(gloss), (gloss.name, gloss.gloss), strict=True):
            names.setdefault(node, set()).add(name)
    return names


def _ids(leader: Mapping[Node, Node], names: Mapping[Node, set[str]], reserved: Iterable[str]) -> dict[Node, str]:
    groups: dict[Node, set[str]] = {}
    for node, first in leader.items():
        groups.setdefault(first, set()).update(names[node])
    ident = ids({first: frozenset(forms) for first, forms in groups.items()}, reserved)
    return {node: ident[first] for node, first in leader.items()}
