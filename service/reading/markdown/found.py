"""What reading a body finds, before the document is put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.model import Heading, Media, Place, Problem, Span
from service.reading.markdown.prose import Prose


@dataclass(slots=True, eq=False)
class FoundLink:
    """A link while its document is being put together: `start` and `end` bound its shown text."""

    kind: str
    target: str
    alias: str | None
    line: int
    start: int
    end: int = -1
    heading: str | None = None
    block: str | None = None


@dataclass(slots=True)
class Body:
    """What reading the body adds to a document."""

    prose: Prose
    headings: list[Heading] = field(default_factory=list)
    links: list[FoundLink] = field(default_factory=list)
    media: list[tuple[Place, Media]] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
