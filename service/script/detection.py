"""Which script a text is written in, told by the characters that only one side uses."""

from __future__ import annotations

from functools import cache
from typing import Final

from service.model import Script
from service.script.conversion import characters, encodes, han, shinjitai

_MINORITY: Final = 0.2  # share of the lesser script's own characters from which a text counts as mixed
_SHINJITAI_WEIGHT: Final = 4  # a Japanese sentence has one for every few kana
_LETTERS_A_HAN: Final = 60  # ten words: a text with more of them to each Han character is no Chinese one …
_FEW_HAN: Final = 50  # … unless it is one about code, with sentences between the listings
_FEW_LETTERS: Final = 300  # a short Chinese text may hold one long name or address
_END: Final = 0x33480
_HANT, _HANS, _SHARED, _KANA, _SHINJITAI, _HANGUL, _LATIN, _REST = "TSCKJGL."
_RANGES: Final = (
    (_KANA, 0x3041, 0x3096),
    (_KANA, 0x30A1, 0x30FA),
    (_KANA, 0xFF66, 0xFF9D),
    (_HANGUL, 0x1100, 0x11FF),
    (_HANGUL, 0x3131, 0x318E),
    (_HANGUL, 0xAC00, 0xD7A3),
    (_LATIN, 0x41, 0x5A),
    (_LATIN, 0x61, 0x7A),
    (_LATIN, 0xC0, 0x24F),
    (_LATIN, 0x400, 0x52F),  # Cyrillic, which counts the same
)


def detect(text: str) -> Script:
    """Return the script of `text`, told by the characters that only one of the two uses.

    Japanese and Korean are `other`, and so is a text with too little Chinese in it to tell.

    >>> detect("資料中心"), detect("数据中心"), detect("発電所の建設"), detect("plain English")
    (<Script.HANT: 'Hant'>, <Script.HANS: 'Hans'>, <Script.OTHER: 'other'>, <Script.OTHER: 'other'>)
    """
    kinds = text.translate(_kinds())
    hant, hans = kinds.count(_HANT), kinds.count(_HANS)
    tells = hant + hans
    if tells == 0 or _foreign(kinds) >= tells or _in_passing(kinds, tells):
        return Script.OTHER
    if min(hant, hans) / tells >= _MINORITY:
        return Script.MIXED
    return Script.HANT if hant > hans else Script.HANS


def holds(text: str, script: Script) -> bool:
    """Tell whether `text` has a character that only `script` (``Hant`` or ``Hans``) writes.

    >>> holds("数据中心", Script.HANS), holds("数据中心", Script.HANT)
    (True, False)
    """
    return (_HANT if script is Script.HANT else _HANS) in text.translate(_kinds())


def is_foreign(text: str) -> bool:
    """Tell whether a clause is Japanese or Korean: for a third or more, and no less than what is surely Chinese.

    >>> is_foreign("データを送る"), is_foreign("「の」字很常见")
    (True, False)
    """
    kinds = text.translate(_kinds())
    foreign, tells = _foreign(kinds), kinds.count(_HANT) + kinds.count(_HANS)
    return foreign > 0 and foreign >= tells and foreign * 3 >= tells + kinds.count(_SHARED)


def _foreign(kinds: str) -> int:
    """Return how much of a text is Japanese or Korean, in characters of a kind that Chinese does not have."""
    return kinds.count(_KANA) + kinds.count(_HANGUL) + _SHINJITAI_WEIGHT * kinds.count(_SHINJITAI)


def _in_passing(kinds: str, tells: int) -> bool:
    """Tell whether a text only names something in Chinese, a character to more than ten Latin words."""
    letters = kinds.count(_LATIN)
    han_characters = tells + kinds.count(_SHARED)
    return letters > _FEW_LETTERS and han_characters < _FEW_HAN and han_characters * _LETTERS_A_HAN < letters


@cache
def _kinds() -> list[int]:
    """Return the kind of every code point, as one letter."""
    table = [ord(_REST)] * _END
    for kind, low, high in _RANGES:
        table[low : high + 1] = [ord(kind)] * (high - low + 1)
    hant, hans = _tells()
    for kind, members in ((_SHARED, han()), (_HANT, hant), (_HANS, hans), (_SHINJITAI, shinjitai())):
        for character in members:
            table[ord(character)] = ord(kind)
    return table


def _tells() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only Traditional, and those that only Simplified text uses.

    A character tells when OpenCC changes it and the other side's old national character set lacks it: 後 is not in
    GB 2312, while 后 is in Big5 (皇后) and tells nothing.
    """
    traditional = characters("t2s").keys() | characters("hk2s").keys()
    hant = frozenset(c for c in traditional if not encodes(c, "gb2312"))
    hans = frozenset(c for c in characters("s2t") if not encodes(c, "big5"))
    return hant - hans, hans - hant
