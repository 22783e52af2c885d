"""Leaving out the rules that cannot match changes nothing but the time it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.ruler import Ruler
from markdown_it.rules_block.paragraph import paragraph
from markdown_it.rules_block.table import table
from markdown_it.rules_inline import StateInline

from service.model import Dialect, Site, Source
from service.reading import read
from service.reading.markdown.inline import PlacedInline
from service.reading.markdown.parser import parser
from service.reading.markdown.rules import InlineRules
from tests.thorough import tried

_LINES = r"""\n \n\n \t > -␣ ␣␣-␣ 1.␣ #␣ :␣ --- === ``` ~~~ $$ |---| <div> <!-- --> [^1]:␣ [a]:␣/b ␣␣␣␣ *** *␣*␣*
|␣a␣|␣b␣|\n|---|---|\n|␣c␣|␣d␣| |␣e␣|␣f␣| \n"""
_MARKS = r"""港口 茶 a 1 ␣ ␣␣ | \ * ** *** _ __ ~~ ~ == [[ ]] ![[ [ ] ](/x) ]( ) ! ![ [^1] ^[ [a] [x]␣ [!note]␣ $ $$
\( \) ` `` < > <b> </b> <Tab␣x={1}> <https://a.example> https://a.example/b :// : & &amp; &#20013; #tag # ^id ^ {:␣.a}
{#a} {{<␣x␣>}} {{a}} { } \* % @ - ="""


def _pieces(written: str) -> list[str]:
    return [piece.replace("␣", " ").replace("\\n", "\n").replace("\\t", "\t") for piece in written.split()]


_PIECES = st.sampled_from([*("\n" + piece for piece in _pieces(_LINES)), *_pieces(_MARKS)])
_TEXTS = st.lists(_PIECES, max_size=30).map("".join)


@contextmanager
def every_rule_tried(md: MarkdownIt) -> Iterator[None]:
    """Have markdown-it's own rules for paragraphs and tables for a while, and all rules tried everywhere."""
    inline = cast("PlacedInline", md.inline)
    own = md.block.ruler, inline.ruler, inline.find_mark
    blocks: Ruler[RuleFuncBlockType] = Ruler()
    rules: Ruler[RuleFuncInlineType] = Ruler()
    single: Ruler[RuleFuncInlineType] = Ruler()
    blocks.__rules__ = [replace(rule) for rule in md.block.ruler.__rules__]
    blocks.at("paragraph", paragraph)
    blocks.at("table", table, {"alt": ["paragraph", "reference"]})
    rules.__rules__ = inline.ruler.__rules__
    single.push("all", lambda state, silent: any(rule(state, silent) for rule in rules.getRules("")))
    md.block.ruler, inline.ruler, inline.find_mark = blocks, single, re.compile("").search
    try:
        yield
    finally:
        md.block.ruler, inline.ruler, inline.find_mark = own


@pytest.mark.parametrize("dialect", Dialect)
@settings(max_examples=tried(150), deadline=None)
@given(_TEXTS)
@example("a\n\n: b\n\nc\n===\n\n> d\n=\n")
@example("| a | b |\n|---|---|\n| c\\|d | e |\n| f |\n\n- g\n\n  | h |\n  |---|\n  | i |\n")
@example("http://a.example [b](c-d) ![e](f) <https://g.example> a & b &lt; ==h== `i` ~~j~~ #k ^l\n{: .m}")
def test_leaving_out_rules_that_cannot_match_changes_nothing(dialect: Dialect, text: str) -> None:
    source, site = Source("a.md", text), Site("s", dialect)
    quick = read(source, site)
    with every_rule_tried(parser(dialect)):
        assert read(source, site) == quick


def test_a_rule_that_nothing_is_declared_for_is_tried_at_every_mark() -> None:
    def percent(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "%":
            return False
        if not silent:
            state.push("percent", "", 0)
        state.pos += 1
        return True

    md = MarkdownIt()
    md.inline.ruler.push("percent", percent)
    md.inline.ruler = InlineRules(md.inline.ruler)
    children = md.parse("茶 5% 港")[1].children or []
    assert [token.type for token in children] == ["text", "percent", "text"]
