"""Documents written by hand for tests: blocks of prose on one axis, one line of the file a block."""

from __future__ import annotations

import re
from decimal import Decimal

from service.extraction.claims import find_claims
from service.model import (
    Anchor,
    Approx,
    Block,
    BlockKind,
    Claim,
    Dialect,
    Document,
    EntityKind,
    Figure,
    Header,
    Heading,
    Mention,
    Quantity,
    Span,
)
from service.script import detect

Piece = str | tuple[BlockKind, str]


def document(*pieces: Piece, quoted: frozenset[int] = frozenset(), level: int = 2) -> Document:
    """Return a document of these blocks; a bare string is a paragraph, `quoted` tells which are block quotes."""
    blocks, headings, anchors, text = [], [], [], ""
    for number, piece in enumerate(pieces):
        kind, words = (BlockKind.PARAGRAPH, piece) if isinstance(piece, str) else piece
        text += "\n\n" if text else ""
        span = Span(len(text), len(text) + len(words))
        text += words
        blocks.append(Block(kind, span, number + 1, level if kind is BlockKind.HEADING else 0, number in quoted))
        anchors.append(Anchor(span.start, number + 1, 1))
        if kind is BlockKind.HEADING:
            headings.append(Heading(level, words, number + 1, span))
    script, dialect = detect(text), Dialect.MARKDOWN
    return Document(
        "a.md", dialect, script, Header(), "", text, tuple(blocks), tuple(headings), (), (), (), tuple(anchors)
    )


def heading(text: str) -> Piece:
    """Return a heading of the body."""
    return BlockKind.HEADING, text


def item(text: str) -> Piece:
    """Return an item of a list."""
    return BlockKind.ITEM, text


def named(written: Document, people: str = "", companies: str = "") -> list[Mention]:
    """Return the mentions of these names, separated by spaces; the first form that holds another is its name."""
    found: list[Mention] = []
    kinds = ((people.split(), EntityKind.PERSON), (companies.split(), EntityKind.COMPANY))
    for forms, kind in kinds:
        for form in sorted(forms, key=len, reverse=True):
            for match in re.finditer(re.escape(form), written.text):
                span = Span(*match.span())
                if not any(span.overlaps(mention.span) for mention in found):
                    line = written.line(span.start)
                    found.append(Mention(form, span, line, kind, form, None, "mentioned", "lexicon", 1.0))
    return sorted(found, key=lambda mention: mention.span)


def measured(written: Document, surface: str, unit: str = "count") -> Figure:
    """Return a figure for `surface`; what it amounts to does not matter to a claim."""
    start = written.text.index(surface)
    span = Span(start, start + len(surface))
    return Figure(surface, span, written.line(start), Quantity(Decimal(1), Decimal(1), unit), Approx.EXACT)


def claims(*pieces: Piece, people: str = "", companies: str = "", quoted: frozenset[int] = frozenset()) -> list[Claim]:
    """Return the claims of a document of these blocks in which these names are known."""
    written = document(*pieces, quoted=quoted)
    return list(find_claims(written, named(written, people, companies), [], []))


def sayings(*pieces: Piece, people: str = "", companies: str = "") -> list[tuple[str | None, str]]:
    """Return who says what."""
    found = claims(*pieces, people=people, companies=companies)
    return [(claim.speaker.surface if claim.speaker else None, claim.surface) for claim in found]


def speakers(*pieces: Piece, people: str = "", companies: str = "") -> list[str | None]:
    """Return who says each claim, None for the author."""
    return [who for who, _ in sayings(*pieces, people=people, companies=companies)]
