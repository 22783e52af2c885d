"""Chinese family names as patterns: searches begin at a class of characters, which is found at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from service.lexicon.name_cues import folded_cues

_FIRST, _LAST = 0x4E00, 0x9FFF


@cache
def family_name() -> tuple[str, str]:
    """Return what matches the first character of a folded family name, and what matches the rest of it behind that.

    A name of two characters goes before one of its first: 歐陽 before 歐. That a pattern begins with one class of
    characters makes a search over a text twenty times as fast as one that begins with a choice of names.
    """
    double, single = sorted(map(tuple, folded_cues("double_surnames"))), folded_cues("surnames", "surnames_too")
    firsts = single.union(name[0] for name in double)
    both = "|".join(f"(?<={first}){second}" for first, second in double)
    return _class(firsts), f"(?:(?={_class(second for _, second in double)})(?:{both})|(?<={_class(single)}))"


def _class(characters: Iterable[str]) -> str:
    return f"[{''.join(sorted({*characters}))}]"


def han_without(characters: Iterable[str]) -> str:
    """Return what matches one Chinese character that is none of these.

    >>> import re
    >>> re.findall(han_without("的"), "他的")
    ['他']
    """
    start, ranges = _FIRST, ""
    for code in sorted({ord(character) for character in characters}):
        if start <= code <= _LAST:
            ranges += f"{chr(start)}-{chr(code - 1)}" if code > start else ""
            start = code + 1
    return f"[{ranges}{chr(start)}-{chr(_LAST)}]"
