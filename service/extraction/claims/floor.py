"""The state of reading: who has the floor, and whom 他, 前者 or 该公司 would mean."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from service.extraction.claims.attribution import find_cue
from service.extraction.claims.cue_words import Finder, bits, closes, finder, opens
from service.extraction.claims.dialogue import Turn
from service.extraction.claims.lines import Line, behind_connectives
from service.extraction.claims.subjects import BUSINESS, Act, Cue, Subject, is_object
from service.model import BlockKind, EntityKind, Mention, Span

_OPENINGS = (BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.HEADING, BlockKind.INFO)
_PERSONAL = ("他", "她", "佢")
_SECTION = 12  # characters in which a paragraph names itself a section: 后记：…


def identity(mention: Mention | None) -> str | None:
    """Return what two mentions of one bearer share within a document."""
    return None if mention is None else mention.key or mention.name


class Floor:
    """Passes the floor from line to line. Between the lines of a `digest` it is kept, at least by the `principal`."""

    def __init__(self, principal: Mention | None, *, digest: bool = False) -> None:
        self.principal = principal
        self.digest = digest
        self.turn: Turn | None = None  # of a conversation
        self._turn_level = -1  # of the item that began it: the next of that level ends it
        self.in_quotation = False  # in a block quote that somebody led in to
        self._holder: Mention | None = None  # whose words go on without a cue
        self._heard: set[str | None] = set()  # who has spoken so far
        self._last: Mention | None = None  # who spoke the sentence before
        self._lead: Mention | None = None  # who led in to a list
        self._parents: list[tuple[int, Mention | None]] = []  # who spoke the items that this one is below
        self._aside: Mention | None = None  # whose floor a block quote interrupts
        self._own_level: int | None = None  # of the heading that opened a section of the author's own
        self._own_block = False
        self._line: Line | None = None
        self._salience = Salience()

    def hear(self, line: Line, turn: Turn | None = None) -> Mention | None:
        """Return who speaks `line`, and pass the floor on; `turn` is what it begins of a conversation."""
        if self._line is None or self._line.block is not line.block:
            self._enter(line, turn)
        self._last = self._in_turn(line, self.turn) if self.turn else self._speaker(line)
        if line.sentence.subjects:
            self._salience.note(line)
        self._line = line
        if line.block.kind is BlockKind.ITEM:
            self._parents[-1] = (line.block.level, self._last)
        if not self._keeps_floor():
            self._holder = None
        return self._last

    def _keeps_floor(self) -> bool:
        return self.digest and self._own_level is None and not self._own_block

    def _in_turn(self, line: Line, turn: Turn) -> Mention | None:
        """Return who speaks within a turn: whose it is, unless somebody else is named as saying so."""
        cue = line.cue
        if cue is not None and cue.subject is not None and identity(cue.subject) == identity(turn.speaker):
            cue = _behind_label(line)
        if cue is None or cue.act is not Act.SAYS or cue.subject is None:
            return turn.speaker
        return cue.subject

    def _speaker(self, line: Line) -> Mention | None:
        cue = line.cue
        who = self._who(line, cue)
        if cue is not None and who is None and cue.pronoun.startswith(BUSINESS):
            cue = None  # no business was named that it could stand for
        if cue is not None and self._gives_floor(line, cue):
            return self._give(who)
        if _is_authors(line):
            self._holder = None
            return None
        if cue is not None:
            self._note(cue, who, opens_block=line.span.start == line.block.span.start)
            return None
        if line.whole_quote:
            return self._holder or self._last or self._salient_here() or self.principal
        if self.principal is not None and _opens_with_verb(line):
            return self._salience.person or self.principal
        return self._holder

    def _gives_floor(self, line: Line, cue: Cue) -> bool:
        if cue.act in (Act.SAYS, Act.ASKS):
            return not _only_asked_about(line, cue)
        quoted = any(quote.start > cue.start for quote in line.sentence.quotes)
        return cue.act is Act.LEADS and (self._keeps_floor() or quoted)

    def _give(self, who: Mention | None) -> Mention | None:
        if who is not None and who.kind is EntityKind.PERSON:
            self._salience.person = self._holder = who
            self._heard.add(identity(who))
        else:
            self._holder = None
        return who

    def _note(self, cue: Cue, who: Mention | None, *, opens_block: bool) -> None:
        """Remember whom the author has just told of; what follows in a digest is that person's again."""
        self._salience.person = None if cue.act is Act.OTHER else who or self._salience.person
        if cue.act is Act.DOES and identity(who) in self._heard | {identity(self.principal)}:
            self._holder = who
        elif cue.act is not Act.DOES or opens_block:
            self._holder = None  # elsewhere, whoever has said nothing so far is only spoken of

    def _who(self, line: Line, cue: Cue | None) -> Mention | None:
        if cue is None:
            return None
        if cue.subject is None and cue.pronoun in _PERSONAL:
            named = _named_before(line, cue)
            if named is not None:
                return named
        return cue.subject or self._salience.meant(cue.pronoun, self.principal)

    def _salient_here(self) -> Mention | None:
        return self._salience.person if self._line is not None and self._line.leads_in else None

    def _enter(self, line: Line, turn: Turn | None) -> None:
        """Settle who has the floor at the start of a block."""
        before, block = self._line, line.block
        self._pass_turn(line, turn)
        self._own_block = _is_own_section(line)
        self.in_quotation = False
        if before is not None and before.block.kind is not BlockKind.ITEM:
            self._lead = self._last if before.leads_in else None
        if block.kind is not BlockKind.ITEM:
            self._parents.clear()
        if block.kind in _OPENINGS:
            self._open_section(line)
        elif block.kind is BlockKind.ITEM:
            self._holder = self._above(block.level)
        elif before is not None and before.block.kind is BlockKind.ITEM:
            self._holder = self._lead if self._keeps_floor() else None
        elif block.quoted:
            self._aside, self._holder = self._holder, self._lead
            self.in_quotation = self._lead is not None
        elif before is not None and before.block.quoted:
            self._holder = self._aside if not _points_back(line) else None
        elif not self._goes_on(line):
            self._holder = None

    def _above(self, level: int) -> Mention | None:
        """Return who led in to an item: who spoke the one that it stands below, else who spoke before the list."""
        while self._parents and self._parents[-1][0] >= level:
            self._parents.pop()
        above = self._parents[-1][1] if self._parents else self._lead
        self._parents.append((level, above))
        return above

    def _pass_turn(self, line: Line, turn: Turn | None) -> None:
        """Give the turn to whom the block's label names; a heading, or a block about the speaker, ends it."""
        if turn is not None:
            self.turn = turn
            self._turn_level = line.block.level if line.block.kind is BlockKind.ITEM else -1
        elif self.turn is not None and self._ends_turn(line, self.turn):
            self.turn = None

    def _ends_turn(self, line: Line, turn: Turn) -> bool:
        if line.block.kind in _OPENINGS or _is_own_section(line) or line.block.level <= self._turn_level:
            return True
        if opens("dialogue", "over", line.folded):
            return True
        about = [s.mention for s in line.sentence.subjects if s.mention is not None]
        return turn.speaker is not None and any(identity(who) == identity(turn.speaker) for who in about)

    def _open_section(self, line: Line) -> None:
        self._holder = self._lead = self._last = None
        if line.block.kind is not BlockKind.HEADING:
            return
        level = line.block.level
        if self._own_level is None or level <= self._own_level:
            own = finder("author", "sections").among(line.sentence.cues)
            self._own_level = level if own else None

    def _goes_on(self, line: Line) -> bool:
        """Tell whether the floor is kept across a paragraph's end: by the principal, until the author points back."""
        if self._holder is None or identity(self._holder) != identity(self.principal):
            return False
        return not _points_back(line) and not (self._line is not None and _stands_as_question(self._line))


class Salience:
    """Whom a pronoun would mean: the person last spoken of as a subject, the company, the last two people."""

    def __init__(self) -> None:
        self.person: Mention | None = None
        self._company: Mention | None = None
        self._pair: tuple[Mention | None, Mention | None] = (None, None)

    def meant(self, pronoun: str, principal: Mention | None) -> Mention | None:
        """Return who is meant by a pronoun."""
        if pronoun in ("前者", "后者"):
            return self._pair[pronoun == "后者"]
        if pronoun.startswith(BUSINESS) and pronoun != "该位":
            return self._company
        return self.person or principal

    def note(self, line: Line) -> None:
        """Remember whom a line names."""
        for subject in line.sentence.subjects:
            named = subject.mention
            if named is None:
                continue
            if named.kind is not EntityKind.PERSON:
                if not is_object(line.sentence.folded, subject):
                    self._company = named
            elif identity(named) != identity(self._pair[1]):
                self._pair = (self._pair[1], named)


def _behind_label(line: Line) -> Cue | None:
    """Return who is reported by whom the line is labelled with: 周岚：林先生说…."""
    sentence = line.sentence
    colon = sentence.folded.find(":", *sentence.span)
    if colon < 0:
        return None
    behind = [subject for subject in sentence.subjects if subject.start > colon]
    return find_cue(replace(sentence, span=Span(colon + 1, sentence.span.end), subjects=behind)) if behind else None


def _named_before(line: Line, cue: Cue) -> Mention | None:
    """Return the one person a sentence names before it goes on with 他, if that is who it is about and no asker."""
    sentence = line.sentence
    text = sentence.folded
    named = [subject for subject in sentence.subjects if subject.start < cue.start and subject.mention is not None]
    about = [
        subject
        for subject in named
        if subject.is_person and not is_object(text, subject) and text[subject.end : subject.end + 1] != "的"
    ]
    asked = [subject for subject in named if subject.is_person and _is_asked(text, subject)]
    if len(asked) == 1:
        return asked[0].mention
    if len(about) != 1 or any(hit.at < cue.start for hit in sentence.hits(finder("verbs", "ask"))):
        return None
    return about[0].mention


def _is_asked(text: str, subject: Subject) -> bool:
    """Tell whether somebody is asked, who then answers: 我问林小姐怕不怕，她说…."""
    return closes("verbs", "ask", text[max(0, subject.start - 4) : subject.start].rstrip())


def _only_asked_about(line: Line, cue: Cue) -> bool:
    """Tell whether the saying is only part of what the author asks (为什么她认为…？)."""
    behind = line.sentence.folded[cue.start : line.sentence.span.end]
    return line.is_question and cue.act is Act.SAYS and ":" not in behind and not line.sentence.quotes


def _is_authors(line: Line) -> bool:
    """Tell whether the author speaks of himself, or of what he retells."""
    sentence = line.sentence
    if not sentence.cues.mask & _own_words().bits:
        return False
    return any(not sentence.quoted(hit.at) for hit in sentence.hits(_own_words()))


@cache
def _own_words() -> Finder:
    return finder("author", "words")


@cache
def _saying() -> int:
    return bits("verbs", "foresee", "say")


@cache
def _own_sections() -> int:
    return bits("author", "sections")


def _opens_with_verb(line: Line) -> bool:
    if not line.sentence.cues.mask & _saying():
        return False
    text, span = line.sentence.folded, line.span
    if opens("verbs", "topic", text, *span):
        return False  # 谈到…: the author turns to something else
    return opens("verbs", "foresee", text, *span) or opens("verbs", "say", text, *span)


def _is_own_section(line: Line) -> bool:
    """Tell whether a paragraph names itself a section of the author's own: 后记：…."""
    if not line.sentence.cues.mask & _own_sections():
        return False
    text, (start, end) = line.sentence.folded, line.span
    return opens("author", "sections", text, start, end) and ":" in text[start : min(start + _SECTION, end)]


def _points_back(line: Line) -> bool:
    return opens("author", "pointing", behind_connectives(line.folded))


def _stands_as_question(line: Line) -> bool:
    """Tell whether a line is a paragraph of its own that nobody is said to ask: a heading in all but its marks."""
    return line.is_question and line.cue is None and line.span == line.block.span
