"""What a post says that somebody is called besides: 鄺啟樂（花名「牛哥」）, 艾弗森（Graham Iverson）.

Within the post the two names are one bearer's from then on. Other posts learn of it only where both are full names:
there are many 蘭姐, and many an 艾弗森.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from service.extraction.names.han import is_personal
from service.extraction.names.latin_runs import is_person_shaped
from service.extraction.names.page import Page, Taken
from service.extraction.names.transliterations import sounds
from service.lexicon.name_cues import cue_places, longest_first, word_places
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Gloss, Mention, Span

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_OPENS: Final = '[「『“‘"]?'
_CLOSES: Final = '[」』”’"]?'
_NAME: Final = f"([{_HAN}]{{2,6}}(?:·[{_HAN}]{{1,6}}){{0,2}}|[a-z][a-z.'-]{{1,20}}(?: [a-z][a-z.'-]{{1,20}}){{0,2}})"
_MARKED: Final = frozenset('「『“‘"')
_BRACKET = re.compile(" ?\\( ?")
_BRACKET_ENDS = re.compile(r" ?[),;、]")
_ONE_WORD = re.compile(r" ?\( ?([a-z][a-z'-]{2,20})\)")
_COURTESY = re.compile("[(,] ?表?[字号](?=[\u4e00-\u9fff]{2,4}[),;。])")
_BETWEEN = re.compile(f"[{_HAN}]{{0,9}}\\Z")  # an office between a name besides and the name
_MOST: Final = 4  # names besides that one name is followed by
_FULL: Final = 3  # characters of a Chinese personal name that few others bear


class Called(NamedTuple):
    """The names of a post, each bearer's under one name, and which of them other posts may learn to be one."""

    mentions: tuple[Mention, ...]
    glosses: tuple[Gloss, ...]


def called(page: Page, found: Iterable[Mention], taken: Taken) -> Called:
    """Return the names `found` and those that the post gives besides, where nothing is `taken`."""
    found, says = list(found), _says_besides(page.folded)
    found += _before_cues(page, taken) if says else ()
    found += _quoted_names(page, taken) if says else ()
    people = [one for one in found if one.kind is EntityKind.PERSON]
    starts = {one.span.start: one for one in people}
    ties = [*_by_cue(page, people, starts), *_by_cue_before(page, people, starts)] if says else []
    ties += _in_brackets(page, people, starts)
    if not ties:
        return Called(tuple(found), ())
    added = [one for tie in ties for one in _added(page, tie, found, taken)]
    names = _bearers(ties)
    mentions = (_renamed(one, names) for one in (*found, *added))
    return Called(tuple(mentions), tuple(_gloss(page, *tie) for tie in ties if _tells_others(*tie)))


def _says_besides(folded: str) -> bool:
    """Tell whether a text has a word for what somebody is called besides; few do, and all else is looked for then."""
    return _COURTESY.search(folded) is not None or bool(cue_places(folded, "called_besides"))


def _before_cues(page: Page, taken: Taken) -> Iterator[Mention]:
    """Yield the Chinese names that only this speaks for, that a bracket says what their bearers are called besides."""
    for match in _cue_behind().finditer(page.folded):
        for length in (4, 3, 2):
            span = Span(match.start() - length, match.start())
            edge = page.words.edge(span.start) or not page.folded[max(span.start - 1, 0) : span.start].isalpha()
            if span.start >= 0 and edge and is_personal(page.folded[slice(*span)], length):
                if page.open(span) and not taken.touches(span):
                    taken.add(span)
                    yield _mention(page, span)
                break


def _quoted_names(page: Page, taken: Taken) -> Iterator[Mention]:
    """Yield what quotation marks give as somebody's other name, whoever that is: 筆名「青禾」的作家."""
    for match in _cue_before().finditer(page.folded):
        span = Span(*match.span(1))
        if page.folded[span.start - 1] in _MARKED and page.open(span) and not taken.touches(span):
            taken.add(span)
            yield _mention(page, span)


def _by_cue(page: Page, people: Iterable[Mention], starts: Mapping[int, Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield the names that a cue behind a name gives: 鄺啟樂，花名「牛哥」."""
    for one in people:
        end = one.span.end
        for _ in range(_MOST):  # 王安石，字介甫，號半山
            match = _cue_behind().match(page.folded, end)
            other = (starts.get(match.end()) or _closed(page, match.end())) if match else None
            if other is None:
                break
            yield from _tied(page, one, other)
            end = other.span.end


def _by_cue_before(
    page: Page, people: Iterable[Mention], starts: Mapping[int, Mention]
) -> Iterator[tuple[Mention, Mention]]:
    """Yield the names that a cue gives before a name: 人稱「牛哥」的鄺啟樂."""
    ordered = sorted(one.span.start for one in people)
    for match in _cue_before().finditer(page.folded):
        behind = next((start for start in ordered if start >= match.end()), -1)
        office = page.folded[match.end() : behind] if match.end() <= behind <= match.end() + 9 else None
        if office == "" or (office and _BETWEEN.match(office) and page.has_role_before(behind)):
            name = starts.get(match.start(1)) or _mention(page, Span(*match.span(1)))
            yield from _tied(page, starts[behind], name)


def _in_brackets(
    page: Page, people: Iterable[Mention], starts: Mapping[int, Mention]
) -> Iterator[tuple[Mention, Mention]]:
    """Yield the names of two scripts that a bracket sets side by side: 艾弗森（Graham Iverson）."""
    for one in people:
        bracket = _BRACKET.match(page.folded, one.span.end)
        other = starts.get(bracket.end()) if bracket else None
        if other and one.surface[0].isascii() != other.surface[0].isascii():
            yield from _tied(page, one, other) if _BRACKET_ENDS.match(page.folded, other.span.end) else ()
        elif bracket and other is None and set(page.folded[slice(*one.span)]) <= sounds():
            word = _ONE_WORD.match(page.folded, one.span.end)
            shown = page.text[slice(*word.span(1))] if word else ""
            if word and shown[0].isupper() and is_person_shaped((shown,), least=1):
                yield from _tied(page, one, _mention(page, Span(*word.span(1))))


def _closed(page: Page, start: int) -> Mention | None:
    """Return the name that begins at `start` where a mark closes it."""
    match = _closed_name().match(page.folded, start)
    return _mention(page, Span(start, match.end(1))) if match else None


def _mention(page: Page, span: Span) -> Mention:
    return page.mention(span, EntityKind.PERSON, page.document.slice(span), None, how="gloss", sure=0.8)


def _tied(page: Page, one: Mention, other: Mention | None) -> Iterator[tuple[Mention, Mention]]:
    """Yield the two as a tie, unless the lexicon knows that they are two."""
    if other is None or not page.open(other.span) or (one.key and other.key) or _ident(one) == _ident(other):
        return
    yield one, other


def _added(page: Page, tie: tuple[Mention, Mention], found: Iterable[Mention], taken: Taken) -> Iterator[Mention]:
    """Yield the places of a name besides that was not found by itself."""
    form = page.folded[slice(*tie[1].span)]
    if any(one.span.overlaps(tie[1].span) for one in found):
        return
    for place in word_places(page.folded, [form]).get(form, ()):
        span = Span(*place)
        whole = page.words.edge(span.start) and page.words.edge(span.end)
        if (span == tie[1].span or whole) and page.open(span) and not taken.touches(span):
            taken.add(span)
            yield _mention(page, span)


def _ident(one: Mention) -> str:
    return one.key or fold_name(one.name)


def _bearers(ties: Iterable[tuple[Mention, Mention]]) -> dict[str, Mention]:
    """Return for the names that are tied the one that their bearer goes by."""
    groups: dict[str, list[Mention]] = {}
    for one, other in ties:
        joined = [*groups.get(_ident(one), [one]), *groups.get(_ident(other), [other])]
        if len({named.key for named in joined if named.key}) <= 1:
            groups.update({_ident(named): joined for named in joined})
    return {ident: min(joined, key=_rank) for ident, joined in groups.items()}


def _rank(one: Mention) -> tuple[bool, bool, bool, int, str]:
    folded = fold_name(one.name)
    latin = folded[0].isascii() and " " in folded
    full = latin or "·" in folded or (is_personal(folded) and len(folded) >= _FULL)
    return one.key is None, not full, not latin, -len(folded), folded


def _renamed(one: Mention, names: Mapping[str, Mention]) -> Mention:
    bearer = names.get(_ident(one)) if one.kind is EntityKind.PERSON else None
    return one if bearer is None else replace(one, name=bearer.name, key=bearer.key)


def _tells_others(one: Mention, other: Mention) -> bool:
    """Tell whether two names are so full that other posts' are the same bearer's: 林靜儀（Ching-Yi Lin）."""
    han, latin = (other, one) if one.surface[0].isascii() else (one, other)
    folded = fold_name(han.surface)
    full = "·" in folded or (is_personal(folded) and len(folded) >= _FULL and not set(folded) <= sounds())
    return full and latin.surface[0].isascii() and " " in latin.surface and not han.surface[0].isascii()


def _gloss(page: Page, one: Mention, other: Mention) -> Gloss:
    span = Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
    return Gloss(one.surface, other.surface, EntityKind.PERSON, span, page.document.line(span.start))


@cache
def _cues() -> str:
    return "|".join(map(re.escape, longest_first("called_besides"))) + ")(?:叫做|叫|是|为|作)?:? ?" + _OPENS


@cache
def _cue_behind() -> re.Pattern[str]:
    """Return what matches, behind a name, up to where another one begins: （花名「."""
    return re.compile(f"[」』”’]? ?(?:{_COURTESY.pattern}|[(,]? ?[又也]?(?:{_cues()})")


@cache
def _cue_before() -> re.Pattern[str]:
    return re.compile(f"(?:{_cues()}{_NAME}{_CLOSES}的")


@cache
def _closed_name() -> re.Pattern[str]:
    return re.compile(f'{_NAME}(?=[」』”’"),.;:。;、\\n]|\\Z)')
