"""Find what a document claims: its sentences that assert something, whose they are, and in which mood."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from service.extraction.claims import assertions, moods, negation, quotations
from service.extraction.claims.hedges import find_hedges
from service.extraction.claims.lines import read_lines
from service.extraction.claims.speakers import attribute
from service.model import Claim, Document, Figure, Mention, Span, Time

F = TypeVar("F", Mention, Figure, Time)

_NOWHERE = 1 << 60  # behind the end of any document


class _Placed(Generic[F]):
    """Facts in reading order, handed out span by span: each span asked for begins behind the one before."""

    def __init__(self, facts: Sequence[F]) -> None:
        self._facts: list[F] = sorted(facts, key=_by_span)
        self._starts: list[int] = [*(fact.span.start for fact in self._facts), _NOWHERE]
        self._next = 0

    def within(self, span: Span) -> tuple[F, ...]:
        start, end = span
        starts, first = self._starts, self._next
        while starts[first] < start:
            first += 1
        self._next = first
        if starts[first] >= end:
            return ()
        last = bisect_left(starts, end, first)
        return tuple([fact for fact in self._facts[first:last] if fact.span.end <= end])


class _Sections:
    """The headings that claims stand below, asked for in the order of the text."""

    def __init__(self, document: Document) -> None:
        self._ahead = [*reversed(document.headings)]
        self._text: str | None = None

    def of(self, offset: int) -> str | None:
        ahead = self._ahead
        while ahead and ahead[-1].span.start <= offset:
            self._text = ahead.pop().text
        return self._text


def _by_span(fact: Mention | Figure | Time) -> Span:
    return fact.span


def find_claims(
    document: Document, mentions: Sequence[Mention], figures: Sequence[Figure], times: Sequence[Time]
) -> tuple[Claim, ...]:
    """Return the claims of `document` in reading order; no two of them overlap.

    `mentions`, `figures` and `times` are what was found in the same document: a claim carries those within it, and its
    speaker is one of the mentions.
    """
    lines = read_lines(document, mentions)
    named, measured, dated = _Placed(mentions), _Placed(figures), _Placed(times)
    idle = sorted([*document.code, *_links(document)])
    sections, found = _Sections(document), []
    for line, voice in zip(lines, attribute(lines), strict=True):
        span = line.span
        section = sections.of(span.start)
        said = assertions.Said(line, named.within(span), measured.within(span), voice, line.folded.strip(), section)
        if not (idle and _is_covered(document.text, span, idle)) and assertions.asserts(said):
            found.append(_claim(document, said, section, dated.within(span)))
    return tuple(found)


def _claim(document: Document, said: assertions.Said, section: str | None, times: tuple[Time, ...]) -> Claim:
    line, span, voice = said.line, said.line.span, said.voice
    folded, cues = line.sentence.folded, line.sentence.cues
    ahead, worded = bool(times) and _is_ahead(document, times), voice.speaker is not None and bool(line.quotes)
    told = moods.Told(bool(said.figures), ahead, said.is_reported, worded, said.actors)
    return Claim(
        surface=document.slice(span),
        span=span,
        line=document.line(span.start),
        section=section,
        speaker=voice.speaker,
        kind=moods.mood(folded, span, cues, told),
        quote=voice.quoted or quotations.is_quote(folded, span, line.quotes),
        negated=negation.is_negated(folded, span, cues),
        mentions=said.mentions,
        figures=said.figures,
        times=times,
        hedges=find_hedges(document, folded, span, cues),
    )


def _is_ahead(document: Document, times: Sequence[Time]) -> bool:
    """Tell whether a sentence tells of a time after the post was written, where that is known."""
    published = document.header.published
    if published is None or not times:
        return False
    today = published.value.date().isoformat()
    return any(_begins_after(time, today) for time in times)


def _begins_after(time: Time, today: str) -> bool:
    """Tell whether a time begins after a day, or on it and goes on; of 2030 年之前 no beginning is told."""
    if time.low is None:
        return time.high is not None and time.high > today
    return time.low > today or (time.low == today and (time.high is None or time.high > today))


def _links(document: Document) -> Iterator[Span]:
    for link in document.links:
        yield from (span for span in (link.span, link.reason) if span is not None)


def _is_covered(text: str, span: Span, idle: Sequence[Span]) -> bool:
    """Tell whether nothing of a sentence is left beside links, code and the reasons of links."""
    index, end = span
    at = bisect_left(idle, span)
    if (at == len(idle) or idle[at][0] >= end) and (not at or idle[at - 1][1] <= index):
        return False
    at = max(bisect_right(idle, Span(index, index)) - 1, 0)
    for cover in idle[at:]:
        if cover.start >= span.end:
            break
        if any(character.isalnum() for character in text[index : max(cover.start, index)]):
            return False
        index = max(index, cover.end)
    return index > span.start and not any(character.isalnum() for character in text[index : span.end])
