"""Links of the front matter: wiki-links under any key, and paths and URLs under keys that relate posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from service import lexicon
from service.model import Link
from service.reading.headers.frontmatter import FrontMatter
from service.reading.headers.keys import compared
from service.reading.markdown.wikilinks import WikiLink, parse

_MOST = 500  # links of one post
_DEEPEST = 4
_LONGEST = 2_000
_WIKI = re.compile(r"!?\[\[([^\[\]\n]{1,1000})\]\]")
_BETWEEN = re.compile(r"[\s,，、;；/&+]{0,5}")
_MARKDOWN = re.compile(r"\[([^\[\]\n]{0,500})\]\(<?([^\s<>()]{1,1000})>?\)")
_ADDRESS = re.compile(
    r"https?://\S+|/\S*|\.{1,2}/\S+|[^\n:|<>]+\.(?:md|mdx|markdown)(?:#\S*)?|[^\s:|<>/]+(?:/[^\s:|<>/]+)+/?"
)


@dataclass(slots=True)
class _Found:
    """A link of a value: what it leads to, and the text that writes it."""

    link: WikiLink
    written: str


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(compared, lexicon.read("headers.toml")["properties"][name]))


def property_links(front: FrontMatter) -> tuple[Link, ...]:
    """Return the links that the front matter declares, in order, each related by its key and with its line.

    A value links where it is nothing but links: Obsidian's properties are read so. Under `related` and its like,
    paths, URLs, Markdown links and maps of a link and a reason count too.
    """
    cursor = _Cursor(front)
    links: list[Link] = []
    for key, value in front.data.items():
        name = compared(str(key))
        told = [] if name in _words("never") else list(_links(value, 0, related=name in _words("related")))
        if told:
            cursor.enter(str(key))
        for found, reason, note in told:
            links.append(_link(found, reason or str(key), note, cursor.line_of(found.written)))
        if len(links) > _MOST:
            break
    return tuple(links[:_MOST])


def _link(found: _Found, relation: str, note: str | None, line: int) -> Link:
    link = found.link
    return Link("property", link.target, link.alias, link.heading, link.block, relation, note, line, None)


_Told = tuple[_Found, str | None, str | None]


def _links(value: object, depth: int, *, related: bool) -> Iterator[_Told]:
    """Yield the links of a value, with the relation and note that a map gives for them."""
    if isinstance(value, str):
        yield from ((found, None, None) for found in _of_text(value, related=related))
    elif isinstance(value, Mapping) and depth < _DEEPEST:
        yield from _of_map(value, depth, related=related)
    elif isinstance(value, (list, tuple)) and depth < _DEEPEST:
        for item in value:
            yield from _links(item, depth + 1, related=related)


def _of_map(value: Mapping[object, object], depth: int, *, related: bool) -> Iterator[_Told]:
    """Yield the links of ``{link: …, reason: …, note: …}``, or of a map of relations to links."""
    roles: dict[str, object] = {}
    for key, item in value.items():
        role = next((role for role in ("link", "reason", "note") if compared(str(key)) in _words(role)), None)
        roles.setdefault(role or "", item)
    if "link" not in roles:
        for key, item in value.items():
            yield from ((f, told or str(key), note) for f, told, note in _links(item, depth + 1, related=related))
        return
    reason, note = (_text(roles.get(role)) for role in ("reason", "note"))
    for found, told, more in _links(roles["link"], depth + 1, related=related):
        yield found, told or reason, more or note


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _of_text(value: str, *, related: bool) -> Iterator[_Found]:
    text = value.strip()
    if len(text) > _LONGEST:
        return
    if "[[" in text:
        yield from _wiki_links(text)
    elif related and (match := _MARKDOWN.fullmatch(text)):
        yield _Found(_addressed(match[2], match[1] or None), match[0])
    elif related and _ADDRESS.fullmatch(text):
        yield _Found(_addressed(text, None), text)


def _wiki_links(text: str) -> list[_Found]:
    """Return the wiki-links that `text` consists of; none where it says anything else."""
    found: list[_Found] = []
    at = 0
    while match := _WIKI.match(text, at):
        if link := parse(match[1]):
            found.append(_Found(link, match[0]))
        between = _BETWEEN.match(text, match.end())
        at = between.end() if between else match.end()
    return found if at >= len(text) else []


def _addressed(target: str, alias: str | None) -> WikiLink:
    path, mark, fragment = target.partition("#")
    web = "://" in target
    return WikiLink(target if web else path, fragment or None if mark and not web else None, None, alias, 0, 0)


class _Cursor:
    """Finds the lines of values in the front matter as written, going down key by key."""

    def __init__(self, front: FrontMatter) -> None:
        self._front, self._at = front, 0

    def enter(self, key: str) -> None:
        """Go to where a key of the top stands."""
        pattern = re.compile(r"(?:^|[{,])[ \t]{0,8}[\"']?" + re.escape(key) + r"[\"']?[ \t]{0,8}[:=：]", re.MULTILINE)
        match = pattern.search(self._front.raw)
        self._at = match.end() if match else 0

    def line_of(self, written: str) -> int:
        """Return the line on which the text stands, or that of the key where it is written otherwise."""
        at = self._front.raw.find(written, self._at)
        if at >= 0:
            self._at = at
        line = self._front.line + self._front.raw.count("\n", 0, self._at)
        if at >= 0:
            self._at = at + len(written)
        return line
