"""Front matter cut into its top-level keys by the eye, for where no parser takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.reading.headers.keys import is_known

_MOST = 500
_LONGEST_KEY = 80
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_BLANKS = "\u00a0\u3000\u2002\u2003\u2009\u202f"
_TABLE = re.compile(r"\[{1,2}[ \t]*([^\[\]\n]{1,80}?)[ \t]*\]{1,2}[ \t]*(?:#.*)?$")
_QUOTES = "\"'“”‘’"


@dataclass(slots=True)
class Part:
    """A key with the lines that belong to it: `line` counts from 0; `colon` is what stands behind the key."""

    key: str
    line: int
    colon: str
    value: str  # what stands on the key's own line
    more: list[str]  # the lines below it
    table: str = ""  # the TOML table that it stands in

    @property
    def entry(self) -> str:
        """The part as YAML would have it written."""
        return "\n".join([f"{self.key}: {self.value}", *self.more])

    @property
    def assignment(self) -> str:
        """The part as TOML would have it written."""
        return "\n".join([f"{self.key} = {self.value}", *self.more])


def parts(lines: Sequence[str], kind: str | None) -> tuple[list[Part], list[int]]:
    """Return the top-level keys that `lines` hold, and which lines belong to none.

    >>> [(part.key, part.value) for part in parts(["標題：港", "tags:", "- 茶"], "yaml")[0]]
    [('標題', '港'), ('tags', '')]
    """
    base = min((_indent(line) for line in lines if line.strip() and line.lstrip()[0] != "#"), default=0)
    found: list[Part] = []
    stray: list[int] = []
    table = ""
    for number, line in enumerate(lines):
        cut = line[base:] if not line[:base].strip() else line
        if kind == "toml" and (match := _TABLE.match(cut.strip())):
            table = match[1].strip(_QUOTES)
        elif len(found) < _MOST and (part := _part(cut, number, kind)):
            part.table = table
            found.append(part)
        elif not cut.strip() or cut.lstrip().startswith("#"):
            _append(found, cut)
        elif found and (kind == "toml" or cut[0] in " \t-]}"):
            found[-1].more.append(cut)
        else:
            stray.append(number)
    return found, stray


def _append(found: list[Part], line: str) -> None:
    if found:
        found[-1].more.append(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _part(line: str, number: int, kind: str | None) -> Part | None:
    if not line or line[0] in " \t#-[]{}":
        return None
    for at, colon in _separators(line, "=" if kind == "toml" else ":"):
        key, rest = line[:at].strip().strip(_QUOTES), line[at + 1 :]
        if not key or len(key) > _LONGEST_KEY or not _separates(key, colon, rest):
            continue
        bare = rest.lstrip(" \t" + _BLANKS)
        wide = rest[: len(rest) - len(bare)]
        spaced = colon == "=" or not bare or wide[:1] in (" ", "\t")
        return Part(key, number, colon if spaced else colon + (wide[:1] or "!"), bare.rstrip(), [])
    return None


def _separators(line: str, ascii_one: str) -> Iterator[tuple[int, str]]:
    """Yield where the first of each separator stands, the leftmost first."""
    places = ((line.find(mark, 0, _LONGEST_KEY + 20), mark) for mark in (ascii_one, "："))
    yield from sorted(place for place in places if place[0] > 0)


def _separates(key: str, colon: str, rest: str) -> bool:
    if colon == "=":
        return True
    if colon == "：":
        return is_known(key)
    if not rest.strip() or rest[0] in " \t":
        return True
    return not rest.startswith("//") and (is_known(key) or (rest[0] in _BLANKS and _NAME.fullmatch(key) is not None))
