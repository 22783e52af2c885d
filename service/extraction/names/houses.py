"""Shops, restaurants and studios that are named as houses: 鼎沸樓, 嘉寶閣, 翠芳齋.

Their names are everyday words before a word for a house, so only what stands beside one tells that it is a business.
"""

from __future__ import annotations

import re
from typing import Final

from service.extraction.names.page import Page
from service.lexicon.name_cues import folded_cues
from service.model import Span
from service.segmentation import part_of_speech

_HAN = re.compile("[\u4e00-\u9fff]+")
_LENGTH: Final = 3  # characters of such a name
_NAMES: Final = ("", "nz", "nr", "nrt")


def housed_before(page: Page, end: int) -> Span | None:
    """Return where a name stands that ends at `end` in a word for a house, and that no dictionary has."""
    span = Span(end - _LENGTH, end)
    if span.start < 0 or page.folded[end - 1] not in folded_cues("houses") or not _is_apart(page, span):
        return None
    name = page.folded[slice(*span)]
    whole = _HAN.fullmatch(name) and folded_cues("not_in_companies").isdisjoint(name)
    return span if whole and part_of_speech(name) in _NAMES else None


def _is_apart(page: Page, span: Span) -> bool:
    """Tell whether words begin and end where the name does, and no other name or number goes on into it."""
    before = page.folded[max(span.start - 1, 0) : span.start]
    word = page.words.before(span.start)
    begins = not _HAN.match(before) or len(word) > 1 or word in folded_cues("not_in_companies", "before_companies")
    return page.words.edge(span.start) and page.words.edge(span.end) and begins
