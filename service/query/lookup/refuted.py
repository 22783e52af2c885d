"""Amounts that a sentence gives only to take them back: 先前公布的 175 公里有误, 40 公吨没有任何根据."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from service.lexicon import read
from service.model import Span
from service.query.lookup.clauses import Clauses
from service.script import fold

_BETWEEN: Final = 12  # characters from an amount to what takes it back, in one sentence
_DOUBTED: Final = 6  # from the word for a saying to what is held against it
_UNTIL: Final = "[^0-9。！？!?；;\n]"


def refuted(clauses: Clauses, amount: Span) -> bool:
    """Tell whether a sentence says behind an amount that it is wrong.

    >>> refuted(Clauses("网上传的 52 人不对"), Span(5, 9)), refuted(Clauses("裁员 52 人"), Span(3, 7))
    (True, False)
    """
    return _pattern().match(clauses.folded, amount.end) is not None


@cache
def _pattern() -> re.Pattern[str]:
    data = read("opposites.toml")["refuted"]
    wrong, sayings, doubtful = (_any(data[key]) for key in ("wrong", "sayings", "doubtful"))
    of_saying = rf"的?(?:{sayings}){_UNTIL}{{0,{_DOUBTED}}}?(?:{doubtful})"
    return re.compile(rf"{_UNTIL}{{0,{_BETWEEN}}}?(?:{wrong})|{of_saying}")


def _any(words: list[str]) -> str:
    return "|".join(re.escape(fold(word)) for word in words)
