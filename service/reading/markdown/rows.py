"""Rows of a table that Markdown takes for none: without a heading, or with one of another width."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit

_CODE_INDENT = 4
_FEWEST_BARS = 3
_RULE = re.compile(r"[|:=+ \t-]*")
_MOST_CELLS = 1_000


def loose_rows(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read lines such as ``| 甲 | 乙 |`` as rows of cells, so that no bars are left in the prose."""
    if not _is_row(state, start) or (not silent and state.sCount[start] < state.blkIndent):
        return False
    if silent:  # ends a paragraph, that of a list item on the line above too
        return True
    line = start
    state.push("table_open", "table", 1).map = [start, start + 1]
    while line < end and (_is_row(state, line) or _is_rule(state, line)) and state.sCount[line] >= state.blkIndent:
        _row(state, line)
        line += 1
    state.push("table_close", "table", -1)
    state.line = line
    return True


def _is_row(state: StateBlock, line: int) -> bool:
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not state.src.startswith("|", begin) or state.sCount[line] - state.blkIndent >= _CODE_INDENT:
        return False
    return state.src.count("|", begin, end) >= _FEWEST_BARS and state.src[begin:end].rstrip().endswith("|")


def _is_rule(state: StateBlock, line: int) -> bool:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    return text.startswith("|") and _RULE.fullmatch(text) is not None


def _row(state: StateBlock, line: int) -> None:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
    if _RULE.fullmatch(text):
        return
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for cell in escapedSplit(text)[1:-1][:_MOST_CELLS]:
        state.push("td_open", "td", 1)
        token = state.push("inline", "", 0)
        token.map, token.content, token.children = [line, line + 1], cell.strip(), []
        state.push("td_close", "td", -1)
    state.push("tr_close", "tr", -1)
