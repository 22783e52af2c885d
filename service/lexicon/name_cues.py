"""The words that tell a name from other words, folded, and where a text uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.lexicon.name_folding import fold_name
from service.lexicon.spelling import places

_FEW = 40  # words that are found one by one before a matcher for them is made
_MARKS_BETWEEN = frozenset(" :：,")


@cache
def cues(name: str) -> tuple[str, ...]:
    """Return the list `name` of ``name_cues.toml`` or ``personal_names.toml``, in their order."""
    table = lexicon.read("name_cues.toml") | lexicon.read("personal_names.toml")
    return tuple(table[name])


@cache
def folded_cues(*lists: str) -> frozenset[str]:
    """Return the folded words (or characters) of `lists`."""
    return frozenset(fold_name(word) for name in lists for word in cues(name))


@cache
def longest_first(*lists: str) -> tuple[str, ...]:
    """Return the folded words of `lists`, the longer before the shorter, else in the order of their characters."""
    return tuple(sorted(folded_cues(*lists), key=lambda word: (-len(word), word)))


def cue_places(folded: str, *lists: str) -> list[tuple[int, int]]:
    """Return where a folded text uses words of `lists`, from left to right, the longest first, none overlapping.

    >>> cue_places("他是教授", "titles_of_people")
    [(2, 4)]
    """
    return places(_matcher(lists), folded)


def word_places(folded: str, words: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Return where a folded text uses each of `words`, also within one another, in one pass.

    >>> word_places("山风能源与山风", ["山风", "山风能源"])
    {'山风': [(0, 2), (5, 7)], '山风能源': [(0, 4)]}
    """
    wanted = sorted(set(words))
    if len(wanted) <= _FEW:
        return {word: found for word in wanted if (found := [*_each(folded, word)])}
    several: dict[str, list[tuple[int, int]]] = {}
    for start, end in places(AhoCorasick(wanted, matchkind=MatchKind.Standard), folded, overlapping=True):
        several.setdefault(folded[start:end], []).append((start, end))
    return several


def _each(folded: str, word: str) -> Iterator[tuple[int, int]]:
    start = folded.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = folded.find(word, start + 1)


@cache
def _matcher(lists: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(list(longest_first(*lists)), matchkind=MatchKind.LeftmostLongest)


@cache
def pattern(*lists: str) -> re.Pattern[str]:
    """Return what matches any cue of `lists` right behind a name, the longest first, a space before it or not."""
    return re.compile(f" ?(?:{'|'.join(map(re.escape, longest_first(*lists)))})")


def ends_with_cue(folded: str, end: int | None, *lists: str) -> bool:
    """Tell whether a folded text up to `end` ends in a cue of `lists`, with a space or mark behind it at most.

    >>> ends_with_cue("由教授: ", None, "roles"), ends_with_cue("由教授：", None, "roles")
    (False, True)
    """
    words, lasts = _endings(lists)
    stop = len(folded) if end is None else end
    last = folded[stop - 1 : stop]
    if last in lasts:
        return folded.endswith(words, 0, stop)
    return last in _MARKS_BETWEEN and folded[stop - 2 : stop - 1] in lasts and folded.endswith(words, 0, stop - 1)


@cache
def _endings(lists: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words of `lists`, and the characters that they end in, by which most places are ruled out."""
    words = longest_first(*lists)
    return words, frozenset(word[-1] for word in words)


@cache
def speech() -> re.Pattern[str]:
    """Return what matches a verb of saying, with the small words before it, right behind a name."""
    small, verbs = ("|".join(map(re.escape, longest_first(name))) for name in ("adverbs", "speech"))
    return re.compile(rf" ?(?:{small}){{0,2}} ?(?:{verbs})")
