"""Comparisons: what two sentences set above or below what, and whether they do so the other way round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from service.model import Span
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept, Found
from service.query.lookup.concepts import rest
from service.query.lookup.vocabulary import stance

_THERE: Final = 0.5  # share of a concept above which it is spoken of
_CLOSING: Final = " 。！？!?；;，,、:：的了」』”\n"
_MUCH = re.compile(r"[了出上]?\s?[约近逾]?[0-9]")  # how much stands behind: 低 3%, 高出 5 元
_BEHIND: Final = 4  # characters between what is compared with and the adjective that says in what


class Comparison(NamedTuple):
    """Two comparisons of the same things: what the asked one has on its right, and whether the other is its contrary.

    `turned` is None where they are of the same things, but in what they compare them can't be told to be one.
    """

    right: Concept
    turned: bool | None


@dataclass(frozen=True)
class _Sides:
    """What a comparison sets on its two sides: the left is more (or less) than the right, in what `quality` says."""

    left: tuple[Concept, ...]
    right: Concept
    quality: Concept | None  # None where it is no concept
    more: bool | None  # None where it can't be told: only the quality says it


def compared(
    mine: Clauses, asked: Mapping[Concept, Span], theirs: Clauses, own: Mapping[Concept, Found]
) -> Comparison | None:
    """Return how two sentences compare the same things, None where they don't.

    A 比 B 便宜 and B 比 A 便宜 are contraries, and so are A 低於 B and A 比 B 高. What is the most of all is more
    than the right of the other: 太陽能最便宜 is no friend of 核能比太陽能便宜.
    """
    if not (mine.comparisons or theirs.comparisons):
        return None
    said = {one: place.span for one, place in own.items() if place.span is not None and place.share > _THERE}
    one, other = _sides(mine, asked), _sides(theirs, said)
    if one and other and _of_other_things(theirs, said):
        return Comparison(one.right, turned=None)
    if one and other:
        return _beside(one, other, own)
    if one:
        return Comparison(one.right, turned=True) if _tops(theirs, said, one) else None
    if other:
        return Comparison(other.right, turned=True) if _tops(mine, asked, other) else None
    return None


def _beside(one: _Sides, other: _Sides, own: Mapping[Concept, Found]) -> Comparison | None:
    swapped = one.right in other.left and other.right in one.left
    if not swapped and not (one.right == other.right and set(one.left) & set(other.left)):
        return None
    return Comparison(one.right, _contrary(one, other, own, swapped=swapped))


def _contrary(one: _Sides, other: _Sides, own: Mapping[Concept, Found], *, swapped: bool) -> bool | None:
    if one.quality is not None and one.quality == other.quality:
        return swapped != own[one.quality].contrary
    if one.more is None or other.more is None or one.quality is not None or other.quality is not None:
        return None
    return swapped != (one.more != other.more)


def _sides(clauses: Clauses, places: Mapping[Concept, Span]) -> _Sides | None:
    for word in clauses.comparisons:
        clause = clauses.around(word.start)
        left = tuple(sorted((one for one, at in places.items() if clause.start <= at.start < word.start), key=_place))
        behind = [(at, one) for one, at in places.items() if word.end <= at.start < clause.end]
        behind.sort(key=lambda pair: (pair[0], pair[1].span))
        right = [one for _, one in behind]
        if not (left and right):
            continue
        if not stance("compare", "open").fullmatch(clauses.folded, word.start, word.end):
            less = stance("compare", "less").fullmatch(clauses.folded, word.start, word.end)
            return _Sides(left, right[0], None, less is None)
        adjective = _adjective(clauses.folded, behind[0][0].end, clause.end)
        if adjective is None and len(right) > 1:
            return _Sides(left, right[0], right[-1], None)
        if adjective is not None:
            quality = next((one for at, one in behind[1:] if at.overlaps(adjective.span)), None)
            return _Sides(left, right[0], quality, adjective.more)
    return None


def _of_other_things(clauses: Clauses, places: Mapping[Concept, Span]) -> bool:
    """Tell whether a sentence compares what only belongs to what is asked about: 海边的树 of 海边."""
    word = clauses.comparisons[0]
    clause = clauses.around(word.start)
    end = max((at.end for at in places.values() if clause.start <= at.start < word.start), default=clause.start)
    behind = clauses.folded[end : word.start]
    return "的" in behind and next(rest(behind, ()), None) is not None


def _place(concept: Concept) -> Span:
    return concept.span


class _Adjective(NamedTuple):
    span: Span
    more: bool


def _adjective(folded: str, start: int, end: int) -> _Adjective | None:
    """Return the adjective behind what is compared with, and whether it says more or less: 比同级产品高."""
    last = end - len(folded[start:end]) + len(folded[start:end].rstrip(_CLOSING))
    for more, key in ((True, "high"), (False, "low")):
        for match in stance("compare", key).finditer(folded, start, end):
            if match.end() == last or match.start() - start <= _BEHIND or _MUCH.match(folded, match.end()):
                return _Adjective(Span(*match.span()), more)
    return None


def _tops(clauses: Clauses, places: Mapping[Concept, Span], sides: _Sides) -> bool:
    """Tell whether a sentence calls the right side of a comparison the most of all, without naming the left."""
    if sides.quality is None or sides.quality not in places or sides.right not in places:
        return False
    if all(one in places for one in sides.left):
        return False
    most = [match.start() for match in stance("compare", "most").finditer(clauses.folded)]
    return any(clauses.around(at).overlaps(places[sides.quality]) for at in most) and any(
        places[sides.right].start < clauses.around(at).end for at in most
    )
