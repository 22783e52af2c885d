"""The words of ``lexicon/cues.toml``, looked for in folded text, so that one entry serves both scripts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.script import fold

_TEXTS = 4  # what was found in so many texts is kept: in a document, while it is read


class Hit(NamedTuple):
    """A cue at its place in a text."""

    at: int
    stop: int
    word: str

    def end(self) -> int:
        """Return where it ends, as a match of a pattern would tell it."""
        return self.stop


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """Return one list of the cue lexicon, folded, longest first."""
    found = {fold(word) for word in lexicon.read("cues.toml")[section][key]}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def wordset(section: str, key: str) -> frozenset[str]:
    """Return one list of the cue lexicon, folded, to ask whether a word is on it."""
    return frozenset(words(section, key))


@cache
def union(section: str, *keys: str) -> str:
    """Return a pattern that matches any word of the lists `keys`, the longest first."""
    every = {word for key in keys for word in words(section, key)}
    return "|".join(re.escape(word) for word in sorted(every, key=lambda word: (-len(word), word)))


class Finder:
    """Finds words in folded text, but not within longer words that hold them by accident (说 in 小说).

    A text is searched once, whole; what is asked of its parts is looked up.
    """

    def __init__(self, section: str, *keys: str) -> None:
        skipped = wordset(section, "not") if "not" in lexicon.read("cues.toml")[section] else frozenset()
        cues = frozenset(word for key in keys for word in words(section, key))
        self._words = (*sorted(cues), *sorted(skipped - cues))
        self._cues = len(cues)
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest)
        self._search = lru_cache(maxsize=_TEXTS)(self._read)

    def _read(self, folded: str) -> tuple[list[int], list[Hit]]:
        found = self._automaton.find_matches_as_indexes(folded)
        hits = [Hit(start, end, self._words[word]) for word, start, end in found if word < self._cues]
        return [hit.at for hit in hits], hits

    def find(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Yield the words found in ``folded[start:end]``, in order."""
        starts, hits = self._search(folded)
        limit = len(folded) if end is None else end
        for number in range(bisect_left(starts, start), len(hits)):
            hit = hits[number]
            if hit.at >= limit:
                return
            if hit.stop <= limit:
                yield hit

    def first(self, folded: str, start: int = 0, end: int | None = None) -> Hit | None:
        """Return the first word found in ``folded[start:end]``."""
        return next(self.find(folded, start, end), None)

    def among(self, folded: str, start: int = 0, end: int | None = None) -> bool:
        """Tell whether any word is found.

        >>> Finder("verbs", "say").among("她说好"), Finder("verbs", "say").among("一本小说")
        (True, False)
        """
        starts, hits = self._search(folded)
        number = bisect_left(starts, start)
        limit = len(folded) if end is None else end
        return number < len(hits) and hits[number].stop <= limit


@cache
def finder(section: str, *keys: str) -> Finder:
    """Return the finder of these lists, built once."""
    return Finder(section, *keys)


def opens(section: str, key: str, folded: str, start: int = 0, end: int | None = None) -> bool:
    """Tell whether a word of the list stands at `start`."""
    return folded.startswith(words(section, key), start, len(folded) if end is None else end)
