"""Where the model has to look at all: most of a text holds nothing that may be a name nobody listed.

What no dictionary has falls apart into single characters (何/沐/阳), or is a word that the dictionary takes for a name.
A Latin word is a name where it is written as one, and by itself only where a mark sets it off: between Chinese words
(使用 Webpack 打包) it is a thing nearly always.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from service.extraction.names.model.units import LONGEST, STOP, shape_of
from service.extraction.names.model.weights import SCALE, Weights
from service.extraction.names.words import Words
from service.lexicon.name_cues import folded_cues
from service.segmentation import part_of_speech

Place = tuple[int, int]

_BEFORE, _BEHIND = 6, 7  # characters to either side of a sign that are read with it
_FAR: Final = 24  # behind one that are looked at for the end of the sentence
_HOPELESS: Final = int(1.5 * SCALE)  # what the words of a name say for it by themselves, at least
_ALONE: Final = int(2.5 * SCALE)  # and a family name alone: a given one that is a word stands behind few of them
_FAMILY, _LOOSE, _NAME, _OTHER = "f", "l", "n", "o"
_SIGN = re.compile(f"[{_LOOSE}{_FAMILY}]{{2,}}|[{_NAME}{_FAMILY}]")
_COMPANY: Final = 9  # characters behind one where a company's name may end: 雲嶺|科技股份有限公司
_LATIN = re.compile("[A-ZÀ-Þ](?<![A-Za-zÀ-ɏ].)[A-Za-zÀ-ɏ .&'’-]{0,40}(?=[\u3400-\u9fff·、，。：；」”）（()])")
_NAMES: Final = ("nr", "nrt", "nrfg", "ns", "nz", "nt", "")
_WRITTEN_AS_NAMES: Final = frozenset(("LC", "Lg", "Lc"))  # shapes of words: a capital and small letters
_NEVER_FIRST: Final = frozenset(("Lt", "Ll", "LM"))  # those of things, words without a capital, words like `DataServer`


class Window(NamedTuple):
    """A stretch of a text that may hold a name, and whether its sentence goes on behind it."""

    start: int
    end: int
    goes_on: bool


def windows(text: str, signs: Sequence[Place], blocks: Sequence[Place]) -> Iterator[Window]:
    """Yield the stretches of `text` around `signs` that may hold a name, within a sentence of a block.

    >>> list(windows("他說。那一天王明回來了，大家都很高興，放了鞭炮。", [(6, 8)], [(0, 25)]))
    [Window(start=3, end=15, goes_on=True)]
    """
    starts, opens, closes = [start for start, _ in blocks], -1, -1
    low = high = 0
    for start, end in signs:
        number = bisect_right(starts, start) - 1
        if number < 0 or end > blocks[number][1]:
            continue
        if opens < 0 or start >= high or end - opens > LONGEST or start > closes + _BEFORE + _BEHIND:
            if opens >= 0:
                yield _window(low, closes, high)
            opens, low = start, _sentence_start(text, max(start - _BEFORE, blocks[number][0]), start)
        if end > closes:
            high = min(end + _FAR, blocks[number][1])
            closes = max(end, text.find("公司", end, min(end + _COMPANY, high)))
            stop = STOP.search(text, end - 1, high)
            high = stop.end() if stop else high
    if opens >= 0:
        yield _window(low, closes, high)


def _window(low: int, closes: int, high: int) -> Window:
    return Window(low, min(high, closes + _BEHIND), closes + _BEHIND < high)


def _sentence_start(text: str, low: int, start: int) -> int:
    """Return where the sentence begins before `start`, or `low` where that is earlier."""
    for stop in STOP.finditer(text, low, start):
        low = stop.end()
    return low


def signs(text: str, words: Words, weights: Weights, shut: bytearray) -> tuple[list[Place], list[Place]]:
    """Return where signs of names are, from left to right, but for those that are `shut` throughout.

    The second are Latin words in passing: none is a name by itself, and they say something where they may be names
    elsewhere.
    """
    latin = [place for place in _latin(text) if shut.find(0, *place) >= 0]
    passing = {place for place in latin if _is_in_passing(text, *place)}
    han = (place for place in _han(words, weights) if shut.find(0, *place) >= 0)
    return sorted([*han, *(place for place in latin if place not in passing)]), sorted(passing)


def _han(words: Words, weights: Weights) -> Iterator[Place]:
    starts = words.starts
    for sign in _SIGN.finditer("".join(map(_code, words.all))):
        first, last = sign.span()
        if weights.hope(words.all[first:last]) > (_ALONE if sign[0] == _FAMILY else _HOPELESS):
            yield starts[first], starts[last]


def _latin(text: str) -> Iterator[Place]:
    for match in _LATIN.finditer(text):
        if is_written_as_name(name := match[0].rstrip(" ")):
            yield match.start(), match.start() + len(name)


def _is_in_passing(text: str, start: int, end: int) -> bool:
    """Tell whether Chinese goes on behind one Latin word that no list or colon brings up: 使用 Webpack 打包."""
    behind, before = text[end : end + 2].lstrip(" ")[:1], text[max(start - 2, 0) : start].rstrip(" ")[-1:]
    last = before == "、" and behind == "等"
    return "\u3400" <= behind <= "\u9fff" and not last and " " not in text[start:end] and before not in ":：｜"


@lru_cache(maxsize=8192)
def is_written_as_name(run: str) -> bool:
    """Tell whether Latin words may be a name by how they are written: no acronym, no common word at either end.

    >>> is_written_as_name("Norvik Foods"), is_written_as_name("CPU"), is_written_as_name("DataServer")
    (True, False, False)
    """
    shapes = [shape_of(word) for word in run.replace("&", " ").split() if word[0].isalpha()]
    return not _WRITTEN_AS_NAMES.isdisjoint(shapes) and shapes[0] not in _NEVER_FIRST


@lru_cache(maxsize=65536)
def _code(word: str) -> str:
    if not "\u3400" <= word[0] <= "\u9fff":
        return _NAME if word[0] == "·" else _OTHER
    if len(word) == 1:
        return _OTHER if word in _small() else _FAMILY if word in folded_cues("surnames", "surnames_too") else _LOOSE
    return _NAME if part_of_speech(word) in _NAMES else _OTHER


@cache
def _small() -> frozenset[str]:
    return folded_cues("never_in_names", "adverbs", "verbs_before_names")
