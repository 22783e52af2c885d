"""Regional words by the one word they share, so that texts in the words of two regions are indexed alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from ahocorasick_rs import AhoCorasick, MatchKind

from service.lexicon.regional import groups
from service.lexicon.spelling import places
from service.script import fold


def twins(folded: str) -> Iterator[str]:
    """Yield, for each regional word of a folded text that the mainland says otherwise, the mainland's usual word.

    >>> list(twins("伺服器与晶片"))
    ['服务器', '芯片']
    """
    for start, end in places(_matcher(), folded):
        yield _usual()[folded[start:end]]


@cache
def _usual() -> Mapping[str, str]:
    """Map each folded Chinese word of another region to the mainland's."""
    found: dict[str, str] = {}
    for group in groups():
        usual = next((fold(word) for word in group.of("cn") if word in group.compared), "")
        words = (fold(word) for word in group.compared if word not in group.english)
        found.update((word, usual) for word in words if usual and word != usual)
    return MappingProxyType(found)


@cache
def _matcher() -> AhoCorasick:
    return AhoCorasick(list(_usual()), matchkind=MatchKind.LeftmostLongest)
