"""What around a name says that it is a business's: its people, what it has and does, what befalls it, its company."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from service.extraction.names.han_companies import cued_past_place
from service.extraction.names.page import Page
from service.lexicon.name_cues import cue_places, folded_cues, longest_first, pattern
from service.model import Span

WORTH: Mapping[str, float] = {  # how much each kind of sign says
    "office": 3.0,  # 海嵐財務長王明
    "person": 2.2,  # 海嵐的王明
    "noun": 2.0,  # 海嵐股價
    "fate": 3.0,  # 海嵐破產
    "deals": 3.0,  # 海嵐併購
    "deals_too": 2.4,  # 海嵐推出
    "acts": 1.0,  # 海嵐計劃
    "has": 0.9,  # 海嵐的產能
    "named": 3.0,  # 船東海嵐
    "before": 1.2,  # 投資海嵐
    "works": 2.4,  # 在海嵐當工程師
    "works_too": 0.8,  # 在海嵐的時候
    "clause": 0.8,  # 海嵐傳出明年上市
    "money": 1.0,  # 海嵐去年虧損 3 億元
    "gloss": 0.6,  # 海嵐（Hailan）
    "list": 2.0,  # 海嵐、中鋼
    "and": 1.4,  # 海嵐和中鋼
    "called": 2.5,  # 海嵐航運（下稱海嵐）
    "often": 0.4,
    "thing": -1.5,  # 海嵐 2.0 版
    "where": -1.0,  # 在海嵐
    "place": -6.0,  # 花蓮縣 Hailan
}
_GLOSS = re.compile(r" ?\([a-z][a-z0-9 .&'-]{1,40}\)")
_CALLED = re.compile(r" ?\((?:以下|下文)?(?:简称|下称|又称|以下称)(?:为)? ?[^()\n]{2,14}\)")
_FOLLOWS = re.compile(" ?[\u4e00-\u9fff(]|\\)| (?:ceo|cfo|cto|coo|ipo)|[ v]*[0-9]")
_PRECEDES = re.compile("[\u4e00-\u9fff][ :,]?$")
_GLOSSED = re.compile("[\u4e00-\u9fff] ?\\($")
_LATIN = re.compile("[a-z]{2}")
_GAP = re.compile(" ?的? ?")
_PLACES = frozenset("州市县省区镇")  # 密西西比州 Southaven
_TIME = "(?:(?:周|星期|礼拜)[一二三四五六日天]|[上本]周|上个?月|[今去]年|[今昨][天日]|日前|近日)"
_CUES_BEHIND = (
    "firm_after",
    "firm_fate",
    "firm_offices",
    "firm_has",
    "firm_acts",
    "firm_deals",
    "firm_deals_too",
    "firm_clause",
    "firm_spends",
    "things_behind",
)
_CUES_BEFORE = ("firm_before", "company_before", "workplace", "works_at", "things_before")
_FAR = 16  # characters behind a name that are looked at
_ONES = b"\x01" * (_FAR + 1)
_LESS = (1.0, 0.6, 0.4, 0.3)
_REACH = 10  # characters of what stands between a name and somebody who works there
_VERSION = re.compile(r" ?(?:v?[0-9]+(?:\.[0-9x]+)+|[0-9.]+ ?版)")


class Sign(NamedTuple):
    """One sign that a name is a business's: its kind, and the words that say so."""

    kind: str
    words: str


def weight(found: Iterable[Sign]) -> float:
    """Return what all signs of a name say: of each kind the first words in full, others less and less."""
    once = set(found)
    kinds = Counter(sign.kind for sign in once) if once else {}
    return sum(WORTH[kind] * sum(_LESS[:number]) for kind, number in kinds.items())


class Staff(NamedTuple):
    """Where people speak for where they work: where their names begin, and where before an office one's firm ends."""

    starts: frozenset[int]
    firm_ends: frozenset[int]


def staff_of(page: Page, people: Iterable[Span]) -> Staff:
    """Return what the names of `people` tell of the businesses before them: 海嵐的內容總監王明."""
    starts = frozenset(span.start for span in people)
    ends: set[int] = set()
    for start in starts:
        stop = start - (page.folded[start - 1 : start] == " ")
        office = _office_before(page.folded[max(stop - _REACH, 0) : stop])
        if office:
            place = stop - len(office)
            ends.add(place)
            while place > max(stop - _REACH, 0) and (page.folded[place - 1].isalpha() or page.folded[place - 1] == " "):
                place -= 1
                ends.add(place)
    return Staff(starts, frozenset(ends))


def _office_before(text: str) -> str:
    return next((office for office in longest_first("firm_offices") if text.endswith(office)), "")


def cued_places(page: Page) -> bytearray:
    """Return one byte a place: 1 where a name that begins or ends there has a cue within reach."""
    cued = bytearray(len(page.folded) + 2)
    for start, _ in cue_places(page.folded, *_CUES_BEHIND):
        first = max(start - _FAR, 0)
        cued[first : start + 1] = _ONES[: start + 1 - first]
    for _, end in cue_places(page.folded, *_CUES_BEFORE):
        cued[end : end + 2] = _ONES[:2]
    return cued


def signs(page: Page, span: Span, staff: Staff) -> Iterator[Sign]:
    """Yield the signs around the name at `span`: before it and behind it, where Chinese stands there."""
    start, end = span
    follows = _FOLLOWS.match(page.folded, end)
    if follows:
        if follows[0][-1] in "()":
            called, end = _past_gloss(page, span)
            yield from called
        yield from _behind(page, end, staff)
    if _PRECEDES.search(page.folded, max(start - 2, 0), start):
        yield from _before(page, start, end)


def _past_gloss(page: Page, span: Span) -> tuple[list[Sign], int]:
    """Return what a bracket at a name says for it, and where the sentence goes on behind the bracket."""
    start, end = span
    if called := _CALLED.match(page.folded, end):
        return [Sign("called", "")], called.end()
    if gloss := _GLOSS.match(page.folded, end):
        return [Sign("gloss", "")], gloss.end()
    if page.folded[end : end + 1] == ")" and _GLOSSED.search(page.folded, max(start - 2, 0), start):
        return [Sign("gloss", "")], end + 1
    return [], end


def _before(page: Page, start: int, end: int) -> Iterator[Sign]:
    before = page.before(start).rstrip(" ")[-3:]
    own = before.endswith("公司") and before[:1] != "的" and not page.text[start].isascii()  # 公司內網, 她的公司澤東
    named = cued_past_place(page, start, "firm_before") and not own
    if named:
        yield Sign("named", before)
    elif page.cued_before(start, "company_before"):
        yield Sign("before", before)
    if page.cued_before(start, "things_before"):
        yield Sign("thing", before[-2:])
    works = _works(page.behind(end)) if page.cued_before(start, "workplace", "works_at") else ""
    if works:
        yield Sign(works, "")
    near = start - (page.folded[start - 1 : start] == " ")
    if page.folded[near - 1 : near] in _PLACES:
        yield Sign("place", "")
    elif not works and not named and page.words.before(near) in folded_cues("where"):
        yield Sign("where", "")


def _works(rest: str) -> str:
    """Return which sign it is, if any, what stands behind a name where somebody works."""
    if pattern("works_as").match(rest) or _job().match(rest):
        return "works"
    return "works_too" if pattern("works_as_too").match(rest) else ""


@cache
def _job() -> re.Pattern[str]:
    """Return what matches an office that somebody has behind a name: 做工程師, 任財務長."""
    offices = "|".join(map(re.escape, longest_first("firm_offices")))
    return re.compile(f" ?(?:做|任|出任|当)[^,。;:、\\n]{{0,6}}?(?:{offices})")


def _behind(page: Page, end: int, staff: Staff) -> Iterator[Sign]:
    rest = page.behind(end)
    bare = rest[_GAP.match(rest).end() :]  # type: ignore[union-attr]  # it matches nothing as well
    its = rest.lstrip(" ")[:1] == "的"
    if end in staff.firm_ends:
        yield Sign("office", "")
    elif its and end + len(rest) - len(bare) in staff.starts:
        yield Sign("person", "")
    yield from _verb_or_noun(rest, bare)
    if its and (has := pattern("firm_has").match(bare)):
        yield Sign("has", has[0])
    if clause := _in_clause().match(page.folded, end):
        yield Sign("clause", clause[1])
    if _money().match(page.folded, end):
        yield Sign("money", "")
    if thing := pattern("things_behind").match(rest) or _VERSION.match(rest):
        yield Sign("thing", thing[0])


def _verb_or_noun(rest: str, bare: str) -> Iterator[Sign]:
    """Yield what befalls a business, what it has or does, right behind its name."""
    if fate := pattern("firm_fate").match(rest):
        yield Sign("fate", fate[0])
    elif deals := _deals("firm_deals").match(rest):
        yield Sign("deals", deals[1])
    elif deals := _deals("firm_deals_too").match(rest):
        yield Sign("deals_too", deals[1])
    elif (noun := pattern("firm_after").match(bare)) and not _LATIN.match(bare, noun.end() - 1):  # COO, no coordinator
        yield Sign("noun", noun[0])
    elif acts := _acts().match(rest):
        yield from (Sign("acts", word) for word in acts.groups() if word)


@cache
def _acts() -> re.Pattern[str]:
    """Return what matches, behind a name, what somebody does, with the small words before it: 也計劃."""
    small, acts = (
        "|".join(map(re.escape, longest_first(*names))) for names in (("adverbs", "firm_adverbs"), ("firm_acts",))
    )
    return re.compile(f" ?{_TIME}?(?:[在于][\u4e00-\u9fff]{{2,4}})?(?:{small}){{0,3}} ?({acts})({acts})?")


@cache
def _deals(name: str) -> re.Pattern[str]:
    """Return what matches, behind a name, what only businesses do, with the small words before it: 上週併購."""
    small, deals = ("|".join(map(re.escape, longest_first(*names))) for names in (("adverbs", "firm_adverbs"), (name,)))
    return re.compile(f" ?{_TIME}?(?:{small}){{0,3}} ?({deals})")


@cache
def _in_clause() -> re.Pattern[str]:
    """Return what matches a clause behind a name that speaks of what only a business has: 傳出明年上市."""
    words = "|".join(map(re.escape, longest_first("firm_clause")))
    return re.compile(f"[^,。;:!?、(\\n]{{1,14}}?({words})")


@cache
def _money() -> re.Pattern[str]:
    """Return what matches, behind a name, that it spends or earns a number of something: 去年虧損 3 億元."""
    spends = "|".join(map(re.escape, longest_first("firm_spends")))
    spent = f"[^,。;!?\\n]{{0,8}}?(?:{spends})[^,。;!?\\n]{{0,8}}?[0-9一二三四五六七八九十百千数几]"
    return re.compile(f"{spent}| ?的 ?[0-9][0-9.,]{{0,9}} ?[万亿]")
