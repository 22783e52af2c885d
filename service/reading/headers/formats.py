"""YAML, TOML and JSON as front matter uses them, parsed within bounds. The door to python-frontmatter."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

MALFORMED = (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError, TypeError)


class TooKnottedError(ValueError):
    """Front matter is nested or repeats itself beyond what any post needs, and was not parsed."""


_MAX_NESTING = 50
_MAX_ALIASES = 100
_MAX_MERGED = 16  # aliases where maps are merged: each may double what is merged already
_ALIAS = re.compile(r"[\s\[,:]\*\w")
_NESTED = re.compile(r"(?:[-?:][ \t]+){50}")
_DOTTED = re.compile(r"^[ \t\[]*(?:[\w\"'-]+[ \t]*\.[ \t]*){50}", re.MULTILINE)
# What no format takes, or YAML for the end of a line: each becomes a blank, so that places stay.
_STRAY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class _Loader(yaml.CSafeLoader):
    """libyaml's loader, eight times as fast as the one in Python, guessing less than YAML 1.1 does."""

    def construct_sequence(self, node: yaml.SequenceNode, deep: bool = False) -> list[Any]:
        """Take ``NO`` and ``on`` in a list for the words they are there: tags and countries."""
        for item in node.value:
            if item.tag.endswith((":bool", ":merge")) and item.value.lower() not in ("true", "false"):
                item.tag = "tag:yaml.org,2002:str"
        return super().construct_sequence(node, deep)


# What YAML 1.1 guesses too much of: dates lose how they were written, 2:49 is a number in base 60, 0x1F one in base 16.
_Loader.yaml_implicit_resolvers = {
    first: kept
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    if (kept := [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge", ":bool"))])
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?$"), list("-+0123456789")
)


def _untagged(loader: yaml.CSafeLoader, _: str, node: yaml.Node) -> object:
    """Read a value under a tag of the post's own, such as ``!important``, as if it had none."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


_Loader.add_multi_constructor("!", _untagged)


def load(raw: str, kind: str | None) -> object:
    """Return what `raw` says in the format `kind`: yaml, toml or json.

    Raises:
        ValueError: it is not well-formed, or nested or repeated beyond what any post needs; TOML's and JSON's errors
            are of this kind. All it may raise is in `MALFORMED`.
    """
    plain = _STRAY.sub(" ", raw)
    if kind == "json":
        return json.loads(plain, strict=False)
    if kind == "toml":
        if _DOTTED.search(plain):
            raise TooKnottedError("its keys are nested too deep")
        return tomllib.loads(plain)
    _check_bounds(plain)
    return YAMLHandler().load(plain, Loader=_Loader)


def mapping(data: object) -> dict[str, Any]:
    """Return `data` with its keys as strings; nothing and mere text are no keys.

    Raises:
        TypeError: it is a list or a number.
    """
    if data is None or isinstance(data, str):
        return {}
    if not isinstance(data, dict):
        raise TypeError("it is a list, not keys and values")
    return {_key(key): value for key, value in data.items()}


def _key(key: object) -> str:
    return str(key).lower() if isinstance(key, bool) else "null" if key is None else str(key)


def _check_bounds(raw: str) -> None:
    """Refuse what would take long or never end: nesting and aliases far beyond what any post needs."""
    if _deep(raw) or _NESTED.search(raw) or _indented_deep(raw):
        raise TooKnottedError("it is nested too deep")
    if "*" in raw and "&" in raw:
        most = _MAX_MERGED if "<<" in raw else _MAX_ALIASES
        if raw.count("*") > most and len(_ALIAS.findall(raw)) > most:
            raise TooKnottedError("it repeats too many of its values by alias")


def _deep(raw: str) -> bool:
    if raw.count("[") + raw.count("{") <= _MAX_NESTING:
        return False
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", raw):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > _MAX_NESTING


def _indented_deep(raw: str) -> bool:
    levels = {len(line) - len(line.lstrip(" ")) for line in raw.split("\n")}
    return len(levels) > _MAX_NESTING
