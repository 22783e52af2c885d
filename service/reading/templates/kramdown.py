"""What Jekyll's parser acts on rather than shows: attribute lists, extensions, abbreviations, ends of blocks.

https://kramdown.gettalong.org/syntax.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.reading.templates.calls import PIPE, Call, CodeZones

_IAL = r"\{:[^}\n]{0,500}\}"
_LINE = re.compile(
    rf"^(?P<lead>[ \t>]*)(?:(?P<comment>\{{::comment\}})|(?P<ial>(?:{_IAL}[ \t]*)+)$|(?P<end>\^)[ \t]*$"
    rf"|(?P<contents>(?:[*+-]|\d{{1,9}}\.)[ \t][^\n]{{0,200}})\n[ \t]*\{{:[ \t]*toc[^}}\n]{{0,200}}\}}"
    r"|(?P<abbreviation>\*\[[^\]\n]{1,80}\]:[^\n]*)$"
    r"|(?P<rule>[|=-][-=:+| \t]*)$"
    r"|(?P<open><(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|figcaption|figure|footer|header|li|main"
    r"|nav|ol|p|section|td|th|ul)\b[^<>\n]{0,300}\bmarkdown=[\"']?(?:1|block|span)\b[^<>\n]{0,300}>)"
    rf"|(?P<reference>\[[^\]\n]{{1,200}}\]:[^\n{{]{{1,1000}})(?P<list>{_IAL})[ \t]*$)",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"^</(?:address|article|aside|center|details|div|figure|footer|header|section)>[ \t]*$", re.MULTILINE
)
_COMMENT_END = re.compile(r"\{:/(?:comment)?\}")
_SPAN = re.compile(r"\{::(?:nomarkdown|options)\b[^}\n]{0,200}\}|\{:/(?:nomarkdown)?\}")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def signs(body: str) -> bool:
    """Tell whether `body` may hold such stretches."""
    return any(sign in body for sign in ("{:", "^\n", "*[", "|", "markdown=", "</"))


def calls(body: str, zones: CodeZones) -> Iterator[Call]:
    """Yield such stretches of `body` in order; lines that end a block leave blanks, which end it too."""
    found = [*_lines(body, zones), *_piped(body, zones)]
    found += [_blank(m.start(), m.end()) for m in _CLOSING.finditer(body) if not zones.holds(m.start())]
    found += [Call(m.start(), m.end(), "", (), "") for m in _SPAN.finditer(body) if not zones.holds(m.start())]
    yield from sorted(found)


def _lines(body: str, zones: CodeZones) -> Iterator[Call]:
    last_rule, commented = -1, True
    for match in _LINE.finditer(body):
        start = match.end("lead")
        if zones.holds(start):
            continue
        if match["rule"]:
            if (
                last_rule >= 0
                and match["rule"][0] == "|"
                and "|" in body[last_rule:start]
                and not _BLANK_LINE.search(body, last_rule, start)
            ):
                yield Call(start, match.end(), "", (), "|")
            last_rule = start
        elif match["comment"]:
            end = _COMMENT_END.search(body, match.end()) if commented else None
            commented = end is not None  # no comment is looked for twice
            yield Call(start, end.end() if end else match.end(), "", (), "")
        elif match["open"] and body[match.end() : match.end() + 1] not in ("", "\n"):
            yield Call(start, match.end(), "", (), "")  # blanks before text would make code of it
        elif match["list"]:
            yield _blank(*match.span("list"))
        else:
            yield _blank(start, match.end("contents") if match["contents"] else match.end())


def _blank(start: int, end: int) -> Call:
    return Call(start, end, "", (), " " * (end - start))


def _piped(body: str, zones: CodeZones) -> Iterator[Call]:
    """Yield code with a bar in it: no edge of a cell here, while it is one to the parser."""
    for start, end in zones.spans():
        code = body[start:end]
        if "|" in code and "\n" not in code:
            yield Call(start, end, "", (), code.replace("|", PIPE))
