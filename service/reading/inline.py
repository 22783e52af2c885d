"""The inline parser: markdown-it's own, except that every token knows where in its block's text it stands.

markdown-it keeps source lines for blocks only. Here each inline token gets ``meta["at"]``, its offset in the content of
its block, so that prose can be laid back over the file character by character.
"""

from __future__ import annotations

from typing import Any, Literal, cast

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

_NO_BREAK = "\u00a0"  # pasted in from word processors, often at the end of what is bold
_MAX_LENGTH = 200_000  # of one paragraph: what is longer is no prose, and some rules look far ahead
_MAX_BRACKETS = 3_000
_FEW_BRACKETS = 20
_DEEPEST = 5
_MAX_KNOTS = 10_000_000  # sum over a post's paragraphs of their brackets squared: what looking for their ends may cost


class PlacedState(StateInline):
    """markdown-it's state, with `here`: where the rule that is running began."""

    here = 0

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Push a token and note where it stands."""
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.here
        if ttype == "text":  # a run of emphasis marks comes as one token a mark
            self.here += 2 if self.src.startswith("~", self.here) else 1
        return token

    def pushPending(self) -> Token:  # noqa: N802 (markdown-it's name)
        """Push the text gathered so far: a copy of the source, ending where the running rule began."""
        token = super().pushPending()
        token.meta["at"] = self.here - len(token.content)
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 (markdown-it's names)
        """Scan a run of emphasis marks, by rules that know text written without spaces.

        CommonMark takes ``**注意：**請`` for plain text, since a mark between 「：」 and a letter closes nothing. East
        Asian punctuation counts as letters here, and a Chinese neighbour as an edge.
        """
        src, end = self.src, start
        while end < self.posMax and src[end] == src[start]:
            end += 1
        last = src[start - 1] if start > 0 else " "
        following = src[end] if end < self.posMax else " "
        left = not _is_space(following) and (
            not _is_mark(following) or _is_space(last) or _is_mark(last) or _is_east_asian(last)
        )
        right = not _is_space(last) and (
            not _is_mark(last) or _is_space(following) or _is_mark(following) or _is_east_asian(following)
        )
        if canSplitWord:
            return Scanned(left, right, end - start)
        opens, closes = left and (not right or _is_mark(last)), right and (not left or _is_mark(following))
        return Scanned(opens, closes, end - start)


def _is_space(character: str) -> bool:
    return character != _NO_BREAK and isWhiteSpace(ord(character))


def _is_east_asian(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef" or character >= "\U0001f000" or character in "“”‘’—…·"


def _is_mark(character: str) -> bool:
    """Tell whether `character` is punctuation of a script written with spaces."""
    if _is_east_asian(character):
        return False
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


class PlacedInline(ParserInline):
    """markdown-it's inline parser over `PlacedState`."""

    def __init__(self, model: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2 = model.ruler, model.ruler2

    def tokenize(self, state: StateInline) -> None:
        """Run the rules at every character that none of them has taken yet."""
        state = cast("PlacedState", state)
        rules = self.ruler.getRules("")
        end, deepest = state.posMax, state.md.options["maxNesting"]
        while state.pos < end:
            state.here = state.pos
            if state.level < deepest and any(rule(state, False) for rule in rules):
                continue
            state.append_pending(state.src[state.pos])
            state.pos += 1
        if state.pending:
            state.here = state.pos
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Parse `src` into `tokens`; what is too long or too knotted to be prose stays plain text."""
        brackets = src.count("[")
        knots = env["knots"] = env.get("knots", 0) + brackets**2
        if len(src) > _MAX_LENGTH or brackets > _MAX_BRACKETS or (knots > _MAX_KNOTS and brackets > _FEW_BRACKETS):
            env.setdefault("too_long", []).append(len(src))
            return _plain(src, tokens)
        if (depth := env.get("depth", 0)) > _DEEPEST:  # images within the descriptions of images
            return _plain(src, tokens)
        env["depth"] = depth + 1
        state = PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        env["depth"] = depth
        return state.tokens


def _plain(src: str, tokens: list[Token]) -> list[Token]:
    at = 0
    for line in src.split("\n"):
        if at:
            tokens.append(Token("softbreak", "br", 0, meta={"at": at - 1}))
        tokens.append(Token("text", "", 0, content=line, meta={"at": at}))
        at += len(line) + 1
    return tokens


def line_break(state: StateInline, silent: bool) -> bool:
    """Read a line's end, with the blanks before and behind it, as a ``softbreak``: one newline of the prose."""
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        state = cast("PlacedState", state)
        kept = state.pending.rstrip(" \t")
        blanks = len(state.pending) - len(kept)
        state.pending = kept
        state.here -= blanks
        if kept:
            state.pushPending()
        state.here += blanks
        state.push("softbreak", "br", 0)
    state.pos += 1
    while state.pos < state.posMax and state.src[state.pos] in " \t":
        state.pos += 1
    return True
