"""What the search index holds of an article: each of its terms with a level from 1 to 15, how much it says of it.

Terms of text are single characters and pairs of neighbours (of Han, kana and Hangul), whole Latin words, and numbers;
terms of fields are written ``tag=港口``. A level is the weight of BM25F (Robertson and Zaragoza, 2009) in fifteenths,
with a fixed length that articles are measured by instead of the mean: so it depends on the article alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import add
from typing import Any, Final

from service.script import fold
from service.store.standing import standing
from service.store.terms import TOKEN
from service.store.values import bounded

LEVELS: Final = 15
_LONGEST = 40  # characters of a word, as in `service.store.terms`
_LENGTH = 1500  # characters of an article that is neither long nor short
_SPREAD = 0.6  # how much length counts: b of BM25
_ENOUGH = 4.0  # occurrences that are worth half of what many are: k1 of BM25
_TITLE, _TAG = 6.0, 3.0  # occurrences that one in the title or a tag is worth
_POWER = 2 / 3  # a level so much lower makes a score as much lower as the article's standing
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

Levels = dict[str, int]


def text_terms(folded: str) -> Counter[str]:
    """Return how often a folded text holds each of its terms.

    >>> sorted(text_terms("港口 crane 1,200").items())
    [('1200', 1), ('crane', 1), ('口', 1), ('港', 1), ('港口', 1)]
    """
    found: list[str] = []
    for run, number, word in TOKEN.findall(folded):
        if run:
            found += run
            found += map(add, run, run[1:])
        else:
            found.append((word or number.replace(",", ""))[:_LONGEST])
    return Counter(found)


def article_levels(article: Mapping[str, Any]) -> Levels:
    """Return the terms of an article, given as its row, each with its level; terms of fields have the highest.

    >>> row = {"folded": "港口", "title": "港口", "tags": [], "categories": [], "source": "blog", "script": "Hant"}
    >>> levels = article_levels(row | {"path": "a.md", "published": "2026-02-03"})
    >>> levels["source=blog"], levels["date=2026-02"], 0 < levels["港口"] <= 15
    (15, 15, True)
    """
    weights: dict[str, float] = dict(text_terms(article["folded"]))
    for worth, names in ((_TITLE, [article["title"]]), (_TAG, [*article["tags"], *article["categories"]])):
        for term in text_terms(fold("\n".join(names))):
            weights[term] = weights.get(term, 0.0) + worth
    length = len(article["folded"])
    half = _ENOUGH * (1 - _SPREAD + _SPREAD * length / _LENGTH)
    most = LEVELS * standing(article["path"], article["title"], length) ** _POWER
    common = [_level(count, half, most) for count in range(64)]  # of what stands in the text alone
    found = {
        term: common[weight] if type(weight) is int and weight < len(common) else _level(weight, half, most)
        for term, weight in weights.items()
    }
    found.update(dict.fromkeys(field_terms(article), LEVELS))
    return found


def _level(weight: float, half: float, most: float) -> int:
    return max(1, round(most * weight / (weight + half)))


def field_terms(article: Mapping[str, Any]) -> Iterator[str]:
    """Yield the terms of an article's fields: its source, script, date, tags and categories."""
    yield field_term("source", article["source"])
    yield field_term("script", article["script"])
    date = _DATE.match(article["published"] or "")
    if date:
        yield from (field_term("date", date[0][:length]) for length in (4, 7, 10) if length <= len(date[0]))
    for kind, values in (("tag", article["tags"]), ("category", article["categories"])):
        yield from (field_term(kind, value) for value in values)


def field_term(field: str, value: str) -> str:
    """Return the term of a field's value, in either script.

    >>> field_term("tag", " 機房")
    'tag=机房'
    """
    return f"{field}={bounded(' '.join(fold(value).split()))}"


def searched(folded: str, labels: Iterable[str]) -> str:
    """Return all that the terms of an article are taken from, folded: its text, then its tags and categories."""
    return "\n".join((folded, *map(fold, labels)))
