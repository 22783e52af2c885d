"""What has the shape of a name where the post says too little: other posts may prove that it is one.

Nothing here counts as found. Each place is kept aside with its form, and becomes a mention as soon as a name written so
is proven elsewhere (`service.store.names.learnt`), so what is wanted is few forms that could be names at all, not good
guesses: three Chinese characters that begin with a family name and go on with characters of given names, two to four
characters before a trade, Latin words in a row or one with a capital inside.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from typing import Final

from service.extraction.names.families import family_name
from service.extraction.names.latin_runs import Run, corporate, is_company_shaped, is_person_shaped, words_of
from service.extraction.names.page import Page, Taken
from service.extraction.names.words import is_names_word, is_verb_or_small
from service.lexicon.name_cues import cue_places, folded_cues, longest_first
from service.model import BlockKind, EntityKind, Mention, Span
from service.segmentation import part_of_speech

METHOD: Final = "unproven"
_MOST: Final = 24  # places of a post
_FEW: Final = 4  # places of a post that names nobody, or of one form
_PROSE: Final = (BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CAPTION)
_OWN: Final = (2, 4)  # characters of a company's name before its trade
_COMMON: Final = ("n", "v", "a", "b", "d", "f", "s", "t", "j", "l")  # parts of speech of everyday words
_OF_NAMES: Final = ("nz", "ns", "nt")  # not "nr": the dictionary takes 卫星 for a name
_OTHERS: Final = ("generic_parts", "before_companies")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_CAPITAL_INSIDE = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+|[a-z]+[A-Z][a-z]{2,}\Z")


def unproven(page: Page, found: Collection[Mention]) -> tuple[Mention, ...]:
    """Return the places that may be names, in reading order and without overlap with each other or what is `found`.

    They are never many more than what is found: a post that names nobody has few that are names after all.
    """
    taken, forms = Taken(mention.span for mention in found), Counter[str]()
    kept: list[Mention] = []
    for span, kind in _shaped(page):
        form = page.folded[slice(*span)]
        if forms[form] < _FEW and not taken.touches(span) and page.open(span) and not page.lexicon.lookup(form):
            kept.append(page.mention(span, kind, page.document.slice(span), None, how=METHOD, sure=0.0))
            taken.add(span)
            forms[form] += 1
            if len(kept) >= min(_MOST, _FEW + len(found)):
                break
    return tuple(sorted(kept, key=lambda mention: mention.span))


def _shaped(page: Page) -> Iterator[tuple[Span, EntityKind]]:
    """Yield what has the shape of a name in running text, the likelier shapes first."""
    yield from ((span, EntityKind.PERSON) for span in _people(page))
    yield from ((span, EntityKind.COMPANY) for span in _companies(page))
    prose = [block.span for block in page.mined() if block.kind in _PROSE]
    starts = [span.start for span in prose]
    shaped = [(run, kind) for run in page.runs if (kind := _latin_kind(page, run)) is not None]
    for run, kind in sorted(shaped, key=lambda one: len(one[0].words) == 1):
        number = bisect_right(starts, run.span.start) - 1
        if number >= 0 and prose[number].holds(run.span) and _beside_han(page, run.span):
            yield run.span, kind


def _beside_han(page: Page, span: Span) -> bool:
    """Tell whether Chinese stands right before or behind: among English words, capitals tell little."""
    around = page.folded[max(span.start - 2, 0) : span.start] + page.folded[span.end : span.end + 2]
    return not around.isascii()


def _latin_kind(page: Page, run: Run) -> EntityKind | None:
    """Return what a run may be by its shape; None: hardly a name, or one that only its post can tell."""
    return None if run.span.start in page.product_starts else _kind_of(run.words)


@lru_cache(maxsize=16_384)
def _kind_of(words: tuple[str, ...]) -> EntityKind | None:
    if words[-1] in words_of("things"):
        return None
    if len(words) == 1:
        return EntityKind.COMPANY if _CAPITAL_INSIDE.match(words[0]) and words[0] not in corporate() else None
    if is_company_shaped(words):
        return EntityKind.COMPANY
    everyday = words_of("everyday", "generic_words", "latin_roles").intersection((words[0], words[-1]))
    return EntityKind.PERSON if is_person_shaped(words) and not everyday else None


def _people(page: Page) -> Iterator[Span]:
    """Yield where a family name stands before two characters of given names, between the edges of words."""
    for match in _family_and_given().finditer(page.folded):
        start, end = match.start(), match.end(1)
        whole = page.words.edge(start) and page.words.edge(end)
        if whole and not page.folded.startswith(longest_first("not_names"), start, end):
            word = page.words.at(start)
            if len(word) == 1 or is_names_word(word):
                yield Span(start, end)


@cache
def _family_and_given() -> re.Pattern[str]:
    first, rest = family_name()
    given = "".join(sorted(folded_cues("given_characters") - folded_cues("never_in_names")))
    return re.compile(f"{first}(?=({rest}[{given}]{{2}}))")  # the rest is looked at only: names may overlap


def _companies(page: Page) -> Iterator[Span]:
    """Yield where two to four characters, no small words among them, stand before a trade or a company's ending."""
    for place, end in cue_places(page.folded, "company_endings", "sure_trades", "trades"):
        if page.words.edge(end) and (not _HAN.match(page.folded[end : end + 1]) or _may_follow(page, end)):
            start = _beginning(page, place)
            if _OWN[0] <= place - start <= _OWN[1] and not _is_common(page.folded[start:place]):
                yield Span(start, end)


def _is_common(own: str) -> bool:
    """Tell whether a company would be named by a common word alone: 工程塑膠 is a plastic."""
    return part_of_speech(own)[:1] in _COMMON and part_of_speech(own) not in _OF_NAMES


def _may_follow(page: Page, end: int) -> bool:
    return is_verb_or_small(page.words.at(end))


def _beginning(page: Page, place: int) -> int:
    """Return where the words before `place` begin that a company may be named with.

    All words up to a small one, where these are few; else the two characters or more right before.
    """
    start, least = place, place
    while place - start <= _OWN[1]:
        word = page.words.before(start)
        if not word or not _HAN.match(word) or is_verb_or_small(word) or word in folded_cues(*_OTHERS):
            return start
        start -= len(word)
        least = start if place - least < _OWN[0] else least
    return least
