"""Documents of prose for tests of what is found in them: one block a paragraph."""

from __future__ import annotations

from service.model import Anchor, Block, BlockKind, Dialect, Document, Header, Span
from service.script import detect


def document(*paragraphs: str, front: tuple[tuple[BlockKind, str], ...] = (), code: tuple[str, ...] = ()) -> Document:
    """Return a document of `paragraphs` behind the `front` matter, in which every text of `code` is code."""
    blocks: list[Block] = []
    text = ""
    for line, (kind, part) in enumerate([*front, *((BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs)], 1):
        blocks.append(Block(kind, Span(len(text), len(text) + len(part)), line))
        text += part + "\n\n"
    spans = tuple(Span(start, start + len(part)) for part in code if (start := text.find(part)) >= 0)
    anchors = tuple(Anchor(block.span.start, block.line, 1) for block in blocks)
    return Document(
        path="post.md",
        dialect=Dialect.MARKDOWN,
        script=detect(text),
        header=Header(),
        title="",
        text=text,
        blocks=tuple(blocks),
        headings=(),
        links=(),
        media=(),
        code=spans,
        anchors=anchors,
    )
