"""Where the model sees names in a line, and how much speaks for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from service.extraction.names.model.units import Row
from service.extraction.names.model.weights import SCALE, TAGS, Steps, Weights

LENIENT: Final = 0  # how much may speak against a name that is still proposed

_OUTSIDE: Final = 0
_NEVER: Final = -(10**9)
_SLACK: Final = SCALE  # what tags before and behind may make up for
_JOINTS: Final = frozenset("·&-'.")  # marks within names
_LONGEST: Final = 16  # units of a name


class Proposal(NamedTuple):
    """A place that the model takes for a name: its first and last unit, its kind, and what speaks for it."""

    first: int
    last: int
    kind: str
    worth: int


def proposals(row: Row, weights: Weights, lenient: int = LENIENT) -> Iterator[Proposal]:
    """Yield what may be names in `row`, from left to right and without overlap."""
    scores = weights.scores(row)
    steps = weights.steps
    for start, end in _regions(row, scores, lenient):
        within = scores[start:end]
        for first, last, kind, worth in _names(within, _decoded(within, steps, lenient), steps):
            yield Proposal(start + first, start + last, kind, worth)


def _regions(row: Row, scores: Sequence[tuple[int, ...]], lenient: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of units that may be part of a name: no name goes on beyond a comma or a bracket."""
    start = -1
    for place, (of, sort) in enumerate(zip(scores, row.sorts, strict=True)):
        if max(of[1:]) + lenient + _SLACK > of[_OUTSIDE] and (sort[0].isalnum() or sort in _JOINTS):
            start = place if start < 0 else start
        elif start >= 0:
            yield start, place
            start = -1
    if start >= 0:
        yield start, len(scores)


def _decoded(scores: Sequence[tuple[int, ...]], steps: Steps, lenient: int) -> list[int]:
    """Return the tags of the best reading of units, with outside before and behind."""
    best = [_NEVER] * len(TAGS)
    best[_OUTSIDE] = 0
    trail: list[list[int]] = []
    for row in scores:
        now, came = [], []
        for befores, worth in zip(steps, row, strict=True):
            left, most = _OUTSIDE, _NEVER
            for before, step in befores:
                total = best[before] + step
                if total > most:
                    left, most = before, total
            now.append(most + worth)
            came.append(left)
        now[_OUTSIDE] -= lenient
        best = now
        trail.append(came)
    last = max((before for before, _ in steps[_OUTSIDE]), key=lambda tag: best[tag])
    tags = [last]
    for came in reversed(trail[1:]):
        tags.append(came[tags[-1]])
    return tags[::-1]


def _names(scores: Sequence[tuple[int, ...]], tags: Sequence[int], steps: Steps) -> Iterator[Proposal]:
    first = 0
    for place, tag in enumerate(tags):
        name = TAGS[tag]
        if name[0] in "BS":
            first = place
        if name[0] in "ES" and place - first < _LONGEST:
            worth = _worth(scores[first : place + 1], tags[first : place + 1], steps)
            yield Proposal(first, place, name[1], worth)


def _worth(scores: Sequence[tuple[int, ...]], tags: Sequence[int], steps: Steps) -> int:
    """Return how much more speaks for `tags` than for no name at all, outside on both sides."""
    plain = dict(steps[_OUTSIDE])
    left, worth = _OUTSIDE, -plain[_OUTSIDE]
    for row, tag in zip(scores, tags, strict=True):
        worth += row[tag] + dict(steps[tag])[left] - row[_OUTSIDE] - plain[_OUTSIDE]
        left = tag
    return worth + plain[left]
