"""Two scripts, one meaning: the only door to OpenCC.

Three questions, never mixed up:

- ``fold(text)``: script, width and case erased, one character to one character, so offsets hold. To match and index.
- ``detect(text)``: which script a text is written in.
- ``render(text, lang)``: a text for a reader in the variant asked for. Never indexed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

import opencc

from service.model import Script

VARIANTS = ("zh-Hant", "zh-Hans", "zh-TW", "zh-HK", "zh-CN")

_HAN_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_INTERPUNCTS = "・･‧•∙⋅"
_MINORITY = 0.2  # share of the lesser script's own characters from which a text counts as mixed

# What a reader must get as it was written: code, URLs, e-mail addresses, titles in 《》 and the site's own marks -{…}-.
_PROTECTED = re.compile(
    r"`[^`\n]*`|https?://[^\s<>)）」』】\]]+|[\w.+-]+@[\w-]+\.[\w.]+|《[^《》\n]{1,80}》|-\{[^{}\n]*\}-"
)
_CLAUSES = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]*")


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


def _each(config: str, characters: str) -> list[str]:
    """Convert every character on its own: OpenCC sees no phrase across a line break."""
    converted: list[str] = _converter(config).convert("\n".join(characters)).split("\n")
    return [new if len(new) == 1 else old for old, new in zip(characters, converted, strict=True)]


def _han() -> str:
    return "".join(chr(code) for low, high in _HAN_RANGES for code in range(low, high + 1))


def _han_classes() -> dict[str, str]:
    """Map every Han character to the one that stands for its class of variants.

    Two characters are one class when OpenCC turns one into the other on its own: Traditional to Simplified, or
    between the standards of Taiwan, Hong Kong and OpenCC itself (台/臺, 爲/為, 裡/裏/里, 著/着, 羣/群).
    """
    parent: dict[str, str] = {}

    def root(character: str) -> str:
        while (above := parent.get(character, character)) != character:
            character = above
        return character

    han = _han()
    for config in ("t2s", "t2tw", "t2hk"):
        for old, new in zip(han, _each(config, han), strict=True):
            if (a := root(old)) != (b := root(new)):
                parent[a] = b
    simplified = dict(zip(han, _each("t2s", han), strict=True))
    members: dict[str, list[str]] = {}
    for character in {*parent, *parent.values()}:
        members.setdefault(root(character), []).append(character)
    # The Simplified character that most of a class turns into stands for it, so that folded text can be segmented.
    table: dict[str, str] = {}
    for variants in members.values():
        images = Counter(simplified[variant] for variant in variants)
        best = min(images, key=lambda c: (-images[c], not _encodes(c, "gb2312"), c))
        table.update(dict.fromkeys(variants, best))
    return table


@cache
def _fold_table() -> dict[int, str]:
    table = {ord(old): new for old, new in _han_classes().items() if old != new}
    for code in range(0xFF01, 0xFF5F):  # full-width ASCII
        table[code] = chr(code - 0xFEE0).lower()
    table[0x3000] = " "
    table.update((ord(mark), "·") for mark in _INTERPUNCTS)
    for code in range(0x41, 0x2C00):  # the scripts with case
        lowered = chr(code).lower()
        if len(lowered) == 1 and lowered != chr(code):
            table[code] = lowered
    return table


def fold(text: str) -> str:
    """Return `text` with script, width and case erased, one character for one.

    Idempotent, and ``fold(a + b) == fold(a) + fold(b)``, so spans found in the folded text hold in the original. The
    table is derived from OpenCC's own dictionaries at first use.

    >>> fold("資料中心 ＧＢ300"), fold("數據"), fold("伊隆・馬斯克")
    ('资料中心 gb300', '数据', '伊隆·马斯克')
    """
    return text.translate(_fold_table())


@cache
def _tells() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only Traditional, and those that only Simplified text uses.

    A character tells when OpenCC changes it and the other side's old national character set lacks it: 後 is not in
    GB 2312, while 后 is in Big5 (皇后) and tells nothing.
    """
    han = _han()
    simplified, traditional = _each("t2s", han), _each("s2t", han)
    hant = frozenset(c for c, new in zip(han, simplified, strict=True) if c != new and not _encodes(c, "gb2312"))
    hans = frozenset(c for c, new in zip(han, traditional, strict=True) if c != new and not _encodes(c, "big5"))
    return hant - hans, hans - hant


def _encodes(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def detect(text: str) -> Script:
    """Return the script of `text`, told by the characters that only one of the two uses.

    >>> detect("資料中心"), detect("数据中心"), detect("データセンター"), detect("plain English")
    (<Script.HANT: 'Hant'>, <Script.HANS: 'Hans'>, <Script.OTHER: 'other'>, <Script.OTHER: 'other'>)
    """
    hant_only, hans_only = _tells()
    hant = sum(map(text.count, hant_only.intersection(text)))
    hans = sum(map(text.count, hans_only.intersection(text)))
    kana = len(_KANA.findall(text))
    if hant + hans == 0 or kana > hant + hans:
        return Script.OTHER
    if min(hant, hans) / (hant + hans) >= _MINORITY:
        return Script.MIXED
    return Script.HANT if hant > hans else Script.HANS


_TARGETS: Mapping[str, tuple[Script, str]] = {
    "zh-Hant": (Script.HANT, "s2t"),
    "zh-TW": (Script.HANT, "s2twp"),
    "zh-HK": (Script.HANT, "s2hk"),
    "zh-Hans": (Script.HANS, "t2s"),
    "zh-CN": (Script.HANS, "tw2sp"),
}


def render(text: str, lang: str, names: Mapping[str, str] | None = None, keep: Iterable[str] = ()) -> str:
    """Return `text` for a reader of `lang`, one of ``VARIANTS``; any other `lang` returns it unchanged.

    A clause that is already in the wanted script comes back byte for byte. Code, URLs and titles in 《》 are left
    alone. `names` gives names of known people and companies their own form in that variant; `keep` are words that
    stay as they are. The script variants (``zh-Hant``, ``zh-Hans``) change characters only, the regional ones
    vocabulary too.

    >>> render("数据中心的软件", "zh-Hant"), render("数据中心的软件", "zh-TW"), render("軟體", "zh-Hant")
    ('數據中心的軟件', '資料中心的軟體', '軟體')
    """
    target = _TARGETS.get(lang)
    if target is None or not text:
        return text
    script, config = target
    fixed = {word: word for word in keep} | dict(names or {})
    pattern = _PROTECTED
    if fixed:
        words = "|".join(re.escape(word) for word in sorted(fixed, key=len, reverse=True))
        pattern = re.compile(f"{_PROTECTED.pattern}|{words}")
    return "".join(
        clause if detect(clause) in (script, Script.OTHER) else _convert(clause, config, pattern, fixed)
        for clause in _CLAUSES.findall(text)
    )


def _convert(clause: str, config: str, pattern: re.Pattern[str], fixed: Mapping[str, str]) -> str:
    parts, end = [], 0
    for match in pattern.finditer(clause):
        parts += [_converter(config).convert(clause[end : match.start()]), fixed.get(match[0], match[0])]
        end = match.end()
    return "".join([*parts, _converter(config).convert(clause[end:])])
