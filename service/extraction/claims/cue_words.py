"""The words of ``lexicon/cues.toml``, looked for in folded text, so that one entry serves both scripts.

What every sentence is asked for is found in one pass over a text (`Scan`). Which lists have words in a sentence is then
one number, so that what holds no cue costs no more than asking for a bit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from service import lexicon
from service.script import fold

_SKIPPED = "not"  # the list of a section whose words hold its cues by accident
_EVERYWHERE = 1 << 60
# The lists of each section that every sentence is asked for; none named: all of them.
_SCANNED: dict[str, tuple[str, ...]] = {
    "verbs": ("say", "think", "foresee", "turn", "ask", "report", "cite", "stance", "roles", "offices"),
    "nouns": ("speech", "according", "seen_by"),
    "author": ("words", "sections"),
    "moods": (),
    "negation": ("words", "corrected"),
    "hedges": ("possible", "hearsay"),
    "idle": ("anywhere", "invitations"),
    "acts": ("disclaims", "acknowledges"),
}
_NONE: frozenset[str] = frozenset()
_BEGINNING = itemgetter(1)

Found = tuple[int, int, int]  # a word by its number, where it begins and where it ends


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


def wordlist() -> tuple[str, ...]:
    """Return all words that are scanned for, each at its number in what is found."""
    return _scanned().words


def masks() -> list[int]:
    """Return the bits of the lists that each word is on, by its number."""
    return _scanned().masks


@cache
def union(section: str, *keys: str) -> str:
    """Return a pattern that matches any word of the lists `keys`, the longest first."""
    every = {word for key in keys for word in words(section, key)}
    return "|".join(re.escape(word) for word in sorted(every, key=lambda word: (-len(word), word)))


class _Scanned:
    """The lists that every sentence is searched for: each has a bit of its own, each word the bits of its lists."""

    def __init__(self) -> None:
        lists = [(section, key) for section in _SCANNED for key in _lists(section)]
        self.bits = {name: 1 << number for number, name in enumerate(lists)}
        masks: dict[str, int] = {}
        for name, bit in self.bits.items():
            for word in words(*name):
                masks[word] = masks.get(word, 0) | bit
        self.words = tuple(sorted(masks))
        self.masks = [masks[word] for word in self.words]
        self.automaton = AhoCorasick(self.words, matchkind=MatchKind.Standard)


def _lists(section: str) -> tuple[str, ...]:
    """Return the lists of a section that are scanned for."""
    return (*_SCANNED[section], *_skipping(section)) if _SCANNED[section] else tuple(lexicon.read("cues.toml")[section])


def _skipping(section: str) -> tuple[str, ...]:
    return (_SKIPPED,) if _SKIPPED in lexicon.read("cues.toml")[section] else ()


@cache
def _scanned() -> _Scanned:
    return _Scanned()


@cache
def bits(section: str, *keys: str) -> int:
    """Return the bits of lists that are scanned for, to be asked of `Cues.mask`; other lists have none."""
    return sum(_scanned().bits.get((section, key), 0) for key in set(keys))


class Cues:
    """The cue words of a stretch of text, by where they begin, the longest first.

    `mask` has the bits of all lists that may have a word in it.
    """

    __slots__ = ("found", "mask")

    def __init__(self, found: list[Found]) -> None:
        self.found = found
        mask, masks = 0, _scanned().masks
        for word, _, _ in found:
            mask |= masks[word]
        self.mask = mask

    def until(self, end: int) -> Cues:
        """Return those that end before a position."""
        return Cues([found for found in self.found if found[2] <= end])


class Scan:
    """The cue words of a whole folded text, found in one pass; those of its parts are looked up."""

    __slots__ = ("_found", "_starts")

    def __init__(self, folded: str) -> None:
        found: list[Found] = _scanned().automaton.find_matches_as_indexes(folded, overlapping=True)
        found.reverse()  # they come by where they end: of those that begin at one place the longest is now first
        found.sort(key=_BEGINNING)
        self._found = found
        self._starts = [one[1] for one in found]

    def cues(self, start: int, end: int) -> Cues:
        """Return what stands in ``text[start:end]``."""
        starts = self._starts
        first = bisect_left(starts, start)
        found = self._found[first : bisect_left(starts, end, first)]
        while found and found[-1][2] > end:
            del found[-1]
        return Cues(found)


class Finder:
    """Finds the words of some lists, but not within longer words that hold them by accident (说 in 小说).

    Words of lists that are scanned for are read from the cues of a sentence, those of any list are found in a text.
    """

    def __init__(self, section: str, *keys: str) -> None:
        cues = frozenset(word for key in keys for word in words(section, key))
        skipped = wordset(section, _SKIPPED) if _skipping(section) else frozenset()
        self._words = (*sorted(cues), *sorted(skipped - cues))
        self._cues = len(cues)
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest)
        self.bits = bits(section, *keys)
        self._skipped = bits(section, _SKIPPED)
        self._every = self.bits | self._skipped

    def find(self, folded: str) -> list[Hit]:
        """Return the words found in a folded text, in order."""
        found = self._automaton.find_matches_as_indexes(folded)
        return [Hit(start, end, self._words[word]) for word, start, end in found if word < self._cues]

    def within(self, folded: str) -> bool:
        """Tell whether any word stands in a folded text.

        >>> Finder("verbs", "say").within("她说好"), Finder("verbs", "say").within("一本小说")
        (True, False)
        """
        found, cues = self._automaton.find_matches_as_indexes(folded), self._cues
        return bool(found) and (cues == len(self._words) or any(word < cues for word, _, _ in found))

    def hits(self, cues: Cues, start: int = 0, end: int = _EVERYWHERE) -> list[Hit]:
        """Return the words among `cues` that stand from `start` to `end`, in order."""
        if not cues.mask & self.bits:
            return []
        known = _scanned().words
        return [Hit(at, stop, known[word]) for word, at, stop in self.read(cues) if at >= start and stop <= end]

    def among(self, cues: Cues, start: int = 0, end: int = _EVERYWHERE) -> bool:
        """Tell whether any word among `cues` stands from `start` to `end`."""
        if not cues.mask & self.bits:
            return False
        if not start and end == _EVERYWHERE and not cues.mask & self._skipped:
            return True
        return any(at >= start and stop <= end for _, at, stop in self.read(cues))

    def read(self, cues: Cues) -> list[Found]:
        """Return the words as found: of those that overlap, the first, and of those at one place, the longest."""
        masks, own, every = _scanned().masks, self.bits, self._every
        kept, last = [], 0
        for found in cues.found:
            if found[1] >= last and (mask := masks[found[0]]) & every:
                last = found[2]
                if mask & own:
                    kept.append(found)
        return kept


@cache
def finder(section: str, *keys: str) -> Finder:
    """Return the finder of these lists, built once."""
    return Finder(section, *keys)


def opens(section: str, key: str, folded: str, start: int = 0, end: int | None = None) -> bool:
    """Tell whether a word of the list stands at `start`."""
    candidates = _by_first(section, key).get(folded[start : start + 1])
    return candidates is not None and folded.startswith(candidates, start, len(folded) if end is None else end)


def opened(section: str, folded: str) -> frozenset[str]:
    """Return the lists of a section that have a word which opens a folded text."""
    found = _NONE
    for word, lists in _beginnings(section).get(folded[:1], ()):
        if folded.startswith(word):
            found = found | lists if found else lists
    return found


def opening(section: str, keys: tuple[str, ...], folded: str) -> int:
    """Return how long the longest word of some lists is that opens a folded text; 0 where none does."""
    candidates = _openings(section, keys).get(folded[:1], ())
    return next((len(word) for word in candidates if folded.startswith(word)), 0)


def closes(section: str, key: str, folded: str) -> bool:
    """Tell whether a word of the list stands at the end."""
    candidates = _by_last(section, key).get(folded[-1:])
    return candidates is not None and folded.endswith(candidates)


@cache
def closers(section: str, *keys: str) -> frozenset[str]:
    """Return the characters that words of some lists end with: what ends otherwise closes with none of them."""
    return frozenset(word[-1] for key in keys for word in words(section, key))


@cache
def openers(section: str, *keys: str) -> frozenset[str]:
    """Return the characters that words of some lists begin with: what begins otherwise opens with none of them."""
    return frozenset(word[0] for key in keys for word in words(section, key))


def holds(section: str, key: str, text: str) -> bool:
    """Tell whether any word of the list stands anywhere in a short stretch of folded text."""
    return _any_of(section, key).search(text) is not None


@cache
def _any_of(section: str, key: str) -> re.Pattern[str]:
    return re.compile(union(section, key))


@cache
def _beginnings(section: str) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """Return the words of a section with the lists they are on, by the character they begin with."""
    lists: dict[str, frozenset[str]] = {}
    for key in lexicon.read("cues.toml")[section]:
        for word in words(section, key):
            lists[word] = lists.get(word, _NONE) | {key}
    found: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for word, keys in lists.items():
        found[word[0]] = (*found.get(word[0], ()), (word, keys))
    return found


@cache
def _openings(section: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the words of some lists by the character they begin with, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted({word for key in keys for word in words(section, key)}, key=lambda word: (-len(word), word)):
        found[word[0]] = (*found.get(word[0], ()), word)
    return found


@cache
def _by_last(section: str, key: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a list by the character they end with."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words(section, key):
        found[word[-1]] = (*found.get(word[-1], ()), word)
    return found


@cache
def _by_first(section: str, key: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a list by the character they begin with."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words(section, key):
        found[word[0]] = (*found.get(word[0], ()), word)
    return found
