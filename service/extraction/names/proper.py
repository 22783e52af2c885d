"""Chinese words that may be the name of a business: what the dictionary has as a name, or cannot put together.

Whether one is meant, what stands around it tells; here it is only where such a word begins and ends.
"""

from __future__ import annotations

import re

from service.extraction.names.page import Page
from service.lexicon.name_cues import folded_cues
from service.model import Span
from service.segmentation import part_of_speech

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_NAMES = ("nz", "nr", "nrt", "nrfg", "")  # parts of speech a name has by itself
_SMALL = ("p", "c", "d", "uj", "ul", "ud", "uz", "ug", "r", "y", "e", "f")  # what single characters of no name are
_BEFORE = ("v", "vn", "p", "c", "t", "d", "n", "uj", "ul", "s", "f", "r", "m", "b", "vd", "l")  # what a name may follow
_LONGEST = 4  # characters of a name the dictionary cannot put together
_LONGEST_WORD = 6
_SHORTEST = 2


def proper_before(page: Page, end: int) -> Span | None:
    """Return where a word stands that ends at `end` and may name a business."""
    if not page.words.edge(end):
        return None
    word = page.words.before(end)
    if _is_name(word):
        return Span(end - len(word), end) if _may_precede(page, end - len(word)) else None
    start = end
    while end - start < _LONGEST and len(word := page.words.before(start)) == 1 and _is_loose(word):
        start -= 1
        if start in page.link_edges:
            break
    whole = end - start >= _SHORTEST and _may_precede(page, start) and _tells(page.folded[start:end])
    return Span(start, end) if whole else None


def proper_behind(page: Page, start: int) -> Span | None:
    """Return where a word stands that begins at `start` and may name a business."""
    word = page.words.at(start)
    if _is_name(word):
        return Span(start, start + len(word))
    end = start
    while end - start < _LONGEST and len(word := page.words.at(end)) == 1 and _is_loose(word):
        end += 1
    return Span(start, end) if end - start >= _SHORTEST and _tells(page.folded[start:end]) else None


def _is_name(word: str) -> bool:
    """Tell whether the dictionary has `word` for the name of a person or a thing, not of a place."""
    if not (1 < len(word) <= _LONGEST_WORD and _HAN.match(word) and part_of_speech(word) in _NAMES):
        return False
    halves = (word[:2], word[2:]) if len(word) == _LONGEST else ()  # 終端設備 is two nouns, whatever they call
    return _tells(word) and not (halves and all(part_of_speech(half) == "n" for half in halves))


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
