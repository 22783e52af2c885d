"""The sentences of a document, each in its block, with what it says of its own speaker: what claims are read from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from service.extraction.claims import sentences
from service.extraction.claims.attribution import find_cue, tells
from service.extraction.claims.cue_words import Finder, Scan, finder
from service.extraction.claims.parting import part
from service.extraction.claims.quotations import is_all_quoted
from service.extraction.claims.subjects import Act, Cue, Sentence, Subjects
from service.model import Block, BlockKind, Document, Mention, Span
from service.script import fold

_CONNECTIVES = re.compile(r"(?:但是?|不过|而且?|并?且|所以|然后|那么?|[, ])*")
_CONNECTING = frozenset("但不而并且所然那, ")
_ENDS = frozenset("。.!?;,")
_CLOSERS = "」』”）)\"' "
_CLAIMING = frozenset(
    {BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.INFO}
)
_WHOLE = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.INFO})  # one claim at most, whatever marks it holds
_QUOTES = frozenset('「『“"')
_PARTS = 3  # times that a sentence is parted between its speakers
_CUED = 500  # a sentence's speaker shows in its first characters, or not at all


@dataclass(slots=True)
class Line:
    """A sentence in its block, with what it says of its own speaker."""

    block: Block
    span: Span
    sentence: Sentence  # its beginning, where cues are looked for
    cue: Cue | None
    quotes: Sequence[Span]  # all its quotations
    whole_quote: bool
    folded: str  # all of it
    is_question: bool  # whether it ends as a question does

    @property
    def leads_in(self) -> bool:
        """Whether it ends with a colon, or as a heading of somebody's words does: 她的结论."""
        if self.folded.endswith(":"):
            return True
        if self.cue is None or self.folded[-1:] in _ENDS:
            return False
        if self.block.kind is BlockKind.HEADING and self.cue.act is Act.SAYS:
            return tells(self.sentence.folded, self.sentence.subjects[-1].end, self.span.end) or self._ends_in_speech
        return self._ends_in_speech

    @property
    def _ends_in_speech(self) -> bool:
        spoken = self.sentence.hits(_spoken())
        return bool(spoken) and spoken[-1].stop == self.span.end


@cache
def _spoken() -> Finder:
    return finder("nouns", "speech")


def read_lines(document: Document, mentions: Sequence[Mention]) -> list[Line]:
    """Return the sentences of the blocks that may claim something, in order."""
    folded = fold(document.text)
    scan, subjects = Scan(folded), Subjects(folded, mentions)
    lines = []
    for block in document.blocks:
        if block.kind not in _CLAIMING:
            continue
        text = document.slice(block.span)
        closing = sentences.pairs(text)
        quotes = list(_quotations(text, block.span.start, closing)) if closing else ()
        spans = [block.span] if block.kind in _WHOLE else sentences.split(text, closing, block.span.start)
        for span in spans:
            line = _line(folded, block, span, quotes, scan, subjects)
            for _ in range(_PARTS if line.sentence.subjects and block.kind not in _WHOLE else 0):
                if (at := part(line.sentence, line.cue)) is None:
                    break
                first, rest = Span(line.span.start, at), Span(_behind_space(folded, at), span.end)
                lines.append(_line(folded, block, first, quotes, scan, subjects))
                line = _line(folded, block, rest, quotes, scan, subjects)
            lines.append(line)
    return lines


def _behind_space(folded: str, at: int) -> int:
    while folded[at].isspace():
        at += 1
    return at


def _line(folded: str, block: Block, span: Span, quotes: Sequence[Span], scan: Scan, every: Subjects) -> Line:
    """Return the sentence at `span` of `block` with its cue; only its beginning is searched for one."""
    start, end = span
    own = folded[start:end]
    inside = _overlapping(quotes, span) if quotes else ()
    near, searched = inside, span
    if end - start > _CUED:
        searched = Span(start, start + _CUED)
        near = tuple([quote for quote in inside[:_CUED] if quote.start < searched.end])
    sentence = Sentence(folded, searched, near, every.of(searched, near), scan.cues(start, end))
    whole = is_all_quoted(folded, span, inside) if inside else False
    asks = own.rstrip(_CLOSERS).endswith("?")
    return Line(block, span, sentence, find_cue(sentence), inside, whole, own, asks)


def _overlapping(quotes: Sequence[Span], span: Span) -> Sequence[Span]:
    first = bisect_right(quotes, span.start, key=lambda quote: quote.end)
    last = bisect_left(quotes, span.end, key=lambda quote: quote.start)
    return quotes[first:last]


def _quotations(text: str, offset: int, closing: dict[int, int]) -> Iterator[Span]:
    """Yield the outermost quotations of a block."""
    last = 0
    for start, end in sorted(closing.items()):
        if start >= last and text[start] in _QUOTES:
            last = end + 1
            yield Span(start + offset, last + offset)


def starts_with(line: Line, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return what the pattern matches at the start of the line."""
    return pattern.match(line.sentence.folded, *line.span)


def behind_connectives(text: str) -> str:
    """Return a folded sentence without the small words that only join it to the one before.

    >>> behind_connectives("但是,以下三点没有人提过")
    '以下三点没有人提过'
    """
    return _CONNECTIVES.sub("", text, count=1) if text[:1] in _CONNECTING else text
