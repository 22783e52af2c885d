"""Blocks as markdown-it reads them, at less cost: lines found in one go, paragraphs and cells in one token each."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import MAX_AUTOCOMPLETED_CELLS, escapedSplit
from markdown_it.rules_block.table import table as read_table
from markdown_it.token import Token

_LAZY = 3  # blanks of indent beyond which a line cannot begin a block of its own
_TAB = 4


class QuickBlocks(ParserBlock):
    """markdown-it's block parser over lines that are found by splitting, not character by character."""

    def __init__(self, model: ParserBlock) -> None:
        super().__init__()
        self.ruler = model.ruler

    def parse(self, src: str, md: MarkdownIt, env: Any, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """Push the block tokens of `src`."""
        if not src:
            return None
        state = StateBlock("", md, env, outTokens)
        _find_lines(state, src)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


def _find_lines(state: StateBlock, src: str) -> None:
    """Note where each line of `src` begins and ends, and how far it is indented, as the state would itself."""
    lines = src.split("\n")
    if not lines[-1].strip(" \t"):
        lines.pop()  # blanks behind the last newline are no line
    bare = [line.lstrip(" \t") for line in lines]
    begins = list(accumulate((len(line) + 1 for line in lines), initial=0))[: len(lines)]
    indents = [len(line) - len(rest) for line, rest in zip(lines, bare, strict=True)]
    state.src = src
    state.bMarks = [*begins, len(src)]
    state.eMarks = [*(begin + len(line) for begin, line in zip(begins, lines, strict=True)), len(src)]
    state.tShift = [*indents, 0]
    state.sCount = [*map(_width, lines, indents), 0] if "\t" in src else [*indents, 0]
    state.bsCount = [0] * (len(lines) + 1)
    state.lineMax = len(lines)


def _width(line: str, indent: int) -> int:
    """Return how many columns the first `indent` characters of a line take."""
    width = 0
    for character in line[:indent]:
        width += _TAB - width % _TAB if character == "\t" else 1
    return width


def paragraph(state: StateBlock, start: int, _: int, __: bool) -> bool:
    """Read lines up to a blank one, or one that begins another block, as one ``inline`` token."""
    (ends,) = state.md.block.ruler.getRules("paragraph")
    outer, state.parentType = state.parentType, "paragraph"
    line, last = start + 1, state.lineMax
    while line < last and not state.isEmpty(line):
        # A line indented like code runs on, and so does one that a block quote already knows to (indent -1).
        own = 0 <= state.sCount[line] <= state.blkIndent + _LAZY
        if own and ends(state, line, last, True):
            break
        line += 1
    state.line, state.parentType = line, outer
    _push(state, mdTrim(state.getLines(start, line, state.blkIndent, False)), start, line)
    return True


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table: ``tr_open``, ``inline`` for each cell that holds something with its column in the meta."""
    if not read_table(state, start, end, True):
        return False
    if silent:
        return True
    (ends,) = state.md.block.ruler.getRules("blockquote")
    outer, state.parentType = state.parentType, "table"
    state.push("table_open", "table", 1)
    cells = _cells(state, start)
    width, missing, line = len(cells), 0, start + 2
    _push_row(state, cells, start)
    while line < end and state.sCount[line] >= state.blkIndent and not ends(state, line, end, True):
        cells = _cells(state, line)
        if not cells or state.is_code_block(line):
            break
        missing += width - len(cells)
        if missing > MAX_AUTOCOMPLETED_CELLS:
            break
        _push_row(state, cells[:width], line)
        line += 1
    state.push("table_close", "table", -1)
    state.line, state.parentType = line, outer
    return True


def _cells(state: StateBlock, line: int) -> list[str]:
    """Return what stands between the bars of a row, those at its ends left out; nothing where the row is empty."""
    row = mdTrim(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    if not row:
        return []
    cells = escapedSplit(row) if "\\" in row else row.split("|")
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return cells


def _push_row(state: StateBlock, cells: list[str], line: int) -> None:
    state.push("tr_open", "tr", 1)
    for column, cell in enumerate(cells):
        if content := mdTrim(cell):
            _push(state, content, line, line + 1, column)
    state.push("tr_close", "tr", -1)


def _push(state: StateBlock, content: str, start: int, end: int, column: int | None = None) -> None:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [start, end], []
    if column is not None:
        token.meta["column"] = column
