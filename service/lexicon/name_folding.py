"""How names are folded before they are compared: one spelling of script, width, case, points and apostrophes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from service.script import fold

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_POINT = re.compile(f"[.·](?:(?<=[{HAN}].)(?=[{HAN}a-z])|(?<=[a-z].)(?=[{HAN}]))")
_SHORT: Final = 40  # characters of a text that is a name, and is asked for again
_MARKS = (("’", "'"), ("‘", "'"), ("\xa0", " "), ("\n", " "), ("‐", "-"), ("‑", "-"))


def fold_name(text: str) -> str:
    """Return `text` folded for comparing names, one character for one.

    >>> fold_name("伊隆．馬斯克"), fold_name("Molly O’Shea")
    ('伊隆·马斯克', "molly o'shea")
    """
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    folded = fold(text)
    for mark, plain in _MARKS:  # a table that most characters are missing from would take ten times as long
        folded = folded.replace(mark, plain)
    return _POINT.sub("·", folded)


_remembered = lru_cache(maxsize=16_384)(_folded)
