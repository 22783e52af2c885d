"""Hugo's shortcodes: ``{{< name args >}}``, ``{{% name args %}}``, paired, nested and escaped."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from service.reading.templates.calls import LONGEST_CALL, Call, Closers, CodeZones, arguments, placed, verbatim

_OPEN = re.compile(r"\{\{([<%])")
_NAME = re.compile(r"\s*(/?)\s*([\w.-][\w./-]*)\s*")
_REFERENCES = frozenset({"ref", "relref"})
# What these hold is no prose.
_RAW = frozenset({"highlight", "mermaid", "chart", "echarts", "plantuml", "katex", "math"})
_LONGEST_ESCAPED = 1_000
_MOST_QUOTED = 3  # closing marks within one argument
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`', re.DOTALL)
_HIDDEN = frozenset({"comment"})


class _Closings:
    """Where the closing tags of a body stand, looked up once a name."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._tags: dict[str, list[Call]] = {}

    def after(self, name: str, offset: int) -> Call | None:
        """Return the first closing tag of `name` from `offset` on."""
        if name not in self._tags:
            pattern = re.compile(r"\{\{[<%]\s{0,9}/\s{0,9}" + re.escape(name) + r"\s{0,9}[>%]\}\}")
            self._tags[name] = [Call(m.start(), m.end(), "", (), "") for m in pattern.finditer(self._body)]
        tags = self._tags[name]
        index = bisect_left(tags, offset, key=lambda tag: tag.start)
        return tags[index] if index < len(tags) else None


def calls(body: str, zones: CodeZones) -> Iterator[Call]:
    """Yield the shortcodes of `body` in order. Closing tags and references embed nothing."""
    end = 0
    closings, closers = _Closings(body), Closers(body)
    for match in _OPEN.finditer(body):
        start = match.start()
        if start < end:
            continue
        mark = match[1].replace("<", ">") + "}}"
        if zones.holds(start) or body.startswith("/*", match.end()):
            yield from _escape(body, match.end(), mark) if zones.holds(start) else ()
            continue
        close = _close(body, match.end(), mark, closers)
        if close < 0:
            continue
        end = close + 3
        for call in _calls(body, start, match.end(), close, closings):
            end = call.end
            yield call


def _escape(body: str, at: int, mark: str) -> Iterator[Call]:
    """Yield the stars of a shortcode that code shows instead of running it."""
    close = body.find("*/" + mark, at, at + _LONGEST_ESCAPED) if body.startswith("/*", at) else -1
    if close >= 0:
        yield Call(at, at + 2, "", (), "")
        yield Call(close, close + 2, "", (), "")


def _close(body: str, start: int, mark: str, closers: Closers) -> int:
    """Return where the shortcode closes: not within a quoted argument, if the quotes are whole."""
    first = at = closers.after(mark, start)
    for _ in range(_MOST_QUOTED):
        if at < 0 or not any(sign in _QUOTED.sub("", body[start:at]) for sign in '"`'):
            break
        at = body.find(mark, at + 1, start + LONGEST_CALL)
    else:
        return first
    return at if at >= 0 else first


def _calls(body: str, start: int, inner: int, close: int, closings: _Closings) -> Iterator[Call]:
    """Yield the shortcode between `start` and its closing mark at `close`, with what it takes out beside itself."""
    match = _NAME.match(body, inner, close)
    if not match:
        yield Call(start, close + 3, "", (), "")
        return
    end, closing, name = close + 3, match[1], match[2]
    args = arguments(body[match.end() : close].rstrip("/ \t\n"))
    whole = body[match.end() : close].rstrip().endswith("/")
    closer = closings.after(name, end) if name in _RAW | _HIDDEN and not closing and not whole else None
    if name in _REFERENCES:
        yield Call(start, end, "", (), placed(_path(args), body[start:end]))
    elif name in _HIDDEN and not closing:
        yield Call(start, closer.end if closer else end, "", (), "")
    elif closer:
        embeds = name != "highlight"
        yield from verbatim(body, Call(start, end, name if embeds else "", args if embeds else (), ""), closer)
    else:
        yield Call(start, end, "" if closing else name, args, "")


def _path(args: tuple[str, ...]) -> str:
    """Return the page a ``ref`` or ``relref`` points at."""
    named = dict(arg.split("=", 1) for arg in args if arg.startswith("path="))
    return named.get("path") or next(iter(args), "")
