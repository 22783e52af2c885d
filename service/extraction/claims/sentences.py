"""Where sentences end in Chinese and mixed prose.

A sentence ends at 。！？!? and at a Western full stop that stands before a space; what closes behind the mark (」』”）)
goes with it. A semicolon ends nothing: both of its sides are one author's one assertion. Marks inside 《》 or brackets
never end a sentence, and those inside a quotation only where the quotation is a sentence of its own.
"""

from __future__ import annotations

import re
from functools import cache

from service.extraction.claims.cue_words import union
from service.model import Span
from service.script import fold

_PAIRS = {
    "「": "」",
    "『": "』",
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "﹁": "﹂",
}
_PAIRED = re.compile(r"[「『“‘（(《〈【﹁」』”’）)》〉】﹂\"]")
_CLOSING = frozenset(_PAIRS.values())
_QUOTES = frozenset('「『“‘"﹁')
_ENDS = frozenset("。！？!?｡")
_CLOSES = _ENDS | _CLOSING
_GOES_ON = frozenset("，、；：,;:的之")  # behind a quotation, the sentence around it goes on
_LONG_QUOTATION = 160  # from here on a quotation's own sentences are told apart, wherever it stands
_BREAK = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(r"[。！？!?｡.\n「『“‘（(《〈【﹁\"]")  # all that may end a sentence, or keep one from ending
_TAIL = 24  # characters behind a quotation in which its speaker is named
_LEADING_MARKS = frozenset("：:，,")
_CLAUSE_MARKS = frozenset("：:，,。；;")
# What stands before a full stop that ends nothing: an initial, an abbreviation, the number of a list item.
_ABBREVIATED = re.compile(
    r"(?:\b[A-Za-z]|\b(?:No|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|Inc|Ltd|Co|Corp|Jr|Sr|Fig|cf|approx|al)|^\s*\d{1,3})$"
)


def pairs(text: str) -> dict[int, int]:
    """Return where each opening quote or bracket of `text` closes; those that never close are left out.

    >>> pairs("他說「好」。")
    {2: 4}
    """
    found: dict[int, int] = {}
    stack: list[int] = []
    straight: int | None = None
    for match in _PAIRED.finditer(text):
        index, character = match.start(), match[0]
        if character in _PAIRS:
            stack.append(index)
        elif character in _CLOSING:
            # The nearest opener that fits is on top, or the brackets are muddled and this one closes nothing.
            if stack and _PAIRS[text[stack[-1]]] == character:
                found[stack.pop()] = index
        elif character == '"':
            if straight is None:
                straight = index
            else:
                found[straight], straight = index, None
    return found


def split(text: str, closing: dict[int, int] | None = None, offset: int = 0) -> list[Span]:
    """Return the spans of the sentences of `text`, in order, without the space around them.

    `closing` is what `pairs` returns for it, where that is known already; `offset` is added to every position.

    >>> [text[a:b] for text in ["你看過《跑吧！少年》嗎？看過。"] for a, b in split(text)]
    ['你看過《跑吧！少年》嗎？', '看過。']
    """
    closing = pairs(text) if closing is None else closing
    closed_by = {end: start for start, end in closing.items()}
    spans: list[Span] = []
    start = index = _skip_space(text, 0)
    for mark in _MARK.finditer(text, index):
        at = mark.start()
        if at < index:
            continue  # within what has been read: a quotation, a run of marks
        index, ends = _step(text, start, at, closing, closed_by)
        if ends:
            spans.append(_trimmed(text, start, index, offset))
            start = index = _skip_space(text, index)
    if start < len(text):
        spans.append(_trimmed(text, start, len(text), offset))
    return spans


def _step(text: str, start: int, index: int, closing: dict[int, int], closed_by: dict[int, int]) -> tuple[int, bool]:
    """Return where to read on behind what stands at `index`, and whether the sentence ends there."""
    character = text[index]
    close = closing.get(index)
    if close is not None and not _is_own_sentences(text, start, index, close):
        end = _behind_marks(text, close + 1, closed_by)
        return end, _quotation_ends(text, start, index, close, end)
    if character == "\n":
        blank = _BREAK.match(text, index)
        return (blank.end(), True) if blank else (index + 1, False)
    if character in _ENDS or (character == "." and _is_full_stop(text, start, index)):
        end = _behind_marks(text, index + 1, closed_by)
        return end, not _goes_on(text, end)
    return index + 1, False


def _is_own_sentences(text: str, start: int, opening: int, close: int) -> bool:
    """Tell whether the quotation's inner marks end sentences: it stands alone, or is too long to be read as one."""
    if text[opening] not in _QUOTES:
        return False
    if opening == start and (close + 1 >= len(text) or text[close + 1].isspace()):
        return True
    return close - opening > _LONG_QUOTATION


def _behind_marks(text: str, index: int, closed_by: dict[int, int]) -> int:
    """Return the position behind the end marks and closing marks that follow at `index`."""
    size = len(text)
    while index < size and (text[index] in _CLOSES or index in closed_by):
        index += 1
    return index


def _quotation_ends(text: str, start: int, opening: int, close: int, end: int) -> bool:
    """Tell whether the sentence around a quotation ends with it: 他說：「好。」 does, 那句「好嗎？」讓我 does not."""
    if end > close + 1 and any(mark in _ENDS for mark in text[close + 1 : end]):
        return not _goes_on(text, end)
    inner = text[close - 1]
    if inner not in _ENDS or _goes_on(text, end) or _is_said(text, opening, end):
        return False
    if text[opening] not in _QUOTES:
        return text[opening] in "（(" and opening == start
    before = text[max(opening - 2, 0) : opening].rstrip()[-1:]
    stands_apart = end >= len(text) or text[end].isspace() or before in _CLAUSE_MARKS
    return stands_apart or inner in "。｡"


def _is_said(text: str, opening: int, end: int) -> bool:
    """Tell whether what follows a quotation only names who says it, as in 「走吧。」她說。; none led in to it."""
    led = text[max(opening - 2, 0) : opening].rstrip()[-1:] in _LEADING_MARKS
    return not led and bool(_saying().match(fold(text[end : end + _TAIL])))


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(rf"[^,。;:!?\s“「『\"]{{1,16}}(?:{union('verbs', 'say', 'ask', 'turn')})道?(?:。|,[“「\"])")


def _goes_on(text: str, end: int) -> bool:
    return end < len(text) and text[end] in _GOES_ON


def _is_full_stop(text: str, start: int, index: int) -> bool:
    """Tell whether the point at `index` ends a sentence: not in 3.5, X.com, U.S., No. 5 or 1. at the start."""
    following = text[index + 1 : index + 2]
    if following and not following.isspace() and following not in _CLOSING and following != '"':
        return False
    if text[index - 1 : index] == ".":
        return False  # the end of an ellipsis
    return not _ABBREVIATED.search(text[max(start, index - 8) : index])


def _skip_space(text: str, index: int) -> int:
    while index < len(text) and text[index].isspace():
        index += 1
    return index


def _trimmed(text: str, start: int, end: int, offset: int) -> Span:
    while text[end - 1].isspace():
        end -= 1
    return Span(start + offset, end + offset)
