"""Where the words of a Chinese text may end: a dictionary's cut of the folded text.

Names nobody listed fall apart into single characters in it (何/沐/阳), everyday words stay whole (高兴): what a name
begins and ends at must be the edge of a word, and what it is made of must be no other word.
"""

from __future__ import annotations

from itertools import accumulate

from service.segmentation import cut, part_of_speech

_NAMES = ("nr", "nrt", "nrfg")
_VERBS = ("v", "vn", "vd", "d", "p", "c", "uj", "ul", "uz", "ug", "zg")


class Words:
    """The words of a folded text, found by their first character."""

    def __init__(self, folded: str) -> None:
        self._text = folded
        words = cut(folded, guess=False)
        ends = list(accumulate(map(len, words)))
        self._ends = dict(zip((0, *ends), ends, strict=False))

    def edge(self, place: int) -> bool:
        """Tell whether a word begins at `place`, or the text ends there."""
        return place in self._ends or place >= len(self._text)

    def at(self, place: int) -> str:
        """Return the word that begins at `place`, or nothing where none does."""
        end = self._ends.get(place)
        return "" if end is None else self._text[place:end]

    def before(self, place: int) -> str:
        """Return the word that ends at `place`, of at most four characters."""
        for start in range(place - 1, max(place - 5, -1), -1):
            if start in self._ends:
                return self._text[start:place] if self._ends[start] == place else ""
        return ""


def is_names_word(word: str) -> bool:
    """Tell whether the dictionary takes `word` for the name of a person."""
    return part_of_speech(word) in _NAMES


def is_verb_or_small(word: str) -> bool:
    """Tell whether `word` may follow a subject: a verb, an adverb, a preposition, a particle."""
    return part_of_speech(word) in _VERBS
