"""The text of a document while it is being put together: pieces in, blocks, spans and anchors out."""

from __future__ import annotations

from dataclasses import dataclass

from service.model import Anchor, Block, BlockKind, Span

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
        last = self.anchors[-1] if self.anchors else None
        runs_on = last and last.line == line and last.column + self._end - last.start == column
        if not runs_on or (last and last.start < self._start):
            self.anchors.append(Anchor(self._end, line, column))
        self._pieces.append(piece)
        self._end += len(piece)

    def write_break(self) -> None:
        """Break the line, unless it holds nothing yet."""
        if self._pieces and self._pieces[-1][-1] != "\n":
            self._pieces.append("\n")
            self._end += 1

    def since(self, offset: int) -> str:
        """Return what the open block has shown from `offset` on."""
        return "".join(self._pieces)[max(offset - self._start, 0) :]

    def close(self) -> Block | None:
        """Close the open block and return it, unless it shows nothing."""
        if self._block is None:
            return None
        block, text = self._block, "".join(self._pieces).rstrip()
        self._block = None
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
        first = next(a for a in reversed(self.anchors) if a.start <= self._start)
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
