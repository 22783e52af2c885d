"""Forms of address that stand for somebody named in full: 老饒 for 饒國棟, 海哥 for 阮文海, 比嘉教授 for 比嘉真理.

Which of the people of a post is meant is certain only where no other bears the same family or given name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final, NamedTuple

from service.extraction.names.page import Page, Taken
from service.extraction.names.short_forms import parts_of
from service.extraction.names.words import is_verb_or_small
from service.lexicon.name_cues import cue_places, folded_cues, longest_first
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Mention, Span
from service.segmentation import part_of_speech

_FAMILIAR: Final = "老小阿大"
_HAN = re.compile("[\u4e00-\u9fff]+\\Z")
_SHORTEST, _LONGEST = 2, 5  # characters of a personal name
_LONG: Final = 4  # characters of one whose family name may have two
_LEFT: Final = frozenset("和与跟对给让被把问找叫是请像而但向由为替连")
_EDGE = re.compile(r"\Z|[^\w]|的|和|与|跟|对|也|则|又|就|都|才|还")
_CUT: Final = 3  # characters of a form of address with a verb
_METHODS: Final = ("model", "context")  # found by their surroundings: what they stand for is not known yet


class Parts(NamedTuple):
    """What a Chinese personal name is made of."""

    family: str
    given: str


@lru_cache(maxsize=4096)
def parts_of_han(name: str) -> Parts | None:
    """Return the family and the given name of a Chinese or Japanese personal name, folded; None: it is none.

    >>> parts_of_han("饒國棟"), parts_of_han("比嘉真理")
    (Parts(family='饶', given='国栋'), Parts(family='比嘉', given='真理'))
    """
    folded = fold_name(name)
    if not _SHORTEST <= len(folded) <= _LONGEST or not _HAN.match(folded):
        return None
    if folded[:3] in folded_cues("triple_surnames"):
        return Parts(folded[:3], folded[3:]) if len(folded) > 3 else None  # noqa: PLR2004
    if folded[:2] in folded_cues("double_surnames"):
        return Parts(folded[:2], folded[2:]) if len(folded) > 2 else None  # noqa: PLR2004
    if folded[0] in folded_cues("surnames", "surnames_too"):
        return Parts(folded[0], folded[1:])
    return Parts(folded[:2], folded[2:]) if len(folded) == _LONG else None


def with_addressed(page: Page, found: Iterable[Mention], taken: Taken) -> Iterator[Mention]:
    """Yield the names `found` and the forms of address of these, where nothing is `taken`, under the full names."""
    found = list(found)
    full = _full(found)
    foreign = _foreign(found)
    places = {span: of for span, of in _places(page, _calls(full)) if page.folded[slice(*span)] not in foreign}
    spans = {one.span for one in found}
    for span, bearer in places.items():
        if span not in spans and page.open(span) and not taken.touches(span) and _stands_alone(page, span):
            taken.add(span)
            yield page.mention(span, EntityKind.PERSON, bearer.name, bearer.key, how="short_form", sure=0.75)
    forms = {page.folded[slice(*span)]: bearer for span, bearer in places.items()} | foreign
    for one in found:
        full_name = forms.get(fold_name(one.surface)) if _may_stand(one, full) else None
        yield _under(one, full_name) if full_name else _cut(page, one, places)


def _under(one: Mention, full: Mention) -> Mention:
    return replace(one, name=full.name, key=full.key, method="short_form")


def _foreign(found: Iterable[Mention]) -> dict[str, Mention]:
    """Return the parts of foreign names that are one bearer's alone: 韋伯 of 多蘿特·韋伯, whatever that is shown as."""
    bearers: dict[str, dict[str, Mention]] = {}
    for one in found:
        if one.kind is EntityKind.PERSON and "·" in fold_name(one.surface):
            for part in parts_of(one.surface):
                bearers.setdefault(fold_name(part), {})[one.key or fold_name(one.name)] = one
    return {part: next(iter(of.values())) for part, of in bearers.items() if len(of) == 1}


def _cut(page: Page, one: Mention, places: Mapping[Span, Mention]) -> Mention:
    """Return the mention, or the form of address that it begins with where a verb was taken for its end: 譚工|測了."""
    if one.kind is not EntityKind.PERSON or one.method not in _METHODS or one.key or len(one.surface) != _CUT:
        return one
    span = Span(one.span.start, one.span.end - 1)
    bearer = places.get(span)
    if bearer is None or not page.words.edge(span.end) or not is_verb_or_small(page.words.at(span.end)):
        return one
    return page.mention(span, EntityKind.PERSON, bearer.name, bearer.key, how="short_form", sure=0.75)


def _full(found: Iterable[Mention]) -> dict[str, Mention]:
    """Return the people whom a post names in full, by what tells them apart."""
    return {
        one.key or fold_name(one.name): one
        for one in found
        if one.kind is EntityKind.PERSON
        and (parts := parts_of_han(one.name))
        and len(parts.given) > 0
        and not _is_address(fold_name(one.name))
    }


@lru_cache(maxsize=4096)
def _is_address(folded: str) -> bool:
    """Tell whether a name is one of address itself: 老饒, 海哥, 簡太."""
    kin = folded.endswith(longest_first("kin_titles", "family_titles")) and len(folded) <= 3  # noqa: PLR2004
    return (folded[0] in _FAMILIAR and len(folded) <= 3) or kin  # noqa: PLR2004


def _may_stand(one: Mention, full: Mapping[str, Mention]) -> bool:
    """Tell whether a name that was found may stand for another: it is no full name of its own."""
    own = one.kind is EntityKind.PERSON and one.key is None and one.method in _METHODS and one.name == one.surface
    return own and fold_name(one.name) not in full


def _calls(full: Mapping[str, Mention]) -> dict[str, Mention]:
    """Return for each family and given name of a post, and the last character of one, whose alone it is."""
    bearers: dict[str, dict[str, Mention]] = {}
    for ident, one in full.items():
        parts = parts_of_han(one.name)
        for form in {parts.family, parts.given, parts.given[-1:]} if parts else ():
            bearers.setdefault(form, {})[ident] = one
    return {form: next(iter(of.values())) for form, of in bearers.items() if len(of) == 1}


def _places(page: Page, calls: Mapping[str, Mention]) -> Iterator[tuple[Span, Mention]]:
    """Yield where a form of address stands, the longest first, with whom it stands for."""
    for title, end in cue_places(page.folded, "kin_titles", "family_titles"):
        for length in (3, 2, 1):
            bearer = calls.get(page.folded[title - length : title]) if title >= length else None
            if bearer is not None:
                start = title - length
                familiar = page.folded[start - 1 : start] in ("小", "老", "阿") and page.words.edge(start - 1)
                yield Span(start - familiar, end), bearer
                if length > 1:  # 比嘉|教授
                    yield Span(start, title), bearer
                break
    old = {match[1] for match in _familiar().finditer(page.folded) if match[0][0] == "老"}
    for match in _familiar().finditer(page.folded):
        bearer = calls.get(match[1])
        if bearer is not None and not (match[0][0] == "小" and match[1] in old):  # 小饒 is the son of 老饒
            yield Span(*match.span()), bearer


def _stands_alone(page: Page, span: Span) -> bool:
    """Tell whether a form of address is one at its place: between the edges of words, where somebody may be named."""
    if page.folded[span.start : span.end].isascii() or span.end - span.start < _SHORTEST:
        return False
    before, word = page.folded[span.start - 1 : span.start], page.words.at(span.end)
    begins = not before.isalpha() or before in _LEFT
    edges = page.words.edge(span.start) and page.words.edge(span.end)
    if not (begins and edges) or _is_everyday(page, span):
        return False
    if page.has_speech_behind(span.end) or _EDGE.match(page.folded, span.end):
        return _ends_in_title(page.folded[slice(*span)]) or page.has_speech_behind(span.end)
    return is_verb_or_small(word) or part_of_speech(word) == "t"


def _is_everyday(page: Page, span: Span) -> bool:
    """Tell whether the dictionary has what stands at `span` as a word that is no name: 嚮導 is a guide, no director."""
    form = page.folded[slice(*span)]
    return page.words.at(span.start) == form and part_of_speech(form)[:2] not in ("nr", "")


@lru_cache(maxsize=4096)
def _ends_in_title(form: str) -> bool:
    return form.endswith(longest_first("kin_titles", "family_titles")) or form[0] in _FAMILIAR


@cache
def _familiar() -> re.Pattern[str]:
    """Return what matches a familiar word before a name of one character or two: 老饒, 阿國."""
    return re.compile(f"[{_FAMILIAR}]([\u4e00-\u9fff])")
