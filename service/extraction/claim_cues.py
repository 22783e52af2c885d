"""The words of ``lexicon/cues.toml`` as patterns over folded text, so that one entry serves both scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from service import lexicon
from service.script import fold


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """Return one list of the cue lexicon, folded, longest first."""
    found = {fold(word) for word in lexicon.read("cues.toml")[section][key]}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def union(section: str, *keys: str) -> str:
    """Return a pattern that matches any word of the lists `keys`, the longest first."""
    every = {word for key in keys for word in words(section, key)}
    return "|".join(re.escape(word) for word in sorted(every, key=lambda word: (-len(word), word)))


class Finder:
    """Finds words in folded text, but not within longer words that hold them by accident (说 in 小说)."""

    def __init__(self, section: str, *keys: str) -> None:
        every = [*keys, "not"] if "not" in lexicon.read("cues.toml")[section] else keys
        skipped = f"{union(section, 'not')}|" if "not" in every else ""
        # A look at the first character spares trying every word at every place.
        first = "".join(sorted({re.escape(word[0]) for key in every for word in words(section, key)}))
        self._pattern = re.compile(f"(?=[{first}])(?:{skipped}(?P<word>{union(section, *keys)}))")

    def find(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Yield the words found in ``folded[start:end]``, in order."""
        for match in self._pattern.finditer(folded, start, len(folded) if end is None else end):
            if match["word"] is not None:
                yield match

    def among(self, folded: str, start: int = 0, end: int | None = None) -> bool:
        """Tell whether any word is found.

        >>> Finder("verbs", "say").among("她说好"), Finder("verbs", "say").among("一本小说")
        (True, False)
        """
        return next(self.find(folded, start, end), None) is not None


@cache
def finder(section: str, *keys: str) -> Finder:
    """Return the finder of these lists, built once."""
    return Finder(section, *keys)


@cache
def opening(section: str, key: str) -> re.Pattern[str]:
    """Return a pattern that matches a word of the list where it is tried."""
    return re.compile(union(section, key))
