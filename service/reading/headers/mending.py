"""Front matter that no parser takes: what can be read is read, and the writer is told what to put right, and where."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from service.model import Problem
from service.reading.headers.entries import Part, parts
from service.reading.headers.formats import MALFORMED, TooKnottedError, load, mapping
from service.reading.headers.keys import is_known

_MOST_PROBLEMS = 5
_SPECIAL = "@`%*&!|>,?#"
_OPENS = {"[": "]", "{": "}"}
_QUOTES = ("'", '"')
_AT_LINE = re.compile(r"at line (\d+)")
_SPANNING = ("quoted scalar", "simple key", "flow sequence", "flow mapping", "block scalar")


class Mended(NamedTuple):
    """What was read, and what is wrong with it; no data: it is no front matter at all."""

    data: dict[str, Any]
    problems: list[Problem]


def mend(raw: str, line: int, kind: str | None, error: Exception | None) -> Mended:
    r"""Read each key of `raw`, which begins on `line`, on its own, so that one broken value takes no other with it.

    >>> mend("title: 山: 海\ntags: [茶]\n", 2, "yaml", None).data
    {'title': '山: 海', 'tags': ['茶']}
    """
    lines = raw.split("\n")
    found, stray = parts(lines, kind)
    if kind == "toml" and _is_yaml(lines):
        return _other(lines, line, "yaml", "this is YAML: put it between lines of --- instead of +++")
    known = any(is_known(part.key) for part in found)
    if not found or (stray and not known) or len(stray) >= len(found) > 0:
        if kind == "toml" and error:
            return Mended({}, [Problem(f"the front matter is malformed: {_reason(error)}", line + _line(error, 0))])
        return Mended({}, [])
    data: dict[str, Any] = {}
    problems: list[Problem] = []
    for part in found:
        value, hint, below = _read(part, kind, data)
        _put(data, part, value)
        if hint:
            problems.append(Problem(f"{part.key}: {hint}", line + part.line + below))
    if isinstance(error, TooKnottedError):
        return Mended(data, [Problem(f"the front matter is not read as a whole: {error}", line)])
    problems += [Problem(_STRAY_LINE, line + number) for number in stray]
    if not problems and error:
        problems.append(Problem(f"the front matter is malformed: {_reason(error)}", line + _line(error, 0)))
    return Mended(data, sorted(problems, key=lambda problem: problem.line or 0)[:_MOST_PROBLEMS])


_STRAY_LINE = "this line of the front matter has no key: give it one, or indent it below the key it belongs to"


def _put(data: dict[str, Any], part: Part, value: object) -> None:
    if not part.table:
        data[part.key] = value
        return
    within = data.setdefault(part.table, {})
    if isinstance(within, dict):
        within[part.key] = value


def _read(part: Part, kind: str | None, data: dict[str, Any]) -> tuple[object, str | None, int]:
    """Return the value of a part, what is wrong with it, and how many lines below its key."""
    hint = _separator_hint(part)
    if kind == "toml" and not part.table and part.key in data:
        hint = "the key stands more than once; the last one counts"
    tabs = next((n for n, text in enumerate(part.more, 1) if "\t" in text[: len(text) - len(text.lstrip())]), 0)
    text = part.assignment if kind == "toml" else part.entry.replace("\t", "  ") if tabs else part.entry
    try:
        loaded = mapping(load(text, kind))
    except MALFORMED as error:
        below = _line(error, 0)
        return _as_text(part), hint or _value_hint(part, kind, error, below), below
    value = next(iter(loaded.values()), None)
    if tabs and not hint and kind == "yaml":
        return value, "indent with spaces instead of tabs", tabs
    return value, hint, 0


def _as_text(part: Part) -> object:
    """Return what a broken value holds: a list where it looks like one, else its own line."""
    items = [text.strip() for text in part.more if text.strip()]
    if not part.value and items and all(item.startswith("-") for item in items):
        return [unquoted(item[1:].strip()) for item in items]
    written = part.value
    if written.startswith("[") and "]" not in written:
        written = " ".join([written, *items])
    listed = "," in written and written.endswith("]")
    if written.startswith("[") and (listed or written.find("]") in (-1, len(written) - 1)):
        inner = (unquoted(item.strip(" []")) for item in written.strip("[]").split(","))
        return [item for item in inner if item and item not in ("~", "null")]
    return unquoted(written or " ".join(items))


def unquoted(text: str) -> str:
    """Return `text` without the quotes around it, closed or not; quotes within it stay.

    >>> unquoted('"港'), unquoted('"港"邊')
    ('港', '"港"邊')
    """
    quote = text[:1]
    if quote not in _QUOTES:
        return text
    if len(text) > 1 and text[-1] == quote and quote not in text[1:-1]:
        return text[1:-1].strip()
    return text if quote in text[1:] else text[1:].strip()


# ── What the writer is told ──


def _separator_hint(part: Part) -> str | None:
    if part.colon.startswith("："):
        return "write `: `, an ASCII colon and a blank, behind the key"
    if part.colon == ":!":
        return "put a blank behind the colon"
    if len(part.colon) > 1:
        return "the blank behind the colon is none that YAML knows: type an ordinary one"
    return None


def _value_hint(part: Part, kind: str | None, error: Exception, below: int) -> str:
    value = part.more[below - 1].strip().removeprefix("- ") if 0 < below <= len(part.more) else part.value
    if kind == "toml":
        return _toml_hint(value)
    if value[:1] in _QUOTES:
        return _quote_hint(value, error)
    if value[:1] in _OPENS:
        return _bracket_hint(part, value[0])
    if (value and value[0] in _SPECIAL) or value.startswith("- "):
        return f"put the value in quotes: {value[:1]} means something else to YAML at its beginning"
    if ": " in value or value.endswith(":"):
        return "put the value in quotes: it holds a colon"
    return f"{_reason(error)}; look at its quotes and at how the lines below it are indented"


def _bracket_hint(part: Part, opened: str) -> str:
    if _OPENS[opened] not in "\n".join([part.value, *part.more]):
        return f"close the {opened} with {_OPENS[opened]}"
    if opened == "{":
        return "put the value in quotes: { begins a map"
    return "put the value in quotes if it is text, or each item and a comma between them if it is a list"


def _quote_hint(value: str, error: Exception) -> str:
    quote = value[0]
    if "escape" in _reason(error):
        return "a backslash begins an escape between double quotes: use single quotes, or write it twice"
    if quote not in value[1:]:
        return "close the quote"
    return "put the whole value in quotes, and write those within it twice" if quote == "'" else _WHOLE


_WHOLE = "put the whole value in single quotes: text stands outside of its double quotes"


def _toml_hint(value: str) -> str:
    if value[:1] in _OPENS and _OPENS[value[0]] not in value[1:]:
        return f"close the {value[0]} with {_OPENS[value[0]]}"
    if value[:1] in _QUOTES:
        return "close the quote" if value.count(value[0]) % 2 else "TOML takes no text outside of the quotes"
    return "TOML wants text in quotes" if value[:1] not in _OPENS else "put text in quotes and commas between items"


def _reason(error: Exception) -> str:
    return str(getattr(error, "problem", None) or error).split("\n", maxsplit=1)[0]


def _line(error: Exception, default: int) -> int:
    """Return the line, from 0, where what the parser stumbled over begins."""
    if isinstance(error, yaml.MarkedYAMLError):
        spanning = error.context_mark and any(what in (error.context or "") for what in _SPANNING)
        mark = error.context_mark if spanning else error.problem_mark
        return mark.line if mark else default
    match = _AT_LINE.search(str(error))
    return int(match[1]) - 1 if match else default


# ── Another format than its fence says ──


def _is_yaml(lines: list[str]) -> bool:
    told = [line for line in lines if line.strip() and line.lstrip()[0] not in "#-"]
    return bool(told) and not any(" = " in line for line in told) and all(": " in f"{line} " for line in told)


def _other(lines: list[str], line: int, kind: str, hint: str) -> Mended:
    raw = "\n".join(lines)
    try:
        data = mapping(load(raw, kind))
    except MALFORMED as error:
        found = mend(raw, line, kind, error)
        return Mended(found.data, [Problem(hint, line - 1), *found.problems])
    return Mended(data, [Problem(hint, line - 1)])


def toml_in_dashes(raw: str, line: int) -> Mended:
    """Return what TOML between lines of ``---`` says, if that is what `raw` is."""
    told = [text for text in raw.split("\n") if text.strip() and text.lstrip()[0] not in "#["]
    if not told or not all("=" in text for text in told):
        return Mended({}, [])
    try:
        data = mapping(load(raw, "toml"))
    except MALFORMED:
        return Mended({}, [])
    return Mended(data, [Problem("this is TOML: put it between lines of +++ instead of ---", line - 1)])
