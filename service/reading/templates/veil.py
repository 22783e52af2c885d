"""What is dropped before Markdown is parsed: shortcodes, Liquid and comments, replaced character for character.

Everything a template engine takes out of a post is overwritten with `template.FILLER` of the same length, so lines
and columns stay where they were and no argument is mistaken for Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.model import Dialect, Media
from service.reading.templates import directives, kramdown, liquid, shortcodes
from service.reading.templates.calls import FILLER, Call, Closers, CodeZones, overwritten

_COMMENT = re.compile(r"%%")
_SCRIPT = re.compile(r"<%")


@dataclass(slots=True)
class Veiled:
    """A body ready for Markdown, with the embeds that were taken out of it."""

    text: str
    embeds: list[tuple[int, Media]] = field(default_factory=list)  # offset in the body, embed


def in_column(body: str, text: str) -> str:
    """Return `body`, the end of `text`, with what stands before it on its first line overwritten.

    >>> in_column("海", '{"title": "風"} 海').count(FILLER)
    15
    """
    begin = len(text) - len(body)
    return FILLER * (begin - text.rfind("\n", 0, begin) - 1) + body


def veil(body: str, dialect: Dialect, first_line: int) -> Veiled:
    """Return `body`, which begins at `first_line` of its file, with what its generator would take out overwritten.

    >>> veil("見 {{< youtube id >}}。", Dialect.HUGO, 1).embeds[0][1].args
    ('id',)
    """
    calls: list[Call] = []
    if "{{" in body or "{%" in body:
        zones = CodeZones(body)
        if dialect is Dialect.HUGO:
            calls = list(shortcodes.calls(body, zones))
        elif dialect is Dialect.JEKYLL:
            calls = list(liquid.calls(body, zones))
        else:
            calls = [call for call in shortcodes.calls(body, zones) if call.name]
    if directives.signs(body):
        calls = _merged(list(directives.calls(body, CodeZones(body))), calls)
    if dialect is Dialect.JEKYLL and kramdown.signs(body):
        calls = _merged(calls, list(kramdown.calls(body, CodeZones(body))))
    if dialect is Dialect.OBSIDIAN and "%%" in body:
        calls = _merged(calls, list(_comments(body, CodeZones(body))))
    if dialect in (Dialect.OBSIDIAN, Dialect.MARKDOWN) and "<%" in body:
        calls = _merged(calls, list(_scripts(body, CodeZones(body))))
    return _apply(body, calls, first_line) if calls else Veiled(body)


def _comments(body: str, zones: CodeZones) -> Iterator[Call]:
    """Yield Obsidian's comments: from one ``%%`` to the next."""
    marks = [match.start() for match in _COMMENT.finditer(body) if not zones.holds(match.start())]
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        yield Call(start, end + 2, "", (), "")


def _scripts(body: str, zones: CodeZones) -> Iterator[Call]:
    """Yield what Templater runs: ``<% … %>``."""
    closers = Closers(body)
    for match in _SCRIPT.finditer(body):
        close = closers.after("%>", match.end())
        if close >= 0 and not zones.holds(match.start()):
            yield Call(match.start(), close + 2, "", (), "")


def _merged(calls: list[Call], outer: list[Call]) -> list[Call]:
    """Return the calls of both in order, those left out that begin within one of `outer`."""
    starts = [call.start for call in outer]
    kept = []
    for call in calls:
        index = bisect_right(starts, call.start) - 1
        if index < 0 or outer[index].end <= call.start:
            kept.append(call)
    return sorted([*kept, *outer], key=lambda call: call.start)


def _apply(body: str, calls: list[Call], first_line: int) -> Veiled:
    parts, end, line, counted = [], 0, first_line, 0
    veiled = Veiled("")
    for call in calls:
        if call.start < end:
            continue
        line += body.count("\n", counted, call.start)
        counted = call.start
        parts += [body[end : call.start], _overwritten(body[call.start : call.end], call.shown)]
        end = call.end
        if call.name:
            veiled.embeds.append((call.start, Media("embed", call.name, None, None, call.args, line)))
    veiled.text = "".join([*parts, body[end:]])
    return veiled


def _overwritten(source: str, shown: str) -> str:
    """Return `shown` made as long as `source`, its lines kept."""
    return shown + overwritten(source[len(shown) :])
