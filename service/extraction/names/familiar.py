"""Names that people call each other by, where no full name is given: 阿明, 老周, 小范.

What 老 and 小 begin are words as often (小馬, 老街), so that they need what only people do, or a role before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from service.extraction.names.page import Page
from service.extraction.names.words import is_verb_or_small
from service.lexicon.name_cues import folded_cues, pattern, word_places
from service.model import Span
from service.segmentation import part_of_speech

_BEFORE: Final = "和与跟由向对让被把给"
_NAMES: Final = ("nr", "nz", "t", "")  # the dictionary has 老周 for a time


def familiar(page: Page) -> Iterator[Span]:
    """Yield where people are called by such a name: every place of one that is certain somewhere."""
    names = {page.folded[slice(*span)] for span in _certain(page)}
    for places in word_places(page.folded, names).values():
        yield from (Span(*place) for place in places if _is_apart(page, Span(*place)))


def _certain(page: Page) -> Iterator[Span]:
    for match in _called().finditer(page.folded):
        span = Span(*match.span())
        if page.open(span) and _is_apart(page, span) and _does(page, span):
            yield span


def _does(page: Page, span: Span) -> bool:
    """Tell whether what stands around a name tells that somebody bears it."""
    if page.has_speech_behind(span.end) or page.has_role_before(span.start):
        return True
    if page.folded[span.start] == "阿":
        return is_verb_or_small(page.words.at(span.end)) and page.folded[span.end] != "的"
    return pattern("life").match(page.behind(span.end)) is not None


def _is_apart(page: Page, span: Span) -> bool:
    """Tell whether a name begins where one may, ends where a word does, and is no other word."""
    before, form = page.folded[max(span.start - 1, 0) : span.start], page.folded[slice(*span)]
    begins = not before.isalnum() or before in _BEFORE or page.has_role_before(span.start) or _is_told(page, span)
    other = page.words.at(span.start) == form and part_of_speech(form) not in _NAMES
    return begins and not other and page.words.edge(span.start) and page.words.edge(span.end)


def _is_told(page: Page, span: Span) -> bool:
    """Tell whether a noun says what somebody is who speaks: 賣家老耿說."""
    word = page.words.before(span.start)
    return len(word) > 1 and part_of_speech(word) == "n" and page.has_speech_behind(span.end)


@cache
def _called() -> re.Pattern[str]:
    """Return what matches a familiar word before a name of one character: 老 and 小 before a family name."""
    families = "".join(sorted(name for name in folded_cues("surnames") - folded_cues("surnames_too")))
    given = "".join(sorted(folded_cues("given_characters", "given_characters_too", "surnames")))
    words = "|".join(re.escape(word[1:]) for word in sorted(folded_cues("not_familiar")))
    return re.compile(f"阿(?!{words})[{given}]|[老小][{families}]")
