"""The words that say why a link stands where it does: ``關聯理由：…；說明：…``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from service import lexicon
from service.model import Span
from service.script import fold

_LEAD = re.compile(r"[\s;,、。(\[【〔{:|/=>→⇒\-–—―*_~•]*")
_BRACKETS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "{": "}"}
_ARROWS = ("→", "⇒", "->", "=>", "—", "–", ">>", "»", ")", "]", "】", "〕")
_AROUND = " \t\n→⇒-=>»–—|*_,、"
_MOST = 4  # labelled values in a row


class Reason(NamedTuple):
    """Where a text says what relates a link and what more there is to say, and where it does so as a whole."""

    relation: Span | None
    note: Span | None
    whole: Span

    def shifted(self, by: int) -> Reason:
        """Return the same in a text that begins `by` characters earlier."""
        return Reason(*(span and Span(span.start + by, span.end + by) for span in self))  # type: ignore[arg-type]


class _Labels(NamedTuple):
    first: re.Pattern[str]
    following: re.Pattern[str]


@cache
def _labels() -> _Labels:
    """Return what matches a label with what parts it from its value, and one that stands behind another's value."""
    words = lexicon.read("headers.toml")["reasons"]
    relation, note = (_alternatives(words[name]) for name in ("relation", "note"))
    closed = r"[】〕\]]\s{0,3}:?|:"
    return _Labels(
        re.compile(
            rf"(?:(?P<relation>{relation})\s{{0,3}}(?:{closed}|=|→|->|—{{1,2}}|–)|(?P<note>{note})\s{{0,3}}(?:{closed}|=))\s*"
        ),
        re.compile(rf"[;,、。|/\s()\[\]【】〔〕][\s*_(\[【〔]{{0,3}}(?:{relation}|{note})\s{{0,3}}(?:{closed}|=|→|->)"),
    )


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, map(fold, words)), key=len, reverse=True))


@cache
def headings() -> dict[str, str]:
    """Return what a folded heading of a table's column says of it: link, relation or note."""
    words = lexicon.read("headers.toml")["reasons"]
    return {fold(word): role for role in ("relation", "note", "link") for word in words[role]}


def behind(folded: str) -> Reason | None:
    """Return the reason right behind a link, in folded text; one within brackets ends where they close.

    >>> behind(";关联理由:延伸;说明:续谈维修。")
    Reason(relation=Span(start=6, end=8), note=Span(start=12, end=17), whole=Span(start=1, end=17))
    """
    lead = _LEAD.match(folded)
    at = lead.end() if lead else 0
    match = _labels().first.match(folded, at)
    if match is None or (not at and match.lastgroup == "note"):  # `[[公告]]說明：…` is a sentence
        return None
    opened = re.sub(r"[^(\[【〔{]", "", folded[:at])[-1:]
    bracketed = opened and _BRACKETS[opened] not in match[0]  # `【關聯理由】` brackets its label alone
    return _reason(folded[: _closed(folded, at, opened)] if bracketed else folded, at)


def before(folded: str) -> Reason | None:
    """Return the reason that a line gives before a link, an arrow or bracket behind it.

    >>> before("关联理由:延伸 → ").relation
    Span(start=5, end=7)
    """
    line = folded.rstrip()
    arrow = next((arrow for arrow in _ARROWS if line.endswith(arrow)), None)
    found = alone(line[: -len(arrow)]) if arrow else None
    return found if found and found.relation else None


def alone(folded: str) -> Reason | None:
    """Return the reason that a text of its own is, from its first word on."""
    lead = _LEAD.match(folded)
    return _reason(folded, lead.end() if lead else 0)


def _reason(folded: str, at: int) -> Reason | None:
    spans: dict[str, Span] = {}
    end = at
    for role, span in _values(folded, at):
        spans.setdefault(role, span)
        end = span.end
    if not spans:
        return None
    return Reason(spans.get("relation"), spans.get("note"), Span(at, end))


def _values(folded: str, at: int) -> Iterator[tuple[str, Span]]:
    """Yield the labelled values that stand one behind the other from `at` on, with what the label announces."""
    for _ in range(_MOST):
        match = _labels().first.match(folded, at)
        if match is None:
            return
        following = _labels().following.search(folded, match.end() - 1)
        stop = _line_end(folded, match.end(), ";。\n" if match.lastgroup == "relation" else "\n")
        stop = min(stop, following.start()) if following else stop
        span = _trimmed(folded, match.end(), stop)
        if span is None:
            return
        yield match.lastgroup or "", span
        lead = _LEAD.match(folded, stop)
        at = lead.end() if lead else stop


def _line_end(text: str, start: int, marks: str) -> int:
    found = (text.find(mark, start) for mark in marks)
    return min((at for at in found if at >= 0), default=len(text))


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _AROUND:
        start += 1
    while start < end and text[end - 1] in _AROUND:
        end -= 1
    return Span(start, end) if start < end else None


def _closed(text: str, start: int, opened: str) -> int:
    """Return where the bracket closes that `opened` opens before `start`; the end of the text where it does not."""
    depth, closer = 1, _BRACKETS[opened]
    for at in range(start, len(text)):
        depth += (text[at] == opened) - (text[at] == closer)
        if not depth:
            return at
    return len(text)
