"""A document as those see it who look for names: what may be mined, and what stands before and behind a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from service.extraction.names.latin_runs import Run, find_runs
from service.extraction.names.words import Words
from service.lexicon.name_cues import cue_places, ends_with_cue, pattern, speech, speech_later
from service.lexicon.name_folding import fold_name
from service.lexicon.names import Hit, Lexicon, shipped
from service.model import Block, BlockKind, Document, EntityKind, Mention, Span

DECLARED = (BlockKind.AUTHOR, BlockKind.PERSON, BlockKind.COMPANY)
_NOT_PROSE = (*DECLARED, BlockKind.CODE)

NAMED = (EntityKind.PERSON, EntityKind.COMPANY)

_URL = re.compile(r"https?://[^\s<>()（）「」『』【】，。；]+")
_WWW = re.compile(r"www\.(?<![\w.]www\.)[^\s<>()（）「」，。；]+")
_PATH = re.compile(r"/(?<![\w/]/)[\w.-]+/[\w./-]+")
_MAIL_LEFT = re.compile(r"[\w.+-]{1,64}\Z", re.ASCII)
_MAIL_RIGHT = re.compile(r"@[\w-]+\.[\w.]+", re.ASCII)
_TITLE = re.compile(r"《([^《》\n]{1,80})》")
_SENTENCE = re.compile(r"[。！？!?\n]")
_SENTENCE_REACH = 200  # characters to either side that a sentence is followed
_NEAR = 24  # characters that a cue and what stands between it and the name may take
_WORD_BEFORE = re.compile(r"(?:^|[^\w'’.&-])((?:[A-Z]|[0-9]+[A-Z])[\w'’.&-]*) $")
_WORD_BEHIND = re.compile(r" ([A-Z][\w'’&-]*)")


@dataclass(frozen=True)
class Page:
    """A document with its folded text and a map of what is closed to mining."""

    document: Document
    lexicon: Lexicon = field(default_factory=shipped)
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold_name(self.document.text))

    @property
    def text(self) -> str:
        """The text as written."""
        return self.document.text

    @cached_property
    def words(self) -> Words:
        """The folded text cut into words."""
        return Words(self.folded)

    @cached_property
    def _closed(self) -> bytearray:
        """One byte a character: 1 where no name counts (code, URLs, titles of works, front-matter lists, gaps)."""
        closed = bytearray(b"\x01" * len(self.text))
        for block in self.mined():
            closed[block.span.start : block.span.end] = bytes(block.span.end - block.span.start)
        for span in (*self.document.code, *_closed_spans(self.text, self.lexicon)):
            closed[span.start : span.end] = b"\x01" * (span.end - span.start)
        return closed

    def mined(self) -> Iterator[Block]:
        """Yield the blocks of prose."""
        return (block for block in self.document.blocks if block.kind not in _NOT_PROSE)

    def open(self, span: Span) -> bool:
        """Tell whether a name may stand at `span`: within one block of prose, nothing closed within, no link's edge."""
        start, end = span
        return start < end and self._closed.find(1, start, end) < 0 and self._edged.find(1, start + 1, end) < 0

    @cached_property
    def link_edges(self) -> frozenset[int]:
        """Where the shown text of links begins and ends: whoever set the link told what belongs together."""
        spans = [link.span for link in self.document.links if link.span]
        return frozenset(place for span in spans for place in span)

    @cached_property
    def _edged(self) -> bytearray:
        """One byte a character: 1 where the shown text of a link begins or has ended."""
        edged = bytearray(len(self.text) + 1)
        for place in self.link_edges:
            edged[place] = 1
        return edged

    def shut(self, spans: Iterable[Span]) -> bytearray:
        """Return one byte a character: 1 where no name counts, or one of `spans` is."""
        shut = bytearray(self._closed)
        for start, end in spans:
            shut[start:end] = b"\x01" * (end - start)
        return shut

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The lexicon's forms in prose, from left to right."""
        return tuple(hit for hit in self.lexicon.scan(self.text, folded=self.folded) if self.open(hit.span))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The capitalised Latin words in a row in prose, from left to right."""
        closed, edged = self._closed, self._edged  # as `open` does, for the many that most posts have
        return tuple(
            run
            for run in find_runs(self.text, closed)
            if closed.find(1, *run.span) < 0 and edged.find(1, run.span.start + 1, run.span.end) < 0
        )

    @cached_property
    def product_starts(self) -> frozenset[int]:
        """Where listed products begin."""
        return frozenset(hit.span.start for hit in self.hits if hit.bearers[0].entry.kind is EntityKind.PRODUCT)

    @cached_property
    def name_starts(self) -> frozenset[int]:
        """Where listed people and companies begin: beside one of them a name is a name of its own."""
        return frozenset(hit.span.start for hit in self.hits if hit.bearers[0].entry.kind in NAMED)

    @cached_property
    def name_ends(self) -> frozenset[int]:
        """Where listed people and companies end."""
        return frozenset(hit.span.end for hit in self.hits if hit.bearers[0].entry.kind in NAMED)

    @cached_property
    def firm_starts(self) -> frozenset[int]:
        """Where listed companies begin."""
        return frozenset(hit.span.start for hit in self.hits if hit.bearers[0].entry.kind is EntityKind.COMPANY)

    @cached_property
    def firm_ends(self) -> frozenset[int]:
        """Where listed companies end."""
        return frozenset(hit.span.end for hit in self.hits if hit.bearers[0].entry.kind is EntityKind.COMPANY)

    def before(self, place: int) -> str:
        """Return the folded text right before `place`, as far as cues reach on its line."""
        return self.folded[max(place - _NEAR, self.text.rfind("\n", max(place - _NEAR, 0), place) + 1, 0) : place]

    def behind(self, place: int) -> str:
        """Return the folded text from `place` on, as far as cues reach on its line."""
        end = self.text.find("\n", place, place + _NEAR)
        return self.folded[place : place + _NEAR if end < 0 else end]

    def sentence(self, place: int) -> Span:
        """Return the sentence around `place`, a line at most, as far as one reads for company."""
        starts = [match.end() for match in _SENTENCE.finditer(self.text, max(place - _SENTENCE_REACH, 0), place)]
        end = _SENTENCE.search(self.text, place, place + _SENTENCE_REACH)
        stop = end.start() if end else min(place + _SENTENCE_REACH, len(self.text))
        return Span(starts[-1] if starts else max(place - _SENTENCE_REACH, 0), stop)

    def capital_before(self, place: int) -> str | None:
        """Return the capitalised Latin word that a single space parts from `place`, if any."""
        match = _WORD_BEFORE.search(self.text[max(place - _NEAR, 0) : place])
        return match[1] if match else None

    def capital_behind(self, place: int) -> str | None:
        """Return the capitalised Latin word behind a single space at `place`, if any."""
        match = _WORD_BEHIND.match(self.text[place : place + _NEAR])
        return match[1] if match else None

    def has_role_before(self, place: int) -> bool:
        """Tell whether a word for what somebody is stands right before `place`."""
        return place in self.behind_roles

    @cached_property
    def behind_roles(self) -> frozenset[int]:
        """Where a name may follow a word for what somebody is, with a space or colon between them at most."""
        ends = self.role_ends
        return frozenset({*ends, *(end + 1 for end in ends if self.folded[end : end + 1] in (" ", ":", ","))})

    @cached_property
    def role_ends(self) -> tuple[int, ...]:
        """Where words for what somebody is end, from left to right."""
        return tuple(end for _, end in cue_places(self.folded, "roles"))

    def cued_before(self, place: int, *lists: str) -> bool:
        """Tell whether a cue of `lists` stands right before `place`, with a space or mark between them at most."""
        return ends_with_cue(self.folded, place, *lists) and ends_with_cue(self.before(place), None, *lists)

    def cued_behind(self, place: int, *lists: str) -> bool:
        """Tell whether a cue of `lists` stands right behind `place`, with a space between them at most."""
        return pattern(*lists).match(self.behind(place)) is not None

    def has_speech_behind(self, place: int) -> bool:
        """Tell whether a verb of saying stands right behind `place`."""
        return speech().match(self.behind(place)) is not None

    def has_speech_later(self, place: int) -> bool:
        """Tell whether a verb of saying stands behind `place`, with no more between than when, where and how."""
        return speech_later().match(self.behind(place)) is not None

    def has_speech(self, place: int) -> bool:
        """Tell whether a verb of saying stands behind `place`, at once or with more between."""
        return self.has_speech_behind(place) or self.has_speech_later(place)

    def mention(self, span: Span, kind: EntityKind, name: str, key: str | None, *, how: str, sure: float) -> Mention:
        """Return the mention at `span`; how it was found is its method, how surely its confidence."""
        surface = self.document.slice(span)
        return Mention(surface, span, self.document.line(span.start), kind, name, key, "mentioned", how, sure)


def _closed_spans(text: str, lexicon: Lexicon) -> Iterator[Span]:
    for shape in (_URL, _WWW, _PATH):  # each begins with a letter of its own, which is found at once
        yield from (Span(*match.span()) for match in shape.finditer(text))
    for match in _MAIL_RIGHT.finditer(text):
        left = _MAIL_LEFT.search(text, max(match.start() - 64, 0), match.start())
        if left:
            yield Span(left.start(), match.end())
    for match in _TITLE.finditer(text):
        business = any(bearer.entry.kind is EntityKind.COMPANY for bearer in lexicon.lookup(match[1]))  # 《彭博》
        if not business:
            yield Span(*match.span())


class Taken:
    """Which characters belong to a name already."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._characters = bytearray()  # of each 1 where it is taken, as far as any is
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Take the characters of `span`."""
        start, end = span
        self._characters.extend(bytes(max(end - len(self._characters), 0)))
        self._characters[start:end] = b"\x01" * (end - start)

    def touches(self, span: Span) -> bool:
        """Tell whether a character of `span` is taken."""
        return self._characters.find(1, *span) >= 0
