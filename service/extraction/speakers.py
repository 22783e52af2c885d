"""Who holds the floor, sentence by sentence: what one sentence leaves open is told by those before it.

In most posts only what a sentence itself attributes is somebody else's. In a digest of an interview, told by how often
one person is cued, the person reported keeps the floor until the author or somebody else takes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.extraction.attribution import Act, Cue, Sentence
from service.extraction.claim_cues import finder, opening, words
from service.model import Block, BlockKind, EntityKind, Mention, Span

_DIGEST_SHARE = 0.08  # of the sentences, cued as the words of a person
_DIGEST_LEAST = 3
_BEGINNING = 1500  # characters in which a post says what it retells
_DIGEST_SPEAKER = 0.5  # the principal speaker's share of what persons are cued to say
_CLOSERS = "」』”）)\"' "
_CONNECTIVES = "而但不过且所以然后, "
_QUESTION = re.compile(r"\?$")
_OPENINGS = (BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.HEADING, BlockKind.INFO)


@dataclass(frozen=True)
class Line:
    """A sentence in its block, with what it says of its own speaker."""

    block: Block
    span: Span
    sentence: Sentence  # its beginning, where cues are looked for
    cue: Cue | None
    quotes: tuple[Span, ...]  # all its quotations
    whole_quote: bool

    @property
    def folded(self) -> str:
        """The sentence, folded."""
        return self.sentence.folded[self.span.start : self.span.end]

    @property
    def is_question(self) -> bool:
        """Whether it ends as a question does."""
        return bool(_QUESTION.search(self.folded.rstrip(_CLOSERS)))

    @property
    def leads_in(self) -> bool:
        """Whether it ends with a colon."""
        return self.folded.endswith(":")


def attribute(lines: Sequence[Line]) -> list[Mention | None]:
    """Return the speaker of every line; None where it is the author."""
    first = _Floor(None)
    heard = [first.hear(line) for line in lines]
    principal = _principal(lines, heard) if _is_retold(lines) else None
    if principal is None:
        return heard
    floor = _Floor(principal)
    return [floor.hear(line) for line in lines]


def _is_retold(lines: Sequence[Line]) -> bool:
    """Tell whether the post says, at its beginning, that it retells an interview, a speech or the like."""
    if not lines:
        return False
    start = lines[0].span.start
    beginning = lines[0].sentence.folded[start : start + _BEGINNING]
    return any(word in beginning for word in words("nouns", "retold"))


def identity(mention: Mention | None) -> str | None:
    """Return what two mentions of one bearer share within a document."""
    return None if mention is None else mention.key or mention.name


def _principal(lines: Sequence[Line], heard: Sequence[Mention | None]) -> Mention | None:
    """Return the person whose words the document mostly reports, if it is a digest of somebody's words."""
    said = [
        who
        for line, who in zip(lines, heard, strict=True)
        if who is not None and who.kind is EntityKind.PERSON and line.cue is not None and line.cue.act is Act.SAYS
    ]
    counts = Counter(identity(who) for who in said)
    if not counts or len(said) < _DIGEST_SHARE * len(lines):
        return None
    best, count = counts.most_common(1)[0]
    if count < _DIGEST_LEAST or count < _DIGEST_SPEAKER * len(said):
        return None
    return next(who for who in said if identity(who) == best)


class _Floor:
    """The state of reading: who has the floor, and whom 他 or 她 would mean."""

    def __init__(self, principal: Mention | None) -> None:
        self.principal = principal
        self.holder: Mention | None = None  # whose words go on without a cue
        self.salient: Mention | None = None  # the person last spoken of as a subject
        self.last: Mention | None = None  # who spoke the sentence before
        self.lead: Mention | None = None  # who led in to a list
        self.aside: Mention | None = None  # whose floor a block quote interrupts
        self.own_level: int | None = None  # of the heading that opened a section of the author's own
        self.own_block = False
        self.line: Line | None = None

    def hear(self, line: Line) -> Mention | None:
        """Return who speaks `line`, and pass the floor on."""
        if self.line is None or self.line.block is not line.block:
            self._enter(line)
        self.last = self._speaker(line)
        self.line = line
        if not self._keeps_floor():
            self.holder = None
        return self.last

    def _keeps_floor(self) -> bool:
        return self.principal is not None and self.own_level is None and not self.own_block

    def _speaker(self, line: Line) -> Mention | None:
        cue = line.cue
        who = self._who(cue)
        if cue is not None and self._gives_floor(line, cue):
            return self._give(who)
        if self._is_author(line):
            self.holder = None
            return None
        if cue is not None:
            self._note(cue, who)
            return None
        if line.whole_quote:
            return self.holder or self.last or self._salient_here() or self.principal
        if self.principal is not None and self._opens_with_verb(line):
            return self.salient or self.principal
        return self.holder

    def _gives_floor(self, line: Line, cue: Cue) -> bool:
        if cue.act in (Act.SAYS, Act.ASKS):
            return not self._only_asked_about(line, cue)
        quoted = any(quote.start > cue.start for quote in line.sentence.quotes)
        return cue.act is Act.LEADS and (self._keeps_floor() or quoted)

    @staticmethod
    def _only_asked_about(line: Line, cue: Cue) -> bool:
        """Tell whether the saying is only part of what the author asks (为什么她认为…？)."""
        behind = line.sentence.folded[cue.start : line.sentence.span.end]
        return line.is_question and cue.act is Act.SAYS and ":" not in behind and not line.sentence.quotes

    def _give(self, who: Mention | None) -> Mention | None:
        if who is not None and who.kind is EntityKind.PERSON:
            self.salient = self.holder = who
        else:
            self.holder = None
        return who

    def _note(self, cue: Cue, who: Mention | None) -> None:
        """Remember whom the author has just told of; what follows in a digest is that person's again."""
        self.salient = None if cue.act is Act.OTHER else who or self.salient
        self.holder = who if cue.act is Act.DOES else None

    def _who(self, cue: Cue | None) -> Mention | None:
        if cue is None:
            return None
        return cue.subject or self.salient or self.principal

    def _salient_here(self) -> Mention | None:
        return self.salient if self.line is not None and self.line.leads_in else None

    def _is_author(self, line: Line) -> bool:
        sentence = line.sentence
        found = finder("author", "words").find(sentence.folded, *sentence.span)
        return any(not _quoted(sentence, match.start()) for match in found)

    @staticmethod
    def _opens_with_verb(line: Line) -> bool:
        return bool(opening("verbs", "foresee").match(line.folded) or opening("verbs", "say").match(line.folded))

    def _enter(self, line: Line) -> None:
        """Settle who has the floor at the start of a block."""
        before, block = self.line, line.block
        self.own_block = bool(opening("author", "sections").match(line.folded)) and ":" in line.folded[:12]
        if before is not None and before.block.kind is not BlockKind.ITEM:
            self.lead = self.last if before.leads_in else None
        if block.kind in _OPENINGS:
            self._open_section(line)
        elif block.kind is BlockKind.ITEM or (before is not None and before.block.kind is BlockKind.ITEM):
            self.holder = self.lead
        elif block.quoted:
            self.aside, self.holder = self.holder, self.lead
        elif before is not None and before.block.quoted:
            self.holder = self.aside if not _points_back(line) else None
        elif not self._goes_on(line):
            self.holder = None

    def _open_section(self, line: Line) -> None:
        self.holder = self.lead = self.last = None
        if line.block.kind is not BlockKind.HEADING:
            return
        level = line.block.level
        if self.own_level is None or level <= self.own_level:
            own = finder("author", "sections").among(line.folded)
            self.own_level = level if own else None

    def _goes_on(self, line: Line) -> bool:
        """Tell whether the floor is kept across a paragraph's end: by the principal, until the author points back."""
        if self.holder is None or identity(self.holder) != identity(self.principal):
            return False
        return not _points_back(line) and not (self.line is not None and _stands_as_question(self.line))


def _points_back(line: Line) -> bool:
    return bool(opening("author", "pointing").match(line.folded.lstrip(_CONNECTIVES)))


def _stands_as_question(line: Line) -> bool:
    """Tell whether a line is a paragraph of its own that nobody is said to ask: a heading in all but its marks."""
    return line.is_question and line.cue is None and line.span == line.block.span


def _quoted(sentence: Sentence, index: int) -> bool:
    return any(quote.start <= index < quote.end for quote in sentence.quotes)
