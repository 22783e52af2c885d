"""Why a link stands where it does: ``[[…]]；關聯理由：…；說明：…``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from service import lexicon
from service.model import Block, Link, Span
from service.reading.found import FoundLink
from service.script import fold

_LONGEST_REASON = 1_000
_BRACKETS = {"(": ")", "[": "]", "【": "】"}


@cache
def _pattern() -> re.Pattern[str]:
    """The reason as folded text: separators, a label, the relation, and perhaps a label and a note."""
    labels = lexicon.read("headers.toml")["reasons"]
    relation = "|".join(sorted(map(fold, labels["relation"]), key=len, reverse=True))
    note = "|".join(sorted(map(fold, labels["note"]), key=len, reverse=True))
    return re.compile(
        r"[\s;,、。(\[【:|>→\-–—*_]*(?P<reason>"
        rf"(?:(?:{relation})\s*:\s*(?P<relation>[^;。\n]*[^;。\n\s])\s*)"
        rf"(?:[;,。]?\s*(?:{note})\s*:\s*(?P<note>[^\n]+))?"
        rf"|(?:{note})\s*:\s*(?P<before>[^;\n]*[^;\n\s])\s*;\s*(?:{relation})\s*:\s*(?P<behind>[^;。\n]*[^;。\n\s])"
        rf"|(?:{note})\s*:\s*(?P<only>[^\n]+))"
    )


def read_links(found: Sequence[FoundLink], blocks: Sequence[Block], text: str) -> tuple[Link, ...]:
    """Return the links, each with the reason that the text right behind it gives."""
    links: list[Link] = []
    ends = {block.span.start: block.span.end for block in blocks}
    starts = sorted(ends)
    limit, index = 0, len(starts) - 1
    for link in reversed(found):
        if link.start < 0:
            links.append(_link(link, None))
            continue
        while index > 0 and starts[index] > link.start:
            index -= 1
        end = ends[starts[index]] if starts else 0
        stop = min(limit if link.end <= limit else end, end, link.end + _LONGEST_REASON)
        match = _match(fold(text[link.end : stop])) if link.end < stop else None
        links.append(_link(link, match, text[link.end : stop]))
        limit = link.start if match else end
    return tuple(reversed(links))


def _match(behind: str) -> re.Match[str] | None:
    """Return the reason in the folded text behind a link; one within brackets ends where they close."""
    match = _pattern().match(behind)
    if match is None:
        return None
    opened = re.sub(r"[^(\[【]", "", behind[: match.start("reason")])[-1:]
    closed = _closed(behind, match.start("reason"), opened) if opened else None
    return match if closed is None else _pattern().match(behind[:closed])


def _closed(behind: str, start: int, opened: str) -> int | None:
    """Return where the bracket closes that `opened` opens before `start`."""
    depth = 1
    closer = _BRACKETS[opened]
    for at in range(start, len(behind)):
        depth += (behind[at] == opened) - (behind[at] == closer)
        if not depth:
            return at
    return None


def _link(link: FoundLink, match: re.Match[str] | None, behind: str = "") -> Link:
    relation = note = reason = None
    if match:
        relation = _group(match, "relation", behind) or _group(match, "behind", behind)
        note = _group(match, "note", behind) or _group(match, "before", behind) or _group(match, "only", behind)
        end = link.end + match.start("reason") + len(behind[match.start("reason") : match.end("reason")].rstrip())
        reason = Span(link.end + match.start("reason"), end)
    span = Span(link.start, link.end) if link.end > link.start >= 0 else None
    return Link(link.kind, link.target, link.alias, link.heading, link.block, relation, note, link.line, span, reason)


def _group(match: re.Match[str], name: str, behind: str) -> str | None:
    start, end = match.span(name)
    return (behind[start:end].strip() or None) if start >= 0 else None
