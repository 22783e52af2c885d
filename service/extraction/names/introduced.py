"""Businesses that a sentence introduces as such: 海嵐是一家…公司, 公司名叫海嵐, 海嵐、青禾等廠商.

Where a sentence says outright that something is a company, its name may be an everyday word (喜雀): it only has to be
certain where it begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from service.extraction.names.page import Page
from service.extraction.names.proper import may_be_name, proper_before, traded_before
from service.lexicon.name_cues import folded_cues, longest_first
from service.model import Span
from service.segmentation import part_of_speech

_HAN = "\u4e00-\u9fff"
_IS_ONE = re.compile("(?: ?\\([^()\\n]{1,30}\\))? ?,? ?是(?:一)?[家间](?!(?:人|里))")
_OPENS = '[「『“‘"\\[ ]?'
_NAME = f"([{_HAN}]{{2,6}}|[a-z][a-z0-9.&'-]{{1,20}}(?: [a-z][a-z0-9.&'-]{{1,20}}){{0,2}})"
_CLOSES = '(?=[，。、；：！？,.;:!?」』”’"\\])）（(\\n]|的|\\Z)'
_BARE = frozenset({"公司", "企业", "集团", "平台", "业者", "厂商", "品牌"})
_CALLED_BEFORE = re.compile(f'[家间][叫名][为做作]?[「“『"]([{_HAN}]{{2,6}}|[a-z][a-z0-9.&\' -]{{1,24}})[」”』"]的')
_SORTS_OF_THINGS = f"[{_HAN}]?(?:的做法|政策|计划|模式|系统|机制)"  # 平台「零容忍」政策
_OF_TALK = frozenset("vadilrm")  # parts of speech of words that name no business by themselves
_REACH = 24  # characters of what is said of a business before it is called one
_MARKS = frozenset("、/和与及")
_MOST = 8  # names of a row


def introduced(page: Page) -> tuple[Span, ...]:
    """Return where names stand of what the sentence around them calls a business."""
    return tuple(sorted({*_said_to_be(page), *_called(page), *_rows(page), *_quoted(page)}))


def _said_to_be(page: Page) -> Iterator[Span]:
    """Yield 海嵐 of 海嵐是一家做香水的公司."""
    for match in _IS_ONE.finditer(page.folded):
        rest = page.folded[match.end() : match.end() + _REACH]
        if _ends_in_business().match(rest):
            yield from filter(None, [_name_before(page, match.start())])


def _called(page: Page) -> Iterator[Span]:
    """Yield 海嵐 of 他的公司叫海嵐."""
    for match in _calls().finditer(page.folded):
        if (
            not page.text[match.start(1)].islower()
            and may_be_name(match[1])
            and _is_no_talk(page, Span(*match.span(1)))
        ):
            yield Span(*match.span(1))


def _quoted(page: Page) -> Iterator[Span]:
    """Yield what stands in quotation marks behind a word for a sort of business: 民調公司「一葉」, and before one."""
    for match in _quoted_behind().finditer(page.folded):
        sort = page.words.before(match.start(1) - 1)
        if match[1] not in folded_cues("generic_short_names") and (len(sort) > 2 or _is_told(page, match.start(1) - 1)):  # noqa: PLR2004
            yield Span(*match.span(1))
    for match in _CALLED_BEFORE.finditer(page.folded):
        if may_be_name(match[1]):
            yield Span(*match.span(1))


def _is_told(page: Page, end: int) -> bool:
    """Tell whether a word says more of the business than that it is one: 派遣|公司, no bare 公司."""
    sort = page.words.before(end)
    before = page.words.before(end - len(sort))
    return sort not in _BARE or (len(before) > 1 and part_of_speech(before) not in ("r", "m", "p", "c", "d"))


def _is_no_talk(page: Page, span: Span) -> bool:
    """Tell whether no verb or adjective is a word of what follows 叫: 公司叫人失望."""
    place = span.start
    while place < span.end and (word := page.words.at(place)):
        if len(word) > 1 and part_of_speech(word)[:1] in _OF_TALK:
            return False
        place += len(word)
    return True


def _rows(page: Page) -> Iterator[Span]:
    """Yield the names of 海嵐、青禾等農機廠商: the words behind a row say what all of them are."""
    for match in _row_ends().finditer(page.folded):
        place = match.start()
        names: list[Span] = []
        while len(names) < _MOST and (span := _name_before(page, place)):
            names.append(span)
            if page.folded[span.start - 1 : span.start] not in _MARKS:
                break
            place = span.start - 1
        if len(names) > 1:
            yield from names


def _name_before(page: Page, end: int) -> Span | None:
    """Return where a name stands that ends at `end`: back to the mark before it, or word by word."""
    end -= page.folded[end - 1 : end] in ("」", "”", "]")
    found = proper_before(page, end) or traded_before(page, end)
    return found if found and may_be_name(page.folded[slice(*found)]) else None


@cache
def _ends_in_business() -> re.Pattern[str]:
    words = "|".join(map(re.escape, longest_first("businesses")))
    return re.compile(f"[^,。;:!?\\n]{{0,18}}?(?:{words})(?![{_HAN}]{{0,2}}的)")


@cache
def _calls() -> re.Pattern[str]:
    words = "|".join(map(re.escape, longest_first("businesses")))
    calls = "(?:就|也|取名|名字|名称)?(?:叫做|叫作|名叫|名为|命名为|取名|叫)"
    return re.compile(f"(?:{words}){calls} ?{_OPENS}{_NAME}{_CLOSES}")


@cache
def _quoted_behind() -> re.Pattern[str]:
    words = "|".join(map(re.escape, longest_first("businesses", "quoted_businesses")))
    return re.compile(f'(?:{words})[「『“"]([{_HAN}]{{2,6}}|[a-z][a-z0-9.&\' -]{{1,24}})[」』”"](?!{_SORTS_OF_THINGS})')


@cache
def _row_ends() -> re.Pattern[str]:
    words = "|".join(map(re.escape, longest_first("businesses")))
    return re.compile(f"等[{_HAN}]{{0,4}}?(?:{words})|[两三四五六七八九]家(?:{words}|[,。;])")
