"""A sentence in its block: what claims are read from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.extraction.claims.cue_words import finder
from service.extraction.claims.subjects import Cue, Sentence
from service.model import Block, Span

_CONNECTIVES = re.compile(r"(?:但是?|不过|而且?|并?且|所以|然后|那么?|[, ])*")
_ENDS = frozenset("。.!?;,")
_CLOSERS = "」』”）)\"' "


@dataclass(slots=True)
class Line:
    """A sentence in its block, with what it says of its own speaker."""

    block: Block
    span: Span
    sentence: Sentence  # its beginning, where cues are looked for
    cue: Cue | None
    quotes: tuple[Span, ...]  # all its quotations
    whole_quote: bool
    folded: str  # all of it

    @property
    def is_question(self) -> bool:
        """Whether it ends as a question does."""
        return self.folded.rstrip(_CLOSERS).endswith("?")

    @property
    def leads_in(self) -> bool:
        """Whether it ends with a colon, or as a heading of somebody's words does: 她的结论."""
        if self.folded.endswith(":"):
            return True
        if self.cue is None or self.folded[-1:] in _ENDS:
            return False
        last = self.span.end - 1
        spoken = finder("nouns", "speech").find(self.sentence.folded, max(self.span.start, last - 5), self.span.end)
        return any(hit.stop == self.span.end for hit in spoken)


def starts_with(line: Line, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return what the pattern matches at the start of the line."""
    return pattern.match(line.sentence.folded, *line.span)


def behind_connectives(text: str) -> str:
    """Return a folded sentence without the small words that only join it to the one before.

    >>> behind_connectives("但是,以下三点没有人提过")
    '以下三点没有人提过'
    """
    return _CONNECTIVES.sub("", text, count=1)
