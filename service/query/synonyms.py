"""What else a word of a query may be called: by other regions, in English, or in another spelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate, product
from math import prod
from types import MappingProxyType
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from service.lexicon import regional
from service.lexicon.names import Strength, entries
from service.lexicon.spelling import places, respell, spellings
from service.model import Span
from service.script import fold
from service.segmentation import cut

_MOST: Final = 24  # ways to say a phrase that are looked for


@cache
def regional_words() -> Mapping[str, tuple[str, ...]]:
    """Map each folded word to all words for the same thing, itself among them.

    >>> regional_words()["芯片"]
    ('chip', 'chips', 'microchip', 'microchips', '晶片', '芯片')
    """
    table: dict[str, tuple[str, ...]] = {}
    for group in regional.groups():
        same = tuple(sorted({way for word in group.compared for way in _ways(fold(word))}))
        table.update(dict.fromkeys(same, same))
    for kept in sorted({kept.word for kept in spellings().values()} - table.keys()):
        same = tuple(sorted(_ways(kept)))
        table.update(dict.fromkeys(same, same))
    return MappingProxyType(table)


@cache
def known_words() -> Mapping[str, tuple[str, ...]]:
    """Map each folded regional word, and each full name of the lexicon, to all that stand for the same.

    >>> {"英伟达", "nvidia"} <= set(known_words()["辉达"])
    True
    """
    table = dict(regional_words())
    for entry in entries().values():
        same = tuple(sorted({fold(form) for form, strength in entry.forms() if strength is Strength.FULL}))
        for form in same:
            table.setdefault(form, same)
    return MappingProxyType(table)


def _ways(word: str) -> set[str]:
    """Return a folded word in all its spellings."""
    kept = respell(word)
    others = (kept.replace(known.word, other) for other, known in spellings().items() if known.word in kept)
    return {word, kept, *others}


def listed(folded: str) -> list[Span]:
    """Return where known words stand in a folded text without spaces, from left to right, the longest at each place.

    What arises where two words meet is none: 公分 in 办公|分区.

    >>> listed("服务器的内存"), listed("办公分区")
    ([Span(start=0, end=3), Span(start=4, end=6)], [])
    """
    found = [Span(start, end) for start, end in places(_matcher(), folded)]
    if not found:
        return []
    bounds = frozenset(accumulate(map(len, cut(folded, guess=False)), initial=0))
    return [span for span in found if _is_word(folded, span, bounds)]


@cache
def _matcher() -> AhoCorasick:
    return AhoCorasick([word for word in known_words() if not word.isascii()], matchkind=MatchKind.LeftmostLongest)


def _is_word(folded: str, span: Span, bounds: frozenset[int]) -> bool:
    latin = folded[max(span.start - 1, 0) : span.start + 1]
    if len(latin) > 1 and latin.isascii() and latin.isalnum():
        return False
    return span.start in bounds or span.end in bounds or all(at not in bounds for at in range(span.start, span.end))


def alternatives(word: str) -> tuple[str, ...]:
    """Return a folded word or phrase and what it is with its known words said otherwise, itself first.

    >>> alternatives("服务器散热")
    ('服务器散热', '伺服器散热')
    """
    table = known_words()
    ways = table[word] if word in table else _said_otherwise(word)
    return (word, *(way for way in ways if way != word))


def _said_otherwise(phrase: str) -> Iterable[str]:
    """Return the ways to say a phrase, the same for each of them: as many of its words varied as go together."""
    spans, ways = _varied(phrase)
    if not spans:
        return ()
    ends = [0, *(span.end for span in spans)]
    between = [phrase[end : span.start] for end, span in zip(ends, spans, strict=False)]
    chosen = (zip(between, words, strict=True) for words in product(*ways))
    return sorted("".join(before + word for before, word in one) + phrase[ends[-1] :] for one in chosen)


def _varied(phrase: str) -> tuple[list[Span], list[tuple[str, ...]]]:
    spans: list[Span] = []
    ways: list[tuple[str, ...]] = []
    for span in listed(phrase):
        same = tuple(way for way in known_words()[phrase[span.start : span.end]] if not way.isascii())
        if prod(map(len, ways)) * len(same) <= _MOST:
            spans.append(span)
            ways.append(same)
    return spans, ways
