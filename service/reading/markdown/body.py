"""Markdown → blocks of prose, links and media, each laid back over its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.model import BlockKind, Dialect, Heading, Place, Problem
from service.reading.markdown import html
from service.reading.markdown.found import Body
from service.reading.markdown.inlines import Inlines
from service.reading.markdown.lines import Lines, cell_lines, column_of, content_lines, heading_lines
from service.reading.markdown.parser import parser
from service.reading.markdown.prose import OpenBlock, Prose
from service.reading.templates.calls import FENCE, FILLER

_UNHEEDED = frozenset({"paragraph_open", "paragraph_close", "list_item_open", "list_item_close", "hr", "tr_close"})
_MARKS = ("**", "](", "`", "[[", "~~", "==")


def read_body(text: str, dialect: Dialect, first_line: int, prose: Prose) -> Body:
    """Read the Markdown `text`, which begins at `first_line` of its file, onto the end of `prose`."""
    env: dict[str, Any] = {}
    md = parser(dialect)
    walk = _Walk(text.split("\n"), first_line, Body(prose), md, env)
    walk.blocks(md.parse(text, env))
    walk.body.tags += dict.fromkeys(env.get("tags", ()))
    if "too_long" in env:
        detail = "a paragraph is too long or has too many brackets to be parsed: it was read as plain text"
        walk.body.problems.append(Problem(detail, None))
    return walk.body


class _Walk(Inlines):
    """One pass over the block tokens of a body."""

    def __init__(self, lines: list[str], first_line: int, body: Body, md: MarkdownIt, env: dict[str, Any]) -> None:
        super().__init__(body)
        self.md, self.env = md, env
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
        if kind in _UNHEEDED:
            return
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
        if "column" in token.meta:  # a cell of a table; one of loose rows stands between tokens of its own
            self.cell, self.column = True, token.meta["column"]
        self.in_callout_title, self.muted = False, ""
        if (place := self.plain(token)) is not None:
            self.open()
            self.prose.write(token.content, *place)
        else:
            lines = self.places(token)
            self.open()
            self.inline(token.children or [], lines, token.content)
        self.close()
        self.cell = self.cell and "column" not in token.meta

    def plain(self, token: Token) -> tuple[int, int] | None:
        """Return line and column of a block that is one line of text and nothing else: most are."""
        children, content = token.children or (), token.content
        if len(children) != 1 or children[0].content != content or self.cell or self.heading is not None:
            return None
        first = (token.map or [0, 0])[0]
        if children[0].type != "text" or FILLER in content or first >= len(self.lines):
            return None
        return self.first_line + first, column_of(content, self.lines[first]) + 1

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

    def split(self) -> None:
        """End the open block and go on in another one of its kind; a heading and a cell are one block."""
        if self.heading is None and not self.cell:
            self.close()
            self.open()

    def close(self) -> None:
        """Close the open block, settle its links, and give its notes and its images' alt texts blocks of their own."""
        block = self.prose.close()
        if self.pending or self.code or self.anchor:
            self.settle(block.span.end if block else -1)
        if block and block.kind is BlockKind.HEADING:
            text = self.prose.last_text()
            self.body.headings.append(Heading(block.level, text, block.line, block.span))
        if self.captions or self.notes:
            self.close_apart()

    def close_apart(self) -> None:
        """Give what was kept for behind the block its own ones."""
        captions, self.captions = self.captions, []
        for image, lines in captions:
            self.prose.open(OpenBlock(BlockKind.CAPTION, 0, self.quotes > 0))
            self.caption(image, lines)
            self.settle(caption.span.end if (caption := self.prose.close()) else -1)
        notes, self.notes = self.notes, []
        for note, lines in notes:
            self.prose.open(OpenBlock(BlockKind.PARAGRAPH, 0, self.quotes > 0))
            self.inline(note.children or [], lines.behind(note.meta["at"] + 2), note.content)
            self.close()

    def code_block(self, token: Token) -> None:
        first = (token.map or [0, 0])[0] + (token.type == "fence")
        self.prose.open(OpenBlock(BlockKind.CODE, 0, self.quotes > 0))
        if FILLER in token.content or FENCE in token.content:
            for line, number, column in self.code_lines(token.content, first):
                self.prose.write_break()
                if line.strip() != FENCE:
                    self.write(line, Lines([0], [Place(number, column)]), 0)
        else:
            self.prose.write_lines(self.code_lines(token.content, first))
        self.prose.close()

    def code_lines(self, content: str, first: int) -> Iterator[tuple[str, int, int]]:
        """Yield the lines of code that hold something, each with its line and column in the file."""
        lines, shift = self.lines, self.first_line
        for index, line in enumerate(content.split("\n"), first):
            if line and index < len(lines):
                yield line, shift + index, column_of(line, lines[index]) + 1

    def html_block(self, token: Token) -> None:
        lines = content_lines(token.content.rstrip("\n"), self.lines, (token.map or [0, 0])[0], self.first_line)
        self.open()
        code = False
        for piece in html.pieces(token.content):
            if piece.kind == "text":
                self.html_text(piece, lines, code=code)
            elif piece.kind == "image":
                self.image_tag(piece.attributes, lines.place(piece.at))
            elif piece.kind == "link":
                self.anchor_tag(piece.attributes, lines.place(piece.at))
            else:
                self.close()
                self.open()
                if code := piece.kind == "code":
                    self.prose.open(OpenBlock(BlockKind.CODE, 0, self.quotes > 0))
        self.close()

    def html_text(self, piece: html.Piece, lines: Lines, *, code: bool) -> None:
        """Write text of an HTML block; of Markdown in it some generators show the marks, none of them as words."""
        text = piece.text.replace(FENCE, FILLER * len(FENCE))
        if code or piece.raw or not any(mark in text for mark in _MARKS):
            self.write(text, lines, piece.at, raw=piece.raw)
        else:
            self.inline(self.md.inline.parse(text, self.md, self.env, []), lines.behind(piece.at), text)

    def places(self, token: Token) -> Lines:
        first = (token.map or [0, 0])[0]
        if self.cell:
            lines, self.cursor = cell_lines(token.content, self.lines[first], self.first_line + first, self.cursor)
            return lines
        if self.heading is not None and self.heading.markup.startswith("#"):
            return heading_lines(token.content, self.heading.markup, self.lines[first], self.first_line + first)
        return content_lines(token.content, self.lines, first, self.first_line)
