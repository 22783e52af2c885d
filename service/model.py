"""What a post says: frozen values that travel from floor to floor.

``Source`` (a file as found) → ``Document`` (a post understood) → ``Extraction`` (what it says).

The rule that holds them together: ``Document.text`` is the post's prose in its own script, title and description
included, and every mention, figure, time, claim and link is a half-open span of code points into it:
``document.text[x.span.start:x.span.end] == x.surface``. Lines and columns are 1-based places in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Script(StrEnum):
    """The script a text is written in: BCP 47 script subtags (ISO 15924) and two words for the rest."""

    HANT = "Hant"
    HANS = "Hans"
    MIXED = "mixed"  # Chinese in both scripts
    OTHER = "other"  # not Chinese, or too little of it to tell


class Dialect(StrEnum):
    """The flavour of Markdown a post is written in, named for what publishes it."""

    HUGO = "hugo"
    JEKYLL = "jekyll"
    OBSIDIAN = "obsidian"
    MARKDOWN = "markdown"


class Span(NamedTuple):
    """A half-open range of code points in ``Document.text``."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies wholly within this span.

        >>> Span(0, 5).holds(Span(2, 5))
        True
        """
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character.

        >>> Span(0, 5).overlaps(Span(5, 6))
        False
        """
        return self.start < other.end and other.start < self.end


class Place(NamedTuple):
    """Where something stands in the file: 1-based line and column (in code points)."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file as found: decoded, without BOM, its newlines all LF."""

    path: str  # POSIX, relative to the root of its site or vault
    text: str


# ── Document: a post understood ──────────────────────────────────────────────────────────────────────────────────────


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

    `target` is the path or URL without alias, heading or block; `relation` and `note` are what the text right behind
    the link says of it (``；关联理由：版本演进；说明：…``), and `reason` is where it says so.
    """

    kind: str  # wiki | markdown | auto
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


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a post got wrong that did not stop it from being read."""

    detail: str
    line: int | None


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
        return self.place(offset).line

    def slice(self, span: Span) -> str:
        """Return the text that `span` covers."""
        return self.text[span.start : span.end]


# ── Extraction: what a document says ─────────────────────────────────────────────────────────────────────────────────


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    COMPANY = "company"
    ORGANIZATION = "organization"
    PRODUCT = "product"
    PLACE = "place"
    WORK = "work"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name seen at a place, not yet decided whose it is.

    `name` is the fullest form this document gives of the same bearer (`Maguire` → `Shaun Maguire`), and `key` the
    lexicon's id where the lexicon knows the form. Who it is, is decided over the whole corpus (`resolution`).
    """

    surface: str
    span: Span
    line: int
    kind: EntityKind
    name: str
    key: str | None
    role: str  # author | declared | speaker | mentioned …
    method: str  # front_matter | lexicon | gloss | short_form | context
    confidence: float


@dataclass(frozen=True, slots=True)
class Gloss:
    """Two names a post says are one: ``約翰．科里森（John Collison）``."""

    name: str
    gloss: str
    kind: EntityKind
    span: Span
    line: int


class Approx(StrEnum):
    """How sure a figure is said to be."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in base units: equal bounds where it is no range."""

    low: Decimal
    high: Decimal
    unit: str  # ISO 4217, SI, `%`, `x`, `count`, `year` …; compound with `/`
    per: str | None = None  # a rate said outside the number: 每瓦 25 美分 → `W`
    counted: str | None = None  # the classifier of a counted thing: 33 萬張 → 張


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity at a place."""

    surface: str
    span: Span
    line: int
    quantity: Quantity
    approx: Approx


@dataclass(frozen=True, slots=True)
class Time:
    """A date, period or relative time at a place; bounds are ISO 8601 dates, None where they can't be told."""

    surface: str
    span: Span
    line: int
    low: str | None
    high: str | None
    kind: str  # explicit | relative


class ClaimKind(StrEnum):
    """In which mood something is claimed."""

    STATEMENT = "statement"
    PREDICTION = "prediction"
    PLAN = "plan"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that asserts something, with whom it is put in the mouth of.

    `speaker` is a mention of this document (None: the author); mentions, figures and times are those within `span`.
    """

    surface: str
    span: Span
    line: int
    section: str | None  # text of the heading above
    speaker: Mention | None
    kind: ClaimKind
    quote: bool
    negated: bool
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document, each list in reading order."""

    mentions: tuple[Mention, ...]
    glosses: tuple[Gloss, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    claims: tuple[Claim, ...]


# ── The corpus: where posts come from, and who its names are ─────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Site:
    """A source as declared: what a post's dialect, dates and URL depend on besides the post itself."""

    name: str
    dialect: Dialect | None = None  # None: told from the posts
    base_url: str | None = None
    permalinks: Mapping[str, str] = field(default_factory=dict)  # section → pattern, as the generator writes them
    language: str | None = None
    timezone: str | None = None  # IANA name


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what a set of names stands for; `id` is a readable slug."""

    id: str
    kind: EntityKind
    name: str
    hant: str | None = None
    hans: str | None = None
    en: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """An editor's word on an entity: outranks what is extracted.

    `edit` replaces fields of the entity (`value`: kind, name, hant, hans, en), `alias` gives it another name
    (`value`: name), `merge` makes another entity part of it (`value`: into, the id that stays).
    """

    kind: str
    entity_id: str
    value: Mapping[str, object]
