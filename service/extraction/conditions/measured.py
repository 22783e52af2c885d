"""What a figure in prose is the value of: 營收 in 營收達 33 億元, 運費 in 300 元的運費."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from service.lexicon.name_cues import folded_cues
from service.model import Figure, Span
from service.segmentation import cut, part_of_speech

_WINDOW: Final = 28  # characters looked at before a figure
_BEHIND: Final = 12
_LONGEST: Final = 14
_CUT: Final = re.compile(r"[,，。;:()!?\n「」『』“”\"、]")
# Between what is measured and its value.
_REACHES: Final = re.compile(
    "(?:大约|约莫|约|近|将近|接近|超过|超|逾|高达|多达|达到|达|为|是|只有|仅有|仅|只|才|有|共|合计|总计|至少|最多|最高|最低|"
    "升至|升到|增至|增加到|增加至|增长到|增长至|降至|降到|减至|减少到|跌至|跌到|涨至|涨到|提高到|提高至|上升到|上升至|下降到|"
    "下降至|扩大到|扩大至|突破|来到|维持在|保持在|在|到|至|了|也|则|已|已经|就|将|会|要|需要|需|估计|预计|预估|还有|都|均|不到|"
    "不足|低于|高于|等于|成长|增长|增加|上升|上涨|下降|下跌|减少|衰退|下滑|年增|年减|同比|环比|的|[约~≈<>≥≤] ?| )$"
)
_CURRENCY: Final = re.compile("[A-Z]{3}")
_DURATIONS: Final = frozenset({"s", "day", "week", "month", "year"})  # they say how long, and seldom of what
_STEPS: Final = 5  # of such words in a row
_THING: Final = ("n", "an")
_NAMES: Final = ("nr", "ns", "nt")  # whose, not what
_JOINED: Final = ("b", "v", "l", "j", "vn")  # may stand before the thing: 每股盈餘, 新建住宅
_ENDS: Final = frozenset("收额量率价费值数重长高龄速本利润资薪租款金")  # of words that the dictionary lacks: 營收
_AMOUNTS: Final = _ENDS | set("能模积产销")  # 营收预估 is a value of 营收, 市府预估 is what they say
_GUESSES: Final = frozenset({"估计", "预计", "预估"})
_OPENS: Final = ("每", "含", "各")  # words that tell a rate or a condition
_PLAIN: Final = frozenset({"实际", "结果", "目前", "现在", "总数", "数字", "时间", "时候"})  # that name no thing


def measured(folded: str, figure: Figure, floor: int, taken: Sequence[Span]) -> Span | None:
    """Return where a folded text names what `figure` is the value of, None where that is not plain.

    `floor` is where the figure before it ends; `taken` are words that say something else of it.
    """
    named = figure.row_heading is not None or figure.column_heading is not None
    if named or figure.quantity.unit in _DURATIONS:
        return None
    start = max(floor, figure.span.start - _WINDOW)
    cuts = [match.end() for match in _CUT.finditer(folded, start, figure.span.start)]
    start = cuts[-1] if cuts else start
    found = _before(folded, start, figure.span.start) or _of_it(folded, figure)
    return None if found is None or any(found.overlaps(span) for span in taken) else found


def _before(folded: str, start: int, end: int) -> Span | None:
    """Return the thing that ends where the words begin that lead to the value."""
    guessed = False
    for _ in range(_STEPS):
        match = _REACHES.search(folded, start, end)
        if match is None:
            break
        end = match.start()
        guessed = guessed or match[0] in _GUESSES
    found = _thing(folded, start, end)
    return None if guessed and found and folded[found.end - 1] not in _AMOUNTS else found


def _thing(folded: str, start: int, end: int) -> Span | None:
    words = cut(folded[start:end])
    if words and words[-1] in folded_cues("speech"):  # 公會主張至少 5 萬元
        return None
    at, begin = end, end
    for number, word in enumerate(reversed(words)):
        tag, plain = part_of_speech(word), _is_thing(word)
        if (
            not (plain or (number and tag.startswith(_JOINED)))
            or word.startswith(_OPENS)
            or end - at + len(word) > _LONGEST
        ):
            break
        at -= len(word)
        begin = at if plain else begin
    return Span(begin, end) if end - begin > 1 and folded[begin:end] not in _PLAIN else None


def _is_thing(word: str) -> bool:
    tag = part_of_speech(word)
    if not tag or tag.startswith("vn"):  # 運費 and 消耗 are both told to be verbs as well
        return len(word) > 1 and word[-1] in _ENDS
    return tag.startswith(_THING) and not tag.startswith(_NAMES)


def _of_it(folded: str, figure: Figure) -> Span | None:
    """Return what stands behind a figure and is what it counts: 300 元的運費, 40 座風機."""
    at = figure.span.end
    counted = figure.quantity.counted is not None
    money = _CURRENCY.fullmatch(figure.quantity.unit) is not None
    if folded[at : at + 1] == "的" and (counted or money):  # 12 克的飲料 is a drink, not its weight
        at += 1
    elif not counted:
        return None
    at += folded[at : at + 1] == " "
    stop = _CUT.search(folded, at, at + _BEHIND)
    end = at
    for word in cut(folded[at : stop.start() if stop else at + _BEHIND]):
        if not (_is_thing(word) or (counted and part_of_speech(word) == "eng")):
            break
        end += len(word)
    return Span(at, end) if end - at > 1 else None
