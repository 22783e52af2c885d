"""Who may be the subject of a sentence: the names and pronouns outside its quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from service.extraction.claims.cue_words import Cues, Finder, Hit, closes, opens, wordset
from service.model import EntityKind, Mention, Span

_PRONOUN = re.compile(  # begins with what it looks for, so that what is none is passed over quickly
    r"[他她佢这该前后公集](?:(?<=[他她佢])(?<![其吉排].)(?![们国人哋地])|(?<=[这该])位|(?<=该)(?:公司|集团|行|机构|社)|(?<=[前后])者"
    r"|(?<=[。\n,;!?:]公)司|(?<=[,;][可但而]公)司|(?<=[。\n,;!?:]集)团)"
)
# Behind a name: then somebody else is meant, of his family or his side.
_KIN = ("之子", "之女", "之妻", "之父", "之母", "之弟", "之兄", "之孙", "之徒", "之后", "家族", "一家", "阵营", "主义")
BUSINESS = ("该", "公司", "集团")  # how a pronoun of a business begins
_VOICES = frozenset({EntityKind.PERSON, EntityKind.COMPANY, EntityKind.ORGANIZATION})
_GLOSSED = re.compile(r" ?\([^()]{0,60}\)")
# What somebody is, before his name at the start of a clause: 主理人, 反对的委员.
_TITLES = re.compile(r"[^,;:了过着把被向对给跟和与是在问找请见访谢]{0,12}[人员师长授理裁监官家手席董任士事表的]")
_OPENING = 14  # characters before a subject that still opens its sentence


class Act(Enum):
    """What a sentence's subject does in it."""

    SAYS = "says"
    PASSES_ON = "passes on"  # what may be somebody else's words: the press reports, she quotes
    ASKS = "asks"
    LEADS = "leads"  # what follows a colon is likely the subject's
    DENIES = "denies"  # the author tells what the subject did not say
    DOES = "does"  # something else
    OTHER = "other"  # the subject is not named: 专家说


class Cue(NamedTuple):
    """Who acts, and how. `subject` is None for a pronoun, which is then given as `pronoun`."""

    act: Act
    subject: Mention | None
    start: int
    pronoun: str = ""


class Subject(NamedTuple):
    """A name or pronoun that may be the subject of a verb; `mention` is None for a pronoun."""

    start: int
    end: int
    mention: Mention | None
    pronoun: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it names a person, or stands for one."""
        if self.mention is None:
            return not self.pronoun.startswith(BUSINESS) or self.pronoun == "该位"
        return self.mention.kind is EntityKind.PERSON

    def acts(self, act: Act) -> Cue:
        """Return the cue that this subject does so."""
        return Cue(act, self.mention, self.start, self.pronoun)


@dataclass(slots=True)
class Sentence:
    """A sentence with what may speak in it: `quotes` are its quotations, `subjects` those outside of them."""

    folded: str  # of the whole document
    span: Span
    quotes: Sequence[Span]
    subjects: Sequence[Subject]
    cues: Cues

    def quoted(self, index: int) -> bool:
        """Tell whether what stands at `index` is quoted."""
        return within(self.quotes, index)

    def hits(self, found: Finder) -> list[Hit]:
        """Return the words of some lists that stand in it."""
        return found.hits(self.cues, 0, self.span.end)


class Subjects:
    """All names that may speak in a document, and its pronouns."""

    def __init__(self, folded: str, mentions: Sequence[Mention]) -> None:
        self._folded = folded
        found = [Subject(*mention.span, mention) for mention in mentions if mention.kind in _VOICES]
        found += [Subject(*match.span(), None, match[0]) for match in _PRONOUN.finditer(folded)]
        found.sort(key=lambda subject: (subject.start, -subject.end))
        self._found = found
        self._starts = [subject.start for subject in found]

    def of(self, span: Span, quotes: Sequence[Span]) -> Sequence[Subject]:
        """Return those of a sentence that stand outside its quotations and are no gloss of another name."""
        start, end = span
        first = bisect_left(self._starts, start)
        if first == len(self._starts) or self._starts[first] >= end:
            return ()
        inside = self._found[first : bisect_left(self._starts, end, first)]
        return [
            subject
            for subject in inside
            if subject[1] <= end
            and not (quotes and within(quotes, subject[0]))
            and not _is_gloss(self._folded, start, subject[0])
        ]


def within(quotes: Sequence[Span], index: int) -> bool:
    """Tell whether one of the quotations, which are in order, holds what stands at `index`."""
    if not quotes:
        return False
    at = bisect_right(quotes, index, key=lambda quote: quote.start) - 1
    return at >= 0 and index < quotes[at].end


def opens_sentence(sentence: Sentence, subject: Subject) -> bool:
    """Tell whether the sentence is about this subject: it stands at its start, or at that of a clause."""
    before = sentence.folded[sentence.span.start : subject.start].rstrip()
    if before.endswith(",是"):
        return True
    clause = before.rpartition(",")[2]
    if "是" in clause:
        return False  # 这就是为什么她…: it is about something else
    return (
        len(before) <= _OPENING or before[-1:] == "," or (subject.is_person and _TITLES.fullmatch(clause) is not None)
    )


def is_object(text: str, subject: Subject) -> bool:
    """Tell whether something is done to the subject, by what stands before it: 访问她, 对她; or another is meant."""
    if text.startswith(_KIN, subject.end):
        return True
    before = text[max(0, subject.start - 4) : subject.start].rstrip(" 《")
    return closes("verbs", "before_object", before) and not closes("verbs", "titled", before)


def is_cited(text: str, subject: Subject) -> bool:
    """Tell whether somebody quotes the subject: 引述她的话."""
    before = text[max(0, subject.start - 4) : subject.start].rstrip()
    return closes("verbs", "cite", before)


def behind_gloss(text: str, index: int) -> int:
    """Return the position behind the gloss that follows a name, if one does: 林若川（Lin Jo-chuan）."""
    match = _GLOSSED.match(text, index)
    return match.end() if match else index


def has_voice(subject: Subject, gap: str) -> bool:
    """Tell whether people who speak for a company follow its name: 公司发言人, 公司年报."""
    return not subject.is_person and opens("verbs", "voices", gap.removeprefix("的").strip())


def is_any(section: str, key: str, word: str) -> bool:
    """Tell whether `word` is on the list."""
    return word in wordset(section, key)


def _is_gloss(text: str, start: int, index: int) -> bool:
    """Tell whether a name opens brackets within its sentence: it is another name's gloss."""
    return index - 1 > start and text[index - 1] == "("
