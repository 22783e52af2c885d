"""Markdown → blocks of prose, links and media, each laid back over its place in the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markdown_it.token import Token

from service.model import BlockKind, Dialect, Heading, Media, Place, Problem, Span
from service.reading import html
from service.reading.found import Body, FoundLink
from service.reading.lines import Lines, cell_lines, column_of, content_lines, heading_lines
from service.reading.parser import parser
from service.reading.prose import OpenBlock, Prose
from service.reading.template import FILLER
from service.reading.wikilinks import WikiLink

_NAMED = frozenset({"link_open", "image", "html_inline", "wiki", "url"})  # tokens read by the method of that name


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


class _Walk:
    """One pass over the block tokens of a body."""

    def __init__(self, lines: list[str], first_line: int, body: Body) -> None:
        self.lines, self.first_line, self.body = lines, first_line, body
        self.prose = body.prose
        self.depth = 0  # of lists
        self.quotes = 0
        self.heading: Token | None = None
        self.cell = False
        self.row = self.column = -1
        self.cursor = 0  # within the source line of a table's row
        self.captions: list[tuple[Token, Lines]] = []
        self.pending: list[FoundLink] = []  # links of the open block
        self.code: list[Span] = []  # of the open block
        self.muted = ""  # the element whose text is not shown
        self.in_callout_title = False

    # ── Blocks ──

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
        if kind in ("bullet_list_open", "ordered_list_open", "bullet_list_close", "ordered_list_close"):
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
        """Close the open block, settle its links, and give its images' alt texts blocks of their own."""
        block = self.prose.close()
        end = block.span.end if block else -1
        for link in self.pending:
            link.start, link.end = min(link.start, end), min(link.end, end)
        self.body.links += self.pending
        self.body.code += [Span(start, min(stop, end)) for start, stop in self.code if start < min(stop, end)]
        self.pending, self.code = [], []
        if block and block.kind is BlockKind.HEADING:
            text = self.prose.last_text()
            self.body.headings.append(Heading(block.level, text, block.line, block.span))
        captions, self.captions = self.captions, []
        for image, lines in captions:
            self.prose.open(OpenBlock(BlockKind.CAPTION, 0, self.quotes > 0))
            self.caption(image, lines)
            self.prose.close()

    def code_block(self, token: Token) -> None:
        begin, _ = token.map or [0, 0]
        first = begin + (token.type == "fence")
        self.prose.open(OpenBlock(BlockKind.CODE, 0, self.quotes > 0))
        for index, line in enumerate(token.content.split("\n")):
            if index:
                self.prose.write_break()
            if line and first + index < len(self.lines):
                column = column_of(line, self.lines[first + index])
                self.prose.write(line, self.first_line + first + index, column + 1)
        self.prose.close()

    def html_block(self, token: Token) -> None:
        lines = content_lines(token.content.rstrip("\n"), self.lines, (token.map or [0, 0])[0], self.first_line)
        self.open()
        for piece in html.pieces(token.content):
            if piece.kind == "text":
                self.write(piece.text, lines, piece.at, raw=piece.raw)
            elif piece.kind == "image":
                self.image_tag(piece.attributes, lines.place(piece.at).line, lines.place(piece.at))
            else:
                self.close()
                self.open()
        self.close()

    def places(self, token: Token) -> Lines:
        first = (token.map or [0, 0])[0]
        if self.cell:
            lines, self.cursor = cell_lines(token.content, self.lines[first], self.first_line + first, self.cursor)
            return lines
        if self.heading is not None and self.heading.markup.startswith("#"):
            return heading_lines(token.content, self.heading.markup, self.lines[first], self.first_line + first)
        return content_lines(token.content, self.lines, first, self.first_line)

    # ── Inline ──

    def inline(self, tokens: Iterable[Token], lines: Lines, src: str) -> None:
        for token in tokens:
            kind = token.type
            if kind == "text":
                if not self.muted:
                    self.text(token, lines, src)
            elif kind == "softbreak":
                self.end_line()
            elif kind == "link_close":
                self.link_close()
            elif kind == "callout":
                self.in_callout_title = True
            elif kind in _NAMED:
                getattr(self, kind)(token, lines)
            else:
                self.other(token, lines, src)

    def write(self, text: str, lines: Lines, at: int, raw: str = "") -> None:
        """Write text that stands at `at` of its block's content; `raw` is how the file writes it, where it differs."""
        if "\n" in text and not raw:
            for line in text.splitlines(keepends=True):
                if bare := line.rstrip("\n"):
                    self.write(bare, lines, at)
                if bare != line:
                    self.prose.write_break()
                at += len(line)
            return
        if FILLER in text:
            for piece in _unfilled(text):
                self.prose.write(text[piece], *lines.place(at + piece.start))
            return
        self.prose.write(text, *lines.place(at))

    def end_line(self) -> None:
        """Break the line; the first line of a callout is its title and a block of its own."""
        if self.in_callout_title:
            self.in_callout_title = False
            self.close()
            self.open()
        else:
            self.prose.write_break()

    def text(self, token: Token, lines: Lines, src: str) -> None:
        content, at = token.content, token.meta["at"]
        if content and not src.startswith(content, at):
            at = max(src.find(content, max(at - 3, 0)), 0)
        self.write(content, lines, at)

    def other(self, token: Token, lines: Lines, src: str) -> None:
        at = token.meta.get("at", 0)
        if token.type == "text_special":
            if not self.muted:
                self.prose.write(token.content, *lines.place(at + _escaped(token)))
        elif token.type == "tag":
            self.write(token.content, lines, at)
        elif token.type in ("code_inline", "math"):
            at += len(token.markup)
            content = token.content
            if token.type == "code_inline" and not _same(src, at, content):
                at += 1
            self.verbatim(content, lines, at, src)
        elif token.type == "escaped":
            start = self.prose.offset
            for begin, end in ((0, 3), (5, len(token.content) - 5), (len(token.content) - 3, len(token.content))):
                self.write(token.content[begin:end], lines, at + begin)
            self.code.append(Span(start, self.prose.offset))

    def verbatim(self, content: str, lines: Lines, at: int, src: str) -> None:
        start = self.prose.offset
        self.write(src[at : at + len(content)], lines, at)
        self.code.append(Span(start, self.prose.offset))

    # ── Links and media ──

    def link_open(self, token: Token, lines: Lines) -> None:
        place = lines.place(token.meta["at"])
        target, heading = str(token.attrs.get("href", "")).replace(FILLER, ""), None
        if token.info == "auto":
            self.pending.append(FoundLink("auto", target, None, place.line, self.prose.offset))
            return
        if target.startswith("#"):
            target, heading = "", target[1:]
        self.pending.append(FoundLink("markdown", target, "", place.line, self.prose.offset, -1, heading))

    def link_close(self) -> None:
        link = next((link for link in reversed(self.pending) if link.end < 0), None)
        if link is None:
            return
        link.end = self.prose.offset
        if link.kind == "auto":
            self.code.append(Span(link.start, link.end))
        else:
            link.alias = self.prose.since(link.start) or None

    def url(self, token: Token, lines: Lines) -> None:
        place = lines.place(token.meta["at"])
        start = self.prose.offset
        self.write(token.content, lines, token.meta["at"])
        self.pending.append(FoundLink("auto", token.content, None, place.line, start, self.prose.offset))
        self.code.append(Span(start, self.prose.offset))

    def wiki(self, token: Token, lines: Lines) -> None:
        link: WikiLink = token.meta["wiki"]
        at = token.meta["at"]
        place = lines.place(at)
        if token.markup.startswith("!"):
            args = (link.alias,) if link.alias else ()
            if link.is_image:
                media = Media("image", None, link.target, None, args, place.line)
            else:
                media = Media("embed", link.target, None, None, args, place.line)
            self.body.media.append((place, media))
            return
        start = self.prose.offset
        self.write(token.content[link.shown_at : link.shown_end], lines, at + len(token.markup) + link.shown_at)
        self.pending.append(
            FoundLink("wiki", link.target, link.alias, place.line, start, self.prose.offset, link.heading, link.block)
        )

    def image(self, token: Token, lines: Lines) -> None:
        place = lines.place(token.meta["at"])
        target = str(token.attrs.get("src", "")).replace(FILLER, "")
        alt = _shown(token.children or [])
        self.body.media.append((place, Media("image", None, target, alt or None, (), place.line)))
        if alt:
            self.captions.append((token, lines))

    def caption(self, token: Token, lines: Lines) -> None:
        base = token.meta["at"] + 2
        for child in token.children or []:
            if child.type == "softbreak":
                self.prose.write_break()
            elif child.type in ("text", "text_special", "code_inline", "math", "tag"):
                at = (
                    base
                    + child.meta["at"]
                    + _escaped(child)
                    + len(child.markup) * (child.type in ("code_inline", "math"))
                )
                self.write(child.content, lines, at, raw=child.content)

    def html_inline(self, token: Token, lines: Lines) -> None:
        tag = html.tag(token.content)
        if tag is None:
            return
        if tag.name == "img":
            place = lines.place(token.meta["at"])
            self.image_tag(tag.attributes, place.line, place)
        elif tag.name == "br":
            self.prose.write_break()
        elif tag.name in html.UNSEEN:
            self.muted = "" if tag.closing else tag.name

    def image_tag(self, attributes: dict[str, str], line: int, place: Place) -> None:
        target = attributes.get("src", "").replace(FILLER, "")
        if target:
            media = Media("image", None, target, attributes.get("alt") or None, (), line)
            self.body.media.append((place, media))


def _escaped(token: Token) -> bool:
    """Tell whether a backslash stands before what `token` shows."""
    return token.info == "escape" and len(token.markup) > len(token.content)


def _same(src: str, at: int, content: str) -> bool:
    return src[at : at + len(content)].replace("\n", " ") == content


def _shown(tokens: list[Token]) -> str:
    """Return the text that the inline `tokens` of an image's description show."""
    return (
        "".join(
            "\n" if token.type == "softbreak" else token.content if token.type != "html_inline" else ""
            for token in tokens
        )
        .replace(FILLER, "")
        .strip()
    )


def _unfilled(text: str) -> list[slice]:
    pieces, at = [], 0
    for part in text.split(FILLER):
        if part:
            pieces.append(slice(at, at + len(part)))
        at += len(part) + 1
    return pieces
