"""Hugo's shortcodes: ``{{< name args >}}``, ``{{% name args %}}``, paired, nested and escaped."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from service.reading.template import FENCE, Call, Closers, CodeZones, arguments

_OPEN = re.compile(r"\{\{([<%])")
_NAME = re.compile(r"\s*(/?)\s*([\w.-][\w./-]*)\s*")
_REFERENCES = frozenset({"ref", "relref"})
_RAW = frozenset(
    {"highlight", "mermaid", "chart", "echarts", "plantuml", "katex", "math"}
)  # what they hold is no prose
_HIDDEN = frozenset({"comment"})


class _Closings:
    """Where the closing tags of a body end, looked up once a name."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._ends: dict[str, list[int]] = {}

    def after(self, name: str, offset: int) -> int | None:
        """Return where the first closing tag of `name` from `offset` on ends."""
        if name not in self._ends:
            pattern = re.compile(r"\{\{[<%]\s{0,9}/\s{0,9}" + re.escape(name) + r"\s{0,9}[>%]\}\}")
            self._ends[name] = [match.end() for match in pattern.finditer(self._body)]
        ends = self._ends[name]
        index = bisect_right(ends, offset)
        return ends[index] if index < len(ends) else None


def calls(body: str, zones: CodeZones) -> Iterator[Call]:
    """Yield the shortcodes of `body` in order. Closing tags and references embed nothing."""
    end = 0
    closings, closers = _Closings(body), Closers(body)
    for match in _OPEN.finditer(body):
        start = match.start()
        if start < end or zones.holds(start) or body.startswith("/*", match.end()):
            continue
        close = closers.after(match[1].replace("<", ">") + "}}", match.end())
        if close < 0:
            continue
        end = close + 3
        if call := _call(body, start, match.end(), close, end, closings):
            end = call.end
            yield call


def _call(body: str, start: int, inner: int, close: int, end: int, closings: _Closings) -> Call | None:
    match = _NAME.match(body, inner, close)
    if not match:
        return None
    closing, name = match[1], match[2]
    args = arguments(body[match.end() : close].rstrip("/ \t\n"))
    if name in _REFERENCES:
        return Call(start, end, "", (), _path(args)[: end - start])
    if name in _HIDDEN and not closing:
        return Call(start, closings.after(name, end) or end, "", (), "")
    if name in _RAW and not body[match.end() : close].rstrip().endswith("/"):
        paired = bool(closing) or closings.after(name, end) is not None
        return _raw(body, start, end, name, args, paired, bool(closing))
    return Call(start, end, "" if closing else name, args, "")


def _raw(body: str, start: int, end: int, name: str, args: tuple[str, ...], paired: bool, closing: bool) -> Call:
    """Put a fence where a tag around code stands on a line of its own."""
    alone = body.rfind("\n", 0, start) + 1 == start and body[end : end + 1] in ("", "\n")
    shown = FENCE if alone and paired and end - start > len(FENCE) else ""
    padded = shown + " " * (end - start - len(shown)) if shown and "\n" not in body[start:end] else ""
    embeds = not closing and name != "highlight"
    return Call(start, end, name if embeds else "", args if embeds else (), padded)


def _path(args: tuple[str, ...]) -> str:
    """Return the page a ``ref`` or ``relref`` points at."""
    named = dict(arg.split("=", 1) for arg in args if arg.startswith("path="))
    return named.get("path") or next(iter(args), "")
