"""Front matter that a site gives to its posts: Jekyll's ``defaults`` and Hugo's ``cascade``."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

from service.model import Defaults, Dialect, Site
from service.reading.headers.cascade import cascaded
from service.reading.headers.keys import compared, known_keys
from service.reading.headers.logseq import journal_day

_MAX_DEPTH = 20
_SINGLE = {"title", "authors", "description", "language"}  # fields that a post's own word settles


def with_defaults(data: Mapping[str, Any], path: str, site: Site) -> dict[str, Any]:
    """Return the front matter `data` of the post at `path`, filled up with what its site gives to such posts.

    What the post says itself wins. Jekyll alone joins what lies within mappings, and adds the categories of both.

    >>> site = Site("a", Dialect.JEKYLL, defaults=(Defaults({"author": "阿土", "tags": ["茶"]}, kind="posts"),))
    >>> with_defaults({"tags": ["山"]}, "_posts/2026-01-02-a.md", site)
    {'author': '阿土', 'tags': ['山']}
    """
    if site.dialect is Dialect.HUGO:
        return cascaded(data, path, site)
    if site.generator == "logseq":
        return {**journal_day(path), **data}
    if not site.defaults:
        return dict(data)
    values = _unnamed(_given(path, site), data)
    merged = _merged(values, data)
    if kind_of(path, site) != "pages" and "categories" in values and data.get("categories") is not None:
        merged["categories"] = list(dict.fromkeys([*_labels(values["categories"]), *_labels(data["categories"])]))
    return merged


# ── Jekyll: https://jekyllrb.com/docs/configuration/front-matter-defaults/ ──


def kind_of(path: str, site: Site) -> str:
    """Return what Jekyll takes the file at `path` for: ``posts`` (drafts too), a collection's name, or ``pages``.

    >>> [kind_of(path, Site("a")) for path in ("茶/_posts/2026-01-02-a.md", "_recipes/soup.md", "about.md")]
    ['posts', 'recipes', 'pages']
    """
    folders = PurePosixPath(path).parts[:-1]
    if "_posts" in folders or "_drafts" in folders:
        return "posts"
    folders = PurePosixPath(inner_path(path, site)).parts[:-1]
    label = folders[0][1:] if folders and folders[0].startswith("_") else ""
    return label if label and not is_included(folders[0], site) else "pages"


def inner_path(path: str, site: Site) -> str:
    """Return `path` from the folder that holds a Jekyll site's collections (``collections_dir``), if it is in it."""
    return path.removeprefix(site.collections_dir + "/") if site.collections_dir else path


def is_included(name: str, site: Site) -> bool:
    """Tell whether Jekyll reads the file or folder called `name` though its name says not to (``include``)."""
    return any(name.startswith(pattern) or fnmatchcase(name, pattern) for pattern in site.includes)


def _given(path: str, site: Site) -> dict[str, Any]:
    """Return the values of all sets that apply; as in Jekyll, one that yields to the last taken yields to all."""
    inner, kind = inner_path(path, site), kind_of(path, site)
    values: dict[str, Any] = {}
    last: Defaults | None = None
    for given in site.defaults:
        if given.kind not in ("", kind) or not _in_scope(given.path, inner, site):
            continue
        if last is None or _rank(given) >= _rank(last):
            values, last = _merged(values, given.values), given
        else:
            values = _merged(given.values, values)
    return values


def _unnamed(values: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` without those that `data` gives under another name: an ``author`` where it has an ``作者``."""
    own = {_field(key) for key, value in data.items() if value is not None} & _SINGLE
    return {key: value for key, value in values.items() if key in data or _field(key) not in own}


def _field(key: str) -> str:
    return known_keys().get(compared(key), ("", 0))[0]


def _rank(given: Defaults) -> tuple[int, bool]:
    return len(given.path.removeprefix("/")), given.kind != ""


def _in_scope(scope: str, path: str, site: Site) -> bool:
    """Tell whether `path` is within `scope`: begins with it, or with a path that its ``*`` stand for."""
    if not scope:
        return True
    if "*" not in scope:
        return path.startswith(inner_path(scope, site))
    return bool(_reached(inner_path(scope, site), path))


def _reached(glob: str, path: str) -> set[int]:
    """Return how many of the parts of `path` the whole of `glob` can stand for; ``**`` stands for any number."""
    parts = path.strip("/").split("/")
    reached = {0}
    for part in glob.strip("/").split("/"):
        if part == "**":
            reached = set(range(min(reached, default=len(parts) + 1), len(parts) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(parts) and fnmatchcase(parts[at], part)}
    return reached


def _merged(below: Mapping[str, Any], above: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    """Return both, `above` winning; mappings are joined, and what is null above leaves what is below."""
    joined = dict(below)
    for key, value in above.items():
        old = joined.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping) and depth < _MAX_DEPTH:
            joined[key] = _merged(old, value, depth + 1)
        elif value is not None or key not in joined:
            joined[key] = value
    return joined


def _labels(value: object) -> list[object]:
    if isinstance(value, str):
        return list(value.split())
    return [item for item in value if isinstance(item, (str, int))] if isinstance(value, list) else []
