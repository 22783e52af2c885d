"""Brings together the names of one bearer: by the lexicon's id, by the name itself, and by the glosses of all posts.

A gloss makes two unlisted names one, or an unlisted name one with a listed bearer. It never makes two listed bearers
one, and a name that is glossed in two ways (張偉 as Wei Zhang here, as David Zhang there) joins nobody: no bearer is
merged with another by way of a name they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from service.lexicon.name_cues import folded_cues
from service.lexicon.names import Strength, entries, fold_name, lookup
from service.model import EntityKind
from service.resolution.values import GlossSeen

_HAN = re.compile("[\u3400-\u9fff]")
_KIND = re.compile("[a-z]*")
_WORD = re.compile(r"\w{2,}")
_LEGAL = re.compile(r"(?:股份)?有限(?:责任)?公司\Z|,? (?:inc|corp|ltd|llc|plc)\.?\Z")
_SHORTEST = 3  # characters of a business's name that are enough without its legal form
_CHINESE = (2, 3)  # characters of a name


class Node(NamedTuple):
    """A bearer as far as a single name tells: a lexicon id, or a kind and a folded name."""

    key: str | None
    kind: EntityKind
    folded: str

    @property
    def code(self) -> str:
        """Return the node as one text, by which nodes are stored and put in order.

        >>> Node(None, EntityKind.PERSON, "王伟").code, Node("openai", EntityKind.COMPANY, "").code
        ('person:王伟', 'company=openai')
        """
        return f"{self.kind}:{self.folded}" if self.key is None else f"{self.kind}={self.key}"

    @classmethod
    def of(cls, code: str) -> Node:
        """Return the node that `code` stands for.

        >>> Node.of("person:a=b")
        Node(key=None, kind=<EntityKind.PERSON: 'person'>, folded='a=b')
        """
        end = len(_KIND.match(code)[0])  # type: ignore[index]  # every code begins with a kind
        kind, rest = EntityKind(code[:end]), code[end + 1 :]
        return cls(None, kind, rest) if code[end] == ":" else cls(rest, kind, "")


Edge = tuple[Node, Node]


@lru_cache(maxsize=65_536)
def node_of(kind: EntityKind, name: str, key: str | None) -> Node:
    """Return the bearer that `name` stands for: with or without a key, a full form of the lexicon is its entry's."""
    if key is None:
        sure = [of.entry for of in lookup(name) if of.strength is Strength.FULL and of.entry.kind is kind]
        key = sure[0].id if len(sure) == 1 else None
    return Node(None, kind, compared(kind, name)) if key is None else Node(key, kind, "")


def compared(kind: EntityKind, name: str) -> str:
    """Return `name` as those of one kind are told apart: a business is the same with and without its legal form.

    >>> compared(EntityKind.COMPANY, "海嵐能源股份有限公司"), compared(EntityKind.COMPANY, "Raft Labs, Inc.")
    ('海岚能源', 'raft labs')
    """
    folded = normal(name)
    bare = _LEGAL.sub("", folded) if kind is EntityKind.COMPANY else folded
    return bare if len(bare) >= _SHORTEST else folded


def normal(name: str) -> str:
    """Return `name` as unlisted names are compared: folded, its spaces evened out.

    >>> normal("約翰．科里森"), normal(" Shaun  Maguire")
    ('约翰·科里森', 'shaun maguire')
    """
    return " ".join(fold_name(name).split())


def grouped(nodes: Iterable[Node], tied: Iterable[Edge]) -> dict[Node, Node]:
    """Return for every node, and every node of `tied`, the one that stands for its group: a listed one, else the least.

    `tied` are the pairs that glosses say are one. Whether a pair counts is decided by the pairs of its two unlisted
    names alone, so nodes that no chain of pairs of unlisted names joins can be grouped apart from each other.
    """
    edges = {_ordered(*edge) for edge in tied}
    nodes = {*nodes, *(node for edge in edges for node in edge)}
    certain = frozenset(edge for edge in edges if edge[0] != edge[1] and not _is_namesake(*edge))
    certain -= frozenset(_doubtful(edges))
    leader = {node: node for node in nodes}
    listed = _attached(certain)
    for component in _components(frozenset(node for node in nodes if node.key is None), certain, listed):
        owner = next((listed[node] for node in component if node in listed), None)
        leader.update(dict.fromkeys(component, owner or min(component, key=_code)))
    return leader


def edge_of(gloss: GlossSeen) -> Edge:
    """Return the bearers of the two names that a gloss says are one."""
    return node_of(gloss.kind, gloss.name, None), node_of(gloss.kind, gloss.gloss, None)


def _ordered(one: Node, other: Node) -> Edge:
    return (one, other) if one.code <= other.code else (other, one)


def _code(node: Node) -> str:
    return node.code


def _doubtful(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Yield the glosses of names that are glossed in more than one way, so that nobody is merged through them."""
    edges = list(edges)
    partners: dict[Node, set[Node]] = {}
    for one, other in edges:
        for name, partner in ((one, other), (other, one)):
            if name.key is None and _tells_apart(name, partner):
                partners.setdefault(name, set()).add(partner)
    doubtful = {name for name, others in partners.items() if is_glossed_apart(name, others)}
    yield from (edge for edge in edges if not doubtful.isdisjoint(edge))


def is_glossed_apart(name: Node, partners: Iterable[Node]) -> bool:
    """Tell whether the glosses of an unlisted name, with `partners`, speak of more than one bearer."""
    apart = [partner for partner in set(partners) if _tells_apart(name, partner)]
    fuller = sorted(one.folded for one in apart if _is_fuller(one, name))
    others = len(apart) - len(fuller)
    one_of = all(longer.startswith(shorter) for shorter, longer in pairwise(fuller))
    return others > 1 or (bool(fuller) and not one_of) or (bool(fuller) and others > 0 and _is_listed(apart))


def _is_fuller(one: Node, name: Node) -> bool:
    """Tell whether a business's name goes on where another one ends, or is contracted in it: 海嵐能源, of 海嵐."""
    company = one.kind is EntityKind.COMPANY and one.key is None and name.kind is EntityKind.COMPANY
    return company and len(one.folded) > len(name.folded) and one.folded[:2] == name.folded[:2]


def _is_listed(nodes: Iterable[Node]) -> bool:
    return any(node.key is not None for node in nodes)


def _tells_apart(name: Node, partner: Node) -> bool:
    """Tell whether two such partners of `name` would be two bearers.

    One Chinese name with two Latin ones is two bearers; a Latin name with two spellings by sound (約翰·科里森,
    約翰·科利森) is one.
    """
    if partner.key is not None or _is_fuller(partner, name):
        return True
    return bool(_HAN.search(name.folded)) != bool(_HAN.search(partner.folded)) and "·" not in partner.folded


def _is_namesake(one: Node, other: Node) -> bool:
    """Tell whether a gloss speaks of another person than the listed one of that name: 李強（Johnny Lee）, no premier.

    A further Latin name of somebody who has one shares a word with it; a further Chinese name of a Chinese family has
    not the family's name and another given one.
    """
    listed, name = (one, other) if one.key is not None else (other, one)
    entry = entries().get(listed.key or "")
    if entry is None or name.key is not None or name.kind is not EntityKind.PERSON:
        return False
    if _HAN.search(name.folded) is None:
        own = {word for form in entry.en for word in _words(normal(form))}
        return bool(own) and own.isdisjoint(_words(name.folded))
    forms = {normal(form) for form in (*entry.hant, *entry.hans)}
    return _is_chinese(name.folded) and any(form[0] == name.folded[0] for form in forms if _is_chinese(form))


def _words(latin: str) -> set[str]:
    return set(_WORD.findall(latin))


def _is_chinese(name: str) -> bool:
    """Tell whether a folded name may be that of a Chinese person: a family name and one or two characters."""
    return len(name) in _CHINESE and "·" not in name and name[0] in folded_cues("surnames")


def _attached(edges: Iterable[Edge]) -> dict[Node, Node]:
    """Return the listed bearer of every unlisted name that a gloss gives one."""
    both_ways = (pair for one, other in edges for pair in ((one, other), (other, one)))
    return {name: owner for name, owner in both_ways if name.key is None and owner.key is not None}


def _components(nodes: frozenset[Node], edges: Iterable[Edge], listed: Mapping[Node, Node]) -> list[frozenset[Node]]:
    """Return the unlisted names that glosses tie together."""
    beside: dict[Node, set[Node]] = {node: set() for node in nodes}
    for one, other in edges:
        if one.key is None and other.key is None:
            beside[one].add(other)
            beside[other].add(one)
    components, done = [], set[Node]()
    for node in sorted(nodes, key=_code):
        if node not in done:
            component = frozenset(_reached(node, beside))
            done |= component
            components += _split(component, listed)
    return components


def _reached(start: Node, beside: Mapping[Node, Iterable[Node]]) -> set[Node]:
    reached, waiting = {start}, [start]
    while waiting:
        for node in beside[waiting.pop()]:
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return reached


def _split(component: frozenset[Node], listed: Mapping[Node, Node]) -> list[frozenset[Node]]:
    """Return the component, or each of its names alone where it would tie two listed bearers together."""
    owners = {listed[node] for node in component if node in listed}
    return [component] if len(owners) <= 1 else [frozenset({node}) for node in component]
