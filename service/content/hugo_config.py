"""A Hugo site's configuration, put together from its files: https://gohugo.io/configuration/introduction/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from service.content.sites import FORMATS, HUGO, Files, parsed, read_config

_ENVIRONMENTS = ("_default", "production")  # what `hugo` builds with, the later outranking the earlier
_ROOTS = frozenset({"hugo", "config"})
_MOST = 20_000  # values of a configuration
_DEEPEST = 20


def hugo_config(files: Files) -> dict[str, Any]:
    """Return the configuration that `files` hold, its keys in lower case: one file's, and above it ``config``'s."""
    config = lowered_keys(read_config(files, HUGO))
    for environment in _ENVIRONMENTS:
        for path in _below(files, environment):
            config = _joined(config, _placed(path, lowered_keys(parsed(files[path], path))))
    return config


def _below(files: Files, environment: str) -> Iterator[str]:
    found = (path for path in files if path.startswith(f"config/{environment}/") and path.endswith(FORMATS))
    yield from sorted(found, key=lambda path: (PurePosixPath(path).stem not in _ROOTS, path))


def _placed(path: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what a file declares under the key that its name is: ``permalinks.toml``, ``params.zh-tw.toml``."""
    name, _, language = PurePosixPath(path).stem.lower().partition(".")
    if name in _ROOTS and not language:
        return data
    if language:
        inner = {name: data} if name in ("params", "menu", "menus") else data
        return {"languages": {language: inner}}
    return {name: data}


def _joined(below: Mapping[str, Any], above: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    joined = dict(below)
    for key, value in above.items():
        old = joined.get(key)
        both = isinstance(old, dict) and isinstance(value, dict) and depth < _DEEPEST
        joined[key] = _joined(old, value, depth + 1) if both and old is not None else value
    return joined


def lowered_keys(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return `data` with all keys in lower case, as Hugo compares them; what is beyond any site's needs is left out."""
    left = [_MOST]

    def lowered(value: Any, depth: int) -> Any:
        left[0] -= 1
        if left[0] < 0 or depth > _DEEPEST:
            return None
        if isinstance(value, Mapping):
            return {str(key).lower(): lowered(item, depth + 1) for key, item in value.items()}
        return [lowered(item, depth + 1) for item in value] if isinstance(value, list) else value

    return {str(key).lower(): lowered(value, 0) for key, value in data.items()}


def mapping(value: object) -> dict[str, Any]:
    """Return `value` if it is a table, else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: object) -> tuple[str, ...]:
    """Return the texts of a list, or the one that stands for it."""
    return (value,) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, list) else ()
