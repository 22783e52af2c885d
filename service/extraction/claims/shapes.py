"""Who speaks by the shape of a sentence, whatever its verb: a name that opens it, and what it leads in to.

What counts is how the sentence is built: a quotation behind the name or before it, a colon, a verb made with a
character of saying or thinking, or something given of which there is a noun. All of it works on folded text.
"""

from __future__ import annotations

import re
from functools import cache

from service.extraction.claims.cue_words import holds, union
from service.extraction.claims.subjects import (
    Act,
    Cue,
    Sentence,
    Subject,
    behind_gloss,
    has_voice,
    is_object,
    opens_sentence,
)

_IN_CLAUSE = r"[^,。;:!?“「\"]"
_LEAST = 4  # characters that can be said
_LEAD = 18  # characters between a name and the mark before its quotation
_COLON = 30  # … and before what stands behind a colon
_COMMAS = 2  # in what leads in to a quotation
_TITLED = 10  # characters of a role between a quotation and the name of who said it
# Characters that are verbs of saying or judging by themselves: before a comma, or before a clause when they follow the
# name or its adverbs at once. What is looked round for are words that hold them otherwise (预算, 斥资).
_TOLD = (
    r"(?:[诉叫喊][苦屈冤穷]|(?<=[里中上内])写|[说讲喊吁驳斥骂讽嘲赞夸叹怨嫌估猜赌盼冀忧]"
    r"|(?<![预结打运计清划电])算|(?<!负)责|回了?[一两二三四五六七八九十几]{1,2}(?:个字|句话|句))"
)
_BEFORE_COMMA = re.compile(rf"{_IN_CLAUSE}{{0,14}}?{_TOLD}(?:过|到|出|道|得|了?[一两][句声])?,")
_AT_ONCE = re.compile(
    r"[也又更还却仍则都就曾再并均直痛怒力狠猛急笑苦戏自坚早]{0,2}"
    r"(?:[叹忧盼冀猜嫌讽]|怨(?!恨)|(?<=[直笑坦自明])[指认]|估(?!计)|吁|料(?![理到想子])|斥(?![资退候])|批(?![准发次改量阅货给])|轰(?![动炸隆下出进入开掉垮倒走])"
    r"|赞(?!助)|赌(?![场博球钱上输赢徒注])|驳(?!船))"
)
# What somebody insists on is so, and not that he does it: 她坚持汤里没有味精, not 她坚持晨跑十年.
_INSISTS = re.compile(
    rf"[也又更还却仍则都就曾再并均始终一直]{{0,3}}坚持(?![了着到下用以每在\d一二两三四五六七八九十几多])"
    rf"(?:{_IN_CLAUSE}{{0,16}}?(?:是|没有|并非|出在|在于|已经|应该)|{_IN_CLAUSE}{{2,16}}?不(?:是|会|可能|需|存在|超过|到|够|足|算))"
)
_PHRASE = re.compile(r"[只仅就]?[凭用]?一[句声][“「\"]")  # 她一句「…」
_TRAIT = r"[很更最也却则倒都相十非刚正截完仍][^,。;:!?“「\"]{1,10}"
_UNOWNED = frozenset("(,。:;和与及、")  # behind a name: the paper is not only its own
_ENDED = "。.!?,…"


def shaped(sentence: Sentence) -> Cue | None:
    """Return who speaks by the way the sentence is built; None where nobody does."""
    for subject in sentence.subjects:
        if is_object(sentence.folded, subject):
            continue
        if not subject.is_person:
            if _publishes(sentence, subject) or _writes(sentence, subject):
                return subject.acts(Act.SAYS)
            continue
        if _told_by_author(sentence, subject):
            continue
        if _tags(sentence, subject) or (opens_sentence(sentence, subject) and _speaks(sentence, subject)):
            return subject.acts(Act.SAYS)
    return None


def _publishes(sentence: Sentence, subject: Subject) -> bool:
    """Tell whether those who speak for a company lead in to a colon: 某行的报告给出另一个结论：…."""
    text, end = sentence.folded, sentence.span.end
    colon = text.find(":", subject.end, min(end, subject.end + _COLON))
    gap = text[subject.end : max(colon, subject.end)]
    if colon < 0 or sentence.quoted(colon) or "," in gap or not opens_sentence(sentence, subject):
        return False
    return has_voice(subject, gap) and holds("shapes", "telling", gap) and not holds("verbs", "denied", gap)


def _writes(sentence: Sentence, subject: Subject) -> bool:
    """Tell whether something is said to stand in a paper of a company's: 某行的合约上写着,…."""
    if not opens_sentence(sentence, subject) or sentence.folded[subject.end : subject.end + 1] in _UNOWNED:
        return False
    match = _writing().match(sentence.folded, subject.end, sentence.span.end)
    return match is not None and not holds("verbs", "denied", match["how"])


@cache
def _writing() -> re.Pattern[str]:
    papers, writes = union("nouns", "papers"), union("nouns", "writes")
    of = '(?:[^,。;:!?“「"的]{0,4}的)?[^,。;:!?“「"的]{0,8}?'
    return re.compile(f"{of}(?:{papers})(?:[上里中内]面?)?(?P<how>{_IN_CLAUSE}{{0,5}}?)(?:{writes})(?!的)")


def _told_by_author(sentence: Sentence, subject: Subject) -> bool:
    """Tell whether the clause is the author's view of the subject: 我倒觉得她太悲观：…."""
    clause = sentence.folded[sentence.span.start : subject.start].rpartition(",")[2]
    return "我" in clause or "笔者" in clause


def _speaks(sentence: Sentence, subject: Subject) -> bool:
    start = behind_gloss(sentence.folded, subject.end)
    return any(shape(sentence, start) for shape in (_quotes, _leads, _tells, _owns))


def _tags(sentence: Sentence, subject: Subject) -> bool:
    """Tell whether a quotation that is a sentence of its own opens the line, and the name follows: 「…。」她笑了."""
    text, quotes = sentence.folded, sentence.quotes
    if not quotes or text[sentence.span.start : quotes[0].start].strip() or text.startswith("的", subject.end):
        return False
    end = max((quote.end for quote in quotes if quote.end <= subject.start), default=-1)
    between = text[end : subject.start]
    if end < 0 or len(between) > _TITLED or "是" in between or "," in between[1:]:
        return False
    return between[:1] == "," or text[end - 2] in _ENDED


def _quotes(sentence: Sentence, start: int) -> bool:
    """Tell whether what follows a name leads in to a quotation by a mark: 她摇了摇头，「…」, 她一句「…」."""
    text = sentence.folded
    quote = next((quote for quote in sentence.quotes if quote.start >= start), None)
    if quote is None or text.startswith("的", start):
        return False
    gap = text[start : quote.start].rstrip()
    if gap[-1:] not in {",", ":"} or len(gap) > _LEAD:
        return _PHRASE.match(text, start) is not None
    said = quote.end - quote.start > _LEAST + 2 and quote.end >= sentence.span.end - 1
    return said and gap.count(",") <= _COMMAS and not holds("verbs", "denied", gap)


def _leads(sentence: Sentence, start: int) -> bool:
    """Tell whether a clause leads in to a colon and what is said: 她把话挑明：…, and not 她做了三件事：…."""
    text, end = sentence.folded, sentence.span.end
    colon = text.find(":", start, min(end, start + _COLON))
    if colon < 0 or sentence.quoted(colon) or text.startswith("的", start):
        return False
    gap = text[start:colon]
    if end - colon <= _LEAST and not (end - colon == 1 and holds("shapes", "telling", gap)):
        return False
    if holds("verbs", "denied", gap) or holds("verbs", "passive", gap) or any(mark in gap for mark in "。;!?"):
        return False
    if holds("shapes", "telling", gap):
        return True
    return "," not in gap and "的" not in gap and not holds("shapes", "events", gap)


def _tells(sentence: Sentence, start: int) -> bool:
    """Tell whether a verb of saying stands before a comma, or before a clause right behind the name."""
    text, end = sentence.folded, sentence.span.end
    if _INSISTS.match(text, start, end):
        return True
    match = _BEFORE_COMMA.match(text, start, end) or _AT_ONCE.match(text, start, end)
    if match is None or end - match.end() <= _LEAST or text.startswith("的", match.end()):
        return False
    clause = match[0]
    return "的" not in clause and not holds("verbs", "denied", clause) and not holds("verbs", "passive", clause)


def _owns(sentence: Sentence, start: int) -> bool:
    """Tell whether something is said of what the name thinks or gives: 她的结论很直白，…, 她给出的日程更紧：…."""
    return _owning().match(sentence.folded, start, sentence.span.end) is not None


@cache
def _owning() -> re.Pattern[str]:
    nouns, gives = union("nouns", "speech"), union("shapes", "gives")
    thinks = f"的{_IN_CLAUSE}{{0,8}}?(?:{nouns}){_TRAIT}[,:]"
    given = f"(?:{gives})的{_IN_CLAUSE}{{1,10}}?(?:是|为|:|{_TRAIT}[,:])"
    return re.compile(f"(?:{thinks}|{given})")
