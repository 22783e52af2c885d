"""Words that name one thing, words that come close, and words that mean the contrary, as the lexicon lists them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from service.lexicon import read
from service.query.synonyms import regional_words
from service.script import fold

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sense:
    """What a word stands for, as folded words: itself in any region, what comes close, and what is its contrary."""

    same: frozenset[str]
    near: frozenset[str] = _NONE
    contrary: frozenset[str] = _NONE


@cache
def senses() -> Mapping[str, Sense]:
    """Return the sense of each listed word, by its folded form.

    >>> senses()["便宜"].contrary & {"昂贵"}
    frozenset({'昂贵'})
    """
    near = _near()
    contrary = _contrary(near)
    known = regional_words().keys() | near.keys() | contrary.keys()
    return {word: Sense(same := _same(word), near.get(word, _NONE) - same, contrary.get(word, _NONE)) for word in known}


def _same(word: str) -> frozenset[str]:
    return frozenset(regional_words().get(word, (word,)))


def _widened(words: Iterable[str]) -> frozenset[str]:
    return frozenset[str]().union(*(_same(fold(word)) for word in words))


def _near() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in read("synonyms.toml")["near"]:
        words = _widened(group["words"])
        found.update(dict.fromkeys(words, words))
    return found


def _contrary(near: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for pair in read("stance.toml")["contrary"]:
        sides = [
            frozenset[str]().union(*(near.get(word, frozenset({word})) for word in _widened(pair[side])))
            for side in ("one", "other")
        ]
        for words, others in (sides, reversed(sides)):
            for word in words:
                found[word] |= others - words
    return found


@cache
def stance(*path: str) -> re.Pattern[str]:
    """Return a pattern over folded text for a list of ``stance.toml``, Latin words only whole, the longest first."""
    words = sorted(stance_words(*path), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_whole, words)))


@cache
def stance_words(*path: str) -> frozenset[str]:
    """Return a list of ``stance.toml``, folded, with what belongs to it by its words."""
    data = read("stance.toml")
    for key in path:
        data = data[key]
    return frozenset(fold(word) for word in data) | _holding(path)


def _holding(path: tuple[str, ...]) -> frozenset[str]:
    """Return, for what denies by accident, the listed words that hold a denying word: 供不應求 denies nothing."""
    if path != ("deny", "accident"):
        return _NONE
    denying, listed = stance("deny", "words"), frozenset(map(fold, read("stance.toml")["deny"]["words"]))
    return frozenset(word for word in senses() if not word.isascii() and word not in listed and denying.search(word))


def _whole(word: str) -> str:
    quoted = re.escape(word)
    return rf"(?<![a-z0-9]){quoted}(?![a-z0-9])" if word.isascii() else quoted
