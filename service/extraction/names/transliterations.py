"""Foreign names written by their sound: 約翰．科里森 by the point between its parts, 科里森 alone beside a role.

The characters that write sounds write words too, so a name begins and ends where the words around it do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from service.extraction.names.lives import LIFE
from service.extraction.names.page import Page
from service.extraction.names.words import is_names_word
from service.lexicon.name_cues import cue_places, folded_cues, longest_first, pattern, speech
from service.model import Span
from service.segmentation import part_of_speech

_REACH = 7  # characters of one part of a name
_BETWEEN = 2  # characters of a role that also write foreign names (主席)
_DONE = ("了", "过", "着", "到", "完", "出")  # what stands before these is a verb
_STRAY = re.compile(r"[\u4e00-\u9fff]{1,2}(?= ?[(（，。、；：,.;:!?！？」”》\n])")
_ALONE = (3, 6)  # characters of a foreign name that stands without a point


def transliterations(page: Page) -> Iterator[Span]:
    """Yield the foreign names with a point between their parts: 約翰．科里森."""
    for match in _foreign().finditer(page.folded) if "·" in page.folded else ():
        start, end = _start(page, match.start()), _end(page, match.start(), match.end())
        larger = any(_is_larger(page, place) for place in range(end, match.end() + 1))
        if page.folded.find("·", start, end) > start and not larger:
            yield Span(start - _is_junior(page, start), end)


def _is_junior(page: Page, start: int) -> bool:
    """Tell whether 小 belongs to the name: 小羅伯特．唐尼."""
    return page.folded[start - 1 : start] == "小" and page.words.edge(start) and page.words.edge(start - 1)


def _start(page: Page, start: int) -> int:
    """Return where the name begins within its run: behind a role or the small words that sounds write too."""
    for skip in range(1, _BETWEEN + 1):  # a role may end in such characters: 主席, 總理
        if "·" not in page.folded[start : start + skip + 1] and page.has_role_before(start + skip):
            return start + skip
    while page.folded[start] in folded_cues("small_sounds") and page.words.at(start) == page.folded[start]:
        if page.folded[start + 1 : start + 2] in ("·", "-") or _is_first_sound(page, start):
            break
        start += 1
    word = page.words.at(start)
    ordinary = len(word) == 2 and part_of_speech(word) in ("n", "v", "d")  # noqa: PLR2004
    return start + 2 if ordinary and "·" not in page.folded[start : start + 4] else start


def _is_first_sound(page: Page, start: int) -> bool:
    """Tell whether a small word is the first sound of a name: 若昂·費雷拉, which would leave 昂; 的|多蘿特·韋伯."""
    before = page.folded[max(start - 1, 0) : start]
    much = page.folded[start] == "多" and (not before.isalpha() or before in "的与和由对向")
    return much or page.folded[start + 2 : start + 3] == "·"


def _end(page: Page, start: int, end: int) -> int:
    """Return where the name ends within its run: before what people say and do."""
    first = page.folded.rfind("·", start, end) + 3
    for place in range(first, end):
        rest = page.behind(place)
        if page.words.edge(place) and (speech().match(rest) or pattern("titles", "life").match(rest)):
            return place
    while end > first and not page.words.edge(end):  # 帕迪恩|提出
        end -= 1
    if page.folded[end : end + 1] in _DONE and end > first and page.words.at(end - 1) == page.folded[end - 1]:
        return end - 1  # 柯林頓修|了
    stray = _STRAY.match(page.folded, end)
    titled = pattern("titles", "titles_of_people", "life").match(page.behind(end))
    loose = stray and all(page.words.at(place) == page.folded[place] for place in range(end, stray.end()))
    if stray and loose and not titled and folded_cues("small_sounds", "never_in_names").isdisjoint(stray[0]):
        return stray.end()  # a character more than the sounds known, and nothing behind it
    while end > first and page.folded[end - 1] in folded_cues("small_sounds") and page.words.edge(end - 1):
        end -= 1
    return end


def _is_larger(page: Page, end: int) -> bool:
    """Tell whether the name goes on: a company, a school, a place called after somebody."""
    return bool(pattern("larger_than_person", "larger_than_name", "company_goes_on").match(page.behind(end)))


def single_transliterations(page: Page) -> Iterator[Span]:
    """Yield the foreign names without a point that a role, a title or what only people do stands beside."""
    for match in _run().finditer(page.folded):
        start = _start(page, match.start())
        end = _end_alone(page, start, match.end())
        if _ALONE[0] <= end - start <= _ALONE[1] and _is_alone(page, start, end) and not _is_word(page, start, end):
            yield Span(start, end)


def _end_alone(page: Page, start: int, end: int) -> int:
    for place in range(start + _ALONE[0], end):
        if page.words.edge(place) and (page.has_speech(place) or pattern("titles").match(page.behind(place))):
            return place
    while end > start and folded_cues("small_sounds").issuperset(page.words.at(end - 1) or "?"):  # 船東寧可|讓
        end -= 1
    return end


def _is_alone(page: Page, start: int, end: int) -> bool:
    around = page.folded[start - 1 : start], page.folded[end : end + 1]
    if "·" in around or not page.words.edge(end) or _is_larger(page, end):
        return False
    if page.has_role_before(start) or _is_quoted(page, start, end):
        return True
    rest = page.behind(end)
    begins = not around[0].isalpha() or around[0] in "而但对由与和跟向请让被把据"
    lived = LIFE.match(page.folded, end) is not None
    return begins and (lived or bool(pattern("titles_of_people", "personal_speech").match(rest)))


def _is_quoted(page: Page, start: int, end: int) -> bool:
    """Tell whether somebody's views are given: 引述奧爾特加的看法."""
    views = page.folded[end : end + 1] == "的" and pattern("views").match(page.behind(end + 1))
    return bool(views) and page.cued_before(start, "quoted_before")


def tibetan(page: Page) -> Iterator[Span]:
    """Yield the Tibetan names that two of their parts make, whatever stands beside them: 次仁卓瑪."""
    parts = cue_places(page.folded, "tibetan_names")
    for (start, middle), (second, end) in pairwise(parts):
        if middle == second and not _is_larger(page, end):
            yield Span(start, end)


def _is_word(page: Page, start: int, end: int) -> bool:
    """Tell whether the run is a word of another sort, a place above all: 加拿大, 馬拉松."""
    name = page.folded[start:end]
    places = longest_first("places")
    if name.startswith(places) or name.endswith(places):
        return True
    word = page.words.at(start)
    return word == name and not is_names_word(word) and part_of_speech(word) != ""


@cache
def sounds() -> frozenset[str]:
    """Return the folded characters that Chinese writes foreign names with."""
    return folded_cues("transliteration")


@cache
def _foreign() -> re.Pattern[str]:
    others = "|".join(longest_first("uyghur_names"))
    part = f"(?:{others}|[" + "".join(sorted(sounds())) + f"]{{1,{_REACH}}})"
    return re.compile(f"(?:{part}-)?{part}(?:·{part}){{1,3}}")


@cache
def _run() -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted(sounds())) + f"]{{{_ALONE[0]},12}}")
