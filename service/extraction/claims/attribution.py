"""Who a single sentence says is speaking: 她指出…, 部长的回答是：…, 据某报报道…, 在他看来….

All of it works on folded text, so that a rule is written once for both scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from service.extraction.claims.cue_words import Finder, bits, closes, finder, holds, opens, union
from service.extraction.claims.saying import ADVERB, REACH, RELATIVE, speaking, verbs
from service.extraction.claims.shapes import shaped
from service.extraction.claims.subjects import (
    Act,
    Cue,
    Sentence,
    Subject,
    behind_gloss,
    has_voice,
    is_any,
    is_object,
    opens_sentence,
)
from service.extraction.claims.talks import lasts

# What stands behind a verb of saying besides a comma, where the verb is no noun too.
_TOLD = frozenset(":“「")
_ONLY_VERBS = frozenset({"说", "称", "表示", "指出", "写道", "说道", "坦言", "直言", "透露", "强调", "认为"})
# Somebody, and no other thing that may stand before a verb of saying: 有意思的是, 这也说明, 总体来讲.
_SOMEBODY = re.compile(
    r"(?![我咱你请别让希这那此其也就可总换简具老坦严应必需要来正如所据按照对从在于以但而且所因虽若如有没不数结])[^,。;:!?“「\"我]{1,22}"
    r"[^,。;:!?“「\"的地得着了过都就还又再才只会能要可以先来去没不未被所我你咱们何么是总般体单白实格之而且果据字图表料题式论]"
)
_BY = ("按", "依", "照", "用")  # 按他的说法
_BEFORE_OFFICE = frozenset(",位该\n")
_TAG = 16  # characters of a clause that tells who has said the sentence
_SENTENCE_MARKS = frozenset("。.!?:;,")
_TITLE = 12  # characters of a role before a name
_DASH = re.compile(r" ?—— ?(?=[^\s—])")
_SOURCED = re.compile(r"的(?:原话|话|说法|看法|算法|判断|估计|估算|推算|预测|意思|观点|评价)[。!]?")
_ITS = re.compile(r"(?:当时|目前|现在|如今|这次|这回|此前|最新|事后|最后)?的")
_ORDER = (Act.SAYS, Act.PASSES_ON, Act.ASKS, Act.DENIES)


@cache
def _noun_pattern() -> re.Pattern[str]:
    given, nouns, links = union("nouns", "given"), union("nouns", "speech"), union("nouns", "links")
    said = f"[^,。;:!?]{{0,12}}?(?P<noun>{nouns})[^,。;!?:]{{0,14}}?(?::|{links}|[“「]|$)"
    return re.compile(f"[^,。;:!?]{{0,16}}?(?:{given}){said}")


@cache
def _giving_pattern() -> re.Pattern[str]:
    giving, nouns = union("nouns", "giving"), union("nouns", "speech")
    return re.compile(f"[^,。;:!?]{{0,6}}?(?:{giving})[^,。;:!?]{{0,14}}?(?P<noun>{nouns})[^,。;:!?]{{0,3}}:")


@cache
def _occasion_pattern() -> re.Pattern[str]:
    return re.compile(f"[^,。;:!?]{{0,12}}(?:{union('nouns', 'occasions')}):")


@cache
def _unnamed_pattern() -> re.Pattern[str]:
    return re.compile(f"[^,。;:!?的]{{0,4}}?(?P<verb>{union('verbs', 'say', 'think', 'foresee', 'report')})(?=[^。]|$)")


@cache
def _roles() -> Finder:
    return finder("verbs", "roles", "offices")


@cache
def _unnamed_saying() -> int:
    return bits("verbs", "say", "think", "foresee", "report")


@cache
def _telling_pattern() -> re.Pattern[str]:
    return re.compile(f"[^,。;:!?的]{{0,4}}?(?:{union('nouns', 'telling')})的[^,。;:!?“「]{{1,10}}$")


def tells(text: str, start: int, end: int) -> bool:
    """Tell whether a heading says that somebody gives or lists something, from behind his name at `start`."""
    return _telling_pattern().match(text, start, end) is not None


def find_cue(sentence: Sentence) -> Cue | None:
    """Return who the sentence itself says is speaking, or acting; None when it has no such subject.

    Somebody who says something goes before somebody who only asks, and either before who leads in to a colon.
    """
    if not sentence.subjects:
        return _unnamed(sentence) or _unknown(sentence)
    colon = sentence.folded.find(":", *sentence.span)
    said = spoken(sentence, colon)
    for act in _ORDER if said else ():
        if cues := [cue for cue in said if cue.act is act]:
            first = _tagging(sentence, cues) or min(cues, key=_start)
            if act is Act.ASKS and (answer := _answer(sentence, first, colon)) is not None:
                return answer
            return first._replace(act=Act.SAYS) if act is Act.PASSES_ON else first
    if (built := shaped(sentence)) is not None and (not said or said[0].act is not Act.DENIES):
        return built
    rest = [cue for cue in (_unnamed(sentence), _leading(sentence, colon)) if cue is not None]
    return min(rest, key=_start) if rest else _doing(sentence)


def _answer(sentence: Sentence, asked: Cue, colon: int) -> Cue | None:
    """Return who answers behind one who asks: 主持人追问分账，他摊开手：…."""
    behind = [subject for subject in sentence.subjects if subject.start > asked.start]
    for subject in behind:
        if subject.is_person and subject.end <= colon <= subject.end + REACH and opens_sentence(sentence, subject):
            return subject.acts(Act.SAYS)
    return shaped(replace(sentence, subjects=behind)) if behind else None


def _tagging(sentence: Sentence, cues: list[Cue]) -> Cue | None:
    """Return who is named right behind a quotation as saying it, or at the end: …，「…，」林小姐说; …，她说."""
    ends = {quote.end for quote in sentence.quotes}
    clause = sentence.folded[sentence.span.start : sentence.span.end].rstrip("。!")
    last = clause.rfind(",") + 1
    if last and len(clause) - last <= _TAG and closes("verbs", "say", clause):
        ends.add(sentence.span.start + last)
    return next((cue for cue in cues if cue.act is Act.SAYS and cue.start in ends), None) if ends else None


def _start(cue: Cue) -> int:
    return cue.start


def spoken(sentence: Sentence, colon: int) -> list[Cue]:
    """Return all cues of saying, asking and denying; what has none of the words is not read for them."""
    mask = sentence.cues.mask
    found: list[Cue] = []
    if mask & speaking().bits:
        found += verbs(sentence)
    if mask & bits("nouns", "speech"):
        found += _nouns(sentence) or _reasons(sentence)
    if mask & bits("nouns", "according", "speech"):
        found += _according(sentence)
    if mask & bits("nouns", "seen_by"):
        found += _views(sentence)
    if mask & bits("nouns", "speech") and not found:
        found += _sourced(sentence)
    if colon >= 0 or "——" in sentence.folded[slice(*sentence.span)]:
        found += _named(sentence)
    return found or _telling(sentence)


def _telling(sentence: Sentence) -> list[Cue]:
    """Return the cue of a heading such as 林小姐给的三个数字: what stands below it is what she gives."""
    subject, end = sentence.subjects[-1], sentence.span.end
    if sentence.folded[end - 1] in _SENTENCE_MARKS:
        return []
    told = subject.is_person and _telling_pattern().match(sentence.folded, subject.end, end)
    return [subject.acts(Act.SAYS)] if told else []


def _unnamed(sentence: Sentence) -> Cue | None:
    """Return the cue of a sentence in which somebody without a name speaks: 气象专家认为…."""
    mask = sentence.cues.mask
    if not mask & _roles().bits or not mask & _unnamed_saying():
        return None
    text, end = sentence.folded, sentence.span.end
    for role in sentence.hits(_roles()):
        match = _unnamed_pattern().match(text, role.stop, end)
        if match is None or opens("verbs", "not", text, match.start("verb")) or lasts(text, match.end(), end):
            continue
        if not sentence.quoted(role.at) and not RELATIVE.match(text, match.end(), end):
            alone = role.at == sentence.span.start or text[role.at - 1] in _BEFORE_OFFICE
            return Cue(Act.OTHER, None, role.at, role.word if alone else "")
    return None


def _unknown(sentence: Sentence) -> Cue | None:
    """Return the cue of a sentence that opens with somebody unknown who says something: 农技站的老贺介绍,…."""
    if not sentence.cues.mask & _unnamed_saying():
        return None
    text, start = sentence.folded, sentence.span.start
    for verb in sentence.hits(finder("verbs", "say", "think", "foresee")):
        if sentence.quoted(verb.at):
            continue
        behind = text[verb.stop : verb.stop + 1]
        told = behind == "," or (behind in _TOLD and verb.word in _ONLY_VERBS)
        return Cue(Act.OTHER, None, start) if told and _SOMEBODY.fullmatch(text, start, verb.at) else None
    return None


def _sourced(sentence: Sentence) -> list[Cue]:
    """Return the cue of who is named at the end as the source of it all: …,这是她的原话."""
    text, (start, end), last = sentence.folded, sentence.span, sentence.subjects[-1]
    if not last.is_person or not _SOURCED.fullmatch(text, last.end, end):
        return []
    before = text[max(start, last.start - 5) : last.start]
    return [last.acts(Act.SAYS)] if before.endswith((",这是", ",是", ",这就是", ",那是", ",这话是")) else []


def _reasons(sentence: Sentence) -> list[Cue]:
    """Return the cue of who acts and gives his reason: 保险公司拒赔，理由是…."""
    text = sentence.folded
    reason = _reason_pattern().search(text, sentence.subjects[0].end, sentence.span.end)
    if reason is None or sentence.quoted(reason.start()):
        return []
    for subject in reversed(sentence.subjects):
        acts = subject.end <= reason.start() and not is_object(text, subject) and text[subject.end] != "的"
        if acts and opens_sentence(sentence, subject):
            return [subject.acts(Act.SAYS)]
    return []


@cache
def _reason_pattern() -> re.Pattern[str]:
    whose, what = "(?:他|她|其)?(?:的|最大的|唯一的|主要)?", "(?:理由|说法|解释|逻辑|条件)"
    return re.compile(rf"[,;]{whose}{what}(?:是|只有|很|在于|有[两三])")


def _nouns(sentence: Sentence) -> list[Cue]:
    return [*_noun_cues(sentence)]


def _noun_cues(sentence: Sentence) -> Iterator[Cue]:
    """Yield cues such as 她的判断是…, 部长给出的理由很短：…, 她给了一个建议：…."""
    text, end = sentence.folded, sentence.span.end
    nouns = sentence.hits(finder("nouns", "speech"))
    for subject in sentence.subjects if nouns else ():
        behind = behind_gloss(text, subject.end)
        if nouns[-1].at < behind or not _may_own(subject, text[behind : nouns[-1].stop], nouns[-1].word):
            continue
        if subject.mention and is_object(text, subject):
            continue
        match = _noun_pattern().match(text, behind, end) or _giving_pattern().match(text, behind, end)
        if match and _somebody_between(sentence, behind, match.start("noun")):
            continue
        if match and not any(quote.start < match.end() - 1 < quote.end for quote in sentence.quotes):
            denied = holds("verbs", "denied", match[0].split("的")[0])
            asks = is_any("nouns", "asking", match["noun"])
            yield subject.acts(Act.DENIES if denied else Act.ASKS if asks else Act.SAYS)


def _may_own(subject: Subject, gap: str, noun: str) -> bool:
    """Tell whether a noun may stand for what a subject says: of a company, what it answers (公司的回复是…)."""
    return subject.is_person or has_voice(subject, gap) or bool(_ITS.match(gap) and is_any("nouns", "answers", noun))


def _somebody_between(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a person is named in between, whose words they are then: 她的老板、林先生的看法是…."""
    named = (other for other in sentence.subjects if other.mention is not None and other.is_person)
    return any(start < other.start < end for other in named)


def _according(sentence: Sentence) -> Iterator[Cue]:
    """Yield cues such as 据某报报道，…; of the names before the comma, the last is meant."""
    text, start, end = sentence.folded, *sentence.span
    for number, subject in enumerate(sentence.subjects):
        before = text[max(start, subject.start - 6) : subject.start]
        cited = finder("nouns", "according").within(before) and "," not in before
        cited = cited or (before.endswith(_BY) and _is_said(text, subject))
        comma = text.find(",", subject.end, min(subject.end + ADVERB + REACH, end)) if cited else -1
        if comma < 0 or any(other.start < comma for other in sentence.subjects[number + 1 :]):
            continue
        yield subject.acts(Act.SAYS if subject.is_person else Act.PASSES_ON)


def _is_said(text: str, subject: Subject) -> bool:
    """Tell whether what is somebody's is what he says (按他的说法), and no other thing (按他的身高)."""
    return text[subject.end : subject.end + 1] == "的" and opens("nouns", "speech", text, subject.end + 1)


def _views(sentence: Sentence) -> Iterator[Cue]:
    """Yield cues such as 在他看来…, 对她而言…."""
    text = sentence.folded
    for subject in sentence.subjects:
        before = text[max(sentence.span.start, subject.start - 2) : subject.start].strip()
        behind = text[subject.end : subject.end + 1] == " "
        viewed = opens("nouns", "seen_by", text, subject.end + behind, sentence.span.end)
        if viewed and subject.is_person and before[-1:] in {"在", "对"}:
            yield subject.acts(Act.SAYS)


def _named(sentence: Sentence) -> Iterator[Cue]:
    """Yield a cue where a sentence opens with a person and a colon: 林小姐：…, 林小姐专访：…."""
    first = sentence.subjects[0]
    if first.mention is None or not first.is_person:
        return
    before = sentence.folded[sentence.span.start : first.start].strip()
    end = behind_gloss(sentence.folded, first.end)
    if _DASH.match(sentence.folded, end) and _is_title(before) and sentence.folded.count("——", *sentence.span) == 1:
        yield first.acts(Act.SAYS)
    if len(before) > 1 and not is_any("nouns", "interviewing", before):
        return
    if sentence.folded[end : end + 1] == ":" or _occasion_pattern().match(sentence.folded, end, sentence.span.end):
        yield first.acts(Act.SAYS)


def _is_title(before: str) -> bool:
    return len(before) <= _TITLE and not any(mark in before for mark in ",:;。的是")


def _leading(sentence: Sentence, colon: int) -> Cue | None:
    """Return who leads in to a colon: 经理列出三个数字：…."""
    text = sentence.folded
    if colon < 0 or sentence.quoted(colon):
        return None
    for subject in sentence.subjects:
        if subject.is_person and subject.end <= colon and not is_object(text, subject):
            gap = text[subject.end : colon]
            manner = opens("nouns", "manners", gap, 1)
            if (gap.startswith("的") and not manner) or len(gap) > 2 * REACH:
                continue
            denied = holds("verbs", "denied", gap)
            return subject.acts(Act.DENIES if denied else Act.LEADS)
    return None


def _doing(sentence: Sentence) -> Cue | None:
    """Return the person the sentence is about: the one that opens it."""
    for subject in sentence.subjects:
        if not subject.is_person or is_object(sentence.folded, subject):
            continue
        if not opens_sentence(sentence, subject):
            return None
        gap = sentence.folded[subject.end : subject.end + 8]
        denied = holds("verbs", "denied", gap)
        return subject.acts(Act.DENIES if denied else Act.DOES)
    return None
