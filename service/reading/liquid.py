"""Jekyll's Liquid: tags ``{% … %}`` and output ``{{ … }}``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.reading.template import FENCE, Call, Closers, CodeZones, arguments

_OPEN = re.compile(r"\{([{%])")
_TAG = re.compile(r"-?\s*(\w+)\s*")
_PATHS = frozenset({"post_url", "link"})
_LOGIC = frozenset(
    {"if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase", "for", "endfor", "break"}
    | {"continue", "assign", "capture", "endcapture", "increment", "decrement", "cycle", "tablerow", "endtablerow"}
    | {"raw", "endraw", "comment", "endcomment", "highlight", "endhighlight"}
)
_VERBATIM = {name: re.compile(r"\{%-?\s*end" + name + r"\s*-?%\}") for name in ("raw", "comment")}


def calls(body: str, zones: CodeZones) -> Iterator[Call]:
    """Yield the tags and outputs of `body` in order; what ``{% raw %}`` encloses is left alone."""
    end = 0
    closers = Closers(body)
    unclosed: set[str] = set()  # names whose closing tag is known to be missing from here on
    for match in _OPEN.finditer(body):
        start = match.start()
        if start < end or zones.holds(start):
            continue
        close = closers.after("%}" if match[1] == "%" else "}}", match.end())
        if close < 0:
            continue
        end = close + 2
        if match[1] == "{":
            yield Call(start, end, "", (), "")
            continue
        for call in _tag(body, start, match.end(), close, unclosed):
            yield call
            end = call.end


def _tag(body: str, start: int, inner: int, close: int, unclosed: set[str]) -> Iterator[Call]:
    match = _TAG.match(body, inner, close)
    end = close + 2
    if not match:
        yield Call(start, end, "", (), "")
        return
    name, args = match[1], arguments(body[match.end() : close].rstrip("- \t\n"))
    stop = _VERBATIM[name].search(body, end) if name in _VERBATIM and name not in unclosed else None
    if stop is None:
        unclosed.add(name)
    if stop is not None:
        if name == "comment":
            yield Call(start, stop.end(), "", (), "")
        else:
            yield Call(start, end, "", (), "")
            yield Call(stop.start(), stop.end(), "", (), "")
    elif name in ("highlight", "endhighlight"):
        yield Call(start, end, "", (), _fence(body, start, end))
    elif name in _PATHS:
        yield Call(start, end, "", (), (args[0] if args else "")[: end - start])
    elif name in _LOGIC or (name.startswith("end") and not args):
        yield Call(start, end, "", (), "")
    elif name in ("include", "include_relative", "include_cached"):
        yield Call(start, end, args[0] if args else name, args[1:], "")
    else:
        yield Call(start, end, name, args, "")


def _fence(body: str, start: int, end: int) -> str:
    alone = not body[body.rfind("\n", 0, start) + 1 : start].strip() and body[end : end + 1] in ("", "\n")
    return FENCE + " " * (end - start - len(FENCE)) if alone else ""
