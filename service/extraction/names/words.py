"""Where the words of a Chinese text may end: a dictionary's cut of the folded text.

Names nobody listed fall apart into single characters in it (何/沐/阳), everyday words stay whole (高兴): what a name
begins and ends at must be the edge of a word, and what it is made of must be no other word.
"""

from __future__ import annotations

import re
from itertools import accumulate

from service.segmentation import cut, part_of_speech

_LATIN = re.compile("([\x00-\x7f]{16,})")  # whole phrases, code: no Chinese word is there to be cut
_LONGEST = 4  # characters of a word that is looked for backwards
_BEGINS = b"\x01"
_NAMES = ("nr", "nrt", "nrfg")
_VERBS = ("v", "vn", "vd", "d", "p", "c", "uj", "ul", "uz", "ug", "zg")


class _Marks(dict[int, bytes]):
    """The marks of a word by its length."""

    def __missing__(self, length: int) -> bytes:
        """Return those of a word so long that they are not kept."""
        return _BEGINS + bytes(length - 1)


_MARKS = _Marks({length: _BEGINS + bytes(length - 1) for length in range(1, 17)})


class Words:
    """The words of a folded text, found by their first character."""

    def __init__(self, folded: str) -> None:
        self._text = folded
        words: list[str] = []
        for number, part in enumerate(_LATIN.split(folded)):
            words += [part] if number % 2 else cut(part, guess=False)
        self.all = words
        self.starts = list(accumulate(map(len, words), initial=0))
        marks = map(_MARKS.__getitem__, map(len, words))
        self._marks = bytearray(b"".join(marks) + _BEGINS)  # of each character: 1 where a word begins

    def edge(self, place: int) -> bool:
        """Tell whether a word begins at `place`, or the text ends there."""
        return place >= len(self._text) or self._marks[place] == 1

    def at(self, place: int) -> str:
        """Return the word that begins at `place`, or nothing where none does."""
        return self._text[place : self._marks.find(1, place + 1)] if self._marks[place : place + 1] == _BEGINS else ""

    def around(self, place: int) -> tuple[int, int]:
        """Return where the word begins and ends that the character at `place` is part of."""
        end = self._marks.find(1, place + 1)
        return self._marks.rfind(1, 0, place + 1), end if end >= 0 else len(self._text)

    def slice(self, start: int, end: int) -> str:
        """Return the folded text from `start` to `end`."""
        return self._text[start:end]

    def before(self, place: int) -> str:
        """Return the word that ends at `place`, of at most four characters."""
        start = self._marks.rfind(1, max(place - _LONGEST, 0), place) if self.edge(place) else -1
        return "" if start < 0 else self._text[start:place]


def is_names_word(word: str) -> bool:
    """Tell whether the dictionary takes `word` for the name of a person."""
    return part_of_speech(word) in _NAMES


def is_verb_or_small(word: str) -> bool:
    """Tell whether `word` may follow a subject: a verb, an adverb, a preposition, a particle."""
    return part_of_speech(word) in _VERBS
