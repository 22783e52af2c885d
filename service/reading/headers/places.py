"""Where a value stands in the front matter: title, description and names become blocks of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from service.model import BlockKind, Header
from service.reading.headers.frontmatter import FrontMatter
from service.reading.markdown.prose import OpenBlock, Prose

_SKIPPED = " \t\n\\\"'"  # what a format may put between the characters of a value: folds, escapes, doubled quotes
_BLANKS = re.compile(r"\s*")
_LEAD = re.compile(r"[ \t\n\"'\[\]>|+,-]*")


def write_header(front: FrontMatter, header: Header, keys: Mapping[str, str], prose: Prose) -> None:
    """Write the title, description and declared names as blocks, each where it stands in the front matter."""
    layers = (
        (BlockKind.TITLE, "title", (header.title,)),
        (BlockKind.DESCRIPTION, "description", (header.description,)),
        (BlockKind.AUTHOR, "authors", header.authors),
        (BlockKind.PERSON, "people", header.people),
        (BlockKind.COMPANY, "companies", header.companies),
    )
    for kind, field, values in layers:
        if field not in keys:
            continue
        cursor = _value_start(front.raw, keys[field])
        for value in values:
            if value:
                prose.open(OpenBlock(kind))
                cursor = _write(front, value, cursor, prose)
                prose.close()


def _value_start(raw: str, key: str) -> int:
    match = re.search(r"(?:^|[{,])[ \t]*[\"']?" + re.escape(key) + r"[\"']?[ \t]*[:=]", raw, re.MULTILINE)
    return match.end() if match else 0


def _write(front: FrontMatter, value: str, cursor: int, prose: Prose) -> int:
    pieces = _found(value, front.raw, cursor) or _aligned(value, front.raw, cursor) or [(value, cursor)]
    line, counted = front.line, 0
    for text, at in pieces:
        line, counted = line + front.raw.count("\n", counted, at), at
        column = at - front.raw.rfind("\n", 0, at)
        for index, part in enumerate(text.split("\n")):
            if index:
                prose.write_break()
            prose.write(part, line + index, column if not index else 1)
    return pieces[-1][1] + len(pieces[-1][0])


def _found(value: str, raw: str, cursor: int) -> list[tuple[str, int]] | None:
    at = raw.find(value, cursor) if "\n" not in value else -1
    return [(value, at)] if at >= 0 else None


def _aligned(value: str, raw: str, cursor: int) -> list[tuple[str, int]] | None:
    """Lay `value` along `raw`, skipping what YAML folds and what any of the formats escapes."""
    match = _LEAD.match(raw, cursor)
    at = match.end() if match else cursor
    pieces: list[tuple[str, int]] = []
    index = 0
    while index < len(value):
        run = _run(value, index, raw, at)
        if run:
            pieces.append((value[index : index + run], at))
            index, at = index + run, at + run
        elif value[index].isspace() and raw[at : at + 1].isspace():
            pieces.append(("\n" if value[index] == "\n" else " ", at))
            index, at = index + 1, _BLANKS.match(raw, at).end()  # type: ignore[union-attr]
        elif raw[at : at + 1] and raw[at] in _SKIPPED:
            at += 1
        else:
            return None
    return pieces


def _run(value: str, index: int, raw: str, at: int) -> int:
    run = 0
    while index + run < len(value) and raw[at + run : at + run + 1] == value[index + run] != "\n":
        run += 1
    return run
