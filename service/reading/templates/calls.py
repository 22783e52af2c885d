"""What template languages share: calls, their arguments, and the code they are not looked for in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

FILLER = "\ue000"  # a private-use character: neither letter, space nor punctuation to Markdown
PIPE = "\ufdd0"  # a noncharacter: stands for a bar that parts no cells, and is one again in the prose
FENCE = "`" * 10  # stands for a highlighting tag, which is at least this long
LONGEST_CALL = 5_000

_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w.-]+)\s*[=:]\s*)?(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>[^']*)'|`(?P<raw>[^`]*)`|(?P<bare>[^\s"'`]+))""",
    re.DOTALL,
)
_FILLED = re.compile(r"[^\n]")
_FENCE_LINE = re.compile(r"^(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_TICKS = re.compile(r"`+|\n[ \t]*\n")


class Call(NamedTuple):
    """A stretch that is taken out; `name` is empty where it embeds nothing, `shown` is what stays in its place."""

    start: int
    end: int
    name: str
    args: tuple[str, ...]
    shown: str


def arguments(text: str) -> tuple[str, ...]:
    """Return the arguments of a call: quotes taken off, named ones as ``key=value``.

    >>> arguments('src="/a b.png" 300')
    ('src=/a b.png', '300')
    """
    found = []
    for match in _ARGUMENT.finditer(text):
        value = next(v for v in (match["double"], match["single"], match["raw"], match["bare"]) if v is not None)
        if match["double"] is not None and "\\" in value:
            value = value.replace('\\"', '"').replace("\\\\", "\\")
        found.append(f"{match['key']}={value}" if match["key"] else value)
    return tuple(found)


def overwritten(source: str) -> str:
    """Return `FILLER` in the shape of `source`: its lines stay."""
    return _FILLED.sub(FILLER, source)


def placed(path: str, call: str) -> str:
    """Return what is left of `call` where only the `path` it points at counts: all of it up to the path overwritten.

    >>> placed("a.md", '{{< ref "a.md" >}}').lstrip(FILLER)
    'a.md'
    """
    at = call.find(path) if path else -1
    return overwritten(call[:at]) + path if at > 0 else path[: len(call)]


def verbatim(body: str, opening: Call, closing: Call) -> Iterator[Call]:
    """Yield two tags around code so that Markdown takes it for code: fences, backticks, or all of it taken out."""
    if _alone(body, opening) and _alone(body, closing):
        for call in (opening, closing):
            yield call._replace(shown=FENCE + " " * (call.end - call.start - len(FENCE)))
    elif "\n" in (code := body[opening.end : closing.start]) or "`" in code or not code.strip():
        yield opening._replace(end=closing.end)
    else:
        yield opening._replace(shown=FILLER * (opening.end - opening.start - 1) + "`")
        yield closing._replace(shown="`")


def _alone(body: str, call: Call) -> bool:
    """Tell whether a tag stands on a line of its own."""
    before = body[body.rfind("\n", 0, call.start) + 1 : call.start]
    long_enough = len(FENCE) <= call.end - call.start and "\n" not in body[call.start : call.end]
    return long_enough and not before.strip() and body[call.end : call.end + 1] in ("", "\n")


class Closers:
    """Where the marks that close a call stand, for offsets that rise: each character is looked at once a mark."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._next: dict[str, int] = {}

    def after(self, mark: str, offset: int) -> int:
        """Return where the first `mark` from `offset` on begins, or -1 where a call would be too long."""
        at = self._next.get(mark, 0)
        if 0 <= at < offset or mark not in self._next:
            at = self._next[mark] = self._body.find(mark, offset)
        return at if at - offset <= LONGEST_CALL else -1


class CodeZones:
    """Fenced blocks and inline code of a body, found without parsing it."""

    def __init__(self, body: str) -> None:
        zones = sorted(_code(body))
        self._starts = [start for start, _ in zones]
        self._ends = [end for _, end in zones]

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield where each of them starts and ends, in order."""
        return zip(self._starts, self._ends, strict=True)

    def holds(self, offset: int) -> bool:
        """Tell whether the character at `offset` is code."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]


def _code(body: str) -> Iterator[tuple[int, int]]:
    end = 0
    for start, stop in _fenced(body):
        yield from _inline(body, end, start)
        yield start, stop
        end = stop
    yield from _inline(body, end, len(body))


def _fenced(body: str) -> Iterator[tuple[int, int]]:
    if "```" not in body and "~~~" not in body:
        return
    opened: re.Match[str] | None = None
    for match in _FENCE_LINE.finditer(body):
        fence = match[1]
        if opened is None:
            if not (fence[0] == "`" and "`" in match[2]):
                opened = match
        elif fence.startswith(opened[1]) and not match[2].strip():
            yield opened.start(), match.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(body)


def _inline(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield code spans: a run of backticks up to the next run as long, within a paragraph."""
    if body.find("`", start, end) < 0:
        return
    waiting: dict[str, int] = {}
    for match in _TICKS.finditer(body, start, end):
        run = match[0]
        if run[0] != "`":
            waiting.clear()
        elif run in waiting:
            yield waiting[run], match.end()
            waiting.clear()
        else:
            waiting[run] = match.start()
