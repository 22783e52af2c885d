"""Verbs of saying and who is their subject: 她指出…, 她转述了导演的话：…, …，她说.

All of it works on folded text, so that a rule is written once for both scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from service.extraction.claims.cue_words import Finder, Hit, finder, holds, union
from service.extraction.claims.subjects import (
    Act,
    Cue,
    Sentence,
    Subject,
    behind_gloss,
    has_voice,
    is_any,
    is_cited,
    is_object,
    opens_sentence,
)
from service.extraction.claims.talks import lasts

ADVERB = 6  # characters of adverbs between a company and its verb
_MANNER = 6  # characters between a comma and a verb whose subject opened the sentence: ,慢慢地说
_SOMEBODY = re.compile(r"[人者太员师长士家方友客爷婆奶叔报]")  # … of which none may stand for another subject
# Who speaks where these stand before the verb, and nobody is told it: not who opened the sentence (她劝我退租,我说…).
_OTHERS = re.compile(r"(?<![对跟向同和与给诉朝为])(?:(?:[我你咱]|人家)们?|大家|有人|谁)[也都就才只又再先后便却]*$")
_FINDS = frozenset({"发现", "证明", "注意到", "意识到", "观察到", "查到", "测出", "量出"})
# What somebody holds to be so, and not what he goes on doing: 她坚持账是对的, 她坚持晨跑.
_HOLDS = "坚持"
_HELD = re.compile(r"[^,。;:!?]{1,12}?(?:是|应|必须|已经|没|不|会|该|才|只|太|够)|[^,。;:!?]{1,3}在")
_ONE = ("一", "这", "那", "两", "多", "许多", "不少", "几")
# Before a verb that is a noun there: 按照说明, 一段回忆.
_GIVEN = frozenset(
    {"按照", "根据", "依照", "参考", "参照", "参见", "遵照", "听取", "收到", "接受", "违反", "无视", "听从"}
)
_MEASURED = re.compile(r"[一这那几两三四五六七八九十多首][个波段份项句片阵种番封篇]")
_AGAIN = " 又亦也则并还再"  # adverbs that may stand between somebody and the barest verb: 公司又指
REACH = 24  # characters between a subject and its verb
RELATIVE = re.compile(r"[过了到出]?的(?!就?不?是)")
_CLAUSE_MARK = re.compile(r"[,。;:!?\n“”「」\"]")
_PRECEDING = 6  # characters of a clause that its speaker may follow: …,她说。
_TURN = re.compile(r"(?:说|道|了一句|得很|[^,。:;]{0,3})[,:]|[“「\"]")
# Where who is for or against something is set against it, the author does so.
_TURNED = re.compile(r"[,;](?:但|不过|然而|可是|却)")
_TAGGED = re.compile(r"道?[。.!]?$")
_BY_MEANS = re.compile(r"[用以在从对于]")
# When a company says something, between its name and the verb.
_DATED = re.compile(
    r"(?:\d{4} ?年)? ?\d{1,2} ?月(?: ?\d{1,2} ?[日号])?|[今昨前当上本][天日晚早周月年][一二三四五六日末初底]?"
    r"|周[一二三四五六日]|星期[一二三四五六日]|[上下]午|早上|晚间|日前|近日|稍早|稍后"
)
# What has 受 in it and is done by the one who speaks, and what was done to him before: 接受采访时, 被问到票价时.
_ACTIVE = re.compile(r"^[被获受][^的被获受]{0,16}[时后]|受访|接受|感受|承受")
_WHERE = re.compile(r"(?:在|于|透过|通过|藉由|借)[^,在于]{1,14}(?:[上中里内时后会]|平台|声明|公告|信)$")
# Where somebody says something as a reason or a condition, the author puts it so: 因为银行答应展期，….
_SUPPOSED = re.compile(r"(?:这是|只是|就是|也是|是)?(?:因为|由于|既然|如果|要是|假如|倘若|除非|只要|直到)[^,]{0,10}")
_WHEN = re.compile(r"[^,。;:!?]{0,30}(?:时|时候|之际|之后|之前),")


@cache
def speaking() -> Finder:
    """Return the finder of all verbs that may tell who says something."""
    return finder("verbs", "say", "think", "foresee", "turn", "ask", "report", "cite", "stance")


def verbs(sentence: Sentence) -> Iterator[Cue]:
    """Yield a cue for every verb of saying with a subject; of standing to something only where nobody speaks."""
    stances, spoken, cited = [], False, -1
    for verb in sentence.hits(speaking()):
        if sentence.quoted(verb.at) or not _is_verb(sentence, verb) or (cue := _cue(sentence, verb)) is None:
            continue
        if _SUPPOSED.fullmatch(sentence.folded[sentence.span.start : cue.start].rpartition(",")[2]):
            continue
        if cue.start < cited:
            continue  # who passes it on: 她转述导演的意见,说…
        cited = cue.start if cue.start > verb.at and is_any("verbs", "cite", verb.word) else cited
        if is_any("verbs", "stance", verb.word) and not is_any("verbs", "say", verb.word):
            stances.append(cue)
        else:
            spoken = True
            yield cue
    if stances and not spoken and not _TURNED.search(sentence.folded, *sentence.span):
        yield from stances


def only_stands(sentence: Sentence) -> bool:
    """Tell whether a sentence tells how somebody stands to something, and nothing that he says of it: 她支持并校."""
    found = [verb.word for verb in sentence.hits(speaking()) if not sentence.quoted(verb.at)]
    said = (is_any("verbs", "say", word) or not is_any("verbs", "stance", word) for word in found)
    return bool(found) and not sentence.quotes and not any(said)


def _cue(sentence: Sentence, verb: Hit) -> Cue | None:
    """Return who does what a verb of saying tells; None where it has no subject."""
    if is_any("verbs", "cite", verb.word) and (cited := _cited(sentence, verb)) is not None:
        return cited.acts(Act.SAYS)
    subject = _subject_of(sentence, verb)
    act = _act(sentence, subject, verb) if subject is not None else None
    return subject.acts(act) if subject is not None and act is not None else None


def _cited(sentence: Sentence, verb: Hit) -> Subject | None:
    """Return whose words a verb passes on: 她转述了导演周岚的话：…."""
    text = sentence.folded
    for subject in sentence.subjects:
        if subject.start >= verb.stop and subject.mention is not None and subject.is_person:
            if subject.start - verb.stop > REACH or _CLAUSE_MARK.search(text, verb.stop, subject.start):
                return None
            words = _own_works().match(text, behind_gloss(text, subject.end))
            return subject if words and text[words.end() : words.end() + 1] in {":", ",", "称", "说"} else None
    return None


def _is_verb(sentence: Sentence, verb: Hit) -> bool:
    text, end = sentence.folded, sentence.span.end
    before = text[max(sentence.span.start, verb.at - 2) : verb.at]
    if before[-1:] == "的" or RELATIVE.match(text, verb.stop, end):
        return False
    if before in _GIVEN or _MEASURED.fullmatch(before) or _is_find(text, verb, end) or lasts(text, verb.stop, end):
        return False
    if _ends_clause(sentence, verb):
        return is_any("verbs", "stance", verb.word)
    if not is_any("verbs", "turn", verb.word) or _TURN.match(text, verb.stop, end):
        return True
    return bool(sentence.quotes) and _TAGGED.match(text, verb.stop, end) is not None


def _is_find(text: str, verb: Hit, end: int) -> bool:
    """Tell whether somebody finds or proves a thing (他发现了一颗行星), and not that something is so."""
    if verb.word == _HOLDS and not _HELD.match(text, verb.stop, end):
        return True
    if verb.word not in _FINDS or text[verb.stop : verb.stop + 1] in {",", ":", ""}:
        return False
    mark = _CLAUSE_MARK.search(text, verb.stop, end)
    clause = text[verb.stop : mark.start() if mark else end].removeprefix("了")
    return not finder("predicates", "words").within(clause.rpartition("的")[2] if clause.startswith(_ONE) else clause)


def _ends_clause(sentence: Sentence, verb: Hit) -> bool:
    """Tell whether nothing is said around a verb: it ends its sentence, or tells when (在谈到此事时，…)."""
    text, start, end = sentence.folded, *sentence.span
    if text[verb.stop : verb.stop + 1] in {"。", ".", "!", ""} and not sentence.quotes:
        before = text.rfind(",", start, verb.at) - start
        return before < _PRECEDING or verb.at - start - before > REACH or not is_any("verbs", "say", verb.word)
    return bool(_WHEN.match(text, verb.stop, end))


def _subject_of(sentence: Sentence, verb: Hit) -> Subject | None:
    """Return the nearest name or pronoun before the verb, in its clause, that can be its subject."""
    text = sentence.folded
    for subject in reversed(sentence.subjects):
        if subject.end > verb.at:
            continue
        gap = text[behind_gloss(text, subject.end) : verb.at]
        if len(gap) > REACH or _CLAUSE_MARK.search(gap):
            break
        if (is_cited(text, subject) or not is_object(text, subject)) and _fits(gap, subject, verb.word):
            return subject
    return _carried(sentence, verb)


def _fits(gap: str, subject: Subject, verb: str) -> bool:
    """Tell whether what stands between the two leaves them subject and verb."""
    if has_voice(subject, gap):
        return True
    if is_any("verbs", "bare", verb):
        return not gap.strip(_AGAIN)
    if _OTHERS.search(gap):
        return False
    gap = _together().sub("", gap, count=1)
    own = _own_works().match(gap)
    gap = _ACTIVE.sub("", gap[own.end() :] if own else gap)
    if _is_relative(gap) or holds("verbs", "passive", gap):
        return False
    if subject.is_person:
        return own is not None or not is_any("verbs", "report", verb)
    foresees = is_any("verbs", "foresee", verb) and not is_any("verbs", "estimate", verb)
    adverb = _WHERE.sub("", _DATED.sub("", gap), count=1).strip()
    return not foresees and not is_any("verbs", "ask", verb) and len(adverb) <= ADVERB


def _is_relative(gap: str) -> bool:
    """Tell whether what follows a name is something of it (她的老师说), and not the means (她用简单的话说)."""
    before, of, _ = gap.partition("的")
    return bool(of) and (not before or not _BY_MEANS.search(before))


@cache
def _together() -> re.Pattern[str]:
    """Return a pattern of whom somebody says it with, who are not named: 她和她的学生[发现]."""
    return re.compile(f"[和与跟及同][他她其]的?[^,的]{{0,6}}?(?:{union('nouns', 'companions')})们?")


@cache
def _own_works() -> re.Pattern[str]:
    """Return a pattern of what somebody wrote or measured, which speaks for him: 她的试算[显示]."""
    return re.compile(f"(?:主持|领导|带领|执笔|撰写)?的[^,的]{{0,4}}?(?:{union('nouns', 'works')})")


def _carried(sentence: Sentence, verb: Hit) -> Subject | None:
    """Return who opened the sentence, when the verb opens a later clause: 她没有生气，只说…."""
    text, first = sentence.folded, _last_to_open(sentence, verb.at)
    _, comma, manner = text[max(sentence.span.start, verb.at - _MANNER) : verb.at].rpartition(",")
    thinks = (first.is_person or not manner) and is_any("verbs", "think", verb.word)
    if first.end > verb.at or not (thinks or is_any("verbs", "say", verb.word)):
        return None
    if not comma or ";" in text[first.end : verb.at]:
        return None
    if _SOMEBODY.search(manner) or _OTHERS.search(manner) or holds("verbs", "passive", manner):
        return None
    if any(verb.at - len(manner) <= other.start < verb.at for other in sentence.subjects):
        return None  # somebody else is named there, who did not fit
    opening = opens_sentence(sentence, first) and not is_object(text, first) and not _is_owner(text, first.end)
    return first if opening else None


def _is_owner(text: str, end: int) -> bool:
    """Tell whether what follows a name is something of its bearer that doesn't speak for him: 她的老师."""
    return text[end : end + 1] == "的" and not _own_works().match(text, end)


def _last_to_open(sentence: Sentence, end: int) -> Subject:
    """Return the last pronoun of a person that opens a clause of its own before `end`, else the first subject."""
    opening = [
        subject
        for subject in sentence.subjects[1:]
        if subject.end <= end and subject.pronoun and subject.is_person and sentence.folded[subject.start - 1] == ","
    ]
    text = sentence.folded
    acting = (s for s in sentence.subjects if s.end <= end and not _is_owner(text, s.end))
    first = next(acting, sentence.subjects[0])
    if opening or first.is_person:
        return opening[-1] if opening else first
    named = [subject for subject in sentence.subjects if subject.is_person and subject.end <= end]
    people = [subject for subject in named if not is_object(text, subject) and opens_sentence(sentence, subject)]
    return (people or named or [first])[-1]


def _act(sentence: Sentence, subject: Subject, verb: Hit) -> Act | None:
    gap = sentence.folded[behind_gloss(sentence.folded, subject.end) : verb.at]
    if holds("verbs", "denied", gap.rpartition(",")[2]):
        return Act.DENIES
    if is_any("verbs", "ask", verb.word):
        return Act.ASKS
    passes_on = is_any("verbs", "report", verb.word) or is_any("verbs", "cite", verb.word)
    return Act.PASSES_ON if passes_on else Act.SAYS
