"""The part of a Chinese company's name that is its own: 鴻昇 of 鴻昇電子. Where it begins before the trade.

Word by word back to what can stand before a name; where no words end, character by character to where a clause begins.
"""

from __future__ import annotations

import re

from service.extraction.names.page import Page
from service.lexicon.name_cues import folded_cues
from service.segmentation import part_of_speech

OWN = (2, 4)  # characters of a name before its trade (鴻昇電子)
_OF_NAMES = ("n", "nr", "nrt", "nz", "")  # what a word of a name may be, before its last character
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")


def own_part(page: Page, ending: int) -> int | None:
    """Return where the part before the trade begins: word by word back to what can stand before a name."""
    place = ending
    if not page.words.edge(ending):
        while ending - place <= OWN[1] and place not in page.link_edges and _HAN.match(page.folded[place - 1 : place]):
            place -= 1
        return place if OWN[0] <= ending - place <= OWN[1] else _behind_sort(page, ending)
    while ending - place < OWN[1] and place not in page.link_edges:
        if ending - place >= OWN[0] and page.cued_before(place, "firm_before"):
            break  # 片方|夜市影業
        word = page.words.before(place)
        if not word or not _HAN.fullmatch(word) or _stops(word, ending - place):
            break
        place -= len(word)
    for later in range(ending - OWN[0], place, -1):  # 人問|遠山資本, 掛著|青田科技
        if page.folded[later - 1] in folded_cues("verbs_before_names"):
            place = later
            break
    if place == ending and _is_paired(page, ending):
        return ending - OWN[0]
    return place if OWN[0] <= ending - place <= OWN[1] else None


def _is_paired(page: Page, ending: int) -> bool:
    """Tell whether a small word may end a name that begins where a clause does: （眾和|律師事務所."""
    start = ending - OWN[0]
    begins = page.words.edge(start) and not _HAN.match(page.folded[start - 1 : start])
    return begins and page.folded[ending - 1] in "和与同" and bool(_HAN.match(page.folded[start]))


def _behind_sort(page: Page, ending: int) -> int | None:
    """Return where a name begins behind a word for a sort of business, where another word runs into its trade."""
    places = range(ending - OWN[0], max(ending - OWN[1] - 1, 0), -1)
    return next((place for place in places if page.words.edge(place) and page.cued_before(place, "firm_before")), None)


def _stops(word: str, taken: int) -> bool:
    if word in folded_cues("before_companies") or is_small(word):
        return True
    if len(word) == 1:
        return part_of_speech(word) in ("p", "c", "uj", "ul", "r", "d")
    return taken > 1 or (taken == 1 and part_of_speech(word) not in _OF_NAMES)  # 橡樹|灣, not 收購|晨


def is_small(word: str) -> bool:
    """Tell whether a word is one of those no company is named with: 的, 由, 與."""
    return len(word) == 1 and word in folded_cues("not_in_companies") and word not in folded_cues("may_begin_companies")
