"""The words of ``lexicon/cues.toml``, looked for in folded text, so that one entry serves both scripts."""

from __future__ import annotations

import re
from bisect import bisect_left
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
        found, known = self._automaton.find_matches_as_indexes(folded), self._words
        hits = [Hit(start, end, known[word]) for word, start, end in found if word < self._cues]
        return [hit[0] for hit in hits], hits

    def find(self, folded: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Return the words found in ``folded[start:end]``, in order."""
        starts, hits = self._search(folded)
        first = bisect_left(starts, start)
        limit = len(folded) if end is None else end
        if first == len(starts) or starts[first] >= limit:
            return []
        found = hits[first : bisect_left(starts, limit, first)]
        if found[-1][1] > limit:
            del found[-1]  # they don't overlap: only the last may reach beyond the end
        return found

    def among(self, folded: str, start: int = 0, end: int | None = None) -> bool:
        """Tell whether any word is found.

        >>> Finder("verbs", "say").among("她说好"), Finder("verbs", "say").among("一本小说")
        (True, False)
        """
        starts, hits = self._search(folded)
        number = bisect_left(starts, start)
        limit = len(folded) if end is None else end
        return number < len(hits) and hits[number].stop <= limit

    def within(self, short: str) -> bool:
        """Tell whether any word stands in a stretch of text that is looked at once, and so is not kept."""
        return any(word < self._cues for word, _, _ in self._automaton.find_matches_as_indexes(short))


@cache
def finder(section: str, *keys: str) -> Finder:
    """Return the finder of these lists, built once."""
    return Finder(section, *keys)


def opens(section: str, key: str, folded: str, start: int = 0, end: int | None = None) -> bool:
    """Tell whether a word of the list stands at `start`."""
    candidates = _by_first(section, key).get(folded[start : start + 1])
    return candidates is not None and folded.startswith(candidates, start, len(folded) if end is None else end)


def holds(section: str, key: str, text: str) -> bool:
    """Tell whether any word of the list stands anywhere in a short stretch of folded text."""
    return _any_of(section, key).search(text) is not None


@cache
def _any_of(section: str, key: str) -> re.Pattern[str]:
    return re.compile(union(section, key))


@cache
def _by_first(section: str, key: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a list by the character they begin with."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words(section, key):
        found[word[0]] = (*found.get(word[0], ()), word)
    return found
