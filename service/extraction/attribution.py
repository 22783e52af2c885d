"""Who a single sentence says is speaking: 她指出…, 部长的回答是：…, 据某报报道…, 在他看来….

All of it works on folded text, so that a rule is written once for both scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from service.extraction.claim_cues import finder, opening, union, words
from service.model import EntityKind, Mention, Span

_PRONOUN = re.compile(r"(?<![其吉排])[他她](?![们国人])|该公司")
_CLAUSE_MARKS = ',。;:!?\n“”「」"'
_ADVERB = 6  # characters of adverbs between a company and its verb
_REACH = 24  # characters between a subject and its verb
_OPENING = 14  # characters before a subject that still opens its sentence
_VOICES = frozenset({EntityKind.PERSON, EntityKind.COMPANY, EntityKind.ORGANIZATION})
_RELATIVE = re.compile(r"[过了到出]?的(?!就?不?是)")
_TURN = re.compile(r"(?:说|道|了一句|得很|[^,。:;]{0,3})[,:]|[“「\"]")
_BY_MEANS = re.compile(r"[用以在从对于]")
_WHEN = re.compile(r"[^,。;:!?]{0,30}(?:时|时候|之际|之后|之前),")
_GLOSSED = re.compile(r" ?\([^()]{0,60}\)")


class Act(Enum):
    """What a sentence's subject does in it."""

    SAYS = "says"
    ASKS = "asks"
    LEADS = "leads"  # what follows a colon is likely the subject's
    DENIES = "denies"  # the author tells what the subject did not say
    DOES = "does"  # something else
    OTHER = "other"  # the subject is not named: 专家说


class Cue(NamedTuple):
    """Who acts, and how. `subject` is None for a pronoun."""

    act: Act
    subject: Mention | None
    start: int


class Subject(NamedTuple):
    """A name or pronoun that may be the subject of a verb; `mention` is None for a pronoun."""

    start: int
    end: int
    mention: Mention | None

    @property
    def is_person(self) -> bool:
        """Whether it names a person, or stands for one."""
        return self.mention is None or self.mention.kind is EntityKind.PERSON


@dataclass(frozen=True)
class Sentence:
    """A sentence with what may speak in it: `quotes` are its quotations, `subjects` those outside of them."""

    folded: str  # of the whole document
    span: Span
    quotes: tuple[Span, ...]
    subjects: tuple[Subject, ...]


@cache
def _noun_pattern() -> re.Pattern[str]:
    gap = r"[^,。;:!?]{0,16}?"
    given, nouns, links = union("nouns", "given"), union("nouns", "speech"), union("nouns", "links")
    return re.compile(f"{gap}(?:{given})[^,。;:!?]{{0,12}}?(?P<noun>{nouns})[^,。;!?:]{{0,14}}?(?::|{links}|[“「])")


@cache
def _occasion_pattern() -> re.Pattern[str]:
    return re.compile(f"[^,。;:!?]{{0,12}}(?:{union('nouns', 'occasions')}):")


@cache
def _unnamed_pattern() -> re.Pattern[str]:
    verbs = union("verbs", "say", "think", "foresee", "report")
    return re.compile(f"(?:{union('verbs', 'roles')})[^,。;:!?的]{{0,4}}?(?:{verbs})(?=[^。]|$)")


@cache
def _object_marks() -> tuple[str, ...]:
    return words("verbs", "before_object")


def find_subjects(folded: str, span: Span, mentions: Sequence[Mention], quotes: Sequence[Span]) -> tuple[Subject, ...]:
    """Return the names that may speak in a sentence and its pronouns, outside its quotations."""
    named = [Subject(*m.span, m) for m in mentions if m.kind in _VOICES]
    pronouns = [Subject(*match.span(), None) for match in _PRONOUN.finditer(folded, *span)]
    outside = [
        subject
        for subject in named + pronouns
        if not _within(quotes, subject.start) and not _is_gloss(folded, span.start, subject.start)
    ]
    return tuple(sorted(outside, key=lambda subject: (subject.start, -subject.end)))


def find_cue(sentence: Sentence) -> Cue | None:
    """Return who the sentence itself says is speaking, or acting; None when it has no such subject.

    Somebody who says something goes before somebody who only asks, and either before who leads in to a colon.
    """
    said = [*_verbs(sentence), *_nouns(sentence), *_according(sentence), *_views(sentence), *_named(sentence)]
    for act in (Act.SAYS, Act.ASKS, Act.DENIES):
        if cues := [cue for cue in said if cue.act is act]:
            return min(cues, key=lambda cue: cue.start)
    rest = [cue for cue in (_unnamed(sentence), _leading(sentence)) if cue is not None]
    return min(rest, key=lambda cue: cue.start) if rest else _doing(sentence)


def _unnamed(sentence: Sentence) -> Cue | None:
    """Return the cue of a sentence in which somebody without a name speaks: 气象专家认为…."""
    text = sentence.folded
    for match in _unnamed_pattern().finditer(text, *sentence.span):
        if not _within(sentence.quotes, match.start()) and not _RELATIVE.match(text, match.end(), sentence.span.end):
            return Cue(Act.OTHER, None, match.start())
    return None


def _verbs(sentence: Sentence) -> Iterator[Cue]:
    """Yield a cue for every verb of saying that has a subject."""
    speaking = finder("verbs", "say", "think", "foresee", "turn", "ask", "report")
    for match in speaking.find(sentence.folded, *sentence.span):
        if _within(sentence.quotes, match.start()) or not _is_verb(sentence, match):
            continue
        subject = _subject_of(sentence, match)
        if subject is not None and (act := _act(sentence, subject, match)) is not None:
            yield Cue(act, subject.mention, subject.start)


def _is_verb(sentence: Sentence, match: re.Match[str]) -> bool:
    text, word = sentence.folded, match["word"]
    if text[match.start() - 1 : match.start()] == "的" or _RELATIVE.match(text, match.end(), sentence.span.end):
        return False
    if _ends_clause(sentence, match.end()):
        return False
    return word not in words("verbs", "turn") or bool(_TURN.match(text, match.end(), sentence.span.end))


def _ends_clause(sentence: Sentence, index: int) -> bool:
    """Tell whether nothing is said behind a verb: it ends its sentence, or tells when (在谈到此事时，…)."""
    text, end = sentence.folded, sentence.span.end
    if text[index : index + 1] in {"。", ".", "!", ""} and not sentence.quotes:
        return True
    return bool(_WHEN.match(text, index, end))


def _subject_of(sentence: Sentence, match: re.Match[str]) -> Subject | None:
    """Return the nearest name or pronoun before the verb, in its clause, that can be its subject."""
    text, verb = sentence.folded, match.start()
    for subject in reversed(sentence.subjects):
        if subject.end > verb:
            continue
        gap = text[_behind_gloss(text, subject.end) : verb]
        if len(gap) > _REACH or any(mark in gap for mark in _CLAUSE_MARKS):
            break
        if _is_object(text, subject) or not _fits(gap, subject, match["word"]):
            continue
        return subject
    return _carried(sentence, match)


def _fits(gap: str, subject: Subject, verb: str) -> bool:
    """Tell whether what stands between the two leaves them subject and verb."""
    if not subject.is_person and opening("verbs", "voices").match(gap.removeprefix("的").strip()):
        return True
    if gap.startswith("的") or ("的" in gap and not _BY_MEANS.search(gap.partition("的")[0])):
        return False
    if any(word in gap for word in words("verbs", "passive")):
        return False
    if subject.is_person:
        return verb not in words("verbs", "report")
    if verb in words("verbs", "foresee") or verb in words("verbs", "ask"):
        return False
    return len(gap.strip()) <= _ADVERB


def _carried(sentence: Sentence, match: re.Match[str]) -> Subject | None:
    """Return the person that opened the sentence, when the verb opens a later clause: 她没有生气，只说…."""
    text, verb = sentence.folded, match.start()
    before = text[max(sentence.span.start, verb - 4) : verb]
    first = next((s for s in sentence.subjects if s.end <= verb), None)
    if first is None or not first.is_person or match["word"] not in words("verbs", "say"):
        return None
    opens = _opens(sentence, first) and not _is_object(text, first) and text[first.end : first.end + 1] != "的"
    return first if opens and "," in before else None


def _act(sentence: Sentence, subject: Subject, match: re.Match[str]) -> Act | None:
    gap = sentence.folded[subject.end : match.start()]
    if any(word in gap.rpartition(",")[2] for word in words("verbs", "denied")):
        return Act.DENIES
    return Act.ASKS if match["word"] in words("verbs", "ask") else Act.SAYS


def _nouns(sentence: Sentence) -> Iterator[Cue]:
    """Yield cues such as 她的判断是…, 部长给出的理由很短：…."""
    for subject in sentence.subjects:
        if not subject.is_person or (subject.mention and _is_object(sentence.folded, subject)):
            continue
        match = _noun_pattern().match(sentence.folded, subject.end, sentence.span.end)
        if match and not _within(sentence.quotes, match.end() - 1, opening_too=False):
            denied = any(word in match[0].split("的")[0] for word in words("verbs", "denied"))
            asks = match["noun"] in words("nouns", "asking")
            yield Cue(Act.DENIES if denied else Act.ASKS if asks else Act.SAYS, subject.mention, subject.start)


def _according(sentence: Sentence) -> Iterator[Cue]:
    """Yield cues such as 据某报报道，…."""
    text = sentence.folded
    for subject in sentence.subjects:
        before = text[max(sentence.span.start, subject.start - 6) : subject.start]
        cited = any(word in before for word in words("nouns", "according")) and "," not in before
        if cited and "," in text[subject.end : min(subject.end + _ADVERB + _REACH, sentence.span.end)]:
            yield Cue(Act.SAYS, subject.mention, subject.start)


def _views(sentence: Sentence) -> Iterator[Cue]:
    """Yield cues such as 在他看来…, 对她而言…."""
    text = sentence.folded
    for subject in sentence.subjects:
        before = text[max(sentence.span.start, subject.start - 2) : subject.start].strip()
        behind = text[subject.end : subject.end + 1] == " "
        viewed = opening("nouns", "seen_by").match(text, subject.end + behind, sentence.span.end)
        if viewed and subject.is_person and before[-1:] in {"在", "对"}:
            yield Cue(Act.SAYS, subject.mention, subject.start)


def _named(sentence: Sentence) -> Iterator[Cue]:
    """Yield a cue where a sentence opens with a person and a colon: 林小姐：…, 林小姐专访：…."""
    first = sentence.subjects[0] if sentence.subjects else None
    if first is None or first.mention is None or not first.is_person:
        return
    before = sentence.folded[sentence.span.start : first.start].strip()
    if len(before) > 1 and before not in words("nouns", "interviewing"):
        return
    end = _behind_gloss(sentence.folded, first.end)
    if sentence.folded[end : end + 1] == ":" or _occasion_pattern().match(sentence.folded, end, sentence.span.end):
        yield Cue(Act.SAYS, first.mention, first.start)


def _leading(sentence: Sentence) -> Cue | None:
    """Return who leads in to a colon: 经理列出三个数字：…."""
    text = sentence.folded
    colon = text.find(":", *sentence.span)
    if colon < 0 or _within(sentence.quotes, colon):
        return None
    for subject in sentence.subjects:
        if subject.is_person and subject.end <= colon and not _is_object(text, subject):
            gap = text[subject.end : colon]
            if gap.startswith("的") or len(gap) > 2 * _REACH:
                continue
            denied = any(word in gap for word in words("verbs", "denied"))
            return Cue(Act.DENIES if denied else Act.LEADS, subject.mention, subject.start)
    return None


def _doing(sentence: Sentence) -> Cue | None:
    """Return the person the sentence is about: the one that opens it."""
    for subject in sentence.subjects:
        if subject.is_person and not _is_object(sentence.folded, subject):
            if not _opens(sentence, subject):
                return None
            gap = sentence.folded[subject.end : subject.end + 8]
            denied = any(word in gap for word in words("verbs", "denied"))
            return Cue(Act.DENIES if denied else Act.DOES, subject.mention, subject.start)
    return None


def _opens(sentence: Sentence, subject: Subject) -> bool:
    before = sentence.folded[sentence.span.start : subject.start].rstrip()
    if before.endswith(",是"):
        return True
    if "是" in before.rpartition(",")[2]:
        return False  # 这就是为什么她…: it is about something else
    return len(before) <= _OPENING or before.rstrip()[-1:] == ","


def _is_object(text: str, subject: Subject) -> bool:
    before = text[max(0, subject.start - 4) : subject.start].rstrip()
    return before.endswith(_object_marks())


def _is_gloss(text: str, start: int, index: int) -> bool:
    """Tell whether a name opens brackets within its sentence: it is another name's gloss."""
    return index - 1 > start and text[index - 1] == "("


def _behind_gloss(text: str, index: int) -> int:
    match = _GLOSSED.match(text, index)
    return match.end() if match else index


def _within(quotes: Sequence[Span], index: int, *, opening_too: bool = True) -> bool:
    return any(quote.start + (not opening_too) <= index < quote.end for quote in quotes)
