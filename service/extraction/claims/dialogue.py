"""Whose turn it is where a post gives a conversation: 问：…/答：…, names before colons, quotations with their author.

A label stands at the start of a block, before a colon or alone with a time; two turns that can be told apart make a
conversation, one label does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.extraction.claims.cue_words import finder, opens, words, wordset
from service.extraction.claims.lines import Line, starts_with
from service.extraction.claims.subjects import Act, Subject, behind_gloss, is_object
from service.model import BlockKind, EntityKind, Mention

_LABEL = re.compile(
    r"(?:\d{1,2}[.、] ?)?(?P<who>[^,。;:!?\n“”「」]{1,24}?) ?(?:[(\[]?[\d:]{4,8}[)\]]?)? ?(?P<colon>:|$)"
)
_LABELLED = 45  # the longest label, with all that may stand around it
_NUMBER = re.compile(r"[#\d ]+$")
_SIGNED = re.compile(r"\s*[—–―-]{1,3} ?(?=[^\s—–―-])")
_LATE = re.compile(r"[—–―]{1,2} ?")
_PUNCTUATED = re.compile(r"[,。;:!?「『“\"]")
_SIGNATURE = 40  # characters of a line that names whom a quotation is by
_TAG = 40  # characters of a line that tells who said the quotation before it
_BEHIND = 8  # characters of a title between a name and its colon
# How it is told behind a quotation that somebody put it so: 林小姐这样回忆.
_THUS = re.compile(r"[^,。;:!?]{0,8}?(?:这样|如此|这么|如是)[^,。;:!?]{1,14}[。!]?$")
# … and whose words they were: 说这话的是社区的发起人林小姐。
_CREDITED = re.compile(r"[说讲写][出下]?这[句番段些几]{0,2}话的[人,]{0,2}[就正]?是[^,。;:!?]{0,16}")
_LEAST_TURNS = 3
_QUESTION = 80  # characters of a question that is a block of its own
_BEGINNING = 1500  # characters in which a post says what it retells
# … and by which it only tells on what occasion somebody said one thing.
_IN_PASSING = re.compile(r"(?:接受|受)[^,。;:!?\n]{0,10}(?:访问?|采访|专访)[时中]")
_DENSITY = 0.34  # of the blocks from the first label to the last that a conversation's labels begin
_COVERAGE = (
    0.4  # of a post's blocks that an interview runs through: a few questions and answers at its end are the author's
)
_ASKED = "?"
_ANSWERED = "!"
_ANSWERS = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_TURNS = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING})


@dataclass(frozen=True)
class Turn:
    """A turn of a conversation: `speaker` is None where nobody is named; `asks` tells the interviewer's."""

    speaker: Mention | None
    asks: bool


def find_turns(lines: Sequence[Line]) -> dict[int, Turn]:
    """Return the turns of a conversation by the number of the line that begins each; empty where there is none."""
    return _labelled(lines) or _asked_and_answered(lines)


def _labelled(lines: Sequence[Line]) -> dict[int, Turn]:
    """Return the turns of a conversation whose blocks say whose they are."""
    labels = dict(_labels(lines))
    if not labels:
        return {}
    kinds = {label if isinstance(label, str) else label.name for label in labels.values()}
    if not _is_conversation(lines, labels, unnamed=bool(kinds & {_ASKED, _ANSWERED})):
        return {}
    guest = _guest(lines[: min(labels)] or lines) if kinds & {_ASKED, _ANSWERED} else None
    turns = {number: _turn(label, guest) for number, label in labels.items()}
    if kinds == {_ASKED} and guest is not None and len(turns) > 1:
        return turns | {number: Turn(guest, asks=False) for number in _unlabelled(lines, turns)}
    told_apart = len(kinds) > 1 and (_ASKED in kinds or len(turns) >= _LEAST_TURNS)
    return turns if told_apart else {}


def _asked_and_answered(lines: Sequence[Line]) -> dict[int, Turn]:
    """Return the turns of an interview that labels none: a block is one question, the next ones answer as 我."""
    if not is_retold(lines):
        return {}
    asked = [number for number, line in enumerate(lines) if _is_asked(line)]
    if len(asked) < _LEAST_TURNS:
        return {}
    spans = [(number, _answer(lines, number)) for number in asked]
    answered = [(number, end) for number, end in spans if end > number + 1]
    own = sum(any(_speaks_of_self(line) for line in lines[number + 1 : end]) for number, end in answered)
    guest = _guest(lines[: asked[0]])
    if guest is None or len(answered) < _LEAST_TURNS or 2 * own < len(answered):
        return {}
    return {
        turn: Turn(None, asks=True) if turn == number else Turn(guest, asks=False)
        for number, _ in answered
        for turn in (number, number + 1)
    }


def _is_asked(line: Line) -> bool:
    """Tell whether a block is one question and nothing else, or one sentence that addresses whom it is put to."""
    return (
        (line.is_question or not wordset("dialogue", "addressed").isdisjoint(line.folded))
        and line.span == line.block.span
        and line.block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        and not line.block.quoted
        and len(line.folded) <= _QUESTION
    )


def _answer(lines: Sequence[Line], question: int) -> int:
    """Return the number of the line that ends the answer to a question: the next block that is none, or asks again."""
    end = question + 1
    while end < len(lines) and lines[end].block.kind in _ANSWERS and not _is_asked(lines[end]):
        end += 1
    return end


def _speaks_of_self(line: Line) -> bool:
    return not line.quotes and not wordset("dialogue", "self").isdisjoint(line.folded)


def is_retold(lines: Sequence[Line]) -> bool:
    """Tell whether the post says, at its beginning, that it retells an interview, a speech or the like."""
    if not lines:
        return False
    start = lines[0].span.start
    beginning = _IN_PASSING.sub("", lines[0].sentence.folded[start : start + _BEGINNING])
    return any(word in beginning for word in words("nouns", "retold"))


def find_signed(lines: Sequence[Line]) -> dict[int, Mention]:
    """Return who is named above or below a block quote (—— 某人), by the numbers of the lines that are quoted."""
    signed = _titled(lines)
    for number, line in enumerate(lines):
        if not line.sentence.subjects:
            continue
        by = _signature(line) or (_tagged(lines[number - 1], line) if number else None)
        if by is None:
            continue
        if line.block.quoted and not starts_with(line, _SIGNED):
            signed[number] = by
        for before in range(number - 1, -1, -1):
            if before in signed or not _belongs(lines[before], line):
                break  # a line is signed once, so that all signatures together cost one look at every line
            signed[before] = by
    return signed


def _titled(lines: Sequence[Line]) -> dict[int, Mention]:
    """Return who is named by the title of a callout, by the numbers of the lines in it."""
    titled: dict[int, Mention] = {}
    by: Mention | None = None
    for number, line in enumerate(lines):
        if not line.block.quoted:
            by = None
        elif (named := _title(line)) is not None:
            by = named
        elif by is not None:
            titled[number] = by
    return titled


def _title(line: Line) -> Mention | None:
    """Return the person that is all, or the end, of a quoted line of its own: 投信研究员林若川."""
    subjects = line.sentence.subjects
    if len(subjects) == 0 or line.span != line.block.span or len(line.folded) > _SIGNATURE:
        return None
    last, told = subjects[-1], line.cue is None or line.cue.act is Act.DOES
    ends = behind_gloss(line.sentence.folded, last.end) == line.span.end
    if not last.is_person or not ends or not told or _PUNCTUATED.search(line.folded):
        return None
    return last.mention


def _is_conversation(lines: Sequence[Line], labels: Mapping[int, str | Mention], *, unnamed: bool) -> bool:
    """Tell whether turns make up the part of the post they stand in, and most of the post where they have no names."""
    first, last = min(labels), max(labels)
    every = len({id(line.block) for line in lines})
    inside = len({id(line.block) for line in lines[first : last + 1]})
    if unnamed:
        return 2 * len(labels) >= _DENSITY * inside and inside >= _COVERAGE * every
    return len(labels) >= _DENSITY * inside


def _unlabelled(lines: Sequence[Line], asked: Mapping[int, Turn]) -> Iterator[int]:
    """Yield the lines that begin an answer: the block behind a question, where only questions have labels."""
    question = None
    for number, line in enumerate(lines):
        if number in asked:
            question = line.block
        elif question is not None and line.block is not question:
            yield number
            question = None


def _labels(lines: Sequence[Line]) -> Iterator[tuple[int, str | Mention]]:
    before = None
    for number, line in enumerate(lines):
        if line.block is before:
            continue
        before = line.block
        if before.kind in _TURNS and _may_be_labelled(line) and (label := _label(line)) is not None:
            yield number, label


def _may_be_labelled(line: Line) -> bool:
    """Tell whether a line could begin with a label, by what is quickly seen: a colon, or a name in a short line."""
    if line.folded.find(":", 0, _LABELLED) >= 0:
        return True
    return bool(line.sentence.subjects) and len(line.folded) <= _LABELLED


def _label(line: Line) -> str | Mention | None:
    """Return whose turn a block begins: a person, or one who asks or answers without a name."""
    match = starts_with(line, _LABEL)
    if match is None:
        return None
    role = _NUMBER.sub("", match["who"]).strip()
    if match["colon"] and role in wordset("dialogue", "asks"):
        return _ASKED
    if match["colon"] and role in wordset("dialogue", "answers"):
        return _ANSWERED
    if line.block.kind is BlockKind.HEADING or (not match["colon"] and line.span != line.block.span):
        return None
    return _labelled_person(line, match)


def _labelled_person(line: Line, match: re.Match[str]) -> Mention | None:
    start, end = match.span("who")
    text = line.sentence.folded
    inside: list[Subject] = [subject for subject in line.sentence.subjects if subject.end <= end]
    persons = [subject for subject in inside if subject.mention is not None and subject.is_person]
    if len(persons) != 1 or is_object(text, persons[0]) or "的" in match["who"]:
        return None
    if match["who"].count("(") != match["who"].count(")"):
        return None  # the colon stands in a gloss: 林若川(别名:小林)
    spoken = finder("verbs", "say", "think", "foresee", "turn", "ask", "report", "cite").within(text[start:end])
    behind = end - persons[0].end
    alone = not match["colon"] and (behind > 0 or persons[0].start > start)
    return None if spoken or behind > _BEHIND or alone else persons[0].mention


def _guest(lines: Sequence[Line]) -> Mention | None:
    """Return the person a conversation is introduced with: whom its beginning names most, of equals the title's."""
    counts = Counter(mention.key or mention.name for line in lines for mention in _people(line))
    most = max(counts.values(), default=0)
    titled = {mention.key or mention.name for mention in _people(lines[0])} if lines else set()
    ranked = [name for name, times in counts.items() if times == most]
    best = ranked if len(ranked) == 1 else [name for name in ranked if name in titled]
    found = (mention for line in lines for mention in _people(line) if best == [mention.key or mention.name])
    return next(found, None)


def _people(line: Line) -> Iterator[Mention]:
    for subject in line.sentence.subjects:
        mention = subject.mention
        if mention is not None and mention.kind is EntityKind.PERSON and mention.role != "author":
            yield mention


def _turn(label: str | Mention, guest: Mention | None) -> Turn:
    if isinstance(label, str):
        return Turn(guest if label == _ANSWERED else None, label == _ASKED)
    return Turn(label, asks=False)


def _signature(line: Line) -> Mention | None:
    """Return the person a line such as —— 某人 names, or the end of a quoted line does."""
    names = [subject for subject in line.sentence.subjects if subject.mention is not None and subject.is_person]
    if not names:
        return None
    if starts_with(line, _SIGNED):
        return names[0].mention if line.span.end - line.span.start <= _SIGNATURE else None
    last = names[-1]
    dashed = _LATE.search(line.sentence.folded, max(line.span.start, last.start - 3), last.start)
    late = dashed is not None and line.span.end - last.end <= _BEHIND
    return last.mention if line.block.quoted and late else None


def _tagged(quote: Line, line: Line) -> Mention | None:
    """Return who opens the line that touches a quotation, as its speaker does (「…。」林小姐叹了口气)."""
    first, (start, end) = line.sentence.subjects[0], line.span
    if not quote.whole_quote or quote.span.end != start or end - start > _TAG:
        return None
    text = line.sentence.folded
    if first.is_person and _CREDITED.fullmatch(text, start, first.start) and first.end >= end - 1:
        return first.mention
    if first.start - start > _BEHIND and not _THUS.match(text, first.end, end):
        return None
    told_of = text.startswith(("的", "是", "也是", "就是"), first.end)  # 林先生是她堂哥
    apart = is_object(text, first) or told_of or "是" in text[start : first.start]
    return first.mention if first.is_person and not apart else None


def _belongs(line: Line, signature: Line) -> bool:
    """Tell whether a line is part of the quotation that the signature is below."""
    if line.block is signature.block:
        return line.block.quoted or line.whole_quote
    return line.block.quoted and not opens("idle", "transitions", line.folded)
