"""Chinese company names that no list knows: by an ending, by their trade with a cue, by what a bracket calls them.

永泰祥股份有限公司 is one by its ending. 鴻昇電子 is one where something speaks for it: a part that is no word, a stock
code, a funding round, other companies beside it. （下稱「永泰祥」） gives a name to the company before the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from service.extraction.names.han import is_personal
from service.extraction.names.latin import firm_after
from service.extraction.names.own_parts import OWN, is_small, own_part
from service.extraction.names.page import Page, Taken
from service.lexicon.name_cues import cue_places, folded_cues, longest_first, pattern, speech, word_places
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Mention, Script, Span
from service.segmentation import part_of_speech

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(f"[{_HAN}]+")
_COMPANY = (2, 16)  # characters of a company's name before its ending, where the ending is certain
_SHORT_COMPANY = (2, 5)  # where it is not
_ENOUGH = 2.5
_ORDINARY = -2.0  # what it says for a name that it is made of everyday words
_POETIC = 1.0  # and less so before what hardly anything else ends in: 螢火資本
_AGAIN = 0.5  # what it says that a name with a trade that is a common noun stands more than once
_COMMON = 3  # characters from which a common noun is no company's own name
_LONGEST_TRADE = 4
_PRONOUNS = frozenset("你我他她它这那")
_RUN_ON = frozenset("等及与已被把让各该某")  # what a sentence goes on with, and no name begins with
_JOINING = frozenset("与为及")
_PROPERTIES = frozenset("性型率度")  # 易用性|建設
_STOCK = re.compile(
    r" ?\((?:(?:nasdaq|nyse|tse|twse|tpex|hkex|股票代[号码]|股号|代号|上市代[号码]|美股|港股)[^()\n]{0,20}"
    r"|[0-9]{4,6}(?:[.-][a-z]{2,3})?)\)"
)
_YEAR = re.compile(r" ?\((?:1[0-9]|20)[0-9]{2}\)")
CALLED = re.compile(
    r" ?\((?:以下|下文)?(?:简称|下称|又称|以下称)(?:为)? ?"
    r"[\"「『“‘']?([^()\"」』”’'\n,，;；或]{2,12})[\"」』”’']?\)"
)
_JOINT = re.compile(r" ?[、/，,] ?| ?(?:和|与|及|跟|以及) ?")
_OPENS, _CLOSES = '「『“‘"[【', '」』”’"]】'


class Likely(NamedTuple):
    """A place that may name a company, and what its own words and those around it say for it."""

    span: Span
    trade: int  # where its trade begins
    own: float
    before: float
    behind: float


def unlisted_companies(page: Page, taken: Taken, likely: Iterable[Likely]) -> tuple[Mention, ...]:
    """Return the mentions of Chinese companies that no list knows, where nothing is `taken`; some are only `likely`."""
    certain = [span for span in companies(page) if _free(page, span, taken)]
    full = {page.folded[slice(*span)]: page.document.slice(span) for span in certain}
    traded = {page.folded[slice(*span)]: page.document.slice(span) for span in _by_trade(page, taken, likely)}
    sure = {name: _fuller(name, shown, full) for name, shown in traded.items()} | full
    called = dict(_called(page, companies(page)))
    places = [(span, sure[name]) for name, span in _places(page, sure)]
    places += [(span, called[name]) for name, span in _places(page, called)]
    return tuple(
        page.mention(span, EntityKind.COMPANY, name, None, how="context", sure=0.7)
        for span, name in places
        if _free(page, span, taken)
    )


def _fuller(name: str, shown: str, full: Mapping[str, str]) -> str:
    """Return the one full name that begins with `name`, else `name` as it is shown."""
    longer = [written for folded, written in full.items() if folded.startswith(name)]
    return longer[0] if len(longer) == 1 else shown


def _free(page: Page, span: Span, taken: Taken) -> bool:
    return page.open(span) and not taken.touches(span)


def _places(page: Page, names: Iterable[str]) -> Iterator[tuple[str, Span]]:
    """Yield every place of the folded `names`; they may overlap."""
    for name, places in word_places(page.folded, names).items():
        yield from ((name, Span(*place)) for place in places)


def _called(page: Page, certain: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """Yield (folded short name, full name) of 永泰祥股份有限公司（下稱「永泰祥」）."""
    for span in certain:
        match = CALLED.match(page.folded, span.end)
        if match and match[1] not in folded_cues("generic_short_names"):
            yield match[1].strip(), page.document.slice(span)


def companies(page: Page) -> Iterator[Span]:
    """Yield where Chinese companies are named in full: from a certain beginning to an ending such as 有限公司."""
    for ending, end in cue_places(page.folded, "company_endings"):
        start = ending
        while start > max(ending - _COMPANY[1] - 1, 0) and _RUN.match(page.folded[start - 1]):
            start -= 1
        certain = page.folded[ending:end] in folded_cues("certain_endings")
        start = _after_small_words(page, start, ending) if certain else _after_sort(page, start, ending)
        least, most = _COMPANY if certain else _SHORT_COMPANY
        opened = page.folded[max(start - 1, 0) : start] not in (")", "%")  # behind a bracket a word may go on
        if opened and least <= ending - start <= most and _is_company(page, Span(start, end), ending):
            yield Span(start, end)


def _after_sort(page: Page, start: int, ending: int) -> int:
    """Return where the name begins behind a word for a sort of business that begins the run: 賣方|嵐灣集團."""
    sorts = longest_first("businesses", "firm_before")
    sort = next((word for word in sorts if len(word) > 1 and page.folded.startswith(word, start, ending)), "")
    begins = start + len(sort)
    return begins if ending - begins >= OWN[0] and page.words.edge(begins) else start


def _after_small_words(page: Page, start: int, ending: int) -> int:
    """Return where the name begins behind the words of a sentence that run up to it: 年，宁波…, 由永泰祥…."""
    place = ending
    while place > start and not page.words.edge(place):  # 科技股份|有限公司
        place -= 1
    while place > start:
        word = page.words.before(place)
        if not word or is_small(word):
            break
        if word in folded_cues("before_companies") and len(word) > 1 and ending - place >= OWN[1]:
            break
        place -= len(word)
    return max(place, start)


def _is_company(page: Page, span: Span, ending: int) -> bool:
    name, rest = page.folded[slice(*span)], page.behind(span.end)
    cue = pattern("company_after", "company_after_too", "adverbs")
    goes_on = _RUN.match(rest) and not cue.match(rest) and rest[0] not in "的在于是"
    if name.endswith(longest_first("certain_endings")):
        goes_on = None
    own = page.folded[span.start : ending]
    common = len(own) >= _COMMON and part_of_speech(own) in ("n", "l")  # 連接器集團
    generic = name.endswith(longest_first("generic_companies")) or name.startswith(longest_first("not_company_starts"))
    small = goes_on is not None and not folded_cues("not_in_companies").isdisjoint(own)
    return not goes_on and not generic and not common and not small and not _runs_on(page, span.start, ending)


def _runs_on(page: Page, start: int, ending: int) -> bool:
    """Tell whether a sort of business or the rest of a sentence stands before an ending: 零售|集團, 等各大|銀行."""
    own = page.folded[start:ending]
    if page.folded[ending:].startswith(longest_first("certain_endings")):
        return False
    kind = own in folded_cues("generic_parts", "trades", "sure_trades") or part_of_speech(own) in ("t", "m")
    asked = own[-1] in folded_cues("verbs_before_names")  # 得去問|銀行
    joined = any(page.folded[place] in _JOINING for place in range(start + 1, ending - 1))
    return kind or asked or joined or own[0] in _RUN_ON


def _by_trade(page: Page, taken: Taken, likely: Iterable[Likely]) -> list[Span]:
    """Return where a name with its trade (鴻昇電子) has enough that speaks for its being a company."""
    likely = [one for one in likely if _free(page, one.span, taken)]
    scores = _scores(page, likely)
    sure = {one.span for one in likely if scores[page.folded[slice(*one.span)]] >= _ENOUGH}
    starts, ends = {span.start for span in sure} | page.firm_starts, {span.end for span in sure} | page.firm_ends
    for one in likely:
        if scores[page.folded[slice(*one.span)]] >= _ENOUGH - 2 and _joined(page, one.span, starts, ends):
            sure.add(one.span)
            ends.add(one.span.end)
    return sorted(sure)


def _scores(page: Page, likely: Iterable[Likely]) -> dict[str, float]:
    """Return what speaks for each name in all: the best of what stands before it and behind it, wherever it stands."""
    places: dict[str, list[Likely]] = {}
    for one in likely:
        places.setdefault(page.folded[slice(*one.span)], []).append(one)
    return {
        name: of[0].own + max(one.before for one in of) + max(one.behind for one in of) + _again(page, of)
        for name, of in places.items()
    }


def _again(page: Page, of: Sequence[Likely]) -> float:
    """Return what it says that a name stands more than once: less before a common noun, for phrases do as well."""
    if len(of) == 1:
        return 0.0
    sure = page.folded[of[0].trade : of[0].span.end] in _sure_trades(page.document.script)
    return 1.0 if sure else _AGAIN


def _joined(page: Page, span: Span, starts: Iterable[int], ends: Iterable[int]) -> bool:
    """Tell whether a mark of a list parts the name from a company."""
    for gap in (1, 2, 3):
        before, after = page.folded[span.start - gap : span.start], page.folded[span.end : span.end + gap]
        if (span.start - gap in ends and _JOINT.fullmatch(before)) or (
            span.end + gap in starts and _JOINT.fullmatch(after)
        ):
            return True
    return False


def likely_firms(page: Page) -> Iterator[Likely]:
    """Yield the names with their trade that are no plain words."""
    for trade, end in cue_places(page.folded, "sure_trades", "trades"):
        start = own_part(page, trade)
        if start is not None:
            span = Span(start, end)
            sure = page.folded[trade:end] in _sure_trades(page.document.script)
            everyday = (own := _own(page, start, trade)) <= _ORDINARY
            own += 1.0 if sure else -0.7
            own += _POETIC if sure and own == _ORDINARY + 1.0 and _is_thing(page, start, trade) else 0.0
            before, behind = _before(page, span), _behind(page, span, everyday=everyday)
            if behind > -5 and own > -5:  # noqa: PLR2004
                yield Likely(span, trade, own, before, behind)


def _sure_trades(script: Script) -> frozenset[str]:
    """Return the trades that make hardly anything else than a company of what stands before them, in that script."""
    return folded_cues("sure_trades", *(["sure_trades_traditional"] if script is Script.HANT else []))


def own_part_of(name: str) -> str:
    """Return what is a company's own in its name, where that is no everyday word; else nothing.

    >>> own_part_of("晨嶼能源股份有限公司"), own_part_of("聯合科技")
    ('晨屿', '')
    """
    rest = fold_name(name)
    for endings in (("company_endings",), ("sure_trades", "trades")):
        known = longest_first(*endings)
        ending = next(filter(rest.endswith, known)) if rest.endswith(known) else ""  # as few do
        rest = rest.removesuffix(ending)
    ordinary = rest in folded_cues("generic_parts", "places") or part_of_speech(rest) not in ("", "nz", "nr", "nrt")
    return "" if ordinary or len(rest) == len(name) or not OWN[0] <= len(rest) <= OWN[1] else rest


def firm_before(page: Page, end: int) -> Span | None:
    """Return where a name with its trade stands that ends at `end`, if its own part may name a company."""
    first = max(end - _LONGEST_TRADE, 0)
    for trade, stop in cue_places(page.folded[first:end], "sure_trades", "trades"):
        start = own_part(page, first + trade) if first + stop == end else None
        if start is not None and _own(page, start, first + trade) > -5:  # noqa: PLR2004
            return Span(start, end)
    return None


def _own(page: Page, start: int, ending: int) -> float:
    """Return what the part before the trade tells: a word tells little (手機遊戲), no word much (青燈遊戲)."""
    name = page.folded[start:ending]
    if (
        name.startswith(longest_first("not_company_starts"))
        or name in folded_cues("generic_parts", "sure_trades")
        or not _PRONOUNS.isdisjoint(name)
        or name[-1] in _PROPERTIES
        or name[0] in _RUN_ON
    ):
        return -9.0
    words, place = [], start
    while place < ending and (word := page.words.at(place)):
        words.append(word)
        place += len(word)
    if any(len(word) > 1 and part_of_speech(word) in ("p", "c", "d", "r", "m") for word in words):
        return -9.0
    if any(_is_ordinary(word) for word in words):
        return _ORDINARY
    if name in folded_cues("places"):  # 丹麥基金: a country's, not its own
        return -0.7
    return 1.5 if len(words) > 1 or not words else 1.0


def _is_thing(page: Page, start: int, end: int) -> bool:
    """Tell whether a single noun stands from `start` to `end`: 螢火, not 擁有."""
    word = page.words.at(start)
    return start + len(word) == end and part_of_speech(word)[:1] in ("n", "s", "l", "i")


def _is_ordinary(word: str) -> bool:
    return len(word) > 1 and part_of_speech(word) not in ("nr", "nz", "nrt", "ns", "")


def _before(page: Page, span: Span) -> float:
    """Return what stands before a name says for its being a company's."""
    before, rest = page.folded[span.start - 1 : span.start], page.behind(span.end)
    score = 0.5 if not _RUN.match(before) or before in folded_cues("verbs_before_names") else 0.0
    if cued_past_place(page, span.start, "firm_before", "workplace"):
        score += 2.0 if _RUN.match(rest) and rest[0] not in "的在是于与和" else 2.7
    if _deals_in().search(page.before(span.start)) or (before == "由" and pattern("run_by").match(rest)):
        score += 2.0
    if before and before in _OPENS and rest[:1] in _CLOSES:
        score += 1.2
    return score


@cache
def _deals_in() -> re.Pattern[str]:
    """Return what matches what a business does, before its name: 做運動飲料的."""
    return re.compile("(?:做(?![出到好的])|卖|造|经营|生产|制造|研发|代工|代理|经销|种|养)[^,。;:!?的]{1,8}的$")


def cued_past_place(page: Page, start: int, *lists: str) -> bool:
    """Tell whether a cue of `lists` stands before `start`, or before the place one is from: 設備商|蘇州|恒垣電氣."""
    if page.cued_before(start, *lists):
        return True
    place = start - (page.folded[start - 1 : start] == "的")
    word = page.words.before(place - (page.folded[place - 1 : place] == " "))
    from_there = len(word) > 1 and (part_of_speech(word) == "ns" or word in folded_cues("places"))
    return from_there and page.cued_before(place - len(word), *lists)


def _behind(page: Page, span: Span, *, everyday: bool) -> float:
    """Return what stands behind a name says for its being a company's; `everyday` tells what its own words are."""
    quoted = page.folded[span.end : span.end + 1] in _CLOSES and page.folded[span.start - 1 : span.start] in _OPENS
    rest = page.behind(span.end + quoted)
    stock = _STOCK.match(page.folded, span.end) and not _YEAR.match(page.folded, span.end)
    if stock or _has_speaker(page, span.end + quoted):
        return 3.0
    # 瑞豐營造說…: of a name of everyday words it says less.
    said = speech("speech_far").match(rest) or page.has_speech_later(span.end)
    if firm_after().match(rest) or pattern("company_after", "firm_deals").match(rest) or (said and not everyday):
        return 2.0
    if said or pattern("firm_staff", "firm_deals_too").match(rest):
        return 1.5
    if pattern("company_after_too", "firm_acts", "firm_staff_too").match(rest) or _has().match(rest):
        return 0.8
    if _RUN.match(rest) and not page.words.edge(span.end):
        return -9.0
    return -0.7 if _RUN.match(rest) and rest[0] not in "的在是于与和也则将已等由对被为怎有没还又都曾刚要会能不" else 0.0


@cache
def _has() -> re.Pattern[str]:
    """Return what matches, behind a name, what a business has: 的產能."""
    return re.compile(f" ?的 ?(?:{'|'.join(map(re.escape, longest_first('firm_has')))})")


def _has_speaker(page: Page, end: int) -> bool:
    """Tell whether somebody of it speaks: 晨曦資本的傅明哲提醒."""
    start = end + 1
    return page.folded[end : end + 1] == "的" and any(
        is_personal(page.folded[start : start + length], length) and page.has_speech_behind(start + length)
        for length in (4, 3)
    )
