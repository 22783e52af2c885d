"""Which encoding a file without a mark is in: UTF-8, else what decodes without a fault and reads like Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from service import lexicon
from service.script import fold

_SAMPLE = 20_000  # characters beyond ASCII that are looked at
_WIDE = ("utf-16-le", "utf-16-be")
_NARROW = ("gb18030", "cp950", "big5hkscs")
_NAMES = {"gb18030": "GB18030", "cp950": "Big5", "big5hkscs": "Big5-HKSCS"}
_BEYOND_ASCII = re.compile("[\u00a0-\U0010ffff]+")
_LIKELY = 0.3  # the share of common characters that Chinese reaches: real prose has half, a wrong reading a hundredth
_AHEAD = 3.0  # times that the likeliest must have of the next
_FEWEST = 4  # common characters: fewer come about by chance
_NULS = 0.2  # share of NUL bytes in UTF-16 that holds ASCII too
_PLAIN = 0.5  # share of ASCII in a UTF-16 text that has too little Chinese to tell


class Guess(NamedTuple):
    """A text as decoded, the name of its encoding for people, and that for Python."""

    text: str
    name: str
    codec: str


@cache
def _common() -> frozenset[str]:
    table = lexicon.read("characters.toml")
    return frozenset(fold("".join(table["common"].split())) + table["punctuation"])


def guess(data: bytes) -> Guess | None:
    """Return `data`, which is no UTF-8, in the encoding that makes Chinese of it; None where none surely does.

    >>> guess("茶山的風，我們都知道。".encode("gb18030")).name, guess("茶山的風，我們都知道。".encode("cp950")).name
    ('GB18030', 'Big5')
    >>> guess("café".encode("latin-1"))
    """
    if _is_damaged_utf8(data):
        return None
    candidates = sorted(_candidates(data), key=lambda found: -found[0])
    if not candidates:
        return None
    (likeness, text, encoding), *others = candidates
    rival = next((other[0] for other in others if other[1] != text), 0.0)
    if likeness < _LIKELY or likeness < rival * _AHEAD:
        return None
    return Guess(text, _NAMES.get(encoding, encoding.upper()), encoding)


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell whether most of what is beyond ASCII is UTF-8, so that no other encoding can be right."""
    beyond = "".join(_BEYOND_ASCII.findall(data[: _SAMPLE * 4].decode("utf-8", "replace")))
    return beyond.count("\ufffd") * 4 < len(beyond)


def _candidates(data: bytes) -> Iterator[tuple[float, str, str]]:
    """Yield how much each encoding that fits makes the data look like Chinese, with what it makes of it."""
    nuls = data.count(0)
    if len(data) % 2 == 0:
        for encoding in _WIDE:
            if (text := _decoded(data, encoding)) is not None and "\0" not in text:
                yield _likeness(text) or _plain(text, nuls / max(len(data), 1)), text, encoding
    for encoding in _NARROW if not nuls else ():
        if (text := _decoded(data, encoding)) is not None:
            yield _likeness(text), text, encoding


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> float:
    """Return the share of common Chinese characters in what is beyond ASCII; 0 for too few of them."""
    beyond = "".join(_BEYOND_ASCII.findall(text[: _SAMPLE * 20]))[:_SAMPLE]
    folded = fold(beyond)
    common = _common()
    known = sum(1 for old, new in zip(beyond, folded, strict=True) if new in common or old in common)
    return known / len(beyond) if known >= _FEWEST else 0.0


def _plain(text: str, nuls: float) -> float:
    """Return what tells UTF-16 of mostly ASCII: every other byte is NUL, and what comes of it is printable."""
    if nuls < _NULS or not text:
        return 0.0
    plain = sum(1 for character in text[:_SAMPLE] if character in "\t\n\r" or " " <= character <= "~")
    return 1.0 if plain / len(text[:_SAMPLE]) > _PLAIN else 0.0
