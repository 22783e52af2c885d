"""Lines that a generator acts on rather than shows: containers (``::: tip``), tables of contents, imports of MDX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.reading.templates.calls import Call, CodeZones

_LINE = re.compile(
    r"^[ \t]*(?P<toc>\[\[?toc\]\]?|@\[toc\][^\n]{0,80}|\{:toc\})[ \t]*$"
    r"|^[ \t]*(?P<container>(?::{3,}|!!!|\?{3}\+?)[ \t]*)(?:\{?(?P<name>[A-Za-z][\w-]{0,40})\}?(?P<title>[^\n]*))?$"
    r"|^(?P<code>import[ \t][^\n]{0,300}[\"'];?[ \t]*|export[ \t]+(?:const|let|default|function)[ \t][^\n]*)$"
    r"|(?P<comment>\{(?:\{-?[ \t]*)?/\*)",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNS = (":::", "!!!", "???", "toc]", "TOC]", "toc}", "import ", "export ", "{/*", "{{/*", "{{- /*", "{{-/*", "{{ /*")
_COMMENT_END = re.compile(r"\*/(?:[ \t]*-?\}\}|\})")
_LONGEST_COMMENT = 5_000


def signs(body: str) -> bool:
    """Tell whether `body` may hold such lines."""
    return any(sign in body for sign in _SIGNS)


def calls(body: str, zones: CodeZones) -> Iterator[Call]:
    """Yield such lines of `body` in order. What opens a container stays as the title of a callout."""
    for match in _LINE.finditer(body):
        if zones.holds(match.end() - 1):
            continue
        if match["comment"]:
            close = _COMMENT_END.search(body, match.end(), match.end() + _LONGEST_COMMENT)
            yield Call(match.start(), close.end() if close else match.end(), "", (), "")
        elif match["container"]:
            yield from _container(body, match)
        else:
            yield Call(match.start(), match.end(), "", (), "")


def _container(body: str, match: re.Match[str]) -> Iterator[Call]:
    """Yield the marks of a container; ``:::tip[title]`` and ``!!! tip "title"`` put theirs around the title."""
    start, title = match.start("container"), match["title"] or ""
    if match["name"] is None:
        if match["container"].startswith(":"):
            yield Call(start, match.end(), "", (), "")
        return
    end = match.start("title")
    bare = title.strip()
    quoted = len(bare) > 1 and bare[0] + bare[-1] in ("[]", '""')
    if quoted:
        end = body.index(bare[0], end) + 1
    opens = not body[body.rfind("\n", 0, max(match.start() - 1, 0)) + 1 : match.start()].strip()
    yield Call(start, end, "", (), f"[!{match['name']}]" if opens and bare else "")
    if quoted:
        last = body.rindex(bare[-1], end, match.end())
        yield Call(last, last + 1, "", (), "")
