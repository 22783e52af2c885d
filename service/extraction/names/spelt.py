"""Chinese personal names in Latin letters: 林若川 is `Ruo-Chuan Lin`, `Lin Ruochuan` and `Lin Ruo Chuan`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from service.lexicon.name_cues import cues
from service.lexicon.name_folding import fold_name

_VOWELS = re.compile("[aeiouyüê]+", re.IGNORECASE)
_PARTS = re.compile("[-'’]")


def is_spelt(words: Sequence[str], folded: str) -> bool:
    """Tell whether Latin words spell a folded Chinese personal name: its family name, and a syllable a character.

    The family name is compared, in whatever system it is spelt; of the given name only the syllables are counted, for
    people spell their own as they like.

    >>> is_spelt(("Ruo-Chuan", "Lin"), "林若川"), is_spelt(("Tan", "Mei", "Ling"), "陈美玲")
    (True, True)
    >>> is_spelt(("High", "Voltage"), "高压电"), is_spelt(("Gao", "Min"), "高压电")
    (False, False)
    """
    family = next((folded[:length] for length in (2, 1) if folded[:length] in _spellings()), None)
    if family is None or len(words) < 2:  # noqa: PLR2004
        return False
    spellings, given = _spellings()[family], len(folded) - len(family)
    return (words[0].lower() in spellings and _syllables(words[1:]) == given) or (
        words[-1].lower() in spellings and _syllables(words[:-1]) == given
    )


def _syllables(words: Sequence[str]) -> int:
    """Return how many syllables words have, each part of a hyphenated one at least one: Ng, Ruo-Chuan."""
    parts = [part for word in words for part in _PARTS.split(word) if part]
    return sum(max(1, len(_VOWELS.findall(part))) for part in parts)


@cache
def _spellings() -> Mapping[str, frozenset[str]]:
    rows = (row.split() for row in cues("romanised"))
    return {fold_name(family): frozenset(map(str.lower, spelt)) for family, *spelt in rows}
