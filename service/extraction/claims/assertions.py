"""Whether a line asserts anything: questions, transitions, link lists and bare topic headings do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from service.extraction.claims.cue_words import bits, closers, closes, finder, holds, openers, opens, union, wordset
from service.extraction.claims.lines import Line, behind_connectives
from service.extraction.claims.speakers import Voice
from service.extraction.claims.speech_acts import does_else, is_of_text
from service.extraction.claims.subjects import Act
from service.model import Approx, BlockKind, Figure, Mention
from service.script import fold

_CLOSERS = "」』”）)\"'* "
_ENDS = frozenset("。.!?:;…")
# What numbers a heading or decorates it.
_LABEL = re.compile(r"\s*(?:【[^】]{0,8}】|[\d一二三四五六七八九十]{1,3}[.、)]|[^\w「『“\"(]+)\s*")
_LETTERS = re.compile(r"(?:[\W_]*[^\W_]){4}")  # the least that can assert something
_FEW_LETTERS = re.compile(r"(?:[\W_]*[^\W_]){3}")
_WHEN = re.compile(r"\d{4}[-/.年]\d{1,2}|\d{1,2}:\d{2}")
_TOPIC = re.compile(r"的[^,:。是]{1,6}$")  # 城市的夜晚: a noun with what it is of
# 先理一理, 我们来聊聊: the reader is taken along.
_INVITING = re.compile(
    r"(?:好|那|就|再|先|来|我们|咱们|大家|一起|,)+[^,。:;]{0,12}?(?:(\w)一\1|看看|聊聊|说说|谈谈|讲讲|捋捋|理理|算算)[。!]?$"
)
_INVITERS = frozenset("好那就再先来我咱大一,")  # how that begins
# Which step of a guide a sentence tells, before what is to be done: 第一步,先把….
_STEP = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}步|步骤 ?[一二三四五六七八九十\d]{1,3})[,:. ]{1,2}(?:先|再)?"
    r"|(?:首先|接着|然后|最后|先|再),?(?=[把将])"
)
_BRIEF_STEP = 12  # characters of what is to be done, where a step says no more
_STEPS = frozenset("第步首接然最先再")
# 表 3 各站人次, 图二:城区: what names a figure or table.
_CAPTION = re.compile(
    r"(?:附?[图表]|照片|相片) ?[\d一二三四五六七八九十]{1,3}(?:[-.]\d{1,2})?[ :.、]{1,2}[^,。]{1,40}[。.]?$"
)
_CAPTIONED = frozenset("附图表照相")
_NUMBERED = re.compile(r"\d{1,3}[.、)] ?")
_MARKS = "。.!~ "
_LEAST_LABEL = 8  # letters that a numbered label of prose has at most
_LEAST_QUOTE = 6
_TERSE = 6  # characters of a question that only shrugs: 那又怎样?
_ASKER = 10  # characters behind a quoted question that name who asks it
_ASKED = 4  # characters behind a quotation that make a question of it
_MOMENT = re.compile(r"[^,。:]*(?:之后|以后|之前|以前|的时候|之际|前后|期间|那[天年晚刻])$")
_LEAST_FIRST = 8
_HEADING = 24  # characters of the heading of a list of errands
# 还有一笔旧账: a heading that leads on.
_MORE = re.compile(r"[^,。:的]{0,4}还有[一二两三四五六七八九几\d ]{0,3}[^,。:\d]{1,4}$")
_GROUPS = re.compile(r"(?<=\d),(?=\d)")  # 4,200
_DONE = re.compile(r"了$|已")
_LAST_CLAUSE = 50  # characters at a sentence's end in which it may tell what is asked
_WONDERS = re.compile(
    r"(?:(?<![访学提顾疑发叩])问(?![的题候世答卷号过斩罪])(?:[^,。;:!?“「\"]{1,10},)?|好奇|想知道)[^,。;:!?“「\"]{0,16}?"
    r"(?:谁|什么|怎么|怎样|如何|哪|几时|何时|多少|多久|为何|是否|边个|点解|咩|还是|(?P<verb>[^\W\d])(?:不|没|唔)(?P=verb)|可唔可以|可不可以)"
    r"[^,。;:!?“「\"]{0,20}[。.]?$"
)
_DURATIONS = frozenset({"year", "month", "week", "day", "s"})
_SHORT = 400  # whether something is asserted shows in so many characters, or not at all
_FEW = 10  # things that a sentence may announce: 三个原因
_ANNOUNCED = frozenset("。:.")  # what may stand behind that
_TO_COME = frozenset("要想需值")  # … or what is to be done with it: 三件事要讲
_TO_DO = 5  # characters of that
_TAIL = 24  # characters at a sentence's end in which it announces what comes


@dataclass(slots=True)
class Said:
    """A line with what was found in it."""

    line: Line
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    voice: Voice
    text: str  # the line, folded
    section: str | None = None  # the heading that it stands below

    @property
    def act(self) -> Act | None:
        """What the line's own subject does."""
        return self.line.cue.act if self.line.cue else None

    @property
    def is_reported(self) -> bool:
        """Whether somebody else than the author says it, named or not."""
        return self.voice.speaker is not None or self.act in (Act.SAYS, Act.OTHER)

    @property
    def actors(self) -> list[int]:
        """Where those end who are named in it and could mean to do something."""
        return [subject.end for subject in self.line.sentence.subjects]

    @property
    def is_measured(self) -> bool:
        """Whether it holds a figure that counts more than a few things."""
        return any(figure.quantity.unit != "count" or figure.quantity.high > _FEW for figure in self.figures)

    @property
    def is_weighed(self) -> bool:
        """Whether it holds a figure that counts more than a few things, or measures other than how long."""
        return any(
            figure.quantity.high > _FEW if figure.quantity.unit == "count" else figure.quantity.unit not in _DURATIONS
            for figure in self.figures
        )

    def holds(self, section: str, key: str) -> bool:
        """Tell whether a word of the list stands in the line."""
        return finder(section, key).within(self.text[:_SHORT])

    def asks_for(self, key: str) -> bool:
        """Tell whether a word stands in the line with which the reader is asked for something."""
        found, cues, (start, end) = finder("idle", key), self.line.sentence.cues, self.line.span
        return found.among(cues) if end - start <= _SHORT else found.among(cues, start, start + _SHORT)


def asserts(said: Said) -> bool:
    """Tell whether a line asserts something that can be checked or ascribed."""
    text, kind = said.text, said.line.block.kind
    if not _is_long_enough(said) or (said.voice.asks and not said.is_measured):
        return False
    if kind is BlockKind.INFO:
        return bool(_WHEN.search(text)) and "://" not in text
    if kind is BlockKind.TITLE and text.rstrip(_CLOSERS).endswith("?"):
        return _question_asserts(said) if said.figures or "," in text else False
    if kind is BlockKind.TITLE:
        return bool(said.mentions) or said.holds("predicates", "words")
    if kind is BlockKind.HEADING:
        return _heading_asserts(said)
    return _prose_asserts(said)


def _is_long_enough(said: Said) -> bool:
    """Tell whether a line has the letters of an assertion: three where it is measured, quoted or tells of a change."""
    if _LETTERS.match(said.text):
        return True
    brief = said.figures or said.line.whole_quote or said.text.rstrip(_MARKS).endswith("了")
    return bool(brief) and _FEW_LETTERS.match(said.text) is not None


def _prose_asserts(said: Said) -> bool:
    text, line = said.text, said.line
    if _is_asking(said):
        return not said.voice.asks and _question_asserts(said)
    bare = behind_connectives(text)
    if text[:1] in _CAPTIONED and _CAPTION.match(text) and not (said.is_weighed or _predicates(text)):
        return False
    if _is_idle(said, bare) or _does_else(said, bare):
        return False
    if line.leads_in:
        own = bare[:1] == "我" and len(bare) <= _TAIL and not (said.figures or said.mentions)  # 我托人核实了一遍：
        return not own and said.holds("predicates", "words") and not _announces(text)
    parted = text[-1:] == "," and bool(said.figures)  # somebody else has the rest of the sentence
    if parted or text.rstrip(_CLOSERS)[-1:] in _ENDS:
        return not _is_label(text)
    return _item_asserts(said) if line.block.kind is BlockKind.ITEM else _heading_asserts(said)


def _item_asserts(said: Said) -> bool:
    """Tell whether an item of a list asserts something that ends with no mark."""
    if said.section is not None and _is_to_do(said.section, said.text):
        return False
    return bool(said.figures) or said.line.whole_quote or "," in said.text or said.holds("predicates", "words")


def _is_asking(said: Said) -> bool:
    """Tell whether a line asks, or tells what is asked."""
    line, text = said.line, said.text
    if line.is_question or (said.act is Act.ASKS and "?" in text):
        return True
    return _is_asked(line) or _asks_indirectly(text)


def _is_to_do(section: str, text: str) -> bool:
    """Tell whether an item stands below the heading of a list of errands, and does not tell that it is done."""
    return _heads_errands(section) and not _DONE.search(text)


@lru_cache(maxsize=256)
def _heads_errands(section: str) -> bool:
    return fold(section[:_HEADING]).casefold().strip(":#[]() ") in wordset("idle", "errands")


def _is_label(text: str) -> bool:
    """Tell whether a sentence is but a number and a topic, as 6. 小道消息."""
    number = _NUMBERED.match(text)
    return number is not None and len(text) - number.end() <= _LEAST_LABEL and not _predicates(text)


def _question_asserts(said: Said) -> bool:
    """Tell whether a question claims something: rhetorical, behind an assertion, echoing a figure, or a retort."""
    if said.act is Act.ASKS:
        return _states_first(said)
    if (said.holds("questions", "rhetorical") and len(said.text) > _TERSE) or _starts_with_assertion(said.text):
        return True
    if said.line.sentence.quotes and not _asks_around(said):
        if _quotes_question(said):
            return False
        return said.act in (Act.SAYS, Act.LEADS) or (said.line.whole_quote and said.voice.speaker is not None)
    measured = any(figure.approx is not Approx.VAGUE for figure in said.figures)
    return measured and (said.voice.speaker is not None or not said.holds("questions", "words"))


def _states_first(said: Said) -> bool:
    """Tell whether who asks first states what is measured, in a sentence of its own: 她反问：「只有两万册。够吗？」."""
    text, first = said.line.sentence.folded, said.line.span.start
    last = text.rfind("。", first, said.line.span.end)
    stated = (figure for figure in said.figures if figure.approx is not Approx.VAGUE)
    return bool(said.line.quotes) and any(figure.span.end <= last for figure in stated)


def _is_asked(line: Line) -> bool:
    """Tell whether a sentence is a question in quotation marks and who asks it (「你怎么还不睡?」妈妈问)."""
    if len(line.quotes) != 1 or "?" not in line.folded:
        return False
    (start, end), (first, last) = line.quotes[0], line.span
    behind = line.sentence.folded[end:last]
    return start == first and len(behind) <= _ASKER and line.folded[end - first - 2] == "?" and _asks(behind)


def _asks_indirectly(text: str) -> bool:
    """Tell whether a sentence only tells what somebody asks or would like to know: 主持人问他何时退休."""
    if "问" not in text and "好奇" not in text and "想知道" not in text:
        return False
    match = _WONDERS.search(text, max(0, len(text) - _LAST_CLAUSE))
    if match is None:
        return False
    before, _, clause = text[: match.start()].rpartition(",")
    return not any(mark in clause for mark in "不没未") and not (len(before) >= _LEAST_FIRST and _predicates(before))


def _asks(text: str) -> bool:
    return finder("verbs", "ask").within(text)


def _asks_around(said: Said) -> bool:
    """Tell whether the question is the author's about something quoted: 谁数过他说了多少次「稳」?"""
    last = said.line.sentence.quotes[-1]
    asked = said.line.sentence.folded[last.start : last.end]
    return "?" not in asked and said.line.span.end - last.end <= _ASKED and not said.line.whole_quote


def _quotes_question(said: Said) -> bool:
    """Tell whether a sentence ends by quoting a question that is open, or put to somebody (「你去过吗？」)."""
    quote = said.line.sentence.quotes[-1]
    if said.line.span.end - quote.end > 1:
        return False
    asked = said.line.sentence.folded[quote.start + 1 : min(quote.end, quote.start + _SHORT) - 1]
    if _starts_with_assertion(asked):
        return False
    return holds("questions", "open", asked) or ("吗" in asked and holds("questions", "put_to", asked))


def _starts_with_assertion(text: str) -> bool:
    """Tell whether the question comes behind an assertion (门票昨天就卖光了，那谁还进得去？)."""
    first, comma, rest = text.partition(",")
    if not comma or len(first) < _LEAST_FIRST or opens("negation", "subordinate", first):
        return False
    if opens("questions", "truth", rest.lstrip()):
        return False
    return not finder("questions", "words").within(first[:_SHORT]) and _predicates(first)


def _heading_asserts(said: Said) -> bool:
    label = _LABEL.match(said.text)
    text = said.text[label.end() :].strip() if label else said.text
    if text[:1] in {"「", "『", "“", '"'} and text[-1:] in {"」", "』", "”", '"'}:
        return len(text) >= _LEAST_QUOTE
    if text.endswith("?") or said.holds("questions", "words") or (not said.figures and _MOMENT.match(text)):
        return False
    measured = any(figure.quantity.unit != "count" for figure in said.figures)
    if not measured and len(text) <= _TAIL and (_STEP.match(text) or _MORE.match(text)):
        return False
    met = said.line.block.level == 1 and len(said.mentions) > 1  # the title of a note: who met whom
    return measured or met or _topic_asserts(text, said)


def _topic_asserts(text: str, said: Said) -> bool:
    topic, colon, comment = text.partition(":")
    if colon and comment.strip():
        return bool(said.mentions) or _predicates(comment) or _predicates(topic)
    if "," not in text and _TOPIC.search(text) and not holds("predicates", "strong", text):
        return False  # a noun with what it is of, or does
    return _predicates(text)


def _predicates(text: str) -> bool:
    return finder("predicates", "words").within(text[:_SHORT])


def _is_idle(said: Said, text: str) -> bool:
    """Tell whether a sentence thanks, invites or points elsewhere, or leads on or instructs and measures nothing.

    `text` is the sentence behind what joins it to the one before.
    """
    asking = said.line.sentence.cues.mask & _asking()
    if (asking and said.asks_for("invitations")) or _is_courtesy(text):
        return True
    if said.figures and said.is_measured:
        return False
    return bool(asking and said.asks_for("anywhere")) or _leads_on(said, text) or _announces(said.text)


def _does_else(said: Said, text: str) -> bool:
    """Tell whether who speaks does something else than to assert; what the author reports of others is told so."""
    if said.act in (Act.SAYS, Act.OTHER) or said.line.whole_quote or said.voice.quoted:
        return False
    if said.figures and said.is_weighed:
        return is_of_text(text) and does_else(_GROUPS.sub("", text), said.line.sentence.cues)
    return does_else(text, said.line.sentence.cues)


def _is_courtesy(text: str) -> bool:
    if text[:1] not in openers("idle", "greetings", "courtesies"):
        return False
    greets = len(text) <= _TAIL and opens("idle", "greetings", text)
    return (greets or opens("idle", "courtesies", text)) and not opens("idle", "plain", text)


def _leads_on(said: Said, text: str) -> bool:
    """Tell whether a sentence leads the reader on, or is a step of a guide."""
    if len(text) <= _TAIL and _takes_along(text):
        return True
    if text[:1] not in openers("idle", "transitions", "imperatives") | _STEPS:
        return False
    if opens("idle", "transitions", text) and len(text.partition(":")[2]) < _LEAST_FIRST:
        return True
    bare = _STEP.sub("", text, count=1)
    brief = text.startswith("第") and len(bare) < min(len(text), _BRIEF_STEP) and not _predicates(bare)
    step = (brief or opens("idle", "imperatives", bare)) and said.voice.speaker is None
    return step and not said.holds("idle", "outcomes")


def _takes_along(text: str) -> bool:
    """Tell whether a short sentence invites the reader to go on, or takes leave of him."""
    return closes("idle", "endings", text.rstrip(_MARKS)) or (text[:1] in _INVITERS and bool(_INVITING.match(text)))


@cache
def _asking() -> int:
    return bits("idle", "anywhere", "invitations")


def _announces(text: str) -> bool:
    """Tell whether a sentence only says that something will be told (她列出了几个原因。)."""
    bare = text[:-1] if text[-1:] in _ANNOUNCED else text
    if bare[-1:] in closers("idle", "vague_things", "vague_traits") or not _TO_COME.isdisjoint(bare[-_TO_DO:]):
        return _announcing().search(text[-_TAIL:]) is not None
    return False


@cache
def _announcing() -> re.Pattern[str]:
    verbs, amounts, things = (union("idle", f"vague_{part}") for part in ("verbs", "amounts", "things"))
    amounts = f"{amounts}|[一两二三四五六七八九十几]{{0,2}}[件点条个项句样桩张份]"
    told = f"(?:{verbs})(?:{amounts})[^,。:]{{0,6}}(?:{things})(?:[{''.join(sorted(_TO_COME))}][^,。:]{{1,4}})?"
    return re.compile(f"(?:{told}|(?:{things})(?:{union('idle', 'vague_traits')}))[。:.]?$")
