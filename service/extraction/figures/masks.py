"""Masks: stretches of a text in which nothing is looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from service.model import Block, BlockKind, Document, Span

SILENT = frozenset({BlockKind.CODE, BlockKind.AUTHOR, BlockKind.PERSON, BlockKind.COMPANY})
_END = 1 << 60


class Masks:
    """Stretches of a text, those that overlap made one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        for span in sorted(spans):
            if self.spans and span.start < self.spans[-1].end:
                before = self.spans.pop()
                self.spans.append(Span(before.start, max(before.end, span.end)))
            else:
                self.spans.append(span)

    def end_over(self, at: int) -> int:
        """Return the end of the stretch that `at` lies in, or 0.

        >>> Masks([Span(3, 6), Span(5, 9)]).end_over(4)
        9
        """
        place = bisect_right(self.spans, (at, _END)) - 1
        return self.spans[place].end if place >= 0 and self.spans[place].end > at else 0

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a stretch shares a character with the half-open range from `start` to `end`."""
        place = bisect_right(self.spans, (end - 1, _END)) - 1
        return place >= 0 and self.spans[place].end > start


def silent_spans(document: Document) -> list[Span]:
    """Return what is not mined in `document`: code, names of the header, and the shown text of links.

    The alt text of an image is mined, though it stands where a link may.
    """
    captions = Masks(block.span for block in document.blocks if block.kind is BlockKind.CAPTION)
    links = [link.span for link in document.links if link.span is not None and not captions.touches(*link.span)]
    return [*document.code, *links, *(block.span for block in document.blocks if block.kind in SILENT)]


class Blocks:
    """The blocks of a document, to be found by place."""

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks
        self._starts = [block.span.start for block in document.blocks]

    def at(self, place: int) -> Block | None:
        """Return the block that the character at `place` lies in, if any."""
        number = bisect_right(self._starts, place) - 1
        return self._blocks[number] if number >= 0 and place < self._blocks[number].span.end else None
