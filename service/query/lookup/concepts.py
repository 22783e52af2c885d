"""What a text speaks of, apart from its numbers: names, words with their regional twins, and the other words.

Each concept is one thing with all the forms that name it, so that a sentence in the other script, with the words of
another region or in English, can hold the same concepts without sharing a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import rjieba

from service.lexicon import read
from service.model import Span
from service.query.matching import regional_words
from service.script import fold

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(rf"[{_HAN}]+|[a-z][a-z0-9+#-]*")
_LATIN = re.compile(r"[a-z0-9]")
_LONG: Final = 3  # characters of a word that can be near to another
_HALF: Final = 0.5  # share of its pairs it must have in common
_SHORTEST: Final = 2  # characters of a word that says something


@dataclass(frozen=True)
class Concept:
    """One thing a text speaks of.

    `forms` are folded; `entity` is its id where the corpus knows it; `length` is that of the form in the text.
    """

    forms: frozenset[str]
    entity: str | None = None
    length: int = 2

    @property
    def proper(self) -> bool:
        """Tell whether it is named: an entity, or a word in Latin letters within Chinese."""
        return self.entity is not None or all(_LATIN.match(form) for form in self.forms)

    def share_in(self, folded: str) -> float:
        """Return how much of the concept stands in `folded`: 1 for one of its forms, Latin ones as whole words.

        Of a longer Han word, the share of its character pairs counts in part: 太阳能板 is near to 太阳能电池.
        """
        if any(_stands(form, folded) for form in self.forms):
            return 1.0
        return max((_near(form, folded) for form in self.forms), default=0.0)


def _near(form: str, folded: str) -> float:
    if len(form) < _LONG or _LATIN.match(form):
        return 0.0
    pairs = [a + b for a, b in pairwise(form)]
    share = sum(pair in folded for pair in pairs) / len(pairs)
    return share / 2 if share >= _HALF else 0.0


def _stands(form: str, folded: str) -> bool:
    if not _LATIN.match(form):
        return form in folded
    start = folded.find(form)
    while start >= 0:
        end = start + len(form)
        before, behind = folded[start - 1 : start], folded[end : end + 1]
        plural = folded[end : end + 1] == "s" and not _LATIN.match(folded[end + 1 : end + 2])
        if not _LATIN.match(before) and (not _LATIN.match(behind) or plural):
            return True
        start = folded.find(form, start + 1)
    return False


@dataclass(frozen=True)
class Named:
    """A name found in the text: where, and by which folded forms the corpus knows its bearer."""

    span: Span
    entity: str
    forms: frozenset[str]


def concepts(text: str, names: Iterable[Named], numbers: Iterable[Span]) -> tuple[Concept, ...]:
    """Return what `text` speaks of, each thing once, in reading order.

    `names` come first, then words of the regional lexicon, then the other words that are no function words. What lies
    in `numbers` is left to be compared as quantities.
    """
    folded = fold(text)
    found: list[tuple[int, Concept]] = []
    taken = sorted(numbers)
    for name in sorted(names, key=lambda n: (n.span.start, -n.span.end)):
        if not any(name.span.overlaps(span) for span in taken):
            taken.append(name.span)
            found.append((name.span.start, Concept(name.forms, name.entity, name.span.end - name.span.start)))
    for span, forms in _words(folded):
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            found.append((span.start, Concept(forms, length=span.end - span.start)))
    found += [(start, Concept(frozenset({word}), length=len(word))) for start, word in _rest(folded, taken)]
    found.sort(key=lambda item: item[0])
    return tuple(dict.fromkeys(concept for _, concept in found))


def _words(folded: str) -> Iterator[tuple[Span, frozenset[str]]]:
    """Yield the regional words of `folded`, the longest at each place, from left to right."""
    groups = regional_words()
    longest = max(map(len, groups), default=0)
    at = 0
    while at < len(folded):
        for length in range(min(longest, len(folded) - at), 0, -1):
            word = folded[at : at + length]
            if word in groups and _bounded(folded, at, at + length):
                yield Span(at, at + length), frozenset(groups[word])
                at += length
                break
        else:
            at += 1


def _bounded(folded: str, start: int, end: int) -> bool:
    """Tell whether a Latin word begins and ends here; Han words may stand anywhere."""
    left = _LATIN.match(folded[start]) and _LATIN.match(folded[start - 1 : start])
    right = _LATIN.match(folded[end - 1]) and _LATIN.match(folded[end : end + 1])
    return not (left or right)


def _rest(folded: str, taken: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """Yield the other words of `folded` that say something, with where they start."""
    words, characters = _idle()
    free = bytearray(b"\1" * len(folded))
    for span in taken:
        free[span.start : span.end] = bytes(span.end - span.start)
    for match in _TOKEN.finditer(folded):
        for start, word in _segments(match[0], match.start()):
            idle = word in words or not characters.isdisjoint(word) or len(word) < _SHORTEST
            if all(free[start : start + len(word)]) and not idle:
                yield start, word


def _segments(token: str, start: int) -> Iterator[tuple[int, str]]:
    if _LATIN.match(token):
        yield start, token
        return
    for word, begin, _ in rjieba.tokenize(token):
        yield start + begin, word


@cache
def _idle() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words and the characters that say nothing of what a text is about."""
    data = read("function_words.toml")
    return frozenset(map(fold, [*data["words"], *data["latin"]])), frozenset(fold(data["characters"]))
