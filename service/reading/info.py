"""The info list of a plain note: what a front matter would say, said as a list below the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from service import lexicon
from service.model import Block, BlockKind
from service.reading.header import compared, known_keys
from service.script import fold

_ENTRY = re.compile(r"([^：:\n]{1,16}?)\s*[：:]\s*(\S[^\n]*)")
_FEWEST_KNOWN = 2


def read_info(blocks: Sequence[Block], text: str) -> tuple[list[Block], dict[str, Any]]:
    """Return the blocks, entries of an info list marked as such, and what the entries say by their keys.

    The list must stand before any prose, or right below a heading that announces it, and at least two of its entries
    (or all) must have keys that a header knows.
    """
    found = _list(blocks, text)
    parsed = {index: _ENTRY.fullmatch(text[blocks[index].span.start : blocks[index].span.end]) for index in found}
    pairs = {index: match for index, match in parsed.items() if match}
    known = [match for match in pairs.values() if compared(match[1]) in known_keys()]
    if not known or len(known) < min(_FEWEST_KNOWN, len(found)):
        return list(blocks), {}
    data: dict[str, Any] = {}
    for match in pairs.values():
        data.setdefault(match[1].strip(), match[2].strip())
    return [replace(b, kind=BlockKind.INFO) if i in pairs else b for i, b in enumerate(blocks)], data


def _list(blocks: Sequence[Block], text: str) -> list[int]:
    """Return the indexes of the list's items."""
    announced = opened = True
    found: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.ITEM and block.level == 1 and announced:
            found.append(index)
        elif found:
            break
        elif block.kind is BlockKind.HEADING:
            announced = opened or _announces(text[block.span.start : block.span.end])
        elif block.kind is not BlockKind.CAPTION:
            announced = opened = False
    return found


def _announces(heading: str) -> bool:
    folded = fold(heading)
    return any(fold(word) in folded for word in lexicon.read("headers.toml")["info"]["headings"])
