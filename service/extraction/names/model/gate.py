"""Where the model has to look at all: most of a text holds nothing that may be a name nobody listed.

What no dictionary has falls apart into single characters (何/沐/阳), or is a word that the dictionary takes for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from service.extraction.names.model.units import lines
from service.extraction.names.model.weights import SCALE, Weights
from service.extraction.names.words import Words
from service.lexicon.name_cues import folded_cues
from service.segmentation import part_of_speech

_AROUND: Final = 7  # characters to either side of a sign that are read with it
_HOPELESS: Final = int(1.5 * SCALE)  # what the words of a name say for it by themselves, at least
_FAMILY, _LOOSE, _NAME, _OTHER = "f", "l", "n", "o"
_SIGN = re.compile(f"[{_LOOSE}{_FAMILY}]{{2,}}|[{_NAME}{_FAMILY}]")
_LATIN = re.compile("[A-ZÀ-Þ](?<![A-Za-zÀ-ɏ].)[A-Za-zÀ-ɏ .&'’-]{0,40}(?=[\u3400-\u9fff·、，。：；」”）（(])")
_NAMES: Final = ("nr", "nrt", "nrfg", "ns", "nz", "nt", "")


def windows(text: str, marks: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `text` from `start` to `end` that may hold a name, within a sentence each.

    `marks` are the signs of the whole text.
    """
    for first, last in lines(text, start, end):
        sign = marks.find(1, first, last)
        while sign >= 0:
            opens = closes = sign
            while 0 <= sign <= closes + 2 * _AROUND:
                closes = sign
                sign = marks.find(1, sign + 1, last)
            yield max(opens - _AROUND, first), min(closes + _AROUND + 1, last)


def signs(text: str, words: Words, weights: Weights) -> bytearray:
    """Return one byte a character: 1 where a sign of a name is."""
    marks = bytearray(len(text) + 1)
    starts = words.starts
    for sign in _SIGN.finditer("".join(map(_code, words.all))):
        if weights.hope(words.all[sign.start() : sign.end()]) > _HOPELESS:
            marks[starts[sign.start()]] = marks[starts[sign.end()] - 1] = 1
    for match in _LATIN.finditer(text):
        marks[match.start() : match.end()] = b"\x01" * len(match[0])
    return marks


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
