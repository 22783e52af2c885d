"""Chinese personal names that no list knows, weighed: what they are made of, what stands around, how often they come.

A family name and one or two characters make a name where enough speaks for it. No single sign decides, except a word
of the dictionary that is no name (高兴, 张力), and small words that no name holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from service.extraction.names.families import family_name, han_without
from service.extraction.names.lives import LIFE
from service.extraction.names.page import Page, Taken
from service.extraction.names.words import is_names_word, is_verb_or_small
from service.lexicon.name_cues import folded_cues, longest_first, pattern
from service.lexicon.name_folding import fold_name
from service.model import Span
from service.segmentation import part_of_speech

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_CODE = re.compile(r"\((?:[a-z]{2,6}[:：] ?)?[0-9]{4,6}")  # of a listed company
_CODE_BEFORE = re.compile(r"(?:^|[^0-9.])[0-9]{4,6} ?[-_] ?$")
_BEHIND_CODE = frozenset(" -_")
_ENOUGH = {2: 3.4, 3: 2.7, 4: 3.0, 5: 3.0}  # by the length of the name
_HOPELESS = -1.5  # what nothing behind a name can make up for
_FULL = 3  # characters from which a name is no other word by chance
_WHO = frozenset(fold_name("員師工匠"))
_RUN_OF_THREE = re.compile("[\u4e00-\u9fff]{3}")
_JOINTS = "、和与及跟/&"
_LEFT = "和与及跟由被让请对给向把而但因当是有找随同令以使叫见的"
_MARKS = {"·": -9.0, "(": 1.2, "、": 0.9, "&": 0.9}
_RIGHT = "的在是于曾也则为与和等任早年后来所之及还都已从就又将说把被对向跟把一先"


class Weighed(NamedTuple):
    """A place that may be a name, and how much speaks for it."""

    span: Span
    score: float


def people(page: Page, taken: Taken) -> tuple[Span, ...]:
    """Return where Chinese personal names stand that no list knows, and where they are said again."""
    weighed = [one for one in _weighed(page, taken) if page.open(one.span)]
    counts = Counter(page.folded[slice(*one.span)] for one in weighed)
    scored = [one._replace(score=one.score + _repeated(page, one, counts)) for one in weighed]
    sure = _best(one for one in scored if one.score >= _ENOUGH[one.span.end - one.span.start])
    return tuple(sorted({*sure, *_beside(page, scored, sure)}))


def _repeated(page: Page, one: Weighed, counts: Counter[str]) -> float:
    """Return what it tells that the same characters come again, and go on in another way where they do."""
    name = page.folded[slice(*one.span)]
    if counts[name] < 2 or len(name) < _FULL:  # noqa: PLR2004
        return 0.0
    return 1.0 if counts[name] == 2 else 1.4  # noqa: PLR2004


def _best(weighed: Iterator[Weighed]) -> list[Span]:
    """Return the places that speak most for themselves, none overlapping."""
    kept: list[Span] = []
    taken = Taken()
    for one in sorted(weighed, key=lambda one: (-one.score, one.span)):
        if not taken.touches(one.span):
            taken.add(one.span)
            kept.append(one.span)
    return kept


def _beside(page: Page, weighed: list[Weighed], sure: list[Span]) -> Iterator[Span]:
    """Yield the likely names that a mark of a list parts from a sure one: 施一公、饶毅."""
    starts, ends = {span.start for span in sure} | page.name_starts, {span.end for span in sure} | page.name_ends
    found = Taken(sure)
    for one in sorted(weighed, key=lambda one: one.span.start):
        start, end = one.span
        after = page.folded[end : end + 1] in _JOINTS and end + 1 in starts
        before = page.folded[start - 1 : start] in _JOINTS and start - 1 in ends
        if (after or before) and one.score >= _ENOUGH[end - start] - 1.5 and not found.touches(one.span):
            found.add(one.span)
            ends.add(end)
            yield one.span


def _weighed(page: Page, taken: Taken) -> Iterator[Weighed]:
    roles, edge = page.behind_roles, page.words.edge
    for match in _family().finditer(page.folded):
        start, given = match.start(), match[1]
        titled = start in roles and (edge(start) or _is_place(page, start))
        if not titled and not (edge(start) and _may_begin(page.words.at(start), match.end() - start)):
            continue
        left, family = _left(page, start), match.end() - start  # 嚴陳莉蓮 has two family names, 阮氏秋香 a middle one
        married = given[0] == "氏" or (titled and given[0] in folded_cues("surnames") and _likely(given[1:]))
        long = married or (family == 2 and given[1:] in folded_cues("japanese_endings"))  # noqa: PLR2004  # 河井寬次郎
        for length in range(len(given) if long else min(len(given), 2), 0, -1):
            end = start + family + length
            if taken.touches(Span(start, end)):
                continue
            score = left + _made_of(page, start, family, end)
            if score > _HOPELESS and (score := score + _right(page, end, end - start)) > 1.0:
                yield Weighed(Span(start, end), score)


def _is_place(page: Page, start: int) -> bool:
    """Tell whether a family name ends a name of a place: 署长江|孟洁 is cut so, 岑立群主张|先 is another word."""
    return part_of_speech(page.words.slice(*page.words.around(start))) == "ns"


def _may_begin(word: str, family: int) -> bool:
    """Tell whether a name may begin with `word`: with a family name by itself, or with what is a name as a word."""
    return bool(word) and (len(word) <= family or is_names_word(word) or part_of_speech(word) in ("nz", "ns", ""))


def _made_of(page: Page, start: int, family: int, end: int) -> float:
    """Return what the characters and the words they make say for a name."""
    name = page.folded[start:end]
    if name in folded_cues("places") or (name[-1] in folded_cues("place_endings") and not _is_armed(name)):
        return -9.0
    surname = 1.2 if family == 2 else -0.8 if name[0] in folded_cues("surnames_too") else 0.5  # noqa: PLR2004
    if name.startswith(longest_first("not_names")):
        return -9.0
    if name[family] == "氏" and len(name) > family + 1:  # 阮氏秋香
        family += 1
        surname += 1.0
    listed = name[family:] in folded_cues("given_words")
    listed |= len(name) - family == _FULL and name[family + 1 :] in folded_cues("japanese_endings")
    score = sum(_given(character) for character in name[family:])
    score = max(score, 0.6) if listed else score
    verb = len(name) == _FULL and is_verb_or_small(name[2]) and name[2] not in folded_cues("given_characters")
    if family == 2 and verb:  # noqa: PLR2004
        score -= 2.0  # 谷川|寄
    if page.words.at(start) == name:
        return surname + score + _as_word(name, name[family:])
    if not page.words.edge(start + family):  # the family name begins a longer word
        word = page.words.at(start)
        score += 0.3 if is_names_word(word) else -2.5
    elif page.words.at(start + family) == name[family:] and end - start - family > 1:
        score += _given_word(name[family:])
    if not page.words.edge(end) and not (
        len(name) - family > 1 and page.folded[end : end + 2] in folded_cues("speech")
    ):
        score -= 2.5  # but 岑立|群主|张
    return surname + score - (_one_given(page, start, end) if len(name) - family == 1 else 0.0)


def _is_armed(name: str) -> bool:
    """Tell whether 軍 ends a given name, no army's: 賀建軍."""
    given = folded_cues("given_characters", "given_characters_too")
    return len(name) == _FULL and name[-1] == "军" and name[1] in given


def _one_given(page: Page, start: int, end: int) -> float:
    """Return what it says against a name that its given one has one character: less where a role and a verb are."""
    told = page.has_role_before(start) and page.folded[start] in folded_cues("surnames")
    follows = page.words.at(end)
    verb = not _HAN.match(follows) or is_verb_or_small(follows) or part_of_speech(follows) in ("i", "l", "t")
    if not told and page.folded[start] in folded_cues("surnames") and page.words.at(start) != page.folded[start:end]:
        return 0.4 if pattern("personal_speech").match(page.behind(end)) else 1.0
    return 0.0 if told and verb else 1.0


def _as_word(name: str, given: str) -> float:
    """Return what it tells that the dictionary has the whole name as a word: it takes 莫斯科 for a name too."""
    if len(given) > 1 and not _likely(given) and part_of_speech(given) not in ("", "nz", "nr"):
        return -3.0
    if is_names_word(name):
        return 1.2 if len(name) >= _FULL else 0.4
    return -4.0


def _given_word(given: str) -> float:
    if is_names_word(given) or given in folded_cues("given_words") or part_of_speech(given) in ("nz", ""):
        return 0.6
    return -0.6 if _likely(given) else -2.2


def _likely(given: str) -> bool:
    return all(character in folded_cues("given_characters") for character in given)


def _given(character: str) -> float:
    if character in folded_cues("given_characters"):
        return 1.0
    if character in folded_cues("given_characters_too") or character in folded_cues("surnames"):
        return 0.3
    return -1.6 if character in folded_cues("not_in_names") else -0.3


def _left(page: Page, start: int) -> float:
    """Return what stands before a name says for it."""
    before = page.folded[start - 1 : start]
    if page.has_role_before(start):
        return 2.5
    if before in _BEHIND_CODE and _CODE_BEFORE.search(page.before(start)):
        return -9.0  # 2330 - 台積電
    if not _HAN.match(before):
        beside_firm = before == "、" and start - 1 in page.firm_ends
        return -0.5 if beside_firm else 1.0 if before != "·" else -9.0  # 東鵬飲料、王老吉
    if start in page.name_ends:
        return 0.6
    if not page.words.edge(start):
        return -3.0
    return _behind_small(page, start) if before in _LEFT else _behind_word(page, start)


def _behind_small(page: Page, start: int) -> float:
    """Return what a small word before it says for a name, with what that follows: 我的导师是范以宁, 中金的康予白."""
    before = page.folded[start - 1]
    if before == "是" and start - 1 in page.role_ends:
        return 1.8
    if before == "的" and start - 1 in page.firm_ends:
        return 1.5
    return 1.2 if before == "由" else 0.7


def _behind_word(page: Page, start: int) -> float:
    """Return what it says for a name that the word before it may end where a name begins."""
    if _does_for_a_living(page.folded[max(start - 3, 0) : start]):
        return 1.5
    word = page.words.before(start)
    return 0.4 if len(word) > 1 and (is_verb_or_small(word) or part_of_speech(word) == "n") else -0.6


def _does_for_a_living(before: str) -> bool:
    """Tell whether a name follows a word for who does something, of whatever trade: 外送員, 調香師."""
    whose = before[-1:] in _WHO or before.endswith(("学家", "艺家", "曲家"))
    return len(before) == 3 and whose and bool(_RUN_OF_THREE.match(before))  # noqa: PLR2004


def _right(page: Page, end: int, length: int) -> float:
    """Return what stands behind a name of so many characters says for it."""
    behind = page.behind(end)
    for holds, worth in (
        (length >= _FULL and page.has_speech_later(end), 2.5),
        (pattern("larger_than_person", "larger_than_name").match(behind), -4.0),
        (page.has_speech_behind(end) or pattern("titles", "family_titles").match(behind), 2.5),
        (_solemnly().match(behind) or LIFE.match(page.folded, end), 2.5),
        (pattern("life").match(behind) or behind.startswith(("的《", "《")), 1.8),
        (behind[:1] == "等" and pattern("roles").match(behind[1:]), 2.2),
        (_CODE.match(behind), -4.0),
    ):
        if holds:
            return worth
    first = behind[:1]
    return _MARKS[first] if first in _MARKS else _follows(page, end, first)


def _follows(page: Page, end: int, first: str) -> float:
    """Return what the word behind a name says for it: people do things, and places have things."""
    if not _HAN.match(first):
        return 0.5
    if first in _RIGHT:
        return 0.7
    word = page.words.at(end)
    if not word:
        return -0.5
    return (
        0.7
        if is_verb_or_small(word) or part_of_speech(word) in ("i", "l")
        else -0.4
        if part_of_speech(word)[:1] == "n"
        else 0.0
    )


@cache
def _solemnly() -> re.Pattern[str]:
    """Return what matches a manner of speaking behind a name: 信誓旦旦地說."""
    verbs = "|".join(map(re.escape, longest_first("speech")))
    return re.compile(f"[\u4e00-\u9fff]{{2,4}}地(?:{verbs})")


@cache
def _family() -> re.Pattern[str]:
    first, rest = family_name()
    never = folded_cues("never_in_names")
    words = "|".join(sorted(word for word in folded_cues("given_words") if not never.isdisjoint(word)))
    return re.compile(f"{first}{rest}(?=({words}|{han_without(never)}{{1,3}}))")
