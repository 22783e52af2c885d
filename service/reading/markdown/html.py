"""HTML within Markdown: what of it is text, without a parser that could be led astray."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object", "math"})
_WITHIN_A_LINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd"}
    | {"label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"}
    | {"wbr", "ruby", "rb"}
)
_TOKEN = re.compile(
    r"<!--|<[?!]|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|&\#?\w{1,32};"
)
_CLOSERS = {"<!--": "-->", "<?": ">", "<!": ">"}  # of what a reader does not see
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class Tag(NamedTuple):
    """A tag by its name, in lower case."""

    name: str
    closing: bool
    attributes: dict[str, str]


class Piece(NamedTuple):
    """A piece of an HTML block; `raw` where the file writes text otherwise.

    `kind` is text, image, link (`attributes` are empty where it ends), or the edge of a block: break, or code.
    """

    kind: str
    text: str
    at: int
    raw: str = ""
    attributes: Mapping[str, str] = MappingProxyType({})


def tag(source: str) -> Tag | None:
    """Return the tag that `source` is, or None for a comment or declaration.

    >>> tag('<IMG src="a.png">')
    Tag(name='img', closing=False, attributes={'src': 'a.png'})
    """
    match = _TOKEN.match(source)
    if not match or not match["name"]:
        return None
    return Tag(match["name"].lower(), bool(match["close"]), _attributes(match["rest"]))


def _attributes(source: str) -> dict[str, str]:
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(source)}


def pieces(source: str) -> Iterator[Piece]:
    """Yield what an HTML block shows, in order."""
    end, position = 0, 0
    while match := _TOKEN.search(source, position):
        if match.start() > end:
            yield Piece("text", source[end : match.start()], end)
        end = position = match.end()
        if closer := _CLOSERS.get(match[0]):
            close = source.find(closer, end)
            end = position = close + len(closer) if close >= 0 else len(source)
        elif match[0].startswith("&"):
            yield Piece("text", unescape(match[0]), match.start(), match[0])
        elif name := (match["name"] or "").lower():
            if name in UNSEEN and not match["close"]:
                end = position = _past(source, end, name)
            yield from _element(name, match)
    if end < len(source):
        yield Piece("text", source[end:], end)


def _past(source: str, start: int, name: str) -> int:
    close = re.compile(f"</{name}[^>]*>", re.IGNORECASE).search(source, start)
    return close.end() if close else len(source)


def _element(name: str, match: re.Match[str]) -> Iterator[Piece]:
    if name == "img":
        yield Piece("image", "", match.start(), "", _attributes(match["rest"]))
    elif name == "a":
        yield Piece("link", "", match.start(), "", {} if match["close"] else _attributes(match["rest"]))
    elif name == "pre" and not match["close"]:
        yield Piece("code", "", match.start())
    elif name not in _WITHIN_A_LINE:
        yield Piece("break", "", match.start())
