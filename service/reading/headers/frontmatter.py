"""Front matter: where it begins and ends, what it says, and what is left where it is broken."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from service.model import Problem
from service.reading.headers.entries import parts
from service.reading.headers.formats import MALFORMED, load, mapping
from service.reading.headers.keys import is_known
from service.reading.headers.mending import Mended, mend, toml_in_dashes

_MAX_SIZE = 200_000
_MAX_PROBLEMS = 20
_MAX_UNCLOSED = 200  # lines read of what nothing closes

_YAML_OPEN = re.compile(r"---[ \t]*\n")
_YAML_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML_OPEN = re.compile(r"\+\+\+[ \t]*\n")
_TOML_CLOSE = re.compile(r"^\+\+\+[^\n]{0,20}$", re.MULTILINE)
_MISTYPED = re.compile(r"[-—–─+]{1,10}[ \t]*|(?:---|\+\+\+)[^\n]{0,20}")  # a fence of too few marks or too much
_YAML_KEY = re.compile(r"^([^\s#:\[\]{}\"'-][^:\n]{0,80}|\"[^\"\n]{1,80}\"|'[^'\n]{1,80}'):(?=[ \t\n]|$)", re.MULTILINE)
_HASHED = re.compile(r"^([^\s#:][^:\n]{0,80}):[ \t]+#[^\s#]", re.MULTILINE)
_FULL_WIDTH = re.compile(r"([^\s：:，。]{1,12})[ \t]*：[ \t]*(\S[^\n]*)")
_JSON_KEY = re.compile(r'\{\s*"[^"\n]{1,80}"\s*:')
_JSON_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}]')


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
    line = text.count("\n", 0, opened.end()) + 1
    closed = close.search(text, opened.end())
    if closed is None:
        return _unclosed(text, opened.end(), line, kind)
    raw = text[opened.end() : closed.start()]
    end = min(closed.end() + 1, len(text))
    front = FrontMatter(kind, {}, raw, line, text[end:], line + text.count("\n", opened.end(), end))
    if len(raw) > _MAX_SIZE:
        front.problems.append(Problem(_TOO_LONG, line))
        return front
    front.data = _full_width(raw) if kind == "yaml" and "：" in raw else {}
    if not front.data:
        _parse(front)
    nothing = not front.data and not front.problems and raw.strip() and not _only_comments(raw)
    if nothing or (front.problems and _runs_on(raw, kind)):
        return _unclosed(text, opened.end(), line, kind)  # prose between two rules, unless keys stand above it
    return front


def _runs_on(raw: str, kind: str) -> bool:
    """Tell whether keys are followed by prose after a blank line, up to a rule that is taken for the fence."""
    found, stray = parts(raw.partition("\n\n")[2].split("\n"), kind)
    return bool(stray) and not any(is_known(part.key) for part in found)


_TOO_LONG = f"the front matter is longer than {_MAX_SIZE} characters and was left out"


def _unclosed(text: str, start: int, line: int, kind: str) -> FrontMatter:
    """Return the keys right below a fence that nothing closes, told of; without such keys it is but a rule."""
    lines = text[start : start + _MAX_SIZE].split("\n", _MAX_UNCLOSED)[:_MAX_UNCLOSED]
    count = next((number for number, told in enumerate(lines) if _ends(told, kind)), len(lines))
    found, stray = parts(lines[:count], kind)
    known = sum(is_known(part.key) for part in found)
    last = lines[count] if count < len(lines) else ""
    fenced = _MISTYPED.fullmatch(last) is not None
    if stray or not found or known * 2 < len(found) or (len(found) == 1 and last.strip() and not fenced):
        return FrontMatter(body=text)
    raw = "\n".join(lines[:count])
    after = count + fenced
    body = "\n".join(text[start:].split("\n", after)[after:])
    front = FrontMatter(kind, {}, raw, line, body, line + after)
    fence = "---" if kind == "yaml" else "+++"
    front.problems.append(Problem(f"the front matter is not closed: put a line `{fence}` below it", line + count - 1))
    _parse(front)
    return front


def _ends(line: str, kind: str) -> bool:
    """Tell whether front matter that nothing closes has ended at `line`: blank, a mistyped fence, or prose."""
    if not line.strip() or _MISTYPED.fullmatch(line):
        return True
    found, stray = parts([line], kind)
    return not found and bool(stray) and line[0] not in " \t-]}"


def _full_width(raw: str) -> dict[str, Any]:
    """Return what lines with a full-width colon say, where all of them have one: ``標題：港``, to YAML mere prose."""
    lines = [line for line in raw.split("\n") if line.strip()]
    matches = [_FULL_WIDTH.fullmatch(line) for line in lines]
    found = {match[1]: match[2].strip() for match in matches if match}
    known = any(is_known(key) for key in found)
    return found if known and len(found) == len(lines) and len(lines) > 1 else {}


def _only_comments(raw: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in raw.split("\n"))


def _parse(front: FrontMatter) -> None:
    raw = front.raw
    if front.format == "yaml" and raw.lstrip().startswith("{"):
        with suppress(*MALFORMED):  # else it may still be YAML's own braces
            front.data = mapping(load(raw, "json"))
            return
    try:
        loaded = load(raw, front.format)
        front.data = mapping(loaded)
    except MALFORMED as error:
        _take(front, mend(raw, front.line, front.format, error))
        return
    if isinstance(loaded, str):
        _take(front, toml_in_dashes(raw, front.line))
        if not front.data:
            _take(front, mend(raw, front.line, front.format, None))
    if front.format == "yaml":
        _note_duplicates(front)
        _note_comments(front)


def _take(front: FrontMatter, mended: Mended) -> None:
    front.data = mended.data
    front.problems += mended.problems


def _note_duplicates(front: FrontMatter) -> None:
    found = [(match[1].rstrip(), match.start()) for match in _YAML_KEY.finditer(front.raw)]
    last = dict(found)
    if len(last) == len(found):
        return
    repeated = [key for key, count in Counter(key for key, _ in found).items() if count > 1]
    for key in repeated[:_MAX_PROBLEMS]:
        line = front.line + front.raw.count("\n", 0, last[key])
        front.problems.append(Problem(f"the key {key} stands more than once; the last one counts", line))


def _note_comments(front: FrontMatter) -> None:
    """Tell of values that YAML takes for comments: ``tags: #茶 #山``."""
    for match in _HASHED.finditer(front.raw) if "#" in front.raw else ():
        if front.data.get(match[1].rstrip(), "") is None and len(front.problems) < _MAX_PROBLEMS:
            line = front.line + front.raw.count("\n", 0, match.start())
            front.problems.append(Problem(f"{match[1]}: put the value in quotes: # begins a comment", line))


# ── JSON without a fence ──


def _bare_json(text: str, start: int) -> FrontMatter:
    try:
        data, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        return _broken_json(text, start, error)
    if not isinstance(data, dict):
        return FrontMatter(body=text)
    return _json(text, start, end, data)


def _json(text: str, start: int, end: int, data: dict[str, Any]) -> FrontMatter:
    line, body_line = text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1
    body = text[end:].lstrip(" \t")
    if body.startswith("\n"):
        body, body_line = body[1:], body_line + 1
    front = FrontMatter("json", data, text[start:end], line, body, body_line)
    if end - start > _MAX_SIZE:
        front.data = {}
        front.problems.append(Problem(_TOO_LONG, line))
    return front


def _broken_json(text: str, start: int, error: Exception) -> FrontMatter:
    """Return what is readable of an object that JSON refuses; YAML's braces forgive what most get wrong."""
    end = _closing(text, start) if _JSON_KEY.match(text, start) else None
    if end is None:
        return FrontMatter(body=text)
    front = _json(text, start, end, {})
    with suppress(*MALFORMED):
        front.data = mapping(load(front.raw.replace("\t", " "), "yaml"))
    if isinstance(error, json.JSONDecodeError):
        detail = f"the front matter is malformed JSON: {error.msg}; {_json_hint(text, error)}"
        front.problems.append(Problem(detail, error.lineno))
    else:
        front.problems.append(Problem("the front matter is nested too deep", front.line))
    return front


def _json_hint(text: str, error: json.JSONDecodeError) -> str:
    before = text[: error.pos].rstrip()
    if before.endswith(",") and text[error.pos : error.pos + 1] in ("}", "]", ""):
        return "remove the comma before the closing bracket"
    if error.msg.startswith("Expecting ','"):
        return "put a comma between the entries"
    return "put keys and text in double quotes"


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for match in _JSON_TOKEN.finditer(text, start, start + _MAX_SIZE):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return None
