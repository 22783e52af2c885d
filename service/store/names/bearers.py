"""Which names are one bearer's, and that bearer's id before editors are heard: grouped anew where names changed.

Names hang together by the pairs that posts say are one; only the names that such pairs chain to a changed one, over
unlisted names, can be grouped in another way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.lexicon.names import entries
from service.resolution.former import own_slug
from service.resolution.groups import Node, grouped
from service.resolution.slugs import base_of, ids
from service.store.names.rows import all_rows, rows_with, sync
from service.store.names.shelves import Shelves
from service.store.tables import TABLES
from service.store.values import Row

_SEEN, _TIE, _BEARER = TABLES["seen_name"], TABLES["tie"], TABLES["bearer"]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What became of the nodes that were looked at: their rows before and after, by node."""

    before: Mapping[str, Row]
    after: Mapping[str, Row]

    @property
    def moved(self) -> frozenset[str]:
        """Return the nodes that have another id now, or had none, or have none any more."""
        nodes = self.before.keys() | self.after.keys()
        return frozenset(node for node in nodes if _ident(self.before, node) != _ident(self.after, node))

    def idents(self, nodes: Iterable[str]) -> set[str]:
        """Return the ids, before and after, of `nodes`."""
        found = {_ident(rows, node) for node in nodes for rows in (self.before, self.after)}
        return found - {""}


def _ident(rows: Mapping[str, Row], node: str) -> str:
    return str(rows[node]["ident"]) if node in rows else ""


def group_anew(session: Session, reserved: Collection[str]) -> tuple[dict[Node, str], int]:
    """Group all names and store the groups, no id of them one of `reserved`.

    Returns the id of every node, and how many rows that changes.
    """
    ties = list(all_rows(session, _TIE))
    names = _names(all_rows(session, _SEEN), ties)
    leader = grouped(names, map(_edge, ties))
    groups: defaultdict[Node, set[str]] = defaultdict(set)
    for node, first in leader.items():
        groups[first] |= names[node]
    ident = ids({first: frozenset(forms) for first, forms in groups.items()}, reserved)
    base = {first: base_of(first, forms) for first, forms in groups.items() if first.key is None}
    rows = [_row(node, first, base.get(first), names[node], ident[first]) for node, first in leader.items()]
    changed = sync(session, _BEARER, rows, all_rows(session, _BEARER))
    return {node: ident[first] for node, first in leader.items()}, changed


def group_on(session: Session, touched: Iterable[str], reserved: Collection[str]) -> Regrouped:
    """Group the names anew that hang together with the nodes `touched`, and store what that changes."""
    listed = {code for code in touched if Node.of(code).key is not None}
    nodes, ties = _chained(session, set(touched) - listed)
    looked = nodes | listed
    tied = [*ties.values(), *rows_with(session, _TIE, listed, _TIE.c.one, _TIE.c.other)]
    names = _names(rows_with(session, _SEEN, looked, _SEEN.c.node), tied)
    before = {str(row["node"]): row for row in rows_with(session, _BEARER, looked, _BEARER.c.node)}
    there = {node: forms for node, forms in names.items() if node.code in looked}
    placed = _placed(there, map(_edge, ties.values()), before)
    shelves = Shelves(session, placed, before.keys(), {*entries(), *reserved})
    shelves.order(_disturbed(before, placed))
    before |= shelves.before
    sync(session, _BEARER, placed.values(), before.values())
    return Regrouped(before, placed)


def _chained(session: Session, start: set[str]) -> tuple[set[str], dict[str, Row]]:
    """Return the unlisted nodes that pairs chain to those of `start`, and all pairs they are in."""
    nodes, ties, waiting = set(start), dict[str, Row](), start
    while waiting:
        found = list(rows_with(session, _TIE, waiting, _TIE.c.one, _TIE.c.other))
        ties |= {str(row["id"]): row for row in found}
        ends = {str(row[end]) for row in found for end in ("one", "other")}
        waiting = {code for code in ends - nodes if Node.of(code).key is None}
        nodes |= waiting
    return nodes, ties


def _names(seen: Iterable[Row], ties: Iterable[Row]) -> dict[Node, set[str]]:
    """Return the names of every node as posts and pairs write them."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in seen:
        names[str(row["node"])].add(str(row["name"]))
    for row in ties:
        names[str(row["one"])].add(str(row["name"]))
        names[str(row["other"])].add(str(row["gloss"]))
    return {Node.of(code): forms for code, forms in names.items()}


def _edge(tie: Row) -> tuple[Node, Node]:
    return Node.of(str(tie["one"])), Node.of(str(tie["other"]))


def _placed(
    names: Mapping[Node, set[str]], edges: Iterable[tuple[Node, Node]], before: Mapping[str, Row]
) -> dict[str, Row]:
    """Return the rows of the nodes that have `names`; a group that stays on its shelf keeps its id."""
    leader = grouped(names, edges)
    groups: defaultdict[Node, set[str]] = defaultdict(set)
    for node in names:
        groups[leader[node]] |= names[node]
    base = {first: base_of(first, forms) for first, forms in groups.items() if first.key is None}
    return {
        node.code: _row(node, first, base.get(first), names[node], _kept(first, base.get(first), before))
        for node in names
        for first in (leader[node],)
    }


def _kept(leader: Node, base: str | None, before: Mapping[str, Row]) -> str:
    """Return the id that a group has in any case; empty where its shelf is to be ordered first."""
    if leader.key is not None:
        return leader.key
    row = before.get(leader.code)
    return str(row["ident"]) if row and (row["leader"], row["base"]) == (leader.code, base) else ""


def _row(node: Node, leader: Node, base: str | None, names: Iterable[str], ident: str) -> Row:
    own = own_slug(node, names)
    return {"node": node.code, "leader": leader.code, "base": base, "own": own, "ident": ident}


def _disturbed(before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[str]:
    """Yield the shelves that a group left or came to, and those that may want an id which got free or taken."""
    old, new = ({(row["leader"], row["base"], row["ident"]) for row in rows.values()} for rows in (before, after))
    for _leader, base, ident in old ^ new:
        if base is not None:
            yield from filter(None, (str(base), str(ident)))
        elif ident not in entries():  # the lexicon's own ids are never free
            yield from (str(ident), str(ident).rpartition("-")[0])
