"""The trainer: an averaged perceptron with a margin, on whole numbers packed as the service packs them, but wider.

A line is read as the service would read it, with every wrong tag made a little better than it is; where the best
reading is not the right one, the features of the right tags gain and those of the wrong ones lose. The weights are
the mean of all that they were on the way (Collins 2002; the margin as in Taskar et al. 2004).
"""

from __future__ import annotations

import random
import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from bench.name_model.rows import Row
from service.extraction.names.model.steps import TAGS, fits

MARGIN: Final = 3  # by how much the right tag of a unit is to be better than another
_SLACK: Final = 2 * MARGIN  # what tags before and behind may make up for
_OUTSIDE: Final = 0
_NEVER: Final = -(10**9)
_LANE: Final = 32  # bits
_OFFSET: Final = sum(1 << (_LANE * lane + _LANE - 1) for lane in range(len(TAGS)))
_BYTES: Final = len(TAGS) * _LANE // 8
_UNPACK: Final = struct.Struct(f"<{len(TAGS)}I").unpack
_NUMBER: Final = {tag: number for number, tag in enumerate(TAGS)}
_BEFORE: Final = tuple(tuple(n for n, left in enumerate(TAGS) if fits(left, right)) for right in TAGS)
_ONES: Final = tuple(1 << (_LANE * lane) for lane in range(len(TAGS)))
_MARGINS: Final = tuple(_OFFSET + MARGIN * (sum(_ONES) - one) for one in _ONES)
_ZERO: Final = 1 << (_LANE - 1)


class Example(NamedTuple):
    """A line as numbers: the features of each unit, and its tag."""

    features: list[array[int]]
    tags: list[int]


class Examples:
    """Lines as numbers, with the number that each feature was given."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.lines: list[Example] = []

    def add(self, rows: Iterable[Row]) -> None:
        """Take more lines."""
        for row in rows:
            features = [array("i", map(self._number, unit)) for unit in row.features]
            self.lines.append(Example(features, [_NUMBER[tag] for tag in row.tags]))

    def _number(self, feature: str) -> int:
        return self.numbers.setdefault(feature, len(self.numbers))

    def without_rare(self, least: int) -> Examples:
        """Return the same lines without the features that fewer than `least` units have."""
        counts = Counter(number for line in self.lines for unit in line.features for number in unit)
        kept, renumbered = Examples(), {}
        for name, number in self.numbers.items():
            if counts[number] >= least:
                renumbered[number] = kept._number(name)
        for line in self.lines:
            units = [array("i", [renumbered[one] for one in unit if one in renumbered]) for unit in line.features]
            kept.lines.append(Example(units, line.tags))
        return kept


class Perceptron:
    """Weights as they grow, and the sum of all that they were."""

    def __init__(self, features: int) -> None:
        self.weights = [0] * features
        self.sums = [0] * features
        self.steps = [[0] * len(TAGS) for _ in TAGS]
        self.step_sums = [[0] * len(TAGS) for _ in TAGS]
        self.time = 1

    def learn(self, lines: Sequence[Example], draw: random.Random) -> int:
        """Go through all lines once, in an order of chance; return how many were read wrongly."""
        order = list(range(len(lines)))
        draw.shuffle(order)
        return sum(self._line(lines[number]) for number in order)

    def begin_mean(self) -> None:
        """Begin the mean anew: what the weights were in the first rounds is far off."""
        self.sums = [0] * len(self.sums)
        self.step_sums = [[0] * len(TAGS) for _ in TAGS]
        self.time = 1

    def _line(self, line: Example) -> bool:
        get, wrong = self.weights.__getitem__, False
        scores = [_unpack(sum(map(get, unit), _MARGINS[tag])) for unit, tag in zip(*line, strict=True)]
        for start, end in _regions(scores, line.tags):
            read = self._read(scores[start:end])
            if read != line.tags[start:end]:
                self._correct(line, start, read)
                wrong = True
        self.time += 1
        return wrong

    def _read(self, scores: Sequence[tuple[int, ...]]) -> list[int]:
        """Return the best tags, with outside before and behind."""
        best = [_NEVER] * len(TAGS)
        best[_OUTSIDE] = 0
        trail = []
        for row in scores:
            now, came = [], []
            for tag, befores in enumerate(_BEFORE):
                left, most = _OUTSIDE, _NEVER
                for before in befores:
                    total = best[before] + self.steps[before][tag]
                    if total > most:
                        left, most = before, total
                now.append(most + row[tag])
                came.append(left)
            best = now
            trail.append(came)
        tags = [max(_BEFORE[_OUTSIDE], key=lambda tag: best[tag] + self.steps[tag][_OUTSIDE])]
        for came in reversed(trail[1:]):
            tags.append(came[tags[-1]])
        return tags[::-1]

    def _correct(self, line: Example, start: int, read: list[int]) -> None:
        """Let the right tags gain and those of the reading lose."""
        for place, tag in enumerate(read, start):
            if tag != line.tags[place]:
                change = _ONES[line.tags[place]] - _ONES[tag]
                later = change * self.time
                for feature in line.features[place]:
                    self.weights[feature] += change
                    self.sums[feature] += later
        self._step([_OUTSIDE, *line.tags[start : start + len(read)], _OUTSIDE], 1)
        self._step([_OUTSIDE, *read, _OUTSIDE], -1)

    def _step(self, tags: list[int], change: int) -> None:
        for left, right in pairwise(tags):
            self.steps[left][right] += change
            self.step_sums[left][right] += change * self.time

    def averaged(self, names: Iterable[str]) -> Iterator[tuple[str, list[float]]]:
        """Yield the name of each feature with its mean weights, in the order of the tags."""
        for name, weight, total in zip(names, self.weights, self.sums, strict=True):
            if weight or total:
                now, late = _unpack(weight + _OFFSET), _unpack(total + _OFFSET)
                yield name, [one - _ZERO - (two - _ZERO) / self.time for one, two in zip(now, late, strict=True)]

    def averaged_steps(self) -> dict[tuple[str, str], float]:
        """Return how well each tag follows each other one that it may follow."""
        return {
            (TAGS[left], TAGS[right]): self.steps[left][right] - self.step_sums[left][right] / self.time
            for right, befores in enumerate(_BEFORE)
            for left in befores
        }


def _unpack(total: int) -> tuple[int, ...]:
    return _UNPACK(total.to_bytes(_BYTES, "little"))


def _regions(scores: Sequence[tuple[int, ...]], gold: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of units that are names or may be read as such."""
    start = -1
    for place, of in enumerate(scores):
        if gold[place] or max(of[1:]) + _SLACK > of[_OUTSIDE]:
            start = place if start < 0 else start
        elif start >= 0:
            yield start, place
            start = -1
    if start >= 0:
        yield start, len(scores)
