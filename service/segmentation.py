"""Where words begin and end in Chinese, which writes none of it: the only door to the segmenter.

Its dictionary is of Simplified Chinese, so what is cut is folded text (``script.fold``); folding keeps offsets, so what
is found holds in the original.
"""

from __future__ import annotations

from functools import lru_cache

import rjieba


def cut(folded: str, *, guess: bool = True) -> list[str]:
    """Return the words of a folded text, which together are the text again.

    With `guess`, characters that the dictionary leaves alone are joined to words it does not know; without, they stay
    single: names fall apart.

    >>> cut("太阳能电池的成本")
    ['太阳能电池', '的', '成本']
    """
    words: list[str] = rjieba.cut(folded, guess)
    return words


@lru_cache(maxsize=65_536)
def part_of_speech(word: str) -> str:
    """Return the part of speech of a folded word as the dictionary has it (`nr`: a person's name), or nothing."""
    tagged = rjieba.tag(word, False)
    return str(tagged[0][1]) if len(tagged) == 1 else ""
