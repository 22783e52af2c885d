"""A document as those see it who look for names: what may be mined, and what stands before and behind a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from service.extraction.names.latin_runs import Run, find_runs
from service.extraction.names.words import Words
from service.lexicon.names import Hit, cues, fold_name, lookup, scan
from service.model import Block, BlockKind, Document, EntityKind, Mention, Span

DECLARED = (BlockKind.AUTHOR, BlockKind.PERSON, BlockKind.COMPANY)

NAMED = (EntityKind.PERSON, EntityKind.COMPANY)

_URL = re.compile(r"https?://[^\s<>()（）「」『』【】，。；]+|(?<![\w.])www\.[^\s<>()（）「」，。；]+")
_PATH = re.compile(r"(?<![\w/])(?:~|\.{1,2})?/[\w.-]+/[\w./-]+")
_MAIL_LEFT = re.compile(r"[\w.+-]{1,64}\Z", re.ASCII)
_MAIL_RIGHT = re.compile(r"@[\w-]+\.[\w.]+", re.ASCII)
_TITLE = re.compile(r"《([^《》\n]{1,80})》")
_SENTENCE = re.compile(r"[。！？!?\n]")
_SENTENCE_REACH = 200  # characters to either side that a sentence is followed
_NEAR = 24  # characters that a cue and what stands between it and the name may take
_WORD_BEFORE = re.compile(r"(?:^|[^\w'’.&-])((?:[A-Z]|[0-9]+[A-Z])[\w'’.&-]*) $")
_WORD_BEHIND = re.compile(r" ([A-Z][\w'’&-]*)")


@cache
def pattern(*lists: str, where: str = "behind") -> re.Pattern[str]:
    """Return what matches any cue of `lists`, the longest first.

    Args:
        lists: names of lists in ``name_cues.toml``.
        where: `behind` a name, at the end of the text `before` one, or `anywhere`.
    """
    words = sorted({fold_name(word) for name in lists for word in cues(name)}, key=lambda word: (-len(word), word))
    choice = "|".join(map(re.escape, words))
    shapes = {"behind": rf" ?(?:{choice})", "before": rf"(?:{choice})[ :：,]?$", "anywhere": choice}
    return re.compile(shapes[where])


@cache
def speech() -> re.Pattern[str]:
    """Return what matches a verb of saying, with the small words before it, right behind a name."""
    small, verbs = (
        "|".join(sorted({re.escape(fold_name(word)) for word in cues(name)}, key=lambda word: (-len(word), word)))
        for name in ("adverbs", "speech")
    )
    return re.compile(rf" ?(?:{small}){{0,2}} ?(?:{verbs})")


@dataclass(frozen=True)
class Page:
    """A document with its folded text and a map of what is closed to mining."""

    document: Document
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
        for span in (*self.document.code, *_closed_spans(self.text)):
            closed[span.start : span.end] = b"\x01" * (span.end - span.start)
        return closed

    def mined(self) -> Iterator[Block]:
        """Yield the blocks of prose."""
        return (block for block in self.document.blocks if block.kind not in (*DECLARED, BlockKind.CODE))

    def open(self, span: Span) -> bool:
        """Tell whether a name may stand at `span`: within one block of prose, nothing closed within, no link's edge."""
        crossed = any(place in self.link_edges for place in range(span.start + 1, span.end))
        return span.start < span.end and not crossed and self._closed.find(1, span.start, span.end) < 0

    @cached_property
    def link_edges(self) -> frozenset[int]:
        """Where the shown text of links begins and ends: whoever set the link told what belongs together."""
        spans = [link.span for link in self.document.links if link.span]
        return frozenset(place for span in spans for place in span)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The lexicon's forms in prose, from left to right."""
        return tuple(hit for hit in scan(self.text, folded=self.folded) if self.open(hit.span))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The capitalised Latin words in a row in prose, from left to right."""
        return tuple(run for run in find_runs(self.text) if self.open(run.span))

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
        return place in self._behind_roles

    @cached_property
    def _behind_roles(self) -> frozenset[int]:
        """Where a name may follow a word for what somebody is, with a space or colon between them at most."""
        ends = {match.end() for match in pattern("roles", where="anywhere").finditer(self.folded)}
        return frozenset(ends | {end + 1 for end in ends if self.folded[end : end + 1] in (" ", ":", ",")})

    def has_speech_behind(self, place: int) -> bool:
        """Tell whether a verb of saying stands right behind `place`."""
        return speech().match(self.behind(place)) is not None

    def mention(self, span: Span, kind: EntityKind, name: str, key: str | None, *, how: str, sure: float) -> Mention:
        """Return the mention at `span`; how it was found is its method, how surely its confidence."""
        surface = self.document.slice(span)
        return Mention(surface, span, self.document.line(span.start), kind, name, key, "mentioned", how, sure)


def _closed_spans(text: str) -> Iterator[Span]:
    yield from (Span(*match.span()) for match in _URL.finditer(text))
    yield from (Span(*match.span()) for match in _PATH.finditer(text))
    for match in _MAIL_RIGHT.finditer(text):
        left = _MAIL_LEFT.search(text, max(match.start() - 64, 0), match.start())
        if left:
            yield Span(left.start(), match.end())
    for match in _TITLE.finditer(text):
        if not any(bearer.entry.kind is EntityKind.COMPANY for bearer in lookup(match[1])):  # 《彭博》 is the business
            yield Span(*match.span())


class Taken:
    """Which characters belong to a name already."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._characters: set[int] = set()
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Take the characters of `span`."""
        self._characters.update(range(span.start, span.end))

    def touches(self, span: Span) -> bool:
        """Tell whether a character of `span` is taken."""
        return not self._characters.isdisjoint(range(span.start, span.end))
