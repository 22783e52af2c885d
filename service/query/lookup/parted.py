"""What keeps two sentences apart that speak of the same things: another phase or class, part, year, or outcome."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from service.query.lookup.clauses import Clauses
from service.query.lookup.labels import labels
from service.query.lookup.outcomes import outcomes
from service.query.lookup.periods import months, years_from_today
from service.query.lookup.scan import facet_bits

_BESIDE = re.compile(r"(?=([\u4e00-\u9fff]{2})[之以]?([前后]))")


def parted(mine: Clauses, theirs: Clauses) -> bool:
    """Tell whether nothing that one sentence tells of can be what the other tells of, by a word that each has.

    >>> parted(Clauses("內科改了輪班"), Clauses("外科改了輪班")), parted(Clauses("內科改了輪班"), Clauses("改了輪班"))
    (True, False)
    """
    return (
        _disjoint(labels(mine.folded), labels(theirs.folded))
        or _disjoint(_facets(mine), _facets(theirs))
        or _disjoint(_turns(mine), _turns(theirs))
        or _disjoint({0: months(mine.folded)}, {0: months(theirs.folded)})
        or _disjoint({0: years_from_today(mine.folded)}, {0: years_from_today(theirs.folded)})
        or _turned_round(mine.folded, theirs.folded)
    )


def _turned_round(mine: str, theirs: str) -> bool:
    """Tell whether what one sentence sets before a thing, 撞击前, the other sets behind it: 撞击后七秒."""
    (before, after), (earlier, later) = _around(mine), _around(theirs)
    return bool((before & later) - after - earlier or (after & earlier) - before - later)


@lru_cache(maxsize=4096)
def _around(folded: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return before what and after what a folded sentence says something, by two characters of each."""
    found = _BESIDE.findall(folded) if "前" in folded or "后" in folded else []
    before, after = (frozenset(thing for thing, side in found if side == one) for one in "前后")
    return before, after


def _disjoint(mine: Mapping[Any, frozenset[Any]], theirs: Mapping[Any, frozenset[Any]]) -> bool:
    return any(
        mine[kind] and theirs[kind] and mine[kind].isdisjoint(theirs[kind]) for kind in mine.keys() & theirs.keys()
    )


@lru_cache(maxsize=4096)
def _facets(clauses: Clauses) -> Mapping[int, frozenset[int]]:
    return {
        number: frozenset(group.of[match[0]] for match in group.words.finditer(clauses.folded))
        for mask, number, group in facet_bits()
        if clauses.may_hold(mask)
    }


@lru_cache(maxsize=4096)
def _turns(clauses: Clauses) -> Mapping[int, frozenset[int]]:
    found = defaultdict[int, set[int]](set)
    for one in outcomes(clauses):
        if not one.denied:
            found[one.group].add(one.pole)
    return {group: frozenset(poles) for group, poles in found.items()}
