"""Chinese words that may be the name of a business: what the dictionary has as a name, or cannot put together.

Whether one is meant, what stands around it tells; here it is only where such a word begins and ends.
"""

from __future__ import annotations

import re
from functools import cache

from service.extraction.names.han import is_personal
from service.extraction.names.page import Page
from service.lexicon.name_cues import folded_cues, longest_first
from service.model import Span
from service.segmentation import part_of_speech

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_NAMES = ("nz", "nr", "nrt", "nrfg", "")  # parts of speech a name has by itself
_SMALL = ("p", "c", "d", "uj", "ul", "ud", "uz", "ug", "r", "y", "e", "f")  # what single characters of no name are
_BEFORE = ("v", "vn", "p", "c", "t", "d", "n", "uj", "ul", "s", "f", "r", "m", "b", "vd", "l")  # what a name may follow
_LONGEST = 4  # characters of a name the dictionary cannot put together
_LONGEST_SOUNDED = 6  # characters of a foreign one, written by its sound
_LONGEST_WORD = 6
_EVERYDAY = ("n", "v", "vn", "a", "b", "d", "l", "i")
_SHORTEST = 2
_TRADE = (2, 3)  # characters of what a business deals in
_OWN = 3  # characters of a name before that


def proper_before(page: Page, end: int) -> Span | None:
    """Return where a word stands that ends at `end` and may name a business."""
    if not page.words.edge(end):
        return None
    word = page.words.before(end)
    start = end - len(word) if _is_name(word) else end
    if start < end and not _sounds(word):
        if _may_precede(page, start):
            return Span(start, end)
        other = page.words.before(start)  # 國信|海通
        double = len(other) == len(word) == _SHORTEST and _is_name(other) and _may_precede(page, start - _SHORTEST)
        return Span(start - _SHORTEST, end) if double else None
    while _goes_on(word := page.words.before(start), page.folded[start:end]):
        start -= len(word)
        if start in page.link_edges:
            break
    start = _left_edge(page, start, end)
    whole = end - start >= _SHORTEST and _may_precede(page, start) and _tells(page.folded[start:end])
    return Span(start, end) if whole else None


def traded_before(page: Page, end: int) -> Span | None:
    """Return where a name stands that ends at `end` in what its bearer deals in, of whatever trade: 恒垣|電氣."""
    trade = page.words.before(end)
    if len(trade) not in _TRADE or part_of_speech(trade) not in ("n", "vn") or not _is_trade(trade):
        return None
    own = proper_before(page, end - len(trade))
    if own is None or own.end - own.start > _OWN:
        return None
    name = page.folded[slice(*own)]
    return None if is_personal(name, 3) or part_of_speech(name) else Span(own.start, end)


def _is_trade(word: str) -> bool:
    """Tell whether a noun may be what a business deals in: it is no office, no thing that a business has."""
    return (
        word[-1] not in folded_cues("not_company_ends")
        and part_of_speech(word) not in ("nr", "nrt", "ns")
        and word not in folded_cues("roles", "titles", "speech", "life", "things_behind", "generic_short_names")
        and word not in folded_cues("firm_has", "firm_deals", "firm_deals_too", "firm_acts", "firm_fate", "firm_after")
        and word not in folded_cues("no_trades")
    )


def may_be_name(name: str) -> bool:
    """Tell whether a word may name a business at all: no place, no public body, no mere class of companies."""
    return (
        len(name) >= _SHORTEST
        and name[-1] not in folded_cues("not_company_ends")
        and name not in folded_cues("places", "generic_short_names", "not_companies", "generic_parts")
        and part_of_speech(name) not in ("ns", "r", "m", "t")
    )


def proper_behind(page: Page, start: int) -> Span | None:
    """Return where a word stands that begins at `start` and may name a business."""
    word = page.words.at(start)
    end = start + len(word) if _is_name(word) else start
    if end > start and not _sounds(word):
        return Span(start, end)
    while _goes_on(word := page.words.at(end), page.folded[start:end]):
        if end - start >= _SHORTEST and _does().match(page.folded, end):  # 立晟|出包
            break
        end += len(word)
    if end - start < _SHORTEST or not _tells(page.folded[start:end]):
        return None
    return Span(start, end + _trade_behind(page, start, end))


def _trade_behind(page: Page, start: int, end: int) -> int:
    """Return how long the word is that goes on with a name and ends it, as what its bearer deals in: 瑞草|牧業."""
    trade = page.words.at(end)
    noun = len(trade) == _SHORTEST and part_of_speech(trade) in ("n", "vn") and _HAN.match(trade)
    if not noun or not _is_trade(trade) or end - start > _OWN or end in page.link_edges:
        return 0
    behind = page.folded[end + len(trade) : end + len(trade) + 1]
    return len(trade) if not _HAN.match(behind) or behind in "的与和及等在" else 0


@cache
def _does() -> re.Pattern[str]:
    """Return what matches what a business does: its name ends before it."""
    words = longest_first("firm_deals", "firm_deals_too", "firm_acts", "firm_fate", "firm_spends", "speech")
    return re.compile("|".join(re.escape(word) for word in words if len(word) > 1))


def _left_edge(page: Page, start: int, end: int) -> int:
    """Return where a name begins behind the verbs of one character that run up to it: 人問|遠山, 害|馳野."""
    for place in range(end - _SHORTEST, start, -1):
        if page.folded[place - 1] in folded_cues("verbs_before_names"):
            return place
    return start


def _goes_on(word: str, name: str) -> bool:
    """Tell whether `word` may be one more of a name: a single character, or sounds beside sounds (凱+蘭特)."""
    if len(word) == 1 and len(name) < _LONGEST and _is_loose(word):
        return True
    return (
        0 < len(word) <= _LONGEST_SOUNDED - len(name)
        and _sounds(name + word)
        and (len(word) == 1 or part_of_speech(word) in _NAMES)
        and word not in folded_cues("small_sounds", "places")
        and _HAN.match(word) is not None
    )


def _sounds(name: str) -> bool:
    """Tell whether only characters stand in a name that write foreign ones by their sound."""
    return folded_cues("transliteration").issuperset(name)


def _is_name(word: str) -> bool:
    """Tell whether the dictionary has `word` for the name of a person or a thing, not of a place."""
    if not (1 < len(word) <= _LONGEST_WORD and _HAN.match(word) and part_of_speech(word) in _NAMES):
        return False
    halves = (word[:2], word[2:]) if len(word) == _LONGEST else ()  # 終端設備 is two everyday words, as 保持中立 is
    return _tells(word) and not (halves and all(part_of_speech(half) in _EVERYDAY for half in halves))


def _is_loose(word: str) -> bool:
    return (
        _HAN.match(word) is not None
        and word not in folded_cues("not_in_companies", "never_in_names")
        and part_of_speech(word) not in _SMALL
    )


def _tells(name: str) -> bool:
    """Tell whether a word's last character leaves it open what it names: 部, 局, 大學 are no businesses."""
    return name[-1] not in folded_cues("not_company_ends") and name not in folded_cues(
        "places", "generic_short_names", "not_companies"
    )


def _may_precede(page: Page, start: int) -> bool:
    """Tell whether a name may begin at `start`: where a clause or a link does, or behind a whole word."""
    before = page.folded[start - 1 : start]
    if not _HAN.match(before) or start in page.link_edges:
        return True
    word = page.words.before(start)
    if len(word) == 1:
        return part_of_speech(word) in _SMALL or word in folded_cues("not_in_companies", "before_companies")
    return bool(word) and part_of_speech(word)[:2] in _BEFORE
