"""Globs over paths, as Hugo's targets write them: ``/posts/**``, ``/{posts,notes}/*``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

_BRACES = re.compile(r"\{([^{}]*)\}")
_MOST = 64  # ways to read a glob's braces


def matches(glob: str, path: str) -> bool:
    """Tell whether `glob` stands for the whole of `path`; ``**`` stands for one folder or more.

    >>> [matches("/posts/**", path) for path in ("/posts", "/posts/a", "/posts/a/b")]
    [False, True, True]
    >>> matches("{/posts,/posts/**}", "/posts"), matches("**/x*", "/posts/sub/x1")
    (True, True)
    """
    parts = path.split("/")
    return any(_stands_for(written.split("/"), parts) for written in _spelled_out(glob))


def _spelled_out(glob: str) -> Iterator[str]:
    """Yield what `glob` is without braces, each alternative on its own."""
    waiting, left = [glob], _MOST
    while waiting and left:
        left -= 1
        written = waiting.pop()
        if match := _BRACES.search(written):
            choices = match[1].split(",")[:_MOST]
            waiting += [written[: match.start()] + choice + written[match.end() :] for choice in choices]
        else:
            yield written


def _stands_for(glob: list[str], parts: list[str]) -> bool:
    reached = {0}  # how many of the parts what has been read of the glob can stand for
    for part in glob:
        if part == "**":
            reached = set(range(min(reached, default=len(parts)) + 1, len(parts) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(parts) and fnmatchcase(parts[at], part)}
    return len(parts) in reached
