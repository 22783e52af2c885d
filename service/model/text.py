"""Scripts, dialects, spans and places: what everything else is told in, and the file as found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
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
class Problem:
    """Something a post got wrong that did not stop it from being read."""

    detail: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """A file as found: decoded, without BOM, its newlines all LF."""

    path: str  # POSIX, relative to the root of its site or vault
    text: str
    problems: tuple[Problem, ...] = field(default=(), repr=False)  # what its bytes got wrong
