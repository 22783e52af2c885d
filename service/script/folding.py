"""Script, width and case erased, one character to one character: what texts are matched and indexed by."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from service.script.conversion import characters, encodes, shinjitai

_AGAIN = range(500, 100_000)  # characters of a text that is rather folded again: by each part of the service in turn
_END = 0x33480  # behind the last Han character; the emoji lie below it
_CASED = range(0x41, 0x2C00)  # the scripts with case
_FORMS = (  # compatibility characters that are another one in another width or another block (Unicode, NFKC)
    range(0x2E80, 0x2FD6),  # radicals
    range(0xF900, 0xFB00),  # compatibility ideographs
    range(0xFF01, 0xFFEF),  # full-width and half-width forms
    range(0x2F800, 0x2FA20),  # compatibility ideographs
)
_WIDE_ONE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
_INTERPUNCTS = "・･‧•∙⋅"


def fold(text: str) -> str:
    """Return `text` with script, width and case erased, one character for one.

    Idempotent, and ``fold(a + b) == fold(a) + fold(b)``, so spans found in the folded text hold in the original. The
    table is derived from OpenCC's own dictionaries at first use.

    >>> fold("資料中心 ＧＢ300"), fold("數據"), fold("伊隆・馬斯克")
    ('资料中心 gb300', '数据', '伊隆·马斯克')
    """
    return _folded(text) if len(text) in _AGAIN else text.translate(_table())


@lru_cache(maxsize=8)
def _folded(text: str) -> str:
    return text.translate(_table())


def narrow(text: str) -> str:
    """Return `text` with full-width letters and digits in their usual width, one character for one, their case kept.

    >>> narrow("１００ ＭＷ，全形")
    '100 MW，全形'
    """
    return text.translate(_WIDE) if _WIDE_ONE.search(text) else text


@cache
def _table() -> list[int]:
    """Return what every code point becomes: a list, which `str.translate` reads twice as fast as a dictionary."""
    table = list(range(_END))
    han = _han()
    for old, new in (*_letters(), *han.items()):
        table[ord(old)] = ord(new)
    for block in _FORMS:
        for code in block:
            table[code] = _form(code, table)
    table[0x3000] = ord(" ")
    for mark in _INTERPUNCTS:
        table[ord(mark)] = ord("·")
    return table


def _letters() -> Iterator[tuple[str, str]]:
    for code in _CASED:
        if len(lowered := chr(code).lower()) == 1:
            yield chr(code), lowered


def _form(code: int, table: list[int]) -> int:
    """Return what a compatibility character becomes: what the plain character does that it is a form of."""
    plain = unicodedata.normalize("NFKC", chr(code))
    return table[ord(plain)] if len(plain) == 1 and ord(plain) < _END else table[code]


def _han() -> dict[str, str]:
    """Map every Han character that folding changes to the one that stands for its class of variants.

    The Simplified character that most of a class turns into stands for it, so that folded text can be segmented, or
    the first of those listed.
    """
    simplified = characters("t2s")
    first = {variants[0] for variants in _listed()}
    table: dict[str, str] = {}
    for variants in _classes(_pairs()):
        images = Counter(simplified.get(variant, variant) for variant in variants)
        best = min(images, key=lambda c: (c not in first, -images[c], not encodes(c, "gb2312"), c))
        table.update((variant, best) for variant in variants if variant != best)
    return table


def _pairs() -> Iterator[tuple[str, str]]:
    """Yield characters that are variants of one another.

    OpenCC turns one into the other on its own, Traditional into Simplified or between the standards of Taiwan, Hong
    Kong and OpenCC itself (台/臺, 爲/為, 裡/裏/里, 著/着, 羣/群); or one is the other's Japanese form; or they are
    listed.
    """
    for config in ("t2s", "t2tw", "t2hk"):
        yield from characters(config).items()
    yield from shinjitai().items()
    for variants in _listed():
        yield from ((other, variants[0]) for other in variants[1:])


def _listed() -> list[str]:
    listed = tomllib.loads(files(__package__).joinpath("variants.toml").read_text(encoding="utf-8"))
    classes: list[str] = listed["classes"]
    return classes


def _classes(pairs: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Yield the sets of characters that `pairs` connect."""
    parent: dict[str, str] = {}

    def root(character: str) -> str:
        while (above := parent.get(character, character)) != character:
            character = above
        return character

    for old, new in pairs:
        if (a := root(old)) != (b := root(new)):
            parent[a] = b
    members: dict[str, list[str]] = {}
    for character in {*parent, *parent.values()}:
        members.setdefault(root(character), []).append(character)
    yield from members.values()
