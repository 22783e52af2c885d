"""Where names end that the model let run on, or cut short: 鴻漁電力|發, 約翰·科里森|當, 白力|行.

The model weighs characters; words and what businesses are called tell where a name of its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from service.extraction.names.modelled import METHOD
from service.extraction.names.page import Page
from service.lexicon.name_cues import folded_cues, longest_first, pattern
from service.model import EntityKind, Mention, Span
from service.segmentation import part_of_speech

_SHORTEST: Final = 4  # characters of a business's name with its trade
_FULL: Final = 2  # characters of a personal name that one more may belong to
_SORT = re.compile(
    "[\u4e00-\u9fff]{1,4}?(?:企业|公司|厂商|巨头|龙头|大厂|平台)(?=[\u4e00-\u9fff]{3})"
)  # 糧油企業|金穗集團
_SORTS: Final = ("t", "d", "v", "c", "p", "r", "f")
_GOES_ON_WITH: Final = ("却", "仍")  # no given name ends in them: 石磊|却觉得


def with_right_edges(page: Page, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the names `found`, those of the model and of their endings with where they truly begin and end."""
    for one in found:
        if one.key is not None or one.role != "mentioned" or one.method not in (METHOD, "context"):
            yield one
        elif one.kind is EntityKind.COMPANY:
            yield _moved(page, one, _firm_edges(page, one.span))
        else:
            yield _moved(page, one, _person_edges(page, one.span))


def _moved(page: Page, one: Mention, span: Span) -> Mention:
    if span == one.span or not page.open(span):
        return one
    name = page.document.slice(span) if one.name == one.surface else one.name
    return page.mention(span, one.kind, name, None, how=one.method, sure=one.confidence)


def _firm_edges(page: Page, span: Span) -> Span:
    """Return where a business's name stands, without the word for its sort before it, with the whole of its trade."""
    start, end = span
    form = page.folded[start:end]
    sort = next((word for word in _sorts() if form.startswith(word)), "")
    sort = sort or (led[0] if (led := _SORT.match(form)) else "")
    rest = form[len(sort) :]
    if sort and len(rest) > _FULL and rest not in _trades() and page.words.edge(start + len(sort)):
        start += len(sort)
    if page.words.edge(end) or not _is_han(form[-1:]):
        return Span(start, end)
    first, last = page.words.around(end)
    if page.folded[first:last] in _trades():  # 嵐灣集|團
        return Span(start, last)
    cut = form[:-1].endswith(_trade_words()) and end - 1 - start >= _SHORTEST and page.words.edge(end - 1)
    return Span(start, end - 1) if cut else Span(start, end)


def _person_edges(page: Page, span: Span) -> Span:
    """Return where a personal name stands, with its family name, without the beginning of the next word."""
    start, end = span
    form = page.folded[start:end]
    if "·" in form:
        start = _behind_word(page, start)
        first, _ = page.words.around(end) if not page.words.edge(end) else (end, end)
        starts_other = part_of_speech(page.words.at(first)) in _SORTS and first - start > _SHORTEST
        return Span(start, first if first < end and starts_other else end)
    if form in folded_cues("double_surnames", "triple_surnames"):
        courtesy = pattern("courtesies").match(page.folded, end)
        return Span(start, courtesy.end()) if courtesy else span  # 长谷川|女士
    if len(form) > _FULL and form.endswith(_GOES_ON_WITH):
        return Span(start, end - 1)
    if len(form) != _FULL or not _is_han(form):
        return span
    family = page.folded[max(start - 1, 0) : start]
    alone = page.words.at(start - 1) in ("", family)  # 副署长江孟洁: the dictionary cuts 长江
    if family in folded_cues("surnames") and alone and page.has_role_before(start - 1):
        return Span(start - 1, end)
    return Span(start, end + 1) if _goes_on(page, span) else span


def _behind_word(page: Page, start: int) -> int:
    """Return where a name begins whose first character ends a word before it: 至於|凱特．布蘭琪."""
    if page.words.edge(start):
        return start
    _, behind = page.words.around(start)
    return behind if behind == start + 1 and page.folded[behind] != "·" else start


def _goes_on(page: Page, span: Span) -> bool:
    """Tell whether a name behind a role breaks a word off that is its given one: 總裁白|力行."""
    family = page.folded[span.start] in folded_cues("surnames") and page.has_role_before(span.start)
    following = page.words.at(span.end)
    given = len(following) == 1 and _is_han(following) and following not in folded_cues("not_in_names")
    if family and given and part_of_speech(following) not in _SORTS and page.has_speech_behind(span.end + 1):
        return True  # 學者岑立|群主張
    return family and not page.words.edge(span.end) and page.words.around(span.end) == (span.start + 1, span.end + 1)


def _is_han(text: str) -> bool:
    return bool(text) and all("\u4e00" <= character <= "\u9fff" for character in text)


@cache
def _sorts() -> tuple[str, ...]:
    """Return the words for a sort of business that are no beginning of a name, the longest first."""
    words = folded_cues("businesses", "firm_before") - folded_cues("verbs_before_names")
    return tuple(sorted((word for word in words if len(word) > 1), key=lambda word: (-len(word), word)))


@cache
def _trades() -> frozenset[str]:
    return folded_cues("company_endings", "sure_trades", "trades", "generic_parts")


@cache
def _trade_words() -> tuple[str, ...]:
    return longest_first("company_endings", "sure_trades", "trades")
