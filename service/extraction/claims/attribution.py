"""Who a single sentence says is speaking: 她指出…, 部长的回答是：…, 据某报报道…, 在他看来….

All of it works on folded text, so that a rule is written once for both scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from service.extraction.claims.cue_words import Hit, finder, holds, opens, union
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

_CLAUSE_MARK = re.compile(r"[,。;:!?\n“”「」\"]")
_ADVERB = 6  # characters of adverbs between a company and its verb
_REACH = 24  # characters between a subject and its verb
_PRECEDING = 6  # characters of a clause that its speaker may follow: …,她说。
_RELATIVE = re.compile(r"[过了到出]?的(?!就?不?是)")
_TURN = re.compile(r"(?:说|道|了一句|得很|[^,。:;]{0,3})[,:]|[“「\"]")
_BY_MEANS = re.compile(r"[用以在从对于]")
_WHEN = re.compile(r"[^,。;:!?]{0,30}(?:时|时候|之际|之后|之前),")
_HIS_WORDS = re.compile(r"的(?:话|说法|原话|观点|分析)")
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
    return re.compile(f"[^,。;:!?的]{{0,4}}?(?:{union('verbs', 'say', 'think', 'foresee', 'report')})(?=[^。]|$)")


def find_cue(sentence: Sentence) -> Cue | None:
    """Return who the sentence itself says is speaking, or acting; None when it has no such subject.

    Somebody who says something goes before somebody who only asks, and either before who leads in to a colon.
    """
    said = list(_spoken(sentence)) if sentence.subjects else []
    for act in _ORDER:
        if cues := [cue for cue in said if cue.act is act]:
            first = min(cues, key=lambda cue: cue.start)
            return first._replace(act=Act.SAYS) if act is Act.PASSES_ON else first
    rest = [cue for cue in (_unnamed(sentence), _leading(sentence)) if cue is not None]
    return min(rest, key=lambda cue: cue.start) if rest else _doing(sentence)


def _spoken(sentence: Sentence) -> Iterator[Cue]:
    for find in (_verbs, _nouns, _according, _views, _named):
        yield from find(sentence)


def _unnamed(sentence: Sentence) -> Cue | None:
    """Return the cue of a sentence in which somebody without a name speaks: 气象专家认为…."""
    text, end = sentence.folded, sentence.span.end
    for role in finder("verbs", "roles").find(text, *sentence.span):
        match = _unnamed_pattern().match(text, role.stop, end)
        if match and not sentence.quoted(role.at) and not _RELATIVE.match(text, match.end(), end):
            return Cue(Act.OTHER, None, role.at)
    return None


def _verbs(sentence: Sentence) -> Iterator[Cue]:
    """Yield a cue for every verb of saying that has a subject."""
    speaking = finder("verbs", "say", "think", "foresee", "turn", "ask", "report", "cite")
    for verb in speaking.find(sentence.folded, *sentence.span):
        if sentence.quoted(verb.at) or not _is_verb(sentence, verb):
            continue
        subject = _subject_of(sentence, verb)
        if subject is not None and (act := _act(sentence, subject, verb)) is not None:
            yield subject.acts(act)


def _is_verb(sentence: Sentence, verb: Hit) -> bool:
    text, end = sentence.folded, sentence.span.end
    if text[verb.at - 1 : verb.at] == "的" or _RELATIVE.match(text, verb.stop, end):
        return False
    if _ends_clause(sentence, verb):
        return False
    return not is_any("verbs", "turn", verb.word) or bool(_TURN.match(text, verb.stop, end))


def _ends_clause(sentence: Sentence, verb: Hit) -> bool:
    """Tell whether nothing is said around a verb: it ends its sentence, or tells when (在谈到此事时，…)."""
    text, start, end = sentence.folded, *sentence.span
    if text[verb.stop : verb.stop + 1] in {"。", ".", "!", ""} and not sentence.quotes:
        before = text.rfind(",", start, verb.at) - start
        return before < _PRECEDING or verb.at - start - before > _REACH or not is_any("verbs", "say", verb.word)
    return bool(_WHEN.match(text, verb.stop, end))


def _subject_of(sentence: Sentence, verb: Hit) -> Subject | None:
    """Return the nearest name or pronoun before the verb, in its clause, that can be its subject."""
    text = sentence.folded
    for subject in reversed(sentence.subjects):
        if subject.end > verb.at:
            continue
        gap = text[behind_gloss(text, subject.end) : verb.at]
        if len(gap) > _REACH or _CLAUSE_MARK.search(gap):
            break
        if (is_cited(text, subject) or not is_object(text, subject)) and _fits(gap, subject, verb.word):
            return subject
    return _carried(sentence, verb)


def _fits(gap: str, subject: Subject, verb: str) -> bool:
    """Tell whether what stands between the two leaves them subject and verb."""
    if has_voice(subject, gap):
        return True
    gap = _HIS_WORDS.sub("", gap, count=1) if gap.startswith("的") else gap
    if gap.startswith("的") or ("的" in gap and not _BY_MEANS.search(gap.partition("的")[0])):
        return False
    if holds("verbs", "passive", gap):
        return False
    if subject.is_person:
        return not is_any("verbs", "report", verb)
    if is_any("verbs", "foresee", verb) or is_any("verbs", "ask", verb):
        return False
    return len(gap.strip()) <= _ADVERB


def _carried(sentence: Sentence, verb: Hit) -> Subject | None:
    """Return who opened the sentence, when the verb opens a later clause: 她没有生气，只说…."""
    text, first = sentence.folded, sentence.subjects[0]
    before = text[max(sentence.span.start, verb.at - 4) : verb.at]
    thinks = first.is_person and is_any("verbs", "think", verb.word)
    if first.end > verb.at or "," not in before or not (thinks or is_any("verbs", "say", verb.word)):
        return None
    opening = opens_sentence(sentence, first) and not is_object(text, first) and text[first.end : first.end + 1] != "的"
    return first if opening else None


def _act(sentence: Sentence, subject: Subject, verb: Hit) -> Act | None:
    gap = sentence.folded[subject.end : verb.at]
    if holds("verbs", "denied", gap.rpartition(",")[2]):
        return Act.DENIES
    if is_any("verbs", "ask", verb.word):
        return Act.ASKS
    passes_on = is_any("verbs", "report", verb.word) or is_any("verbs", "cite", verb.word)
    return Act.PASSES_ON if passes_on else Act.SAYS


def _nouns(sentence: Sentence) -> Iterator[Cue]:
    """Yield cues such as 她的判断是…, 部长给出的理由很短：…, 她给了一个建议：…."""
    text, end = sentence.folded, sentence.span.end
    nouns = finder("nouns", "speech")
    for subject in sentence.subjects:
        if not subject.is_person or not nouns.among(text, subject.end, end):
            continue
        if subject.mention and is_object(text, subject):
            continue
        match = _noun_pattern().match(text, subject.end, end) or _giving_pattern().match(text, subject.end, end)
        if match and not any(quote.start < match.end() - 1 < quote.end for quote in sentence.quotes):
            denied = holds("verbs", "denied", match[0].split("的")[0])
            asks = is_any("nouns", "asking", match["noun"])
            yield subject.acts(Act.DENIES if denied else Act.ASKS if asks else Act.SAYS)


def _according(sentence: Sentence) -> Iterator[Cue]:
    """Yield cues such as 据某报报道，…; of the names before the comma, the last is meant."""
    text, start, end = sentence.folded, *sentence.span
    for number, subject in enumerate(sentence.subjects):
        before = text[max(start, subject.start - 6) : subject.start]
        cited = holds("nouns", "according", before) and "," not in before
        comma = text.find(",", subject.end, min(subject.end + _ADVERB + _REACH, end)) if cited else -1
        if comma < 0 or any(other.start < comma for other in sentence.subjects[number + 1 :]):
            continue
        yield subject.acts(Act.SAYS if subject.is_person else Act.PASSES_ON)


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
    if len(before) > 1 and not is_any("nouns", "interviewing", before):
        return
    end = behind_gloss(sentence.folded, first.end)
    if sentence.folded[end : end + 1] == ":" or _occasion_pattern().match(sentence.folded, end, sentence.span.end):
        yield first.acts(Act.SAYS)


def _leading(sentence: Sentence) -> Cue | None:
    """Return who leads in to a colon: 经理列出三个数字：…."""
    text = sentence.folded
    colon = text.find(":", *sentence.span) if sentence.subjects else -1
    if colon < 0 or sentence.quoted(colon):
        return None
    for subject in sentence.subjects:
        if subject.is_person and subject.end <= colon and not is_object(text, subject):
            gap = text[subject.end : colon]
            if gap.startswith("的") or len(gap) > 2 * _REACH:
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
