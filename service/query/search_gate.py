"""Which few articles may hold the words of a query, by the search index, so that no other text is read.

Only words in Chinese characters are looked at: the index has every pair of them, so that an article without the pairs
cannot hold the word. Of a Latin word the index knows the whole, where a list of articles finds parts as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import Session

from service.lexicon.spelling import spellings
from service.query.columns import ARTICLE
from service.query.search_matching import look_up
from service.query.search_reader import SearchIndex

_FEW: Final = 2000  # articles whose texts are read; where more may hold the words, these are found soon enough
_HAN: Final = re.compile("[\u3400-\u9fff]+")


def among_few(session: Session, words: Sequence[tuple[str, ...]]) -> list[ColumnElement[bool]]:
    """Return the condition that an article is one of the few that may hold all words; none where they may be many."""
    known = [word for word in words if all(map(_is_known, word))]
    if not known:
        return []
    index = SearchIndex(session)
    matches = look_up(index, known, exact=[word[0] for word in known])
    here = index.live
    for word in known:
        found = matches.of(word)
        here &= found.sure | found.maybe
    if here.bit_count() > _FEW:
        return []
    return [ARTICLE.c.id.in_([one.id for one in index.articles(here)]) if here else false()]


def _is_known(part: str) -> bool:
    """Tell whether an article that holds a part has its pairs in the index, which writes some words another way."""
    return bool(_HAN.fullmatch(part)) and _respelled().isdisjoint(part)


@cache
def _respelled() -> frozenset[str]:
    found = spellings().items()
    return frozenset(one for word, kept in found for one, other in zip(word, kept.word, strict=True) if one != other)
