"""Where a sentence passes from one speaker to another: 甲说要停工,乙主张先赔偿.

A sentence is one line, and a line has one speaker. What two people say in one sentence is therefore read as two
lines, and so is what somebody says behind a statement of the author's. A clause belongs to who opens it, by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extraction.claims.attribution import spoken
from service.extraction.claims.cue_words import closes, finder
from service.extraction.claims.saying import speaking
from service.extraction.claims.subjects import Act, Cue, Sentence, is_object, opens_sentence
from service.model import Span

_TITLE = 14  # characters of what somebody is in a company
_LEAST = 6  # letters of each part
_LEAST_OWN = 10  # … and of what the author states before somebody is heard
_JOINING = re.compile(r"[而但则却另又](?:外|且|是)?|不过|至于|然而|同时")
_SAYS = frozenset({Act.SAYS, Act.PASSES_ON, Act.DENIES, Act.ASKS})
# What only leads in to who speaks: when, where, of what, on what condition.
_LEADING_IN = re.compile(
    r"(?:据|根据|依|按|对此|对于|对|至于|关于|有关|针对|当|在|被|面对|谈|说|提|问|除|虽|尽管|即使|如果|若|要是|因为|由于|既然|随着|为了|经过|直到|等|受访)"
)
_LED_IN = re.compile(r"(?:时|后|之际|前|下|来说|而言|来看|期间)$")
_MEASURES = re.compile(
    r"(?<![图表第\d.a-z-])\d|[二三四五六七八九十百千万两][一二三四五六七八九十百千万]*[年月天岁个人位名次家台座成倍小分]"
)
_GLOSS = re.compile(r"\([^()]*\)")
_WHEN = re.compile(r"[年月日号时天后前中间代度周初底末起][^\w]*$")  # 2021 年 9 月 8 日,…: no statement of its own
_MARKS = ",;"
_PAIRED = ("前者", "后者")
# Where the author comes back: a clause that he opens himself.
_BACK = re.compile(
    r"(?P<mark>[,;])(?:但是?|不过|可是?|而|只是|于是|所以|后来|然而)?(?:(?P<who>我)(?!们|国|方|军|队|校|司|行|省|市|县|家的?[,:说])|笔者)"
)
# What the author asks or hears before somebody answers is no statement of his own.
_ASKED = re.compile(r"我[^,]{0,8}?(?:[问请找约访见陪跟和与对向劝]|听(?!说)|打(?!算))")


def part(sentence: Sentence, cue: Cue | None) -> int | None:
    """Return where another's words begin in a sentence; None where one has all of it.

    `cue` is what the sentence says of its own speaker.
    """
    if cue is None or not sentence.cues.mask & speaking().bits:
        return None
    text, start, end = sentence.folded, *sentence.span
    late = sentence.subjects[-1].start - _LEAST  # a name that speaks behind a mark stands so far behind the beginning
    parted = text.find(",", start, late + _LEAST) >= 0 or text.find(";", start, late + _LEAST) >= 0
    turned = _BACK.search(text, sentence.subjects[0].end, end) is not None
    if not turned and not (late >= start and parted):
        return None
    said = [one for one in spoken(sentence, text.find(":", start, end)) if one.act in _SAYS]
    back = _turned(sentence, said) if turned and said else None
    other = _passed_on(sentence, said) if parted else None
    return min((at for at in (back, other) if at is not None), default=None)


def _passed_on(sentence: Sentence, said: Sequence[Cue]) -> int | None:
    """Return where the first clause begins that somebody else opens and speaks."""
    text, start = sentence.folded, sentence.span.start
    for one in sorted(said, key=_start):
        at = _clause(text, start, one.start)
        named = one.subject is not None or one.pronoun in _PAIRED
        if at > start and named and _opens(sentence, one, at) and _is_parted(sentence, said, one, at):
            return at
        if not named and (before := _of_another(sentence, one)) and _is_parted(sentence, said, one, before):
            return before
        if one is said[0] and not named and _tells_of_speaker(sentence, one, at):
            return at
    return None


def _of_another(sentence: Sentence, cue: Cue) -> int:
    """Return where behind a semicolon it is told of somebody who then speaks as 他; 0 where it is not."""
    text, start = sentence.folded, sentence.span.start
    at = text.rfind(";", start, cue.start) + 1
    first = next((subject for subject in sentence.subjects if subject.start >= at), None)
    if at <= start or first is None or first.mention is None or not first.is_person or sentence.quoted(at - 1):
        return 0
    return 0 if text[at : first.start].strip() or first.start >= cue.start else at


def _tells_of_speaker(sentence: Sentence, cue: Cue, at: int) -> bool:
    """Tell whether the author tells of somebody what can be checked, before he speaks: 林小姐晒了三十年盐,她说…."""
    text, start = sentence.folded, sentence.span.start
    if cue.act is not Act.SAYS or cue.start != at or sentence.quoted(at - 1):
        return False
    if _letters(text[at : sentence.span.end]) < _LEAST:
        return False
    before = [subject for subject in sentence.subjects if subject.start < at]
    told = len(before) == 1 and before[0].mention is not None and before[0].is_person
    told = told and opens_sentence(sentence, before[0]) and not is_object(text, before[0])
    return told and _MEASURES.search(text, start, at) is not None and _is_stated(text[start : at - 1])


def _turned(sentence: Sentence, said: Sequence[Cue]) -> int | None:
    """Return where the author comes back behind what he reports in his own words: 她说水够用,我查了,只剩两成.

    Where a mark follows the verb, 我 may be who speaks, in words of his own that lack quotation marks.
    """
    text, (start, end) = sentence.folded, sentence.span
    first = min(said, key=_start)
    for back in _BACK.finditer(text, first.start, end):
        at = back.end("mark")
        inside = sentence.quoted(at) or text.count("(", start, at) != text.count(")", start, at)
        if inside or first.act in (Act.DENIES, Act.ASKS):
            continue
        framed = back["who"] == "我" and _is_framed(sentence, first)
        if not framed and _letters(text[start:at]) >= _LEAST and _letters(text[at:end]) >= _LEAST:
            return at
    return None


def _start(cue: Cue) -> int:
    return cue.start


def _clause(text: str, start: int, end: int) -> int:
    """Return where the clause begins that `end` stands in."""
    return max(start, *(text.rfind(mark, start, end) + 1 for mark in _MARKS))


def _opens(sentence: Sentence, cue: Cue, at: int) -> bool:
    """Tell whether who speaks is the one that opens his clause, outside of quotations and brackets."""
    text, start = sentence.folded, sentence.span.start
    if sentence.quoted(at - 1) or text.count("(", start, at) != text.count(")", start, at):
        return False
    subject = next(one for one in sentence.subjects if one.start == cue.start)
    others = [other for other in sentence.subjects if at <= other.start < cue.start]
    if any(other.is_person for other in others) or (others and not _is_titled(text, others[-1].end, cue.start)):
        return False
    before = _JOINING.sub("", text[at : cue.start].strip(), count=1)
    if others or not before:
        return True
    return opens_sentence(Sentence(text, Span(at, sentence.span.end), (), [subject], sentence.cues), subject)


def _is_titled(text: str, start: int, end: int) -> bool:
    """Tell whether what stands between a company and a name tells what its bearer is there: 昂宿的总监林若川."""
    return end - start <= _TITLE and "," not in text[start:end] and closes("verbs", "titles", text[start:end].strip())


def _is_parted(sentence: Sentence, said: Sequence[Cue], cue: Cue, at: int) -> bool:
    """Tell whether what stands before a clause is another's, or the author's."""
    text, (start, end) = sentence.folded, sentence.span
    before, behind = text[start : at - 1], text[at:end]
    if _letters(before) < _LEAST or _letters(behind) < _LEAST:
        return False
    others = [one for one in said if one.start < at]
    if others:
        known = others[0].subject is not None or others[0].pronoun in _PAIRED
        return known and all(_identity(one) != _identity(cue) for one in others)
    if any(subject.is_person for subject in sentence.subjects if subject.start < at):
        return text[at - 1] == ";"
    return (text[at - 1] == ";" or not _is_framed(sentence, cue)) and _is_stated(before)


def _is_framed(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a mark follows the verb of saying at once: then what stands before may be said by him, too."""
    text, end = sentence.folded, sentence.span.end
    verb = next((hit for hit in sentence.hits(speaking()) if hit.at >= cue.start), None)
    return verb is None or text[verb.stop : verb.stop + 1] in {"", ",", ":", "。"} or verb.stop >= end


def _is_stated(before: str) -> bool:
    """Tell whether the author states something before somebody is heard, and does not only lead in to him."""
    last = before.rpartition(",")[2]
    if _LEADING_IN.match(before) or _LEADING_IN.match(last) or _LED_IN.search(before):
        return False
    if _ASKED.search(before):
        return False
    if _MEASURES.search(_GLOSS.sub("", before)) and not _WHEN.search(before):
        return _letters(before) >= _LEAST
    return _letters(before) >= _LEAST_OWN and finder("predicates", "words").within(before)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _identity(cue: Cue) -> str | None:
    if cue.subject is None:
        return cue.pronoun if cue.pronoun in _PAIRED else None
    return cue.subject.key or cue.subject.name
