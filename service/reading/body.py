"""Markdown → blocks of prose, links and media, each laid back over its place in the file."""

from __future__ import annotations

from typing import Any

from markdown_it.token import Token

from service.model import BlockKind, Dialect, Heading, Place, Problem
from service.reading import html
from service.reading.found import Body
from service.reading.inlines import Inlines
from service.reading.lines import Lines, cell_lines, column_of, content_lines, heading_lines
from service.reading.parser import parser
from service.reading.prose import OpenBlock, Prose


def read_body(text: str, dialect: Dialect, first_line: int, prose: Prose) -> Body:
    """Read the Markdown `text`, which begins at `first_line` of its file, onto the end of `prose`."""
    env: dict[str, Any] = {}
    tokens = parser(dialect).parse(text, env)
    walk = _Walk(text.split("\n"), first_line, Body(prose))
    walk.blocks(tokens)
    walk.body.tags += dict.fromkeys(env.get("tags", ()))
    if "too_long" in env:
        detail = "a paragraph is too long or has too many brackets to be parsed: it was read as plain text"
        walk.body.problems.append(Problem(detail, None))
    return walk.body


class _Walk(Inlines):
    """One pass over the block tokens of a body."""

    def __init__(self, lines: list[str], first_line: int, body: Body) -> None:
        super().__init__(body)
        self.lines, self.first_line = lines, first_line
        self.depth = 0  # of lists
        self.quotes = 0
        self.heading: Token | None = None
        self.cell = False
        self.row = self.column = -1
        self.cursor = 0  # within the source line of a table's row

    def blocks(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                self.inline_block(token)
            elif token.type in ("fence", "code_block", "math_block"):
                self.code_block(token)
            elif token.type == "html_block":
                self.html_block(token)
            else:
                self.enter(token)

    def enter(self, token: Token) -> None:
        kind = token.type
        if kind.removesuffix("_open").removesuffix("_close") in ("bullet_list", "ordered_list", "dd"):
            self.depth += token.nesting
        elif kind in ("blockquote_open", "blockquote_close"):
            self.quotes += token.nesting
        elif kind in ("heading_open", "heading_close"):
            self.heading = token if token.nesting > 0 else None
        elif kind in ("th_open", "td_open", "th_close", "td_close"):
            self.cell = token.nesting > 0
            self.column += token.nesting > 0
        elif kind == "tr_open":
            self.row, self.column, self.cursor = self.row + 1, -1, 0
        elif kind == "table_open":
            self.row = -1

    def inline_block(self, token: Token) -> None:
        if not token.content:
            return
        lines = self.places(token)
        self.open()
        self.in_callout_title, self.muted = False, ""
        self.inline(token.children or [], lines, token.content)
        self.close()

    def open(self) -> None:
        quoted = self.quotes > 0
        if self.cell:
            block = OpenBlock(BlockKind.CELL, 0, quoted, self.row, self.column)
        elif self.heading is not None:
            block = OpenBlock(BlockKind.HEADING, int(self.heading.tag[1:]), quoted)
        elif self.depth:
            block = OpenBlock(BlockKind.ITEM, self.depth, quoted)
        else:
            block = OpenBlock(BlockKind.PARAGRAPH, 0, quoted)
        self.prose.open(block)

    def close(self) -> None:
        """Close the open block, settle its links, and give its notes and its images' alt texts blocks of their own."""
        block = self.prose.close()
        self.settle(block.span.end if block else -1)
        if block and block.kind is BlockKind.HEADING:
            text = self.prose.last_text()
            self.body.headings.append(Heading(block.level, text, block.line, block.span))
        captions, self.captions = self.captions, []
        for image, lines in captions:
            self.prose.open(OpenBlock(BlockKind.CAPTION, 0, self.quotes > 0))
            self.caption(image, lines)
            self.prose.close()
        notes, self.notes = self.notes, []
        for note, lines in notes:
            self.prose.open(OpenBlock(BlockKind.PARAGRAPH, 0, self.quotes > 0))
            self.inline(note.children or [], lines.behind(note.meta["at"] + 2), note.content)
            self.close()

    def code_block(self, token: Token) -> None:
        begin, _ = token.map or [0, 0]
        first = begin + (token.type == "fence")
        self.prose.open(OpenBlock(BlockKind.CODE, 0, self.quotes > 0))
        for index, line in enumerate(token.content.split("\n")):
            if index:
                self.prose.write_break()
            if line and first + index < len(self.lines):
                place = Place(self.first_line + first + index, column_of(line, self.lines[first + index]) + 1)
                self.write(line, Lines([0], [place]), 0)
        self.prose.close()

    def html_block(self, token: Token) -> None:
        lines = content_lines(token.content.rstrip("\n"), self.lines, (token.map or [0, 0])[0], self.first_line)
        self.open()
        for piece in html.pieces(token.content):
            if piece.kind == "text":
                self.write(piece.text, lines, piece.at, raw=piece.raw)
            elif piece.kind == "image":
                self.image_tag(piece.attributes, lines.place(piece.at))
            elif piece.kind == "link":
                self.anchor_tag(piece.attributes, lines.place(piece.at))
            else:
                self.close()
                self.open()
                if piece.kind == "code":
                    self.prose.open(OpenBlock(BlockKind.CODE, 0, self.quotes > 0))
        self.close()

    def places(self, token: Token) -> Lines:
        first = (token.map or [0, 0])[0]
        if self.cell:
            lines, self.cursor = cell_lines(token.content, self.lines[first], self.first_line + first, self.cursor)
            return lines
        if self.heading is not None and self.heading.markup.startswith("#"):
            return heading_lines(token.content, self.heading.markup, self.lines[first], self.first_line + first)
        return content_lines(token.content, self.lines, first, self.first_line)
