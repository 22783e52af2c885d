"""One word written in two ways that no table of characters brings together: 計畫, 計劃."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from service.lexicon import read
from service.script import fold

_LONE: Final = re.compile("[\ud800-\udfff]")


class Kept(NamedTuple):
    """How a word is kept, and the characters next to which its other way is part of other words."""

    word: str
    not_after: frozenset[str]
    not_before: frozenset[str]


def respell(folded: str) -> str:
    """Return a folded text with each word of ``spellings.toml`` written the first way, as long as before.

    >>> respell("计画书"), respell("设计画面"), respell("反覆")
    ('计划书', '设计画面', '反复')
    """
    parts, end = [], 0
    for start, stop in places(_matcher(), folded):
        kept = spellings()[folded[start:stop]]
        if folded[start - 1 : start] not in kept.not_after and folded[stop : stop + 1] not in kept.not_before:
            parts += [folded[end:start], kept.word]
            end = stop
    return "".join([*parts, folded[end:]]) if parts else folded


def places(matcher: AhoCorasick, text: str, *, overlapping: bool = False) -> list[tuple[int, int]]:
    """Return where a matcher finds its words; it refuses lone surrogates, which are part of none.

    >>> places(AhoCorasick(["b"]), "a" + chr(0xD800) + "b")
    [(2, 3)]
    """
    try:
        found = matcher.find_matches_as_indexes(text, overlapping=overlapping)
    except UnicodeEncodeError:
        found = matcher.find_matches_as_indexes(_LONE.sub("?", text), overlapping=overlapping)
    return [(start, end) for _, start, end in found]


@cache
def spellings() -> Mapping[str, Kept]:
    """Map each other way of writing a word to the one that is kept, both folded."""
    found = {}
    for entry in read("spellings.toml")["word"]:
        first, *others = map(fold, entry["words"])
        after, before = (frozenset(fold(entry.get(key, ""))) for key in ("not_after", "not_before"))
        found.update(dict.fromkeys(others, Kept(first, after, before)))
    return MappingProxyType(found)


@cache
def _matcher() -> AhoCorasick:
    return AhoCorasick(list(spellings()), matchkind=MatchKind.LeftmostLongest)
