"""The state of reading: who has the floor, and whom 他, 前者 or 该公司 would mean."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from service.extraction.claims.attribution import find_cue
from service.extraction.claims.cue_words import Finder, bits, closes, finder, holds, opens, union
from service.extraction.claims.dialogue import Turn
from service.extraction.claims.headings import heads_points, named_by, talking
from service.extraction.claims.lines import Line, behind_connectives
from service.extraction.claims.salience import Salience, answering, citing, identity, named_before, questioned
from service.extraction.claims.saying import only_stands
from service.extraction.claims.strangers import is_said_by_stranger
from service.extraction.claims.subjects import BUSINESS, Act, Cue
from service.extraction.claims.talks import lists_points, speaks_at_length
from service.model import BlockKind, EntityKind, Mention, Span

_OPENINGS = (BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.HEADING, BlockKind.INFO)
_PERSONAL = ("他", "她", "佢", "这位", "该位")
_HOW = 30  # characters of a sentence that only tells how somebody speaks
_TITLE = 12  # … and of what somebody is, before the name
_CLOSING = "。.!~」』”）) "
_SECTION = 12  # characters in which a paragraph names itself a section: 后记：…


class Floor:
    """Passes the floor from line to line. Between the lines of a `digest` it is kept, at least by the `principal`."""

    def __init__(self, principal: Mention | None, *, digest: bool = False, retold: bool = True) -> None:
        self.principal = principal
        self._retold = retold
        self.digest = digest
        self.turn: Turn | None = None  # of a conversation
        self._told_of: Mention | None = None  # the last person named in a turn besides whose it is
        self._turn_level = -1  # of the item that began it: the next of that level ends it
        self.in_quotation = False  # in a block quote that somebody led in to
        self._holder: Mention | None = None  # whose words go on without a cue
        self._heard: set[str | None] = set()  # who has spoken so far
        self._last: Mention | None = None  # who spoke the sentence before
        self._lead: Mention | None = None  # who led in to a list
        self._talked: Mention | None = None  # who was last told of as having given a talk
        self._parents: list[tuple[int, Mention | None]] = []  # who spoke the items that this one is below
        self._handed: Mention | None = None  # who goes on in this block, after what only tells how he speaks
        self._section: Mention | None = None  # whose name is the heading
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
        self._salience.pass_over(line)
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
        if cue is None or cue.act is not Act.SAYS:
            self._tell_of(line, turn)
            return turn.speaker
        if cue.subject is None and cue.pronoun in _PERSONAL:
            return named_before(line, cue) or self._told_of or turn.speaker
        return cue.subject or turn.speaker

    def _tell_of(self, line: Line, turn: Turn) -> None:
        people = [subject.mention for subject in line.sentence.subjects if subject.is_person]
        others = [who for who in people if who is not None and identity(who) != identity(turn.speaker)]
        self._told_of = others[-1] if others else self._told_of

    def _speaker(self, line: Line) -> Mention | None:
        cue = self._salience.named(line.cue)
        if _is_aside(line):
            return None
        who = self._who(line, cue)
        if cue is not None and who is None and cue.pronoun.startswith(BUSINESS):
            cue = None  # no business was named that it could stand for
        if cue is not None and self._gives_floor(line, cue):
            return self._hand(line, cue, who)
        if _is_authors(line):
            self._holder = self._handed = None
            if cue is not None and cue.act is Act.DOES:
                self._salience.speak_of(who)
            return None
        if line.sentence.subjects and questioned(line) is not None:
            self._holder = self._handed = None
            return None
        if cue is None:
            return self._last if self._goes_on_in_paper(line) else self._going_on(line)
        return self._spoken_of(line, cue, who)

    def _hand(self, line: Line, cue: Cue, who: Mention | None) -> Mention | None:
        """Give the floor to who is said to speak; in an item of a list he keeps it to its end."""
        itemized = line.block.kind is BlockKind.ITEM and line.span.start == line.block.span.start
        self._handed = who if itemized or _tells_how(line, cue) else None
        self._give(who)
        if only_stands(line.sentence):
            self._holder = None
        self._salience.speak_of(citing(line, cue))
        if cue.act is Act.ASKS:
            self._salience.speak_of(answering(line, cue))
        return who

    def _spoken_of(self, line: Line, cue: Cue, who: Mention | None) -> Mention | None:
        """Note of whom the author tells; what only tells how somebody speaks hands the floor to him."""
        if self._tells_of_other(line, cue, who):
            return self._handed
        self._note(cue, who, opens_block=line.span.start == line.block.span.start)
        self._talked = who if cue.act is Act.DOES and speaks_at_length(line.folded) else None
        self._handed = who if cue.act is Act.DOES and _tells_how(line, cue) else None
        return None

    def _going_on(self, line: Line) -> Mention | None:
        """Return whose words go on where a line has no cue."""
        if line.whole_quote:
            return self._holder or self._last or self._salient_here(line) or self.principal
        if self.principal is not None and _opens_with_verb(line):
            return self._salience.person or self.principal
        return self._holder or (None if line.is_question else self._handed)

    def _goes_on_in_paper(self, line: Line) -> bool:
        """Tell whether a line tells what else stands in the paper that the line before has told of: 信里还说,…."""
        before = self._line
        if self._last is None or before is None or before.block is not line.block or line.sentence.subjects:
            return False
        paper = _in_paper(line)
        return paper is not None and (paper in before.folded or holds("nouns", "written", before.folded[:_HOW]))

    def _tells_of_other(self, line: Line, cue: Cue, who: Mention | None) -> bool:
        """Tell whether who led in to a list tells in an item of it what somebody else does."""
        led = self._lead is not None or self._section is not None or not self.digest
        if self._handed is None or not led or line.block.kind is not BlockKind.ITEM:
            return False
        return cue.act in (Act.DOES, Act.DENIES) and identity(who) not in (None, identity(self._handed))

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
        if cue.act is Act.OTHER:
            self._salience.person = None
        else:
            self._salience.speak_of(who)
        if cue.act is Act.DOES and identity(who) in self._heard | {identity(self.principal)}:
            self._holder = who
        elif cue.act is not Act.DOES or opens_block:
            self._holder = None  # elsewhere, whoever has said nothing so far is only spoken of

    def _who(self, line: Line, cue: Cue | None) -> Mention | None:
        if cue is None:
            return None
        if cue.subject is None and cue.pronoun in _PERSONAL:
            named = named_before(line, cue)
            if named is not None:
                self._salience.know(named, cue.pronoun)
                return named
            if is_said_by_stranger(line, cue):
                return None
        return cue.subject or self._salience.meant(cue.pronoun, self.principal)

    def _salient_here(self, line: Line) -> Mention | None:
        """Return whose a quotation is that stands alone: who was asked, led in to it, or did something just before."""
        before = self._line
        if before is not None and before.block is line.block and before.cue is not None and before.cue.act is Act.DOES:
            return self._salience.person
        asked = (
            before is not None
            and before.is_question
            and before.cue is not None
            and before.cue.act in (Act.SAYS, Act.DOES)
        )
        return self._salience.person if asked or (before is not None and before.leads_in) else None

    def _enter(self, line: Line, turn: Turn | None) -> None:
        """Settle who has the floor at the start of a block."""
        before, block = self._line, line.block
        self._handed = None
        self._pass_turn(line, turn)
        self._own_block = _is_own_section(line)
        self.in_quotation = False
        if before is not None and before.block.kind is not BlockKind.ITEM:
            self._lead = self._last if before.leads_in else None
            if self._lead is None and before.leads_in and lists_points(before.folded):
                self._lead = self._talked
        if block.kind is not BlockKind.ITEM:
            self._parents.clear()
        if block.kind in _OPENINGS:
            self._open_section(line)
        elif block.kind is BlockKind.ITEM:
            self._holder = self._handed = self._above(block.level) or self._section
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
            asked = self.turn is not None and self.turn.asks
            self.turn, self._told_of = turn, self._told_of if asked else None  # 问: 林先生来过吗? 答: 他说…
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
        self._holder = self._lead = self._last = self._section = None
        if line.block.kind is not BlockKind.HEADING:
            return
        self._section = named_by(line) or talking(line)
        if self._section is None and self.principal is not None and heads_points(line):
            self._section = self.principal
        if not self._retold and self._section is not None and self._section.span == line.span:
            self._section = None  # a note about whose name is its heading, not what he says
        level = line.block.level
        if self._own_level is None or level <= self._own_level:
            own = finder("author", "sections").among(line.sentence.cues)
            self._own_level = level if own else None

    def _goes_on(self, line: Line) -> bool:
        """Tell whether the floor is kept across a paragraph's end: by the principal, until the author points back."""
        if self._holder is None or identity(self._holder) != identity(self.principal):
            return False
        return not _points_back(line) and not (self._line is not None and _stands_as_question(self._line))


def _in_paper(line: Line) -> str | None:
    """Return the paper that opens a line which tells what stands in it: 声明称,…."""
    if not line.sentence.cues.mask & _saying():
        return None
    match = _paper_pattern().match(line.folded)
    return match["paper"] if match else None


@cache
def _paper_pattern() -> re.Pattern[str]:
    papers, writes = union("nouns", "papers", "works"), union("nouns", "writes")
    return re.compile(
        f"(?:这[份封篇则条段]|该|此)?(?P<paper>{papers})[里中上]?面?[还又也并则更再同时另外最后]{{0,4}}(?:{writes})(?!的)"
    )


def _tells_how(line: Line, cue: Cue) -> bool:
    """Tell whether a sentence only tells how somebody sees or puts something, so that what follows is his words."""
    text = line.folded.rstrip(_CLOSING)
    return (
        len(text) <= _HOW
        and not line.is_question
        and not line.sentence.quotes
        and "," not in text[max(cue.start - line.span.start, 0) :]
        and closes("verbs", "manner", text)
    )


def _behind_label(line: Line) -> Cue | None:
    """Return who is reported by whom the line is labelled with: 周岚：林先生说…."""
    sentence = line.sentence
    colon = sentence.folded.find(":", *sentence.span)
    if colon < 0:
        return None
    behind = [subject for subject in sentence.subjects if subject.start > colon]
    return find_cue(replace(sentence, span=Span(colon + 1, sentence.span.end), subjects=behind)) if behind else None


def _only_asked_about(line: Line, cue: Cue) -> bool:
    """Tell whether the saying is only part of what the author asks (为什么她认为…？)."""
    behind = line.sentence.folded[cue.start : line.sentence.span.end]
    return line.is_question and cue.act is Act.SAYS and ":" not in behind and not line.sentence.quotes


def _is_aside(line: Line) -> bool:
    """Tell whether a sentence stands in brackets, as what an author adds to what he retells."""
    return line.folded[:1] == "(" and line.folded.rstrip("。")[-1:] == ")"


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
