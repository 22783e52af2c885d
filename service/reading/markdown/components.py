"""Tags that CommonMark does not know: the components of MDX and of themes (``<Tabs.Item value={x}>``)."""

from __future__ import annotations

import re

from markdown_it.rules_inline.state_inline import StateInline

_COMPONENT = re.compile(r"</?[A-Z][\w.-]{0,80}(?:\s(?:[^<>\n]|(?<==)>){0,500})?>")
_EXPRESSION = re.compile(r"<[a-z][\w-]{0,80}\s[^<>\n]{0,300}=\{[^<>\n]{0,500}>")


def component_tag(state: StateInline, silent: bool) -> bool:
    """Read a component's tag, or one whose attributes hold expressions, as HTML; ``x <y 且 z> 3`` stays text."""
    if state.src[state.pos] != "<":
        return False
    match = _COMPONENT.match(state.src, state.pos) or _EXPRESSION.match(state.src, state.pos)
    if match is None or (" " in match[0] and not any(sign in match[0] for sign in "=/")):
        return False
    if not silent:
        state.push("html_inline", "", 0).content = match[0]
    state.pos = match.end()
    return True
