"""What a site's own settings leave out of it: Jekyll's ``exclude``, a vault's ignored folders."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from service.model import Dialect, Site


def is_left_out(path: str, site: Site) -> bool:
    """Tell whether the site says that the file at `path`, or a folder it lies in, is no part of it.

    >>> vault = Site("a", Dialect.OBSIDIAN, excludes=("範本",))
    >>> is_left_out("範本/日記.md", vault), is_left_out("範本集.md", vault)
    (True, False)
    """
    if not site.excludes:
        return False
    return any(_excluded(entry, site) for entry in _entries(path))


def _entries(path: str) -> Iterator[str]:
    """Yield the folders on the way to the file, each with a slash at its end, then the file itself."""
    at = path.find("/")
    while at >= 0:
        yield path[: at + 1]
        at = path.find("/", at + 1)
    yield path


def _excluded(entry: str, site: Site) -> bool:
    bare = entry.rstrip("/")
    patterns = [pattern.removeprefix("./").lstrip("/") for pattern in site.excludes if pattern not in site.includes]
    if site.dialect is not Dialect.JEKYLL or site.generator:
        return any(bare == pattern.rstrip("/") or fnmatchcase(bare, pattern.rstrip("/")) for pattern in patterns)
    if any(bare.rpartition("/")[2].startswith(name) for name in site.includes):
        return False
    return any(fnmatchcase(bare, pattern) or entry.startswith(pattern) for pattern in patterns)
