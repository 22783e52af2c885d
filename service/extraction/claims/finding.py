"""Find what a document claims: its sentences that assert something, whose they are, and in which mood."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from service.extraction.claims import assertions, moods, sentences
from service.extraction.claims.attribution import find_cue
from service.extraction.claims.lines import Line
from service.extraction.claims.speakers import attribute
from service.extraction.claims.subjects import Sentence, find_subjects
from service.model import Block, BlockKind, Claim, Document, Figure, Mention, Span, Time
from service.script import fold

F = TypeVar("F", Mention, Figure, Time)

_CLAIMING = frozenset(
    {BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.INFO}
)
_WHOLE = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.INFO})  # one claim at most, whatever marks it holds
_QUOTES = frozenset('「『“"')
_CUED = 500  # a sentence's speaker shows in its first characters, or not at all


class _Placed(Generic[F]):
    """Facts in reading order: those of a span, without looking at all."""

    def __init__(self, facts: Sequence[F]) -> None:
        self._facts: list[F] = sorted(facts, key=lambda fact: fact.span)
        self._starts: list[int] = [fact.span.start for fact in self._facts]

    def within(self, span: Span) -> tuple[F, ...]:
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end, first)
        if first == last:
            return ()
        return tuple([fact for fact in self._facts[first:last] if fact.span.end <= span.end])


def find_claims(
    document: Document, mentions: Sequence[Mention], figures: Sequence[Figure], times: Sequence[Time]
) -> tuple[Claim, ...]:
    """Return the claims of `document` in reading order; no two of them overlap.

    `mentions`, `figures` and `times` are what was found in the same document: a claim carries those within it, and its
    speaker is one of the mentions.
    """
    named, measured, dated = _Placed(mentions), _Placed(figures), _Placed(times)
    lines = list(_lines(document, named))
    idle = sorted([*document.code, *_links(document)])
    found = []
    for line, voice in zip(lines, attribute(lines), strict=True):
        span = line.span
        said = assertions.Said(line, named.within(span), measured.within(span), voice, line.folded.strip())
        if _is_covered(document.text, span, idle) or not assertions.asserts(said):
            continue
        found.append(_claim(document, said, dated.within(span)))
    return tuple(found)


def _claim(document: Document, said: assertions.Said, times: tuple[Time, ...]) -> Claim:
    line, span, folded = said.line, said.line.span, said.line.sentence.folded
    return Claim(
        surface=document.slice(span),
        span=span,
        line=document.line(span.start),
        section=_section(document, span.start),
        speaker=said.voice.speaker,
        kind=moods.mood(folded, span, measured=bool(said.figures), ahead=_is_ahead(document, times)),
        quote=said.voice.quoted or moods.is_quote(folded, span, line.quotes),
        negated=moods.is_negated(folded, span),
        mentions=tuple(said.mentions),
        figures=tuple(said.figures),
        times=times,
    )


def _is_ahead(document: Document, times: Sequence[Time]) -> bool:
    """Tell whether a sentence tells of a time after the post was written, where that is known."""
    published = document.header.published
    if published is None or not times:
        return False
    today = published.value.date().isoformat()
    return any(time.kind == "explicit" and time.low is not None and time.low > today for time in times)


def _lines(document: Document, mentions: _Placed[Mention]) -> Iterator[Line]:
    """Yield the sentences of the blocks that may claim something."""
    folded = fold(document.text)
    for block in document.blocks:
        if block.kind not in _CLAIMING:
            continue
        text = document.slice(block.span)
        closing = sentences.pairs(text)
        quotes = _quotations(text, block, closing)
        spans = (block.span,) if block.kind in _WHOLE else _sentences(text, block, closing)
        for span in spans:
            yield _line(folded, block, span, quotes, mentions)


def _line(folded: str, block: Block, span: Span, quotes: Sequence[Span], mentions: _Placed[Mention]) -> Line:
    """Return the sentence at `span` of `block` with its cue; only its beginning is searched for one."""
    own = folded[span.start : span.end]
    inside = _overlapping(quotes, span) if quotes else ()
    searched = span if len(own) <= _CUED else Span(span.start, span.start + _CUED)
    near = tuple([quote for quote in inside[:_CUED] if quote.start < searched.end])
    subjects = find_subjects(folded, searched, mentions.within(searched), near)
    sentence = Sentence(folded, searched, near, subjects)
    return Line(block, span, sentence, find_cue(sentence), inside, _is_quoted(folded, span, inside), own)


def _overlapping(quotes: Sequence[Span], span: Span) -> tuple[Span, ...]:
    first = bisect_right(quotes, span.start, key=lambda quote: quote.end)
    last = bisect_left(quotes, span.end, key=lambda quote: quote.start)
    return tuple(quotes[first:last])


def _sentences(text: str, block: Block, closing: dict[int, int]) -> Iterator[Span]:
    offset = block.span.start
    for start, end in sentences.split(text, closing):
        yield Span(start + offset, end + offset)


def _quotations(text: str, block: Block, closing: dict[int, int]) -> list[Span]:
    """Return the outermost quotations of a block."""
    offset = block.span.start
    found: list[Span] = []
    if not closing:
        return found
    for start, end in sorted(closing.items()):
        if text[start] in _QUOTES and (not found or start + offset >= found[-1].end):
            found.append(Span(start + offset, end + 1 + offset))
    return found


def _is_quoted(folded: str, span: Span, quotes: Sequence[Span]) -> bool:
    """Tell whether a sentence is nothing but quotation."""
    if not quotes:
        return False
    left = (span.start, *(quote.end for quote in quotes))
    right = (*(quote.start for quote in quotes), span.end)
    outside = "".join(folded[a:b] for a, b in zip(left, right, strict=True))
    return not any(character.isalpha() for character in outside)


def _links(document: Document) -> Iterator[Span]:
    for link in document.links:
        yield from (span for span in (link.span, link.reason) if span is not None)


def _is_covered(text: str, span: Span, idle: Sequence[Span]) -> bool:
    """Tell whether nothing of a sentence is left beside links, code and the reasons of links."""
    if not idle:
        return False
    index = span.start
    at = max(bisect_right(idle, Span(span.start, span.start)) - 1, 0)
    for cover in idle[at:]:
        if cover.start >= span.end:
            break
        if any(character.isalnum() for character in text[index : max(cover.start, index)]):
            return False
        index = max(index, cover.end)
    return index > span.start and not any(character.isalnum() for character in text[index : span.end])


def _section(document: Document, offset: int) -> str | None:
    at = bisect_right(document.headings, offset, key=lambda heading: heading.span.start)
    return document.headings[at - 1].text if at else None
