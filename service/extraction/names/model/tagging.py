"""Where the model sees names in a line, and how much speaks for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from service.extraction.names.model.steps import OUTSIDE, TAGS
from service.extraction.names.model.units import Row
from service.extraction.names.model.weights import SCALE, Weights

_JOINTS: Final = frozenset("·&-'.")  # marks within names
_LONGEST: Final = 16  # units of a name
_ENDS, _STARTS = (
    slice(TAGS.index("EP"), TAGS.index("EX")),
    slice(TAGS.index("BP"), TAGS.index("BX")),
)  # people's, firms'
_ONE_P, _ONE_O = TAGS.index("SP"), TAGS.index("SO")
_LITTLE: Final = int(1.2 * SCALE)  # what speaks for a name that is hardly worth to be looked for


class Proposal(NamedTuple):
    """A place that the model takes for a name: its first and last unit, its kind, and what speaks for it."""

    first: int
    last: int
    kind: str
    worth: int


def proposals(row: Row, weights: Weights) -> Iterator[Proposal]:
    """Yield what may be names in `row`, from left to right and without overlap."""
    steps = weights.steps
    for start, scores in _regions(row, weights):
        tags = steps.best(scores) if _hope(scores) > steps.least + _LITTLE else None
        if tags is not None:
            for first, last in _names(tags):
                worth = steps.worth(scores[first : last + 1], tags[first : last + 1])
                yield Proposal(start + first, start + last, TAGS[tags[first]][1], worth)


def _hope(scores: Sequence[tuple[int, ...]]) -> int:
    """Return how much speaks for people and firms at most, were each unit free to be what suits it best."""
    if len(scores) == 1:  # as most are: it can only be a name by itself
        return max(scores[0][_ONE_P], scores[0][_ONE_O]) - scores[0][OUTSIDE]
    return sum([max(0, max(of[_ENDS]) - of[OUTSIDE], max(of[_STARTS]) - of[OUTSIDE]) for of in scores])


def _regions(row: Row, weights: Weights) -> Iterator[tuple[int, list[tuple[int, ...]]]]:
    """Yield the runs of units that may be part of a name: no name goes on beyond a comma or a bracket."""
    scores = weights.scores(row)
    sorts, start = row.sorts if scores else [], 0
    found: list[tuple[int, ...]] = []
    for place, of in scores:
        if sorts[place][0].isalnum() or sorts[place] in _JOINTS:
            if found and place != start + len(found):
                yield start, found
                found = []
            start = start if found else place
            found.append(of)
    if found:
        yield start, found


def _names(tags: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last unit of each name."""
    first = 0
    for place, tag in enumerate(tags):
        sort = TAGS[tag][0]
        if sort in "BS":
            first = place
        if sort in "ES" and place - first < _LONGEST:
            yield first, place
