"""Regional words: one thing, and what Taiwan, Hong Kong, the mainland and Singapore call it.

Comparing and rendering ask for different things. To compare, all words of a group are synonyms of equal weight; to
render, the words of other regions become the usual one of the reader's. A group, or a word of it, may be fit for one
and not the other, and its line in ``regional.toml`` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from service.lexicon import read

REGIONS: Final = ("tw", "hk", "cn", "sg")
_FALLBACK: Final = {"hk": "tw", "sg": "cn"}  # whose words a region uses where no other is listed


@dataclass(frozen=True, slots=True)
class Group:
    """The words for one thing, as each region writes them, the usual one first."""

    forms: Mapping[str, tuple[str, ...]]  # by region; those of REGIONS that have a word of their own
    english: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()  # words that mean other things too: written for a reader, never understood
    compare: bool = True  # whether its words are synonyms wherever they stand
    render: frozenset[str] = frozenset(REGIONS)  # the regions whose readers get their own word for another's

    def of(self, region: str) -> tuple[str, ...]:
        """Return the words of `region`, the usual one first: Hong Kong's are Taiwan's where no other is listed."""
        return self.forms.get(region) or self.forms.get(_FALLBACK.get(region, region), ())

    @property
    def words(self) -> tuple[str, ...]:
        """Return all words of the group as written, Chinese before English."""
        return (*dict.fromkeys(word for words in self.forms.values() for word in words), *self.english)

    @property
    def compared(self) -> tuple[str, ...]:
        """Return the words that stand for one another when texts are compared; none, or two and more."""
        known = tuple(word for word in self.words if word not in self.ambiguous) if self.compare else ()
        return known if len(known) > 1 else ()

    def replaced(self, region: str) -> tuple[str, ...]:
        """Return the Chinese words that a reader of `region` gets his own word for: those of other regions."""
        own = {*self.of(region), *self.ambiguous, *self.english}
        return tuple(word for word in self.words if word not in own) if region in self.render else ()


@cache
def groups() -> tuple[Group, ...]:
    """Return every group of ``regional.toml``, in its order."""
    return tuple(map(_group, read("regional.toml")["word"]))


def _group(entry: Mapping[str, Any]) -> Group:
    forms = {region: tuple(entry[region]) for region in REGIONS if region in entry}
    return Group(
        forms=MappingProxyType(forms),
        english=tuple(entry.get("en", ())),
        ambiguous=frozenset(entry.get("ambiguous", ())),
        compare=entry.get("compare", True),
        render=frozenset(entry.get("render", REGIONS)),
    )


def excluded() -> Mapping[str, str]:
    """Map the words that are left out, because they mean different things, to the reason why."""
    return {word: entry["why"] for entry in read("regional.toml")["excluded"] for word in entry["words"]}


@cache
def wording(region: str) -> Mapping[str, str]:
    """Map the words of other regions to the usual word of `region`, the longest first, as each region writes them.

    A word that `region` uses as well is not among them, nor is any that could mean something else.

    >>> wording("tw")["数据中心"], wording("cn")["資料中心"], "資料中心" in wording("tw")
    ('資料中心', '数据中心', False)
    """
    found = {word: group.of(region)[0] for group in groups() for word in group.replaced(region)}
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))))
