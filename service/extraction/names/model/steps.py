"""How the tags of a name follow each other, and the best reading of units by what speaks for each tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add
from typing import Final

# No name, the last unit of one and the only one: behind these a name may begin. Then the first and those within.
TAGS: Final = ("O", "EP", "SP", "EO", "SO", "EX", "SX", "BP", "IP", "BO", "IO", "BX", "IX")
OUTSIDE: Final = 0

_CLOSED: Final = 7  # tags that no name goes on behind
_NEVER: Final = -(10**9)

Follows = Mapping[tuple[str, str], int]


def fits(left: str, right: str) -> bool:
    """Tell whether tag `right` may follow tag `left`: a name that has begun goes on until it ends."""
    if left[0] in "BI":
        return right[0] in "IE" and right[1] == left[1]
    return right[0] in "OBS"


class Steps:
    """How well each tag follows each other one that it may follow."""

    def __init__(self, follows: Follows) -> None:
        self.of: Final = {
            (left, right): follows.get((TAGS[left], TAGS[right]), 0)
            for right in range(len(TAGS))
            for left in range(len(TAGS))
            if fits(TAGS[left], TAGS[right])
        }
        self.plain: Final = self.of[OUTSIDE, OUTSIDE]
        self.least: Final = self._least()
        self._firsts = [self.of.get((OUTSIDE, tag), _NEVER) for tag in range(len(TAGS))]
        self._befores = [[left for left, right in self.of if right == tag] for tag in range(len(TAGS))]
        self._from_closed = [
            [self.of[left, right] for left in range(_CLOSED)] if TAGS[right][0] in "OBS" else None
            for right in range(len(TAGS))
        ]

        self._from_ended = [max(steps[1:]) if steps else _NEVER for steps in self._from_closed]

    def _least(self) -> int:
        """Return what a name costs in steps at least, compared with no name, but for the step out of it."""
        cost = {edge: self.plain - worth for edge, worth in self.of.items()}
        if min(cost.values()) < 0:
            return _NEVER
        far = {tag: cost[OUTSIDE, tag] for tag in range(1, len(TAGS)) if (OUTSIDE, tag) in cost}
        for _ in TAGS:
            for (left, right), worth in cost.items():
                if left in far and right != OUTSIDE:
                    far[right] = min(far.get(right, far[left] + worth), far[left] + worth)
        return min(far[tag] for tag in range(1, _CLOSED))

    def best(self, scores: Sequence[tuple[int, ...]]) -> list[int] | None:
        """Return the tags of the best reading of units, with outside before them; None: no name is in it.

        The step out of a name at the end is not counted: one that is hardly none is wanted too, as what speaks against
        the same name elsewhere.
        """
        trail = [list(map(add, self._firsts, scores[0]))]
        for row in scores[1:]:
            trail.append(self._next(trail[-1], row))
        ends = trail[-1][:_CLOSED]
        plain = sum([row[OUTSIDE] + self.plain for row in scores])
        return self._back(trail, ends) if max(ends) > plain else None

    def _next(self, best: list[int], row: tuple[int, ...]) -> list[int]:
        closed, found = best[:_CLOSED], []
        outside, ended = best[OUTSIDE], max(closed[1:])
        for tag, (worth, steps) in enumerate(zip(row, self._from_closed, strict=True)):
            if steps is not None:  # few names have ended right before: most tags follow none
                plain = outside + steps[OUTSIDE]
                likely = ended + self._from_ended[tag] > plain
                found.append((max(map(add, closed, steps)) if likely else plain) + worth)
            else:
                first, within = self._befores[tag]
                found.append(max(best[first] + self.of[first, tag], best[within] + self.of[within, tag]) + worth)
        return found

    def _back(self, trail: list[list[int]], ends: list[int]) -> list[int]:
        """Return the tags that led to the best end."""
        tags = [ends.index(max(ends))]
        for place in range(len(trail) - 2, -1, -1):
            tag = tags[-1]
            before = {left: trail[place][left] + self.of[left, tag] for left in self._befores[tag]}
            tags.append(max(before, key=before.__getitem__))
        return tags[::-1]

    def worth(self, scores: Sequence[tuple[int, ...]], tags: Sequence[int]) -> int:
        """Return how much more speaks for `tags` than for no name at all, outside on both sides."""
        left, total = OUTSIDE, -self.plain
        for row, tag in zip(scores, tags, strict=True):
            total += row[tag] + self.of[left, tag] - row[OUTSIDE] - self.plain
            left = tag
        return total + self.of[left, OUTSIDE]
