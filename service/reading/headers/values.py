"""What a value of front matter holds: strings, sources, and what JSON can keep of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from service.reading.headers.bylines import unlinked

_MAX_DEPTH = 20
_MAX_INT = 2**53
_MAX_BITS = 1_000  # of an integer that is still written out
_URL = re.compile(r"https?://[^\s<>\"'）)」]+")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*){0,9})")
_LOST = re.compile("[\x00\ud800-\udfff]")
_NAMES = ("name", "title")  # the first that is given: `title` beside a `name` is a post, not another name
_URLS = ("url", "link", "href")


def strings(value: object) -> list[str]:
    """Return the strings in `value`, a list or map of any shape; a map gives its name.

    >>> strings(["茶", [["山|大山"]], {"name": "阿土", "title": "店主"}, 7])
    ['茶', '大山', '阿土', '7']
    """
    if isinstance(value, list):
        if (link := _unquoted_link(value)) is not None:
            return [link]
        return [text for item in value for text in (_switch(item) if isinstance(item, bool) else strings(item))]
    if isinstance(value, dict):
        given = {str(key).lower(): item for key, item in value.items()}
        named = next((str(given[key]) for key in _NAMES if given.get(key)), None)
        if named:
            return [named]
        return [text for item in value.values() if isinstance(item, dict) for text in strings(item)]
    return [] if value is None or isinstance(value, bool) else [str(value)]


def _switch(item: bool) -> list[str]:
    return ["true" if item else "false"]  # in a list it is a word like the others


def _unquoted_link(value: list[Any]) -> str | None:
    """Return the label of ``[[note|label]]`` without quotes, which YAML takes for a list in a list."""
    inner = value[0] if len(value) == 1 else None
    text = inner[0] if isinstance(inner, list) and len(inner) == 1 else None
    return unlinked(f"[[{text}]]") if isinstance(text, str) else None


def source_of(value: object) -> tuple[str | None, str | None]:
    """Return the URL and the name in what a post gives as its source: a URL, a name, a Markdown link or both.

    >>> source_of("茶報 https://tea.example/1"), source_of({"name": "茶報"})
    (('https://tea.example/1', '茶報'), (None, '茶報'))
    """
    if isinstance(value, list) and value:
        value = next((item for item in value if isinstance(item, str) and _URL.search(item)), value[0])
    if isinstance(value, list):
        value = next(iter(strings([value])), None)
    if isinstance(value, dict):
        found = {str(key).lower(): item for key, item in value.items() if isinstance(item, str) and item}
        url = next((found[key] for key in _URLS if key in found), None)
        return url, next((found[key] for key in _NAMES if key in found), None)
    if not isinstance(value, str) or not value.strip():
        return None, None
    if match := _MARKDOWN_LINK.search(value):
        return match[2], match[1] or None
    match = _URL.search(value)
    name = unlinked(value[: match.start()].strip(" ：:（(<-—|") if match else value)
    return (match[0] if match else None), name or None


def as_written(raw: str, key: str) -> str:
    """Return the value of `key` as the front matter `raw` writes it on the key's line, without comment and quotes."""
    quoted = r"[\"']?" + re.escape(key) + r"[\"']?[ \t]*[:=：][ \t]*([^#\n]*)"
    match = re.search("^" + quoted, raw, re.MULTILINE) or re.search(r"^[ \t]*" + quoted, raw, re.MULTILINE)
    return match[1].strip().strip("\"',") if match else ""


def lines_above(raw: str, key: str) -> int | None:
    """Return how many lines of the front matter `raw` stand above `key`; None where it is not written there."""
    match = re.search(r"^[ \t{]*[\"']?" + re.escape(key) + r"[\"']?[ \t]*[:=：]", raw, re.MULTILINE)
    return raw.count("\n", 0, match.start()) if match else None


def json_value(value: object, budget: list[int], depth: int = 0) -> Any:
    """Return `value` as JSON can hold it; what exceeds the budget or depth is left out."""
    budget[0] -= 1
    if budget[0] < 0 or depth > _MAX_DEPTH:
        return None
    if isinstance(value, str):  # most are
        return _LOST.sub("", value)
    if isinstance(value, dict):
        return {
            _LOST.sub("", str(key)): json_value(item, budget, depth + 1) for key, item in value.items() if budget[0] > 0
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        return [json_value(item, budget, depth + 1) for item in value if budget[0] > 0]
    return _json_scalar(value)


def _json_scalar(value: object) -> bool | int | float | str | None:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < _MAX_INT else str(value) if value.bit_length() < _MAX_BITS else None
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    return _LOST.sub("", value.decode(errors="replace") if isinstance(value, bytes) else str(value))
