"""What a front matter would say, said in the text: the info list of a plain note, credits above or below a post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from service import lexicon
from service.model import Block, BlockKind
from service.reading.headers.dates import read_date
from service.reading.headers.keys import compared, known_keys
from service.reading.markdown.found import FoundLink
from service.script import fold

_ENTRY = re.compile(r"([^：:\n]{1,16}?)\s*[：:]{1,2}\s*(\S[^\n]*)")
_KEY = re.compile(
    r"(?:^|(?<=[\s|｜丨，,;；·•]))([^\s：:|｜丨，,;；·•]{1,12}(?: [A-Za-z]{2,10})?)[ \t]*[：:]{1,2}[ \t]*"
)
_FEWEST_KNOWN = 2
_MOST_ENTRIES = 60
_LONGEST_LINE = 400
_LONGEST_NAME = 60
_MOST_LINES = 8
_LAST = 3  # blocks at the end that may say where a post is from
_URL = re.compile(r"https?://")
_SENTENCE = re.compile(r"[。！？!?]")
_UNTOLD = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION, BlockKind.AUTHOR, BlockKind.PERSON, BlockKind.COMPANY})
_OF_A_POST = frozenset({"authors", "published", "updated", "original", "original_url", "original_name", "tags"})
_DATE_ONLY = re.compile(r"[12]\d{3}[-/.年]")
_BETWEEN = _UNTOLD | {BlockKind.HEADING, BlockKind.CAPTION}
_CREDITS = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})


class Pair(NamedTuple):
    """A key as written, and where its value stands in the text."""

    key: str
    start: int
    end: int


def read_info(
    blocks: Sequence[Block], links: Sequence[FoundLink], text: str, *, plain: bool
) -> tuple[list[Block], dict[str, Any]]:
    """Return the blocks, those that only tell of the post marked as info, and what they say by their keys.

    A list, or a table of two columns, tells of a post without front matter (`plain`) where it stands before any prose,
    or right below a heading that announces it, at least two of its entries (or all) have keys that a header knows, and
    one says what only a post has: who wrote it, when, from what, under which label. Credits, lines such as
    ``作者：… ｜ 來源：…``, tell of any post where they stand above its prose; below it only if they name a source.
    """
    pairs = _list(blocks, text, links) or _table(blocks, text, links) if plain else {}
    for index, told in [*_above(blocks, text, links, plain=plain), *_below(blocks, text, links)]:
        pairs.setdefault(index, told)
    data: dict[str, Any] = {}
    for index in sorted(pairs):
        for pair in pairs[index]:
            data.setdefault(pair.key, _value(pair, text, links))
    return [replace(b, kind=BlockKind.INFO) if i in pairs else b for i, b in enumerate(blocks)], data


def _value(pair: Pair, text: str, links: Sequence[FoundLink]) -> object:
    """Return what stands behind the key; a link gives its address too."""
    written = text[pair.start : pair.end].strip()
    link = _link(pair, links)
    if link is None or link.target == written:
        return written
    name = link.alias or written
    return {"name": None if _URL.search(name) else name, "url": link.target}


def _link(pair: Pair, links: Sequence[FoundLink]) -> FoundLink | None:
    within = (link for link in links if pair.start <= link.start < link.end <= pair.end)
    return next((link for link in within if _URL.match(link.target)), None)


# ── Lists ──


def _list(blocks: Sequence[Block], text: str, links: Sequence[FoundLink]) -> dict[int, list[Pair]]:
    items = _first(blocks, text, BlockKind.ITEM)[:_MOST_ENTRIES]
    parsed = {index: _ENTRY.fullmatch(text, blocks[index].span.start, blocks[index].span.end) for index in items}
    pairs = {i: [Pair(match[1].strip(), match.start(2), match.end(2))] for i, match in parsed.items() if match}
    return pairs if _is_info([pair for told in pairs.values() for pair in told], len(items), text, links) else {}


def _is_info(pairs: Sequence[Pair], entries: int, text: str, links: Sequence[FoundLink]) -> bool:
    known = [pair for pair in pairs if _field(pair)]
    if any(compared(pair.key) in _listed("works") for pair in pairs):
        return False
    strong = any(_field(pair) in _OF_A_POST and _tells(pair, text, links) for pair in known)
    return strong and len(known) >= min(_FEWEST_KNOWN, entries)


def _first(blocks: Sequence[Block], text: str, kind: BlockKind) -> list[int]:
    """Return the indexes of the items or cells that may tell of the post: those of the first list or table."""
    announced = opened = True
    found: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind is kind and block.level <= 1 and announced and not _restarts(blocks, found, block):
            found.append(index)
        elif found:
            break
        elif block.kind is BlockKind.HEADING:
            announced = opened or _announces(text[block.span.start : block.span.end])
        elif block.kind is not BlockKind.CAPTION:
            announced = opened = False
    return found


def _restarts(blocks: Sequence[Block], found: Sequence[int], block: Block) -> bool:
    """Tell whether `block` is a cell of another table than those found."""
    return bool(found) and block.row is not None and block.row < (blocks[found[-1]].row or 0)


def _table(blocks: Sequence[Block], text: str, links: Sequence[FoundLink]) -> dict[int, list[Pair]]:
    """Return the pairs of a table whose first column holds keys; its heading row may be a pair or name the columns."""
    cells = _first(blocks, text, BlockKind.CELL)[: 2 * _MOST_ENTRIES]
    if any((blocks[index].column or 0) > 1 for index in cells):
        return {}
    rows: dict[int, dict[int, int]] = {}
    for index in cells:
        rows.setdefault(blocks[index].row or 0, {})[blocks[index].column or 0] = index
    pairs = {row[1]: _row_pair(blocks, text, row) for row in rows.values() if len(row) == len(("key", "value"))}
    known = [pair for pair in pairs.values() if _field(pair)]
    if len(known) * 2 < len(rows) or not _is_info(list(pairs.values()), len(rows), text, links):
        return {}
    heading = rows.get(0, {})
    if 1 in heading and not _field(pairs[heading[1]]):
        del pairs[heading[1]]
    return {index: [] for index in cells} | {index: [pair] for index, pair in pairs.items()}


def _row_pair(blocks: Sequence[Block], text: str, row: dict[int, int]) -> Pair:
    key, value = blocks[row[0]].span, blocks[row[1]].span
    return Pair(text[key.start : key.end].strip().rstrip("：:"), value.start, value.end)


def _announces(heading: str) -> bool:
    folded = fold(heading)
    return any(fold(word) in folded for word in lexicon.read("headers.toml")["info"]["headings"])


# ── Credits ──


def _above(
    blocks: Sequence[Block], text: str, links: Sequence[FoundLink], *, plain: bool
) -> Iterator[tuple[int, list[Pair]]]:
    silent = {None, "tags", "categories"} if plain else {None, "tags", "categories", "published", "updated"}
    for index, block in enumerate(blocks):
        if block.kind in _BETWEEN:
            continue
        pairs = _credits(block, text, links)
        if not {_field(pair) for pair in pairs} - silent:
            return
        yield index, pairs


def _below(blocks: Sequence[Block], text: str, links: Sequence[FoundLink]) -> Iterator[tuple[int, list[Pair]]]:
    for index in range(len(blocks) - 1, max(len(blocks) - 1 - _LAST, 0), -1):
        pairs = _credits(blocks[index], text, links)
        sources = [pair for pair in pairs if (_field(pair) or "").startswith("original")]
        if sources and any(_link(pair, links) for pair in sources):
            yield index, sources


def _credits(block: Block, text: str, links: Sequence[FoundLink]) -> list[Pair]:
    """Return the pairs of a block every line of which is made of them, else none."""
    start, end = block.span
    if block.kind not in _CREDITS or end - start > _LONGEST_LINE * _MOST_LINES:
        return []
    pairs: list[Pair] = []
    for line in text[start:end].split("\n"):
        found = _pairs(line, start)
        if not found or len(line) > _LONGEST_LINE or not all(_tells(pair, text, links) for pair in found):
            return []
        pairs += found
        start += len(line) + 1
    return pairs


def _pairs(line: str, offset: int) -> list[Pair]:
    """Return the pairs of a line that begins with one; a key that a header does not know is part of a value."""
    keys = [match for match in _KEY.finditer(line) if compared(match[1]) in known_keys() or _beside(match[1])]
    if not keys or keys[0].start() > 0:
        return []
    ends = [*(match.start() for match in keys[1:]), len(line)]
    found = []
    for match, end in zip(keys, ends, strict=True):
        value = line[match.end() : end].rstrip(" \t|｜丨，,;；·•")
        found += _dated(Pair(match[1], offset + match.end(), offset + match.end() + len(value)), value)
    return found


def _dated(pair: Pair, value: str) -> list[Pair]:
    """Return `pair`, and the date that stands behind it without a key: ``作者：漁夫｜2026-03-05``."""
    head, mark, tail = value.rpartition(next((mark for mark in "|｜丨·•" if mark in value), "|"))
    if not mark or not _DATE_ONLY.match(tail.strip()) or read_date(tail) is None:
        return [pair]
    start = pair.end - len(tail.lstrip())
    return [Pair(pair.key, pair.start, pair.start + len(head.rstrip())), Pair("date", start, pair.end)]


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(map(compared, lexicon.read("headers.toml")["info"][name]))


def _beside(key: str) -> bool:
    """Tell whether `key` fills no field but often stands beside those that do."""
    return compared(key) in _listed("others")


def _field(pair: Pair) -> str | None:
    known = known_keys().get(compared(pair.key))
    return known[0] if known else None


def _tells(pair: Pair, text: str, links: Sequence[FoundLink]) -> bool:
    """Tell whether the value is such as its key asks for, so that ``時間：要早`` is prose."""
    value, field = text[pair.start : pair.end], _field(pair)
    if field in ("published", "updated"):
        return read_date(value) is not None
    if field in ("original_url", "url"):
        return field == "original_url" and _link(pair, links) is not None
    named = bool(value) and len(value) <= _LONGEST_NAME and not _SENTENCE.search(value)
    if field == "original":
        return _link(pair, links) is not None or named
    return field in (None, "authors", "original_name", "tags", "categories") and named
