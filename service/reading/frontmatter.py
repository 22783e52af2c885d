"""Front matter: finding it, parsing it, and reading what is left where it is broken. The door to python-frontmatter."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml
from frontmatter.default_handlers import JSONHandler, YAMLHandler

from service.model import Problem

_MAX_SIZE = 200_000
_MAX_NESTING = 50
_MAX_ALIASES = 100
_MAX_PROBLEMS = 20

_YAML_OPEN = re.compile(r"---[ \t]*\n")
_YAML_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_OPEN = re.compile(r"\+\+\+[ \t]*\n")
_TOML_CLOSE = re.compile(r"^\+\+\+[^\n]{0,20}$", re.MULTILINE)
_YAML_KEY = re.compile(
    r"^([^\s#:\[\]{}\"'-][^:\n]{0,80}?|\"[^\"\n]{1,80}\"|'[^'\n]{1,80}')[ \t]*:(?=[ \t\n]|$)", re.MULTILINE
)
_FULL_WIDTH = re.compile(r"([^\s：:，。]{1,12})[ \t]*：[ \t]*(\S[^\n]*)")
_DOTTED = re.compile(r"^[ \t\[]*(?:[\w\"'-]+[ \t]*\.[ \t]*){50}", re.MULTILINE)
_TOML_KEY = re.compile(r"^[ \t]*([\w.-]+|\"[^\"\n]+\")[ \t]*=", re.MULTILINE)


class _Loader(yaml.CSafeLoader):
    """libyaml's loader, eight times as fast as the one in Python; dates stay as the post writes them."""


# What YAML 1.1 guesses too much of: dates lose how they were written, 2:49 becomes a number in base 60.
_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, re.compile(r"[-+]?(?:0|[1-9][0-9]*)$") if tag.endswith(":int") else pattern)
        for tag, pattern in resolvers
        if not tag.endswith((":timestamp", ":float"))
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?$"), list("-+0123456789")
)


@dataclass(slots=True)
class FrontMatter:
    """What stands above the body: `data` as parsed, `raw` as written from `line` on."""

    format: str | None = None  # yaml | toml | json; None: there is none
    data: Mapping[str, Any] = field(default_factory=dict)
    raw: str = ""
    line: int = 1
    body: str = ""
    body_line: int = 1
    problems: list[Problem] = field(default_factory=list)


def split(text: str) -> FrontMatter:
    r"""Return the front matter of `text`, parsed, with the body and the line where each begins.

    Blank lines may come first. What is malformed is read key by key as far as it goes, and told of in `problems`.

    >>> front = split("---\ntitle: 花\n---\n正文")
    >>> front.data, front.body, front.body_line
    ({'title': '花'}, '正文', 4)
    """
    start = len(text) - len(text.lstrip("\ufeff \t\n"))
    start = text.rfind("\n", 0, start) + 1 if not text.startswith("\ufeff") else start
    if match := _YAML_OPEN.match(text, start):
        return _fenced(text, match, _YAML_CLOSE, "yaml")
    if match := _TOML_OPEN.match(text, start):
        return _fenced(text, match, _TOML_CLOSE, "toml")
    if text.startswith("{", start) and not text.startswith(("{{", "{%"), start):
        return _bare_json(text, start)
    return FrontMatter(body=text)


def _fenced(text: str, opened: re.Match[str], close: re.Pattern[str], kind: str) -> FrontMatter:
    closed = close.search(text, opened.end())
    if closed is None:
        return FrontMatter(body=text)
    raw = text[opened.end() : closed.start()]
    line = text.count("\n", 0, opened.end()) + 1
    end = min(closed.end() + 1, len(text))
    front = FrontMatter(kind, {}, raw, line, text[end:], text.count("\n", 0, end) + 1)
    if len(raw) > _MAX_SIZE:
        front.problems.append(Problem(f"the front matter is longer than {_MAX_SIZE} characters and was left out", line))
        return front
    front.data = _full_width(raw) if kind == "yaml" and "：" in raw else {}
    if not front.data:
        _parse(front)
    if not front.data and not front.problems and raw.strip() and not _only_comments(raw):
        return FrontMatter(body=text)  # prose between two rules
    return front


def _full_width(raw: str) -> dict[str, Any]:
    """Return what lines with a full-width colon say, where all of them have one: ``標題：港``, to YAML mere prose."""
    lines = [line for line in raw.split("\n") if line.strip()]
    matches = [_FULL_WIDTH.fullmatch(line) for line in lines]
    found = {match[1]: match[2].strip() for match in matches if match}
    return found if len(found) == len(lines) and len(lines) > 1 else {}


def _only_comments(raw: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in raw.split("\n"))


def _bare_json(text: str, start: int) -> FrontMatter:
    try:
        data, end = json.JSONDecoder().raw_decode(text, start)
    except (json.JSONDecodeError, RecursionError):
        return FrontMatter(body=text)
    if not isinstance(data, dict):
        return FrontMatter(body=text)
    line, body_line = text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1
    body = text[end:].lstrip(" \t")
    if body.startswith("\n"):
        body, body_line = body[1:], body_line + 1
    return FrontMatter("json", data, text[start:end], line, body, body_line)


def _parse(front: FrontMatter) -> None:
    raw = front.raw
    if front.format == "yaml" and raw.lstrip().startswith("{"):
        with suppress(ValueError, RecursionError):  # else it may still be YAML's own braces
            front.data = _mapping(JSONHandler().load(raw))
            return
    try:
        front.data = _mapping(_load(raw, front.format))
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError, TypeError) as error:
        _rescue(front, error)
        return
    if front.format == "yaml":
        _note_duplicates(front)


def _load(raw: str, kind: str | None) -> object:
    if kind == "toml":
        if _DOTTED.search(raw):
            raise ValueError("its keys are nested too deep")
        return tomllib.loads(raw)
    _check_bounds(raw)
    return YAMLHandler().load(raw, Loader=_Loader)


def _check_bounds(raw: str) -> None:
    """Refuse what would take long or never end: nesting and aliases far beyond what any post needs."""
    depth = deepest = 0
    if raw.count("[") + raw.count("{") > _MAX_NESTING:
        for character in raw:
            depth += (character in "[{") - (character in "]}")
            deepest = max(deepest, depth)
    if deepest > _MAX_NESTING or re.search(r"(?:[-?:][ \t]+){50}", raw) or _indented_deep(raw):
        raise ValueError("it is nested too deep")
    if raw.count("*") > _MAX_ALIASES and raw.count("&") and len(re.findall(r"[\s\[,:]\*\w", raw)) > _MAX_ALIASES:
        raise ValueError("it repeats too many of its values by alias")


def _indented_deep(raw: str) -> bool:
    levels = {len(line) - len(line.lstrip(" ")) for line in raw.split("\n")}
    return len(levels) > _MAX_NESTING


def _mapping(data: object) -> dict[str, Any]:
    if data is None or isinstance(data, str):
        return {}
    if not isinstance(data, dict):
        raise TypeError("it is a list, not keys and values")
    return {_key(key): value for key, value in data.items()}


def _key(key: object) -> str:
    return str(key).lower() if isinstance(key, bool) else "null" if key is None else str(key)


def _note_duplicates(front: FrontMatter) -> None:
    found = list(_YAML_KEY.finditer(front.raw))
    last = {match[1]: match.start() for match in found}
    if len(last) == len(found):
        return
    repeated = [key for key, count in Counter(match[1] for match in found).items() if count > 1]
    for key in repeated[:_MAX_PROBLEMS]:
        line = front.line + front.raw.count("\n", 0, last[key])
        front.problems.append(Problem(f"the key {key} stands more than once; the last one counts", line))


# ── What is broken ──


def _rescue(front: FrontMatter, error: Exception) -> None:
    """Read each top-level key on its own, so that one broken value does not take the others with it."""
    front.problems.append(_problem(front, error))
    pattern = _TOML_KEY if front.format == "toml" else _YAML_KEY
    matches = list(pattern.finditer(front.raw))[:500]
    data: dict[str, Any] = {}
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(front.raw)
        data[match[1].strip("\"'")] = _value(front.raw[match.start() : end], front.raw[match.end() : end], front.format)
    front.data = data
    if not data and front.format == "yaml":
        front.problems.clear()


def _value(entry: str, written: str, kind: str | None) -> object:
    try:
        loaded = _mapping(_load(entry.replace("\t", "  ") if kind == "yaml" else entry, kind))
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError, TypeError):
        return written.strip().split("\n")[0].strip().strip("\"'").strip()
    return next(iter(loaded.values()), None)


def _problem(front: FrontMatter, error: Exception) -> Problem:
    line: int | None = front.line
    detail = str(error).split("\n", maxsplit=1)[0]
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line, detail = front.line + mark.line, getattr(error, "problem", None) or detail
    elif match := re.search(r"at line (\d+)", detail):
        line = front.line + int(match[1]) - 1
    return Problem(f"the front matter is malformed: {detail}; {_hint(front, line)}", line)


def _hint(front: FrontMatter, line: int | None) -> str:
    lines = front.raw.split("\n")
    index = min((line or front.line) - front.line, len(lines) - 1)
    if any("\t" in text[: len(text) - len(text.lstrip())] for text in lines[max(index - 1, 0) : index + 1]):
        return "indent with spaces instead of tabs"
    return "put values with a colon, quote or bracket in quotes"
