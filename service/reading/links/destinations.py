"""Which of the documents that a link may mean it leads to: one rule, here for values, in ``query.links`` for rows.

Obsidian's, and what generators add to it. Of several documents, first come those of the link's own source, then those
that the best of its keys finds, then those in the language of its page, then those that are called so by their file,
before those that have the name besides. Of these the one spelled in the link's own script wins, then the one whose
whole path it is, then what lies in or below the link's own folder, then the shortest path, then the nearest folder.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from service.reading.links.linking import LinkKey
from service.reading.links.whereabouts import Address

# How surely an address of a kind names its document; within a class, the order of kinds.
CLASSES: Mapping[str, int] = MappingProxyType(
    {"file": 0, "path": 0, "name": 0, "url": 0, "alias": 1, "folder": 2, "slug": 3, "title": 4}
)
KINDS: Mapping[str, int] = MappingProxyType({kind: place for place, kind in enumerate(CLASSES)})
FARTHEST = 4  # folders up from a link that count as near
UNIQUE = "title"  # leads somewhere only where no other document has it
NAMING = ("wiki", "property")  # kinds of links that may name a document by its title


@dataclass(frozen=True, slots=True)
class Origin:
    """A link and where it stands."""

    source: str
    path: str
    kind: str
    target: str
    keys: Sequence[LinkKey]
    language: str | None = None


class Candidate(NamedTuple):
    """A document that a link may lead to, and one address of it."""

    id: str
    source: str
    path: str
    address: Address


class _Rank(NamedTuple):
    """What candidates are ordered by: the smallest is the link's destination."""

    elsewhere: bool
    key: int
    other_language: bool
    kind_class: int
    other_script: bool
    kind: int
    outside: bool
    length: int
    steps: int
    other_case: bool
    id: str


def destination(origin: Origin, candidates: Iterable[Candidate]) -> str | None:
    """Return the id of the document that a link leads to, or None: the same for any order of `candidates`."""
    wanted = {key: (place, spelled) for place, (key, spelled) in reversed(list(enumerate(origin.keys)))}
    ranks = sorted(
        _rank(origin, candidate, *wanted[candidate.address.key])
        for candidate in candidates
        if candidate.address.key in wanted and (candidate.address.kind != UNIQUE or origin.kind in NAMING)
    )
    if not ranks:
        return None
    rivals = Counter(_group(rank) for rank in ranks)
    best = ranks[0]
    return None if best.kind == KINDS[UNIQUE] and rivals[_group(best)] > 1 else best.id


def _group(rank: _Rank) -> tuple[object, ...]:
    """Return what a title is alone among: what is as good up to the script it is written in, and the kind."""
    return rank[: _Rank._fields.index("kind") + 1]


def _rank(origin: Origin, candidate: Candidate, place: int, spelled: str) -> _Rank:
    address = candidate.address
    steps = steps_between(origin.path, candidate.path)
    return _Rank(
        candidate.source != origin.source,
        place,
        (address.language or "") != (origin.language or ""),
        CLASSES[address.kind],
        address.spelled != spelled,
        KINDS[address.kind],
        steps > 0,
        len(candidate.path),
        steps,
        origin.target not in candidate.path,
        candidate.id,
    )


def steps_between(origin: str, path: str) -> int:
    """Return how many folders up from `origin` the first folder lies that holds `path`, `FARTHEST` at most.

    >>> steps_between("a/b/c.md", "a/b/d/e.md"), steps_between("a/b/c.md", "a/x.md"), steps_between("c.md", "x.md")
    (0, 1, 0)
    """
    folder = posixpath.dirname(origin)
    for steps in range(FARTHEST):
        if not folder or path.startswith(folder + "/"):
            return steps
        folder = posixpath.dirname(folder)
    return FARTHEST
