"""Inline fields, ``key:: value``: which key the links of a line stand under.

Dataview's: a line of its own, or in brackets within one. https://blacksmithgu.github.io/obsidian-dataview/annotation/
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.model import Anchor

_KEY = r"(?P<key>[^\s:\[\]()|`<>*_][^:\[\]()|`\n]{0,60})"
_LINE = re.compile(
    r"[ \t>]{0,40}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,8})?(?:\[.\][ \t]{1,8})?"  # quote, item, task
    rf"[*_]{{0,3}}{_KEY}::[*_]{{0,3}}[ \t]{{0,8}}"
)
_WIKI = r"\[\[[^\[\]\n]{1,300}\]\]"
_SQUARE = re.compile(rf"\[[*_]{{0,3}}{_KEY}::[ \t]{{1,8}}(?:[^\[\]\n]|{_WIKI}){{1,500}}\](?!\()")
_ROUND = re.compile(rf"\([*_]{{0,3}}{_KEY}::[ \t]{{1,8}}(?:[^()\[\]\n]|{_WIKI}){{1,500}}\)")
_LINK = re.compile(rf"{_WIKI}|\[[^\[\]\n]{{1,300}}\]\([^()\n]{{1,500}}\)")
_BETWEEN = re.compile(r"[ \t]{0,4}(?:[,，、;；/&+]|[和與与及]|以及|and)?[ \t]{0,4}")
_LONGEST = 5_000  # characters of a line that is looked at
_MOST = 100  # links of one field


class Field(NamedTuple):
    """A key, and the columns (from 0) of its line between which its links stand."""

    key: str
    start: int
    end: int


class Fields:
    """The inline fields of a file, looked up by where a link's text stands in the document."""

    def __init__(self, source: str, anchors: Sequence[Anchor]) -> None:
        self._lines = source.split("\n") if "::" in source else []
        self._anchors, self._starts = anchors, [anchor.start for anchor in anchors] if self._lines else []
        self._known: dict[int, list[Field]] = {}

    def key_at(self, offset: int) -> str | None:
        """Return the key of the field that the link with its text at `offset` stands in."""
        if not self._starts:
            return None
        anchor = self._anchors[max(bisect_right(self._starts, offset) - 1, 0)]
        column = anchor.column - 1 + offset - anchor.start
        found = (field.key for field in self._fields(anchor.line) if field.start <= column < field.end)
        return next(found, None)

    def _fields(self, line: int) -> list[Field]:
        if line not in self._known:
            text = self._lines[line - 1][:_LONGEST] if line <= len(self._lines) else ""
            self._known[line] = list(fields(text)) if "::" in text else []
        return self._known[line]


def fields(line: str) -> Iterator[Field]:
    """Yield the fields of a line that hold links.

    >>> list(fields("- 支持:: [[甲]], [[乙]]"))
    [Field(key='支持', start=7, end=19)]
    """
    if (match := _LINE.match(line)) and (end := _links_end(line, match.end())) > match.end():
        yield Field(match["key"].strip(" *_"), match.end(), end)
    for pattern in (_SQUARE, _ROUND):
        for match in pattern.finditer(line):
            yield Field(match["key"].strip(" *_"), match.end("key"), match.end())


def _links_end(line: str, at: int) -> int:
    """Return where the links end that stand one behind the other from `at` on."""
    end = at
    for _ in range(_MOST):
        link = _LINK.match(line, at)
        if link is None:
            break
        end = link.end()
        between = _BETWEEN.match(line, end)
        at = between.end() if between else end
    return end
