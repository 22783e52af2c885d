"""Who does it to whom: 甲收购乙, 乙被甲收购 and 乙卖给甲 are one thing, 乙收购甲 is another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from service.model import Span
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept, Found
from service.query.lookup.vocabulary import stance

_THERE: Final = 0.5  # share of a concept above which it is spoken of
_PASSIVE: Final = re.compile("[被遭由获]")  # whoever does it stands behind
_OBJECT: Final = re.compile("[把将向跟从]")  # what it is done to, or taken from, stands behind
PARTS: Final = {"takes": True, "gives": False, "beats": True, "loses": False}  # whether the doer gets the better of it

_Places = Sequence[tuple[Concept, Span]]


class Roles(NamedTuple):
    """Who gets something, or wins, and at whose cost."""

    gainer: frozenset[Concept]
    other: frozenset[Concept]


def reversed_roles(
    mine: Clauses, asked: Mapping[Concept, Span], theirs: Clauses, own: Mapping[Concept, Found]
) -> bool | None:
    """Tell whether a claim gives two that are asked about each other's part, None where it tells of no such part."""
    there = [
        (one, span)
        for one, place in own.items()
        if place.share > _THERE
        for span in {place.span, place.last} - {None}
        if span is not None
    ]
    one, other = _roles(mine, [*asked.items()]), _roles(theirs, there)
    if one is None or other is None:
        return None
    if one.gainer & other.other and one.other & other.gainer:
        return True
    return False if one.gainer & other.gainer and one.other & other.other else None


def losers(clauses: Clauses, own: Mapping[Concept, Found]) -> frozenset[Concept]:
    """Return of what is asked about who loses a contest by a claim."""
    if not clauses.has("roles", "beats", "loses"):
        return frozenset()
    there = [(one, place.span) for one, place in own.items() if place.span is not None and place.share > _THERE]
    for kind in ("beats", "loses"):
        for match in stance("roles", kind).finditer(clauses.folded) if clauses.has("roles", kind) else ():
            doer, other = _parts(clauses, Span(*match.span()), there)
            return other if PARTS[kind] else doer
    return frozenset()


def _roles(clauses: Clauses, places: _Places) -> Roles | None:
    """Return the parts that the first verb gives which has two.

    >>> from service.query.lookup.concept import Concept
    >>> one, other = Concept(frozenset({"甲厂"})), Concept(frozenset({"乙厂"}))
    >>> _roles(Clauses("甲厂被乙厂收购"), [(one, Span(0, 2)), (other, Span(3, 5))]).gainer == {other}
    True
    """
    for kind, gains in PARTS.items():
        for match in stance("roles", kind).finditer(clauses.folded) if clauses.has("roles", kind) else ():
            doer, other = _parts(clauses, Span(*match.span()), places)
            if doer and other:
                return Roles(doer, other) if gains else Roles(other, doer)
    return None


def _parts(clauses: Clauses, verb: Span, places: _Places) -> tuple[frozenset[Concept], frozenset[Concept]]:
    """Return who does what a verb says, and to whom: its other part, be it before the verb or behind it."""
    clause = clauses.around(verb.start)
    passive = _last(_PASSIVE, clauses.folded, clause.start, verb.start)
    if passive is not None:
        return _within(places, Span(passive, verb.start)), _within(places, Span(clause.start, passive))
    behind = _within(places, Span(verb.end, clause.end))
    moved = _last(_OBJECT, clauses.folded, clause.start, verb.start)
    doer = _within(places, Span(clause.start, verb.start if moved is None else moved))
    if moved is None or clauses.folded[verb.end - 1] in "给予":  # 把股份卖给乙: to whom stands behind
        return doer, behind
    return doer, behind | _within(places, Span(moved, verb.start))


def _last(pattern: re.Pattern[str], folded: str, start: int, end: int) -> int | None:
    return max((match.start() for match in pattern.finditer(folded, start, end)), default=None)


def _within(places: _Places, part: Span) -> frozenset[Concept]:
    return frozenset(one for one, at in places if part.start <= at.start < part.end)
