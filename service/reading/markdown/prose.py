"""The text of a document while it is being put together: pieces in, blocks, spans and anchors out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.model import Anchor, Block, BlockKind, Span
from service.reading.templates.calls import PIPE

SEPARATOR = "\n\n"


@dataclass(slots=True)
class OpenBlock:
    """What is known of the block that is being written."""

    kind: BlockKind
    level: int = 0
    quoted: bool = False
    row: int | None = None
    column: int | None = None


class Prose:
    """Collects pieces of text with where they stand in the file.

    Pieces go into the block last opened. A block that ends up with nothing to show leaves no trace, so offsets within
    a block are final only once it is closed; `offset` counts as if it will show something.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self._parts: list[str] = []
        self._size = 0
        self._block: OpenBlock | None = None
        self._pieces: list[str] = []
        self._start = 0
        self._end = 0

    @property
    def offset(self) -> int:
        """Where in the text the next piece will begin."""
        return self._end

    def open(self, block: OpenBlock) -> None:
        """Close the block that is open, if any, and open `block`."""
        if self._block is not None:
            self.close()
        self._block = block
        self._start = self._end = self._size + (len(SEPARATOR) if self._size else 0)

    def write(self, piece: str, line: int, column: int) -> None:
        """Add `piece`, which stands on one line of the file, at `line` and `column` (1-based)."""
        if self._end == self._start:
            bare = piece.lstrip()
            column += len(piece) - len(bare)
            piece = bare
        if not piece:
            return
        start, there, place = self.anchors[-1] if self.anchors else (0, 0, 0)
        if there != line or start < self._start or place + self._end - start != column:
            self.anchors.append(Anchor(self._end, line, column))
        self._pieces.append(piece)
        self._end += len(piece)

    def write_break(self) -> None:
        """Break the line, unless it holds nothing yet."""
        if self._pieces and self._pieces[-1][-1] != "\n":
            self._pieces.append("\n")
            self._end += 1

    def write_lines(self, lines: Iterable[tuple[str, int, int]]) -> None:
        """Add whole lines, each with its line and column in the file, as `write` and `write_break` would in turn."""
        pieces, anchors, end = self._pieces, self.anchors, self._end
        for text, line, column in lines:
            if not pieces:
                self.write(text, line, column)
                end = self._end
                continue
            if pieces[-1][-1] != "\n":
                pieces.append("\n")
                end += 1
            anchors.append(Anchor(end, line, column))
            pieces.append(text)
            end += len(text)
        self._end = end

    def since(self, offset: int) -> str:
        """Return what the open block has shown from `offset` on."""
        return "".join(self._pieces)[max(offset - self._start, 0) :].replace(PIPE, "|")

    def close(self) -> Block | None:
        """Close the open block and return it, unless it shows nothing."""
        if self._block is None:
            return None
        block, self._block = self._block, None
        if not self._pieces:
            self._end = self._start = self._size
            return None
        text = "".join(self._pieces).rstrip().replace(PIPE, "|")
        self._pieces = []
        while self.anchors and self.anchors[-1].start >= self._start + len(text):
            self.anchors.pop()
        if not text:
            self._end = self._start = self._size
            return None
        if self._size:
            self._parts.append(SEPARATOR)
        self._parts.append(text)
        self._size = self._end = self._start + len(text)
        at = len(self.anchors) - 1
        while self.anchors[at].start > self._start:
            at -= 1
        first = self.anchors[at]
        closed = Block(
            block.kind, Span(self._start, self._size), first.line, block.level, block.quoted, block.row, block.column
        )
        self.blocks.append(closed)
        return closed

    def last_text(self) -> str:
        """Return the text of the block closed last."""
        return self._parts[-1]

    def text(self) -> str:
        """Return all closed blocks as one text."""
        return "".join(self._parts)
