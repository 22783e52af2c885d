"""Lines of the file for offsets of the text, by the anchors that are stored with every article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

Anchors = Sequence[Sequence[int]]  # (start, line, column), in order: see `model.Anchor`


def line_at(anchors: Anchors, offset: int) -> int:
    """Return the line of the file where the character at `offset` of an article's text stands.

    >>> anchors = [(0, 2, 8), (6, 5, 1), (11, 6, 1)]
    >>> [line_at(anchors, offset) for offset in (3, 6, 10, 40)]
    [2, 5, 5, 6]
    """
    if not anchors:
        return 1
    after = bisect_right(anchors, offset, key=lambda anchor: anchor[0])
    return anchors[max(after - 1, 0)][1]
