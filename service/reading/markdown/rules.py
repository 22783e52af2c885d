"""Rules tried where they can match: markdown-it tries each at every line and mark, here only what can begin there.

Nothing else changes: a rule that is left out would have looked at the same character and declined. One that nothing
is declared for is tried everywhere, so a new rule works as it is and is only slower.
"""

from __future__ import annotations

import re

from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

# By rule, the characters that may stand first in what it reads: in a line, behind the indent.
BLOCK = {
    "blockquote": ">",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "loose_rows": "|",
    "math_block": "$",
    "reference": "[",
}
INLINE = {
    "text": "",  # whatever no other rule begins with
    "newline": "\n",
    "escape": "\\",
    "kramdown_break": "\\",
    "tex": "\\",
    "bare_url": ":",
    "definition": ":",
    "backticks": "`",
    "math": "$",
    "highlight": "=",
    "strikethrough": "~",
    "emphasis": "*_",
    "bracketed_mark": "[",
    "footnote_mark": "[",
    "wiki_link": "![",
    "wrapped_link": "[]",
    "inline_field": "[]",
    "inline_footnote": "^",
    "link": "[",
    "image": "!",
    "lenient_image": "![",
    "autolink": "<",
    "html_inline": "<",
    "component_tag": "<",
    "entity": "&",
    "escaped_shortcode": "{",
    "attributes": "{",
    "template": "{",
    "block_id": "^",
    "tag": "#",
}
# What the lines below decide on: the characters one of them begins with, and how many are to be looked at.
_BELOW = {"table": ("-:|", 1), "deflist": (":~", 2), "lheading": ("-=", 50)}
_NEXT = 2  # lines below that may decide; a heading's underline may stand further down
_LABEL_END = "]"  # what looks for the end of a link's label must see it
_MARKS = "\n!#$%&*+-:<=>@[\\]^_`{}~"  # where markdown-it's own rule for text stops


class BlockRules(Ruler[RuleFuncBlockType]):
    """The rules of another ruler, each chain of them as the one that tries what the line's first character allows."""

    def __init__(self, ruler: Ruler[RuleFuncBlockType]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        names = {chain for rule in ruler.__rules__ if rule.enabled for chain in rule.alt}
        self._chains = {chain: [_block_rule(ruler, chain)] for chain in {"", *names}}

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803 (markdown-it's names)
        """Return the one rule of the chain."""
        return self._chains.get(chainName, [])


def _block_rule(ruler: Ruler[RuleFuncBlockType], chain: str) -> RuleFuncBlockType:
    enabled = [rule for rule in ruler.__rules__ if rule.enabled and (not chain or chain in rule.alt)]
    # What is only asked whether it ends a paragraph is asked about its own line, not the one below.
    begins = BLOCK | {"deflist": _BELOW["deflist"][0]} if chain else BLOCK
    own_line = ("deflist",) if chain else ()
    rules = [(begins.get(r.name), r.fn if r.name in own_line else _looking_below(r.name, r.fn)) for r in enabled]
    marks = {mark for begin, _ in rules for mark in begin or ""}
    tables = {mark: [rule for begin, rule in rules if begin is None or mark in begin] for mark in marks}
    others = [rule for begin, rule in rules if begin is None]

    def match(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        at = state.bMarks[line] + state.tShift[line]
        for rule in tables.get(state.src[at : at + 1], others):  # noqa: SIM110 (any() takes twice the time)
            if rule(state, line, end, silent):
                return True
        return False

    return match


def _looking_below(name: str, rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """Return `rule`, tried only where one of the lines below begins as it needs."""
    if name not in _BELOW:
        return rule
    marks, furthest = _BELOW[name]

    def match(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        src, begins, shifts = state.src, state.bMarks, state.tShift
        for below in range(line + 1, min(end, line + 1 + furthest)):
            at = begins[below] + shifts[below]
            if at < state.eMarks[below]:
                if src[at] in marks:
                    return rule(state, line, end, silent)
            elif below > line + 1:
                return False
        return furthest > _NEXT and end > line + 1 + furthest and rule(state, line, end, silent)

    return match


class InlineRules(Ruler[RuleFuncInlineType]):
    """The rules of another ruler as the one that reads text up to the next mark, or what can begin with a mark."""

    def __init__(self, ruler: Ruler[RuleFuncInlineType]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        rules = [(INLINE.get(rule.name), rule.fn) for rule in ruler.__rules__ if rule.enabled]
        unknown = any(begin is None for begin, _ in rules)
        marks = {_LABEL_END, *(mark for begin, _ in rules for mark in begin or ""), *(_MARKS if unknown else "")}
        self.find_mark = re.compile(f"[{re.escape(''.join(sorted(marks)))}]").search
        self._tables = {mark: [rule for begin, rule in rules if begin is None or mark in begin] for mark in marks}

    def getRules(self, chainName: str = "") -> list[RuleFuncInlineType]:  # noqa: N802, N803 (markdown-it's names)
        """Return the one rule."""
        return [] if chainName else [self._match]

    def _match(self, state: StateInline, silent: bool) -> bool:
        at = state.pos
        if (rules := self._tables.get(state.src[at])) is not None:
            for rule in rules:  # noqa: SIM110
                if rule(state, silent):
                    return True
            return False
        mark = self.find_mark(state.src, at, state.posMax)
        state.pos = mark.start() if mark else state.posMax
        if not silent:
            state.append_pending(state.src[at : state.pos])
        return True
