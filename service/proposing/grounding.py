"""Proposals are held against the post: each must quote it exactly, and what the rules found stays as it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from service.extraction.figures import parse_quantity
from service.model import (
    Block,
    BlockKind,
    Claim,
    Document,
    EntityKind,
    Extraction,
    Figure,
    Mention,
    Script,
    Span,
)
from service.proposing.replies import Reply, SaidFigure, SaidMention, SaidSpeaker

T = TypeVar("T", Mention, Figure)
S = TypeVar("S", SaidMention, SaidFigure)
PROPOSED: Final = "proposed"  # the origin, or method, of what was proposed and taken
_SURE: Final = 0.5  # how sure such a mention is
_LONGEST_NAME: Final = 60
_LONGEST_FIGURE: Final = 40
_UNMINED: Final = frozenset({BlockKind.CODE, BlockKind.AUTHOR, BlockKind.PERSON, BlockKind.COMPANY})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model proposed, where it stands, and why it was dropped; `dropped` is None where it was taken."""

    kind: str  # mention | figure | speaker
    quote: str
    span: Span | None
    line: int | None
    dropped: str | None


class _UnfoundedError(Exception):
    """A proposal does not hold; the text says why."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """An extraction with what of a reply was taken, and what came of each proposal."""

    extraction: Extraction
    proposals: tuple[Proposal, ...]


def ground(document: Document, extraction: Extraction, reply: Reply) -> Grounded:
    """Return what was found in a document with what a model proposes besides.

    A proposal is dropped where its quote is not in the text, stands there several times and does not say which, covers
    what the rules found, or is not of the kind it says.
    """
    page = _Page(document)
    mentions, said = _grounded(page, extraction.mentions, reply.mentions, _mention, "mention")
    figures, counted = _grounded(page, extraction.figures, reply.figures, _figure, "figure")
    claims = [_with_facts(claim, mentions, figures) for claim in extraction.claims]
    claims, spoken = _speakers(page, claims, (*extraction.mentions, *mentions), reply.speakers)
    merged = replace(
        extraction,
        mentions=_in_order(extraction.mentions, mentions),
        figures=_in_order(extraction.figures, figures),
        claims=tuple(claims),
    )
    return Grounded(merged, (*said, *counted, *spoken))


class _Page:
    """A document in which quotes are looked for."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self._starts = [block.span.start for block in document.blocks]

    def find(self, quote: str, occurrence: int | None) -> Span:
        """Return where a quote stands.

        Raises:
            _UnfoundedError: nowhere, or in several places of which none is told.
        """
        places = self._places(quote)
        first = next(places, None)
        if first is None:
            raise _UnfoundedError("not in the text")
        if occurrence is None:
            if next(places, None) is not None:
                raise _UnfoundedError("several times in the text, and it does not say which")
            return first
        found = first
        for _ in range(occurrence - 1):
            found = next(places, Span(0, 0))
            if not found.end:
                raise _UnfoundedError("not so often in the text")
        return found

    def _places(self, quote: str) -> Iterator[Span]:
        at = self.text.find(quote)
        while at >= 0:
            yield Span(at, at + len(quote))
            at = self.text.find(quote, at + 1)

    def check(self, span: Span) -> None:
        """Refuse what is no prose, runs over blocks, or is part of a word in Latin letters."""
        block = self._block(span.start)
        if block is None or not block.span.holds(span) or block.kind in _UNMINED:
            raise _UnfoundedError("not within one block of prose")
        if any(span.overlaps(code) for code in self.document.code):
            raise _UnfoundedError("code or an address")
        for outer, inner in ((span.start - 1, span.start), (span.end, span.end - 1)):
            if 0 <= outer < len(self.text) and _is_letter(self.text[outer]) and _is_letter(self.text[inner]):
                raise _UnfoundedError("part of a longer word")

    def _block(self, at: int) -> Block | None:
        place = bisect_right(self._starts, at) - 1
        return self.document.blocks[place] if place >= 0 else None


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _told(kind: str, quote: str, page: _Page, span: Span | None, dropped: str | None) -> Proposal:
    return Proposal(kind, quote, span, page.document.line(span.start) if span else None, dropped)


def _grounded(
    page: _Page,
    known: Sequence[T],
    said: Sequence[S],
    made: Callable[[_Page, S, Span], T],
    kind: str,
) -> tuple[list[T], list[Proposal]]:
    """Return what `made` makes of the proposals that hold, and what came of each; nothing is taken twice."""
    taken: list[T] = []
    told = []
    for one in said:
        span, reason = None, None
        try:
            span = page.find(one.quote, one.occurrence)
            page.check(span)
            _check_new(span, [*(other.span for other in known), *(other.span for other in taken)])
            taken.append(made(page, one, span))
        except _UnfoundedError as error:
            reason = str(error)
        told.append(_told(kind, one.quote, page, span, reason))
    return taken, told


def _check_new(span: Span, found: Sequence[Span]) -> None:
    if any(span.overlaps(other) for other in found):
        raise _UnfoundedError("found already")


def _mention(page: _Page, one: SaidMention, span: Span) -> Mention:
    if len(one.quote) > _LONGEST_NAME or one.quote != one.quote.strip() or "\n" in one.quote:
        raise _UnfoundedError("no name")
    if not any(map(str.isalpha, one.quote)):
        raise _UnfoundedError("no name")
    line, kind = page.document.line(span.start), EntityKind(one.kind)
    return Mention(one.quote, span, line, kind, one.quote, None, "mentioned", PROPOSED, _SURE)


def _figure(page: _Page, one: SaidFigure, span: Span) -> Figure:
    if len(one.quote) > _LONGEST_FIGURE:
        raise _UnfoundedError("no number with a unit")
    script = page.document.script if page.document.script in (Script.HANT, Script.HANS) else Script.HANT
    try:
        quantity, approx = parse_quantity(one.quote, script)
    except ValueError as error:
        raise _UnfoundedError("no number with a unit") from error
    return Figure(one.quote, span, page.document.line(span.start), quantity, approx, origin=PROPOSED)


def _with_facts(claim: Claim, mentions: Sequence[Mention], figures: Sequence[Figure]) -> Claim:
    more = tuple(one for one in mentions if claim.span.holds(one.span))
    amounts = tuple(one for one in figures if claim.span.holds(one.span))
    if not more and not amounts:
        return claim
    return replace(claim, mentions=_in_order(claim.mentions, more), figures=_in_order(claim.figures, amounts))


def _speakers(
    page: _Page, claims: Sequence[Claim], mentions: Sequence[Mention], said: Sequence[SaidSpeaker]
) -> tuple[list[Claim], list[Proposal]]:
    changed, told = list(claims), []
    for one in said:
        span, reason = None, None
        try:
            span = page.find(one.claim, one.claim_occurrence)
            number, speaker = _speaker(page, changed, mentions, one, span)
            changed[number] = replace(changed[number], speaker=speaker, speaker_origin=PROPOSED)
        except _UnfoundedError as error:
            reason = str(error)
        told.append(_told("speaker", f"{one.speaker}: {one.claim}", page, span, reason))
    return changed, told


def _speaker(
    page: _Page, claims: Sequence[Claim], mentions: Sequence[Mention], one: SaidSpeaker, span: Span
) -> tuple[int, Mention]:
    number = next((at for at, claim in enumerate(claims) if claim.span.overlaps(span)), None)
    if number is None or not (claims[number].span.holds(span) or span.holds(claims[number].span)):
        raise _UnfoundedError("no claim")
    if claims[number].speaker is not None:
        raise _UnfoundedError("found already")
    place = page.find(one.speaker, one.speaker_occurrence)
    speaker = next((mention for mention in mentions if mention.span == place), None)
    if speaker is None:
        raise _UnfoundedError("the speaker is no name that was found")
    return number, speaker


def _in_order(known: Sequence[T], more: Sequence[T]) -> tuple[T, ...]:
    found = list(known)
    found += more
    return tuple(sorted(found, key=lambda one: one.span) if more else found)
