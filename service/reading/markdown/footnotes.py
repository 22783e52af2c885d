"""Footnotes within a line: the mark ``[^1]`` of a note, and the whole note ``^[…]``."""

from __future__ import annotations

import re

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline.state_inline import StateInline
from markdown_it.token import Token

_MARK = re.compile(r"\[\^[^\]\s]{1,80}\](?!:)")
_LONGEST = 2_000


def footnote_mark(state: StateInline, silent: bool) -> bool:
    """Drop ``[^1]``: the sign, not the note."""
    match = _MARK.match(state.src, state.pos) if state.src.startswith("[^", state.pos) else None
    if match is None:
        return False
    if not silent:
        state.push("hidden", "", 0)
    state.pos = match.end()
    return True


def inline_footnote(state: StateInline, silent: bool) -> bool:
    """Read ``^[a note]`` as a token whose children are the note; ``x^[a](b)`` stays a link."""
    src, start = state.src, state.pos
    if not src.startswith("^[", start) or src.find("]", start, start + _LONGEST) < 0:
        return False
    end = parseLinkLabel(state, start + 1)
    if end < 0 or src.startswith("](", end) or not src[start + 2 : end].strip():
        return False
    if not silent:
        token = state.push("note", "", 0)
        children: list[Token] = []
        token.content = src[start + 2 : end]
        token.children = state.md.inline.parse(token.content, state.md, state.env, children)
    state.pos = end + 1
    return True
