"""The terms texts are indexed and found by: the same for writer and readers."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import islice
from operator import add

from service import lexicon
from service.lexicon.spelling import respell
from service.lexicon.twins import twins
from service.script import fold

_LONGEST = 40  # characters of a word; what is longer is no word
_MOST = 64  # terms an article is told by
_NAMED = 3  # how much more often a term of the title or a tag counts

# Han, kana and Hangul are written without spaces between words (or with, but inflected): two characters at a time.
_RUN = "々〇\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
TOKEN = re.compile(rf"([{_RUN}]+)|([0-9]+(?:[.,][0-9]+)*)|([^\W{_RUN}0-9_][^\W{_RUN}_]*)")


def terms(text: str) -> tuple[str, ...]:
    """Return the terms of `text` in reading order, repeats kept: two-character runs, and whole Latin words and numbers.

    Script, width, case and spelling make no difference; a number is written without its thousands separators.

    >>> terms("資料中心用 1,200 張 GB300")
    ('资料', '料中', '中心', '心用', '1200', 'gb300')
    """
    return tuple(spelled_terms(respell(fold(text))))


def spelled_terms(folded: str) -> list[str]:
    """Return the terms of a folded text in which words are spelled as they are kept."""
    found: list[str] = []
    for run, number, word in TOKEN.findall(folded):
        if run:
            found += map(add, run, run[1:])
        else:
            found.append((word or number.replace(",", ""))[:_LONGEST])
    return found


def distinctive(text: str, names: str) -> dict[str, int]:
    """Return the terms that tell an article from others, most frequent first, each with how often it stands there.

    `names` are its title and tags, which count for more; words that stand in any text are left out. Of terms equally
    frequent, the earlier comes first. A regional word counts as the mainland's word for the thing, too.

    >>> distinctive("我們的電池工廠", "電池")
    {'电池': 4, '池工': 1, '工厂': 1}
    """
    counts = Counter({term: _NAMED * count for term, count in Counter(terms(names)).items()})
    counts.update(terms(text))
    counts.update(term for word in twins(fold(text)) for term in terms(word))
    told = ((term, count) for term, count in counts.most_common() if not is_function_word(term))
    return dict(islice(told, _MOST))


def function_characters() -> frozenset[str]:
    """Return the (folded) characters that stand in function words only."""
    return _function_words()[1]


def is_function_word(term: str) -> bool:
    """Tell whether a folded term tells no article from another: a word of grammar, or a number."""
    words, characters = _function_words()
    return term in words or not characters.isdisjoint(term) or term.isdigit()


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    listed = lexicon.read("function_words.toml")
    return frozenset(map(fold, [*listed["words"], *listed["latin"]])), frozenset(fold(listed["characters"]))
