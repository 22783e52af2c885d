"""Ids of groups, one shelf for each id that names make: who is alone on a shelf has it, others get a number behind.

A group on one shelf can take an id that the groups on another want (`foo` and `foo-2`), so what changes on one shelf
may change the next ones; shelves that sort before it it never changes.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from sqlalchemy.orm import Session

from service.model import EntityKind
from service.resolution.groups import Node
from service.resolution.slugs import apart, candidates
from service.store.names.rows import rows_with
from service.store.tables import TABLES
from service.store.values import Row

_BEARER = TABLES["bearer"]
_TRIED = 3  # ids looked up at once for each shelf


class Shelves:
    """The shelves of a corpus, where some nodes are `placed` anew and the rows of the nodes `away` count no more.

    `placed` rows get their ids here; rows of other nodes that get other ids are added to them.
    """

    def __init__(self, session: Session, placed: dict[str, Row], away: Collection[str], fixed: Collection[str]) -> None:
        self.placed = placed
        self.before: dict[str, Row] = {}  # the rows that were added, as they are stored
        self._session, self._away, self._fixed = session, away, fixed
        self._on: dict[str, list[Row]] = {}  # stored rows by shelf
        self._with: dict[str, list[Row]] = {}  # stored rows by id
        self._placed_on: defaultdict[object, set[str]] = defaultdict(set)  # placed nodes by shelf
        self._placed_with: defaultdict[object, set[str]] = defaultdict(set)  # and by id
        for node, row in placed.items():
            self._placed_on[row["base"]].add(node)
            self._placed_with[row["ident"]].add(node)

    def order(self, shelves: Iterable[str]) -> None:
        """Give the groups on `shelves` their ids, and those on the shelves that this changes."""
        waiting = sorted(set(shelves))
        self._fetch(waiting)
        while waiting:
            base = heapq.heappop(waiting)
            while waiting and waiting[0] == base:
                heapq.heappop(waiting)
            for changed in self._ordered(base):
                if changed > base:
                    heapq.heappush(waiting, changed)

    def _fetch(self, bases: Collection[str]) -> None:
        """Look up in two queries what most shelves need."""
        tried = {ident for base in bases for ident in _first(base)}
        self._on |= {base: [] for base in bases}
        self._with |= {ident: [] for ident in tried}
        for row in rows_with(self._session, _BEARER, bases, _BEARER.c.base):
            self._on[str(row["base"])].append(row)
        for row in rows_with(self._session, _BEARER, tried, _BEARER.c.ident):
            self._with[str(row["ident"])].append(row)

    def _ordered(self, base: str) -> Iterator[str]:
        """Order one shelf and yield the ids that got free or taken by that."""
        rows = self._rows_on(base)
        made = apart(base, {Node.of(str(row["leader"])) for row in rows}, lambda ident: self._taken(ident, base))
        idents = {leader.code: ident for leader, ident in made.items()}
        for row in rows:
            old, new = str(row["ident"]), idents[str(row["leader"])]
            if old != new:
                self._place(row, new)
                yield from (old, new)

    def _place(self, row: Row, ident: str) -> None:
        node = str(row["node"])
        if node not in self.placed:
            self.before[node] = row
        self.placed[node] = {**row, "ident": ident}
        self._placed_on[row["base"]].add(node)
        self._placed_with[row["ident"]].discard(node)
        self._placed_with[ident].add(node)

    def _rows_on(self, base: str) -> list[Row]:
        if base not in self._on:
            self._fetch([base])
        stored = [row for row in self._on[base] if self._counts(row)]
        return [*stored, *(self.placed[node] for node in self._placed_on.get(base, ()))]

    def _taken(self, ident: str, base: str) -> bool:
        """Tell whether a group that comes before those on the shelf `base` has the id."""
        if ident in self._fixed:
            return True
        if ident not in self._with:
            self._with[ident] = list(rows_with(self._session, _BEARER, [ident], _BEARER.c.ident))
        placed = (self.placed[node] for node in self._placed_with.get(ident, ()))
        rows = [*filter(self._counts, self._with[ident]), *placed]
        return any(row["base"] is None or str(row["base"]) < base for row in rows)

    def _counts(self, row: Row) -> bool:
        return row["node"] not in self._away and row["node"] not in self.placed


def _first(base: str) -> Iterator[str]:
    for kind in EntityKind:
        yield from islice(candidates(base, kind), _TRIED)
