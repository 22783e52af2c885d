"""People whom a post names by a family name and a title alone: 姚經理說, 住戶田女士表示, 老周說, 素月姨說.

Such a name is taken only where its bearer says something, and nobody of that family name is named in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from service.extraction.names.addressed import parts_of_han
from service.extraction.names.page import Page, Taken
from service.lexicon.name_cues import cue_places, folded_cues, pattern, word_places
from service.model import EntityKind, Mention, Span
from service.segmentation import part_of_speech

_BEFORE: Final = frozenset("由请和与跟向对让被")
_KIN: Final = 2  # characters of the shortest names, which are words more often
_NOT_FIRST: Final = frozenset("大小老阿二三四五六表堂我你他她的这那哪有是一")


def titled(page: Page, found: Iterable[Mention], taken: Taken) -> Iterator[Mention]:
    """Yield the mentions of people named by family name and title alone, where nothing is `taken`.

    `found` are the names found so far: who bears the family name of one of them may be that one.
    """
    known = {parts.family for one in found if one.kind is EntityKind.PERSON and (parts := parts_of_han(one.name))}
    proven = {page.folded[slice(*span)] for span in _shaped(page, known) if _speaks(page, span)}
    for places in word_places(page.folded, proven).values():
        for span in (Span(*place) for place in places):
            alone = page.words.edge(span.start) and page.words.edge(span.end) and not _is_word(page, span)
            if alone and page.open(span) and not taken.touches(span):
                taken.add(span)
                shown = page.document.slice(span)
                yield page.mention(span, EntityKind.PERSON, shown, None, how="context", sure=0.6)


def _shaped(page: Page, known: set[str]) -> Iterator[Span]:
    """Yield what is made of a family name not `known` with a title, or of a given name with a word of kinship."""
    for title, end in cue_places(page.folded, "standing_titles"):
        for length in (2, 1):
            family = page.folded[max(title - length, 0) : title]
            if family in _families(length):
                if family not in known:
                    yield Span(title - length, end)
                break
    for match in _familiar().finditer(page.folded):
        if match[1] not in known:
            yield Span(*match.span())
    yield from _of_kin(page)


def _of_kin(page: Page) -> Iterator[Span]:
    """Yield 霞姐 and 素月姨: characters of a given name before a word of kinship."""
    for match in _kin().finditer(page.folded):
        for start in (match.start() - 2, match.start() - 1):
            given = page.folded[max(start, 0) : match.start()]
            if start >= 0 and _is_given(given) and _begins(page, start):
                yield Span(start, match.end())
                break


def _is_given(given: str) -> bool:
    likely = folded_cues("given_characters", "given_characters_too")
    return bool(given) and given[0] not in _NOT_FIRST and likely.issuperset(given)


def _speaks(page: Page, span: Span) -> bool:
    """Tell whether what is shaped so is a person at its place, who says something."""
    if not (_begins(page, span.start) and page.open(span)) or _is_word(page, span):
        return False
    if page.has_speech(span.end):
        return True
    return span.end - span.start > _KIN and pattern("life").match(page.behind(span.end)) is not None


def _begins(page: Page, start: int) -> bool:
    """Tell whether a name may begin at `start`: with a clause, behind what somebody is, behind a small word."""
    before = page.folded[max(start - 1, 0) : start]
    if not before.isalnum() or page.has_role_before(start):
        return True
    word = page.words.before(start)
    return bool(word) and (word in _BEFORE or (len(word) > 1 and part_of_speech(word) == "n"))


def _is_word(page: Page, span: Span) -> bool:
    """Tell whether the dictionary has it as a word that is no name: 小康, 老江湖."""
    form = page.folded[slice(*span)]
    return page.words.at(span.start) == form and part_of_speech(form)[:2] not in ("nr", "t", "")


@cache
def _families(length: int) -> frozenset[str]:
    return folded_cues("double_surnames") if length > 1 else folded_cues("surnames", "surnames_too")


@cache
def _familiar() -> re.Pattern[str]:
    """Return what matches 老 or 小 before a family name: 老周, 小陳."""
    return re.compile(f"[老小]([{''.join(sorted(folded_cues('surnames') - folded_cues('surnames_too')))}])")


@cache
def _kin() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(folded_cues('kin_of_names')))}]")
