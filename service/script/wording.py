"""Words that are not converted character by character: what OpenCC gets wrong, and what each region calls a thing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from service.lexicon import regional
from service.model import Script, Span
from service.script.conversion import characters, convert
from service.script.folding import fold


class Replacement(NamedTuple):
    """A stretch of a text and what stands there for a reader."""

    span: Span
    text: str


@dataclass(frozen=True)
class Wording:
    """Words with what to write for them, to be found in a text."""

    forms: Mapping[str, str]
    matcher: AhoCorasick

    @classmethod
    def of(cls, forms: Mapping[str, str]) -> Wording:
        """Return the wording that writes `forms`; of words that begin at one place the longest counts.

        >>> [found.text for found in Wording.of({"数据": "資料", "数据库": "資料庫"}).find("数据库")]
        ['資料庫']
        """
        known = {word: form for word, form in forms.items() if word}
        return cls(known, AhoCorasick(list(known), matchkind=MatchKind.LeftmostLongest))

    def find(self, text: str) -> Iterator[Replacement]:
        """Yield what to replace in `text`, from left to right; none overlap."""
        for _, start, end in self.matcher.find_matches_as_indexes(text) if self.forms else ():
            yield Replacement(Span(start, end), self.forms[text[start:end]])


@cache
def spelling(script: Script) -> Wording:
    """Return the words of the other script that OpenCC would write wrong in `script`, or would leave as they are."""
    listed: Mapping[str, str] = _listed()[script.value]
    if script is Script.HANT:
        return Wording.of(listed)
    taiwan = characters("tw2s")
    hong_kong = {old: new for old, new in characters("hk2s").items() if old not in taiwan}
    return Wording.of({**hong_kong, **listed})


@cache
def surnames() -> Wording:
    """Return the Simplified surnames that stay as they are in Traditional, each with a title behind it.

    >>> [found.text for found in surnames().find("范教授来了")]
    ['范教授']
    """
    listed = _listed()["surnames"]
    return Wording.of(
        {name + title: name + convert(title, "s2tw") for name in listed["Hant"] for title in listed["titles"]}
    )


@cache
def transliterating() -> frozenset[str]:
    """Return the characters that foreign names are written with in Simplified Chinese."""
    return frozenset(_listed()["transliteration"]["characters"] + "·")


@cache
def _listed() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("spelling.toml").read_text(encoding="utf-8"))


@cache
def vocabulary(region: str) -> Wording:
    """Return the words of other regions with the usual one of `region`.

    Words that differ in their characters only are left to the conversion of characters, unless they hold another word:
    軟體動物 is no 軟體. A word is found in both scripts, since Hong Kong's words are also written by people who write
    Simplified.
    """
    config = "s2tw" if region == "cn" else "t2s"
    forms: dict[str, str] = {}
    same: dict[str, str] = {}
    for group in regional.groups():
        own = {fold(word): word for word in group.of(region)}
        same |= {word: own[fold(word)] for word in group.words if fold(word) in own}
        forms |= {word: group.of(region)[0] for word in group.replaced(region) if fold(word) not in own}
    shorter = Wording.of({fold(word): form for word, form in forms.items()})
    forms |= {word: form for word, form in same.items() if next(shorter.find(fold(word)), None)}
    return Wording.of({convert(word, config): form for word, form in forms.items()} | forms)
