"""Who is told of or speaks without a name, or with one that nobody knows: behind that, 他 is nobody named before."""

from __future__ import annotations

import re
from functools import cache

from service import lexicon
from service.extraction.claims.cue_words import closes, finder, holds, union
from service.extraction.claims.lines import Line
from service.extraction.claims.subjects import Cue, Subject
from service.script import fold

_OFFICES = 10  # characters before a name in which an office stands
# Behind a name: when its bearer does something, and how.
_ACTING = (
    "(?:[赛会事战庭]后|当[天时场晚]|随后|后来|[昨今][天晚早日]|日前|近日|早前|稍早|本人|自己"
    "|[也则却并又](?![非])|不[太愿肯想以同认]|没有?[怪把再说回正])"
)


def is_about_stranger(line: Line) -> bool:
    """Tell whether a line is about somebody without a name, who is meant by 他 behind it: 守桥的老人收了伞."""
    if line.is_question:
        return False
    return _stranger().match(line.folded) is not None or (not line.sentence.subjects and _opens_with_name(line))


def _opens_with_name(line: Line) -> bool:
    """Tell whether a line opens with what looks like a name, and what its bearer did: 林若川赛后没有怪裁判."""
    return _name_pattern().match(line.folded) is not None


@cache
def _name_pattern() -> re.Pattern[str]:
    family = "".join(sorted(set(fold(lexicon.read("personal_names.toml")["surnames"]))))
    return re.compile(f"[{family}][^,。;:!?的]{{1,2}}{_ACTING}")


@cache
def _stranger() -> re.Pattern[str]:
    clause, near = r"[^,。;:!?“「\"]", "(?:邻座|隔壁|对面|同车|同行|路过)的?"
    some = rf"(?:(?:有|另)?[一某](?:[位个名]|对)|有[位个名]){clause}{{0,16}}?"
    told = rf"{some}|[^,。;:!?“「\"岁他她这该]{{1,16}}的|{near}"
    return re.compile(f"(?:{clause}{{1,12}},)?(?:{told})(?:{union('verbs', 'strangers')})(?![们的和与]|[^,。;:!?]?:)")


@cache
def _opinion_pattern() -> re.Pattern[str]:
    """Return a pattern of what somebody unknown thinks, before he is meant by 他: 队医的说法不同,他认为…."""
    return re.compile(f"[^,。;:!?“「他她这那该我的]{{1,10}}的(?:{union('nouns', 'speech')})[^,。;:!?的]{{0,8}},")


def _is_titled(text: str, subject: Subject) -> bool:
    """Tell whether a business stands where a person should, behind an office: the name of somebody unknown."""
    if subject.mention is None or subject.is_person:
        return False
    before = re.split("[,。;:!?]", text[max(0, subject.start - _OFFICES) : subject.start])[-1]
    return closes("verbs", "offices", before) or ("." in before and holds("verbs", "offices", before))


def is_said_by_stranger(line: Line, cue: Cue) -> bool:
    """Tell whether a sentence has somebody speak before 他 whom we do not know: 卖鱼的阿伯反对,他说…."""
    sentence = line.sentence
    before = [subject for subject in sentence.subjects if subject.start < cue.start]
    if before:
        return any(_is_titled(sentence.folded, subject) for subject in before)
    if not line.is_question and (_opens_with_name(line) or _opinion_pattern().match(line.folded)):
        return True
    stranger = None if line.is_question else _stranger().match(line.folded)
    if stranger is not None and stranger.end() <= cue.start - line.span.start:
        return True
    verbs = sentence.hits(finder("verbs", "say", "think", "stance"))
    return any(hit.at < cue.start and not sentence.quoted(hit.at) for hit in verbs)
