"""Reads the lists of names: TOML of one layout, a table a bearer and a line a key, thousands of tables long.

A service reads them before its first answer, and a full TOML parser takes half a second for what is one line like
the other. A file of any other layout is left to that parser, so the format stays TOML.
"""

from __future__ import annotations

import json
import re
from typing import Any

_LINE = re.compile(r'([a-z]+) = (\[".*"\]|".*")')  # a string, or strings in a row, as JSON writes them too


def plain_tables(text: str, name: str) -> list[dict[str, Any]] | None:
    r"""Return the tables ``[[name]]`` of `text`, or None where the file holds anything else or is laid out otherwise.

    >>> plain_tables('# Teas\n[[tea]]\nid = "oolong"\nhant = ["烏龍茶", "青茶"]\n', "tea")
    [{'id': 'oolong', 'hant': ['烏龍茶', '青茶']}]
    """
    tables: list[dict[str, Any]] = []
    for line in text.split("\n"):
        if not line or line.startswith("#"):
            continue
        if line == f"[[{name}]]":
            tables.append({})
        elif not tables or not _add(line, tables[-1]):
            return None
    return tables


def _add(line: str, table: dict[str, Any]) -> bool:
    """Put the key of `line` into `table`; tell whether the line is one key with its strings, given once."""
    match = _LINE.fullmatch(line)
    if match is None or match[1] in table or "\\" in line:  # the two formats differ in their escapes
        return False
    try:
        table[match[1]] = json.loads(match[2])
    except ValueError:
        return False
    return True
