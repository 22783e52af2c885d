"""Pages of a Logseq graph: properties instead of front matter, names of files, what only the app needs.

https://docs.logseq.com/#/page/properties
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from service.reading.headers.frontmatter import FrontMatter

_PROPERTY = re.compile(r"([^\s:#\[\](){}`-][^\s:\[\](){}`]{0,60})::[ \t]*(.*)$")
_MACHINE = re.compile(
    r"[ \t]*(?:id|collapsed|heading|background-color|created-at|updated-at|exclude-from-graph-view"
    r"|template-including-parent|(?:logseq|card|query)[\w.-]{1,60}):: "
)
_JOURNAL = re.compile(r"(\d{4})[_-](\d{1,2})[_-](\d{1,2})$")
_DRAWER = ":LOGBOOK:"
_DRAWER_END = ":END:"
_MAX_PROPERTIES = 100


def read_logseq(text: str) -> FrontMatter:
    r"""Return the properties at the top of a Logseq page as its front matter, and the rest as its body.

    Lines that only the app needs (``collapsed:: true``, log books) are left blank.

    >>> front = read_logseq("tags:: 飲品\n\n- 春茶\n  collapsed:: true")
    >>> front.data, front.body, front.body_line
    ({'tags': '飲品'}, '\n- 春茶\n                  ', 2)
    """
    lines = text.split("\n")
    data: dict[str, str] = {}
    while len(data) < min(_MAX_PROPERTIES, len(lines)) and (match := _PROPERTY.match(lines[len(data)])):
        if match[1] in data:
            break
        data[match[1]] = match[2].strip()
    raw = "\n".join(lines[: len(data)])
    return FrontMatter("logseq", data, raw, 1, "\n".join(_written(lines[len(data) :])), len(data) + 1)


def journal_day(path: str) -> dict[str, str]:
    """Return the date that the name of a journal's file gives; none for other pages.

    >>> journal_day("journals/2026_03_01.md"), journal_day("pages/2026_03_01.md")
    ({'date': '2026-03-01'}, {})
    """
    file = PurePosixPath(path)
    match = _JOURNAL.match(file.stem) if "journals" in file.parts[:-1] else None
    return {"date": f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"} if match else {}


def page_name(path: str) -> str:
    """Return the name of the page in the file at `path`: a journal's day, else its name with ``___`` for a slash.

    >>> page_name("pages/飲品___綠茶.md"), page_name("pages/%E8%8C%B6%2F%E5%B1%B1.md")
    ('飲品/綠茶', '茶/山')
    """
    if day := journal_day(path):
        return day["date"]
    return unquote(PurePosixPath(path).stem).replace("___", "/")


def _written(lines: list[str]) -> list[str]:
    """Return `lines`, those blank that are not the author's; each keeps its length, and so the body its place."""
    kept: list[str] = []
    drawer = False
    for line in lines:
        bare = line.strip()
        drawer = drawer or bare == _DRAWER
        kept.append(" " * len(line) if drawer or _MACHINE.match(line + " ") else line)
        drawer = drawer and bare != _DRAWER_END
    return kept
