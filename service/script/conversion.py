"""The only door to OpenCC: texts by one of its configurations, and what its dictionaries say of single characters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import opencc

_HAN_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


def convert(text: str, config: str) -> str:
    """Return `text` as OpenCC's configuration `config` (``s2tw``, ``hk2s`` …) writes it.

    >>> convert("数据中心", "s2tw")
    '數據中心'
    """
    converted: str = _converter(config).convert(text)
    return converted


def convert_each(parts: list[str], config: str) -> list[str]:
    """Return every part converted on its own, in one call: OpenCC sees no phrase across a line break.

    >>> convert_each(["头", "发"], "s2tw"), convert("头发", "s2tw")
    (['頭', '發'], '頭髮')
    """
    return convert("\n".join(parts), config).split("\n")


@cache
def han() -> str:
    """Return all Han characters of Unicode's blocks, the compatibility ideographs with them."""
    return "".join(chr(code) for low, high in _HAN_RANGES for code in range(low, high + 1))


@cache
def characters(config: str) -> Mapping[str, str]:
    """Return the single characters that `config` turns into another one, and into which."""
    characters = han()
    pairs = zip(characters, convert_each(list(characters), config), strict=True)
    return {old: new for old, new in pairs if old != new and len(new) == 1}


@cache
def shinjitai() -> Mapping[str, str]:
    """Return the characters that only Japanese writes, with the Chinese ones they stand for.

    A character that a national character set has is a Chinese one too (芸 is a plant's name before it is 藝), and so is
    what Hong Kong writes (説): they are left out.

    >>> shinjitai()["駅"], "芸" in shinjitai()
    ('驛', False)
    """
    pairs, hong_kong = characters("jp2t").items(), frozenset(characters("t2hk").values())
    return {
        old: new
        for old, new in pairs
        if not encodes(old, "gb2312") and not encodes(old, "big5") and old not in hong_kong
    }


def encodes(character: str, charset: str) -> bool:
    """Tell whether a national character set has `character`."""
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
