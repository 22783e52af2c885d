"""A post understood: one text, one axis, and what stands where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from service.model.text import Dialect, Place, Problem, Script, Span


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or time as a post gives it.

    `value` is aware when the post (or its site) tells the zone; else it is naive and `zone_known` is false: the
    string as written is kept, since guessing a zone moves posts to another day.
    """

    value: datetime
    text: str
    zone_known: bool
    date_only: bool = False

    def isoformat(self) -> str:
        """Return ISO 8601: a bare date when only the date is known, an offset when the zone is."""
        return self.value.date().isoformat() if self.date_only else self.value.isoformat()


@dataclass(frozen=True, slots=True)
class Original:
    """What the post reports on or was first published as: ``source_url``, ``来源``, ``連結`` in front matter."""

    url: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Header:
    """Front matter (and the info list of a plain note) in one vocabulary; what it does not know stays in `rest`."""

    title: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # other names (Obsidian) or old URLs (Hugo): the dialect tells
    slug: str | None = None
    url: str | None = None
    draft: bool = False
    description: str | None = None
    language: str | None = None  # as declared: `zh-TW`, `zh` …
    original: Original | None = None
    people: tuple[str, ...] = ()  # declared: `related_people` and its like
    companies: tuple[str, ...] = ()
    rest: Mapping[str, object] = field(default_factory=dict)  # JSON values, as given


class BlockKind(StrEnum):
    """What a stretch of `Document.text` was in the file."""

    TITLE = "title"  # of the front matter
    DESCRIPTION = "description"  # of the front matter
    AUTHOR = "author"  # one block a name, of the front matter
    PERSON = "person"  # declared in the front matter, one block a name
    COMPANY = "company"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a paragraph of a list item
    CELL = "cell"  # of a table
    CAPTION = "caption"  # the alt text of an image
    INFO = "info"  # an entry of a plain note's info list: `- **來源**：…`
    CODE = "code"  # kept to be searched, never mined


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of prose that nothing joins to its neighbours: names, figures and sentences never cross its ends."""

    kind: BlockKind
    span: Span
    line: int
    level: int = 0  # of a heading (1–6); depth of a list item (1 …)
    quoted: bool = False  # within a block quote or callout
    row: int | None = None  # of a cell, 0 is the heading row
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body."""

    level: int
    text: str
    line: int
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written: nothing is resolved here.

    `target` is the path or URL without alias, heading or block; `relation` and `note` are what the text around the
    link says of it (``；關聯理由：延伸；說明：…``, ``延伸:: [[…]]``), and `reason` is where it says so.
    """

    kind: str  # wiki | markdown | auto | property: one that the front matter declares
    target: str
    alias: str | None
    heading: str | None
    block: str | None
    relation: str | None
    note: str | None
    line: int
    span: Span | None  # of the shown text; None where the link shows none
    reason: Span | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """An image (Markdown, wiki or HTML) or an embed (shortcode, Liquid include, ``![[note]]``)."""

    kind: str  # image | embed
    name: str | None  # of an embed: `youtube`; the note of a `![[note]]`
    target: str | None  # of an image: path or URL
    alt: str | None
    args: tuple[str, ...]
    line: int


class Anchor(NamedTuple):
    """From `start` on, `Document.text` runs along the file from this line and column, until the next anchor."""

    start: int
    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """A post understood: one text, one axis, and what stands where.

    Blocks are in order, do not overlap, and are separated by blank lines in `text`.
    """

    path: str
    dialect: Dialect
    script: Script
    header: Header
    title: str
    text: str
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    media: tuple[Media, ...]
    code: tuple[Span, ...]  # inline code, math, raw URLs: never mined for facts
    anchors: tuple[Anchor, ...]
    problems: tuple[Problem, ...] = ()
    bare: bool = False  # the file has no front matter

    @cached_property
    def _starts(self) -> list[int]:
        return [anchor.start for anchor in self.anchors]

    def place(self, offset: int) -> Place:
        """Return the line and column of the file where the character at `offset` stands."""
        if not self.anchors:
            return Place(1, 1)
        anchor = self.anchors[max(bisect_right(self._starts, offset) - 1, 0)]
        return Place(anchor.line, anchor.column + max(offset - anchor.start, 0))

    def line(self, offset: int) -> int:
        """Return the line of the file where the character at `offset` stands."""
        if not self.anchors:
            return 1
        return self.anchors[max(bisect_right(self._starts, offset) - 1, 0)].line

    def slice(self, span: Span) -> str:
        """Return the text that `span` covers."""
        return self.text[span.start : span.end]
