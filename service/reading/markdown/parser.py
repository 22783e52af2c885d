"""markdown-it as this project sets it up: one parser a dialect."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from service.model import Dialect
from service.reading.markdown import footnotes, formulas, marks
from service.reading.markdown.blocks import QuickBlocks, paragraph, table
from service.reading.markdown.components import component_tag
from service.reading.markdown.images import lenient_image
from service.reading.markdown.inline import PlacedInline, line_break
from service.reading.markdown.rows import loose_rows
from service.reading.markdown.rules import BlockRules
from service.reading.markdown.strays import drop_strays
from service.reading.markdown.wikilinks import wiki_link, wrapped_link

_DEEPEST = 40
_CODE_INDENT = 4
_MATH_FENCE = re.compile(r"\$\$")


@cache
def parser(dialect: Dialect) -> MarkdownIt:
    """Return the parser of `dialect`. It is safe to share: all state of a run is in its environment."""
    md = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    md.core.ruler.disable("text_join")  # would lose where escapes stand
    md.inline.ruler2.disable("fragments_join")  # the same for unmatched emphasis marks
    md.block.ruler.at("paragraph", paragraph)
    md.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    md.block.ruler.after("table", "loose_rows", loose_rows, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("fence", "math_block", _math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    rules = md.inline.ruler
    rules.at("newline", line_break)
    rules.before("escape", "bare_url", marks.bare_url)
    rules.before("backticks", "math", formulas.math)
    rules.before("escape", "tex", formulas.tex)
    rules.before("strikethrough", "highlight", marks.highlight)
    rules.before("link", "bracketed_mark", marks.bracketed_mark)
    rules.before("link", "footnote_mark", footnotes.footnote_mark)
    rules.before("link", "wiki_link", wiki_link)
    rules.before("link", "wrapped_link", wrapped_link)
    rules.before("link", "inline_footnote", footnotes.inline_footnote)
    rules.after("image", "lenient_image", lenient_image)
    rules.after("html_inline", "component_tag", component_tag)
    _add_dialect(md, dialect)
    rules.push("template", formulas.template)
    md.inline.ruler2.push("strays", drop_strays)
    md.normalizeLink = _as_written  # type: ignore[method-assign]
    md.normalizeLinkText = _as_written  # type: ignore[method-assign,assignment]
    md.validateLink = _any_link  # type: ignore[method-assign,assignment]
    md.block.ruler = BlockRules(md.block.ruler)
    md.block = QuickBlocks(md.block)
    md.inline = PlacedInline(md.inline)
    return md


def _add_dialect(md: MarkdownIt, dialect: Dialect) -> None:
    rules = md.inline.ruler
    if dialect in (Dialect.HUGO, Dialect.JEKYLL):
        md.use(deflist_plugin)
        rules.push("definition", marks.definition)
    if dialect is Dialect.JEKYLL:
        rules.before("escape", "kramdown_break", marks.kramdown_break)
        rules.push("attributes", marks.kramdown_attributes)
    elif dialect is Dialect.HUGO:
        rules.push("escaped_shortcode", marks.escaped_shortcode)
        rules.push("attributes", marks.goldmark_attributes)
    else:
        rules.push("block_id", marks.block_id)
        if dialect is Dialect.OBSIDIAN:
            rules.push("tag", marks.tag)
            rules.before("link", "inline_field", marks.inline_field)


def _as_written(url: str) -> str:
    return url


def _any_link(_: str) -> bool:
    return True


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read ``$$``, lines, ``$$`` as a block; one that is never closed is none."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", begin) or state.sCount[start] - state.blkIndent >= _CODE_INDENT:
        return False
    if _MATH_FENCE.search(state.src, begin + 2, state.eMarks[start]):
        return False  # `$$…$$` on one line is inline math
    line = _math_end(state, start, end)
    if line is None:
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.map = [start, line + 1]
        token.content = state.getLines(start, line + 1, state.blkIndent, True)
        state.line = line + 1
    return True


def _math_end(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line that closes the block; where one is missing is remembered, so that no line is read again."""
    missing = state.env.setdefault("math", [0, 0])
    if missing[0] <= start < missing[1]:
        return None
    line = start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if state.src[state.bMarks[line] : state.eMarks[line]].rstrip().endswith("$$"):
            return line
        line += 1
    missing[:] = [start, line]
    return None
