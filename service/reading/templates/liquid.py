"""Jekyll's Liquid: tags ``{% … %}`` and output ``{{ … }}``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.reading.templates.calls import Call, Closers, CodeZones, arguments, placed, verbatim

_OPEN = re.compile(r"\{([{%])")
_TAG = re.compile(r"-?\s*(\w+)\s*")
_PATHS = frozenset({"post_url", "link"})
_LOGIC = frozenset(
    {"if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase", "for", "endfor", "break"}
    | {"continue", "assign", "capture", "endcapture", "increment", "decrement", "cycle", "tablerow", "endtablerow"}
    | {"raw", "endraw", "comment", "endcomment", "highlight"}
)
_CODE = ("codeblock",)  # Hexo's and Octopress's
_RAW = re.compile(r"\{%-?\s{0,9}(?:end)?raw\s{0,9}-?%\}")  # even code shows only what it encloses
_VERBATIM = {name: re.compile(r"\{%-?\s*end" + name + r"\s*-?%\}") for name in ("raw", "comment", "highlight", *_CODE)}


def calls(body: str, zones: CodeZones) -> Iterator[Call]:
    """Yield the tags and outputs of `body` in order; what ``{% raw %}`` encloses and code are left alone."""
    end = 0
    closers = Closers(body)
    unclosed: set[str] = set()  # names whose closing tag is known to be missing from here on
    for match in _OPEN.finditer(body):
        start = match.start()
        if start < end:
            continue
        if zones.holds(start):
            if raw := _RAW.match(body, start):
                yield Call(start, raw.end(), "", (), "")
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
        yield from _enclosing(body, Call(start, end, "", (), ""), Call(stop.start(), stop.end(), "", (), ""), name)
    elif name in _PATHS:
        yield Call(start, end, "", (), placed(args[0] if args else "", body[start:end]))
    elif name in _LOGIC or (name.startswith("end") and not args):
        yield Call(start, end, "", (), "")
    elif name in ("include", "include_relative", "include_cached"):
        yield Call(start, end, args[0] if args else name, args[1:], "")
    else:
        yield Call(start, end, name, args, "")


def _enclosing(body: str, opening: Call, closing: Call, name: str) -> Iterator[Call]:
    if name in ("highlight", *_CODE):
        yield from verbatim(body, opening, closing)
    elif name == "comment":
        yield opening._replace(end=closing.end)
    else:
        yield from (opening, closing)
