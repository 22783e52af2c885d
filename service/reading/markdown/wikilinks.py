"""Wiki-links: ``[[target#heading|alias]]``, ``[[target#^block]]``, and their embedding form ``![[…]]``."""

from __future__ import annotations

import re
from typing import NamedTuple, cast

from markdown_it.rules_inline.state_inline import StateInline

from service.reading.markdown.inline import PlacedState, hide
from service.reading.templates.calls import FILLER, PIPE

_MAX_LENGTH = 1_000
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp|heic|tiff?|ico)$", re.IGNORECASE)
# What an address looks like, and a remark in brackets does not: a scheme, a path from somewhere, a file or a host.
_ADDRESS = re.compile(r"<?(?:[A-Za-z][A-Za-z0-9+.-]{1,20}:|[#/~]|\.{1,2}/|[\x21-\x7e]+\.[A-Za-z0-9]{1,10}(?:[/#?>]|$))")
_BEHIND = re.compile(r"\]\(\s*(<?(?:[A-Za-z#./~_-])[^\s()]{1,2000})(?:[()]|\s+[\"'(]|\s*\))")
_PAIRS = re.compile(r"\[\[|\]\]|\n")
_SPLIT = re.compile(r"\\?\|")


class WikiLink(NamedTuple):
    """What stands between the brackets; `shown_at` and `shown_end` bound the text a reader sees of it."""

    target: str
    heading: str | None
    block: str | None
    alias: str | None
    shown_at: int
    shown_end: int

    @property
    def is_image(self) -> bool:
        """Tell whether the target is an image file."""
        return _IMAGE.search(self.target) is not None


def parse(inner: str) -> WikiLink | None:
    """Return the parts of the text between ``[[`` and ``]]``, or None where it names nothing.

    >>> parse("筆記/量子#^abc|量子")
    WikiLink(target='筆記/量子', heading=None, block='abc', alias='量子', shown_at=11, shown_end=13)
    """
    divider = _SPLIT.search(inner)
    path = inner[: divider.start()] if divider else inner
    target, _, fragment = path.partition("#")
    block = fragment.rpartition("#")[2][1:].strip() if fragment.rpartition("#")[2].startswith("^") else None
    heading = fragment.strip() if fragment.strip() and block is None else None
    if not target.strip() and not fragment.strip():
        return None
    alias = inner[divider.end() :].strip() if divider else ""
    shown_at, shown_end = _shown(inner, path, divider.end() if alias and divider else None)
    return WikiLink(target.strip(), heading, block, alias or None, shown_at, shown_end)


def _shown(inner: str, path: str, alias_at: int | None) -> tuple[int, int]:
    """Return where the shown text stands: the alias, else the name at the end of the path."""
    if alias_at is not None:
        start, end = alias_at, len(inner)
    else:
        name = path.partition("#")[0].rstrip()
        name = name[:-3] if name.lower().endswith(".md") else name
        start, end = (name.rfind("/") + 1, len(name)) if name else (path.find("#") + 1, len(path))
        if not name and path.startswith("#^"):
            start = 2
    text = inner[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))


def _bare(link: WikiLink) -> WikiLink:
    """Return the link without what its generator takes out of it."""
    texts = (link.heading, link.block, link.alias)
    heading, block, alias = (_unfilled(text) or None if text else None for text in texts)
    return link._replace(target=_unfilled(link.target), heading=heading, block=block, alias=alias)


def _unfilled(text: str) -> str:
    return text.replace(FILLER, "").replace(PIPE, "|").strip()


def _is_address(src: str, at: int) -> bool:
    """Tell whether an address in brackets follows at `at`, which makes a Markdown link of ``[[1]](url)``."""
    match = _BEHIND.match(src, at)
    return match is not None and _ADDRESS.match(match[1]) is not None


def wrapped_link(state: StateInline, silent: bool) -> bool:
    """Drop the brackets around a link that stands within another one (``[[港口[[管理]]處]]``): only the inner links."""
    src, at = state.src, state.pos
    closers = cast("PlacedState", state).closers
    if src.startswith("]]", at) and at in closers:
        return hide(state, silent, 2)
    if not src.startswith("[[", at) or (end := _outer_end(src, at, state.posMax)) < 0:
        return False
    if not silent:
        closers.add(end)
    return hide(state, silent, 2)


def _outer_end(src: str, at: int, limit: int) -> int:
    """Return where the brackets that open at `at` close if others stand within them, else -1."""
    depth, nested = 0, False
    for match in _PAIRS.finditer(src, at, min(limit, at + _MAX_LENGTH)):
        depth += 1 if match[0] == "[[" else -1 if match[0] == "]]" else -_MAX_LENGTH
        nested = nested or depth > 1
        if depth <= 0:
            return match.start() if nested and not depth else -1
    return -1


def wiki_link(state: StateInline, silent: bool) -> bool:
    """Read ``[[…]]`` and ``![[…]]``; ``[[1]](url)`` stays a Markdown link."""
    src, at = state.src, state.pos
    embed = src.startswith("![[", at)
    if not embed and not src.startswith("[[", at):
        return False
    start = at + 2 + embed
    end = src.find("]]", start, min(state.posMax, start + _MAX_LENGTH))
    inner = src[start:end] if end >= 0 else ""
    if not inner or "\n" in inner or "[[" in inner or _is_address(src, end + 1) or not (link := parse(inner)):
        return False
    if not silent:
        token = state.push("wiki", "", 0)
        token.content, token.markup = inner, src[at:start]
        token.meta["wiki"] = _bare(link) if FILLER in inner or PIPE in inner else link
    state.pos = end + 2
    return True
