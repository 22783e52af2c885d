"""Permalink patterns: ``/:year/:slug/`` with its tokens put in, as Hugo and Jekyll write them alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

_TOKEN = re.compile(r"\\:|:([A-Za-z0-9_]+)(\[[^\[\]]*\])?")

Tokens = Mapping[str, Callable[[], str]]


def is_pattern(path: str) -> bool:
    """Tell whether `path` holds tokens."""
    return _TOKEN.search(path) is not None


def expand(pattern: str, tokens: Tokens, unnamed: Callable[[str], str | None] = lambda _: None) -> str:
    r"""Return the path that `pattern` gives with its tokens put in; one that is not known stays as it is.

    `unnamed` tells what a token stands for that has no name of its own.

    >>> expand(":a//:b/", {"a": lambda: "x"}), expand(r"\:a", {"a": lambda: "x"})
    ('/x/:b/', '/:a')
    """

    def value(match: re.Match[str]) -> str:
        if match[1] is None:
            return ":"
        found = tokens[match[1]]() if match[1] in tokens else unnamed(match[1])
        return match[0] if found is None else _sliced(found, match[2])

    return re.sub(r"/{2,}", "/", "/" + _TOKEN.sub(value, pattern))


def _sliced(value: str, bounds: str | None) -> str:
    """Return some of the folders: ``:sections[1:]``, ``:sections[last]``."""
    if not bounds:
        return value
    parts, inner = value.split("/"), bounds[1:-1].replace("last", "-1")
    try:
        if ":" not in inner:
            return parts[int(inner)]
        start, _, end = inner.partition(":")
        return "/".join(parts[int(start) if start else None : int(end) if end else None])
    except (ValueError, IndexError):
        return ""


def date_tokens(date: datetime) -> Tokens:
    """Return the tokens of a date that both generators know."""
    return {
        "year": lambda: f"{date.year:04d}",
        "month": lambda: f"{date.month:02d}",
        "monthname": lambda: date.strftime("%B").lower(),
        "day": lambda: f"{date.day:02d}",
        "weekday": lambda: str(date.isoweekday() % 7),
        "weekdayname": lambda: date.strftime("%A").lower(),
        "yearday": lambda: str(date.timetuple().tm_yday),
    }
