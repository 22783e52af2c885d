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

from service.reading.markdown.rules import InlineRules

_NO_BREAK = "\u00a0"  # pasted in from word processors, often at the end of what is bold
_MAX_LENGTH = 200_000  # of one paragraph: what is longer is no prose, and some rules look far ahead
_MAX_BRACKETS = 3_000
_FEW_BRACKETS = 20
_DEEPEST = 5
_MAX_KNOTS = 10_000_000  # sum over a post's paragraphs of their brackets squared: what looking for their ends may cost


class PlacedState(StateInline):
    """markdown-it's state, with `here`: where the rule that is running began."""

    here = 0

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.closers: set[int] = set()  # where marks stand whose opening ones have been read

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
            not _is_mark(following) or isWhiteSpace(ord(last)) or _is_mark(last) or is_east_asian(last)
        )
        right = not _is_space(last) and (
            not _is_mark(last) or isWhiteSpace(ord(following)) or _is_mark(following) or is_east_asian(following)
        )
        if canSplitWord:
            return Scanned(left, right, end - start)
        opens = left and (not right or _is_any_mark(last) or _is_word_of_han(src, start, end, following))
        closes = right and (not left or _is_any_mark(following) or _is_word_of_han(src, start, end, last))
        return Scanned(opens, closes, end - start)


def _is_space(character: str) -> bool:
    return character != _NO_BREAK and isWhiteSpace(ord(character))


def is_east_asian(character: str) -> bool:
    """Tell whether `character` belongs to text that is written without blanks."""
    return "\u2e80" <= character <= "\uffef" or character >= "\U0001f000" or character in "“”‘’—…·"


def _is_mark(character: str) -> bool:
    """Tell whether `character` is punctuation of a script written with spaces."""
    if is_east_asian(character):
        return False
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_any_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_word_of_han(src: str, start: int, end: int, inner: str) -> bool:
    """Tell whether ``__`` borders a Chinese word within Chinese text, which has no blanks to set it off."""
    return end - start == len("__") and src[start] == "_" and is_east_asian(inner)


class PlacedInline(ParserInline):
    """markdown-it's inline parser over `PlacedState`."""

    def __init__(self, model: ParserInline) -> None:
        super().__init__()
        rules = InlineRules(model.ruler)
        self.ruler, self.ruler2, self.find_mark = rules, model.ruler2, rules.find_mark

    def tokenize(self, state: StateInline) -> None:
        """Run the rules at every character that none of them has taken yet."""
        state = cast("PlacedState", state)
        (match,) = self.ruler.getRules("")
        end, deepest = state.posMax, state.md.options["maxNesting"]
        while state.pos < end:
            state.here = state.pos
            if state.level < deepest and match(state, False):
                continue
            state.append_pending(state.src[state.pos])
            state.pos += 1
        if state.pending:
            state.here = state.pos
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Parse `src` into `tokens`; what is too long or too knotted to be prose stays plain text."""
        if src and len(src) <= _MAX_LENGTH and not self.find_mark(src):
            tokens.append(Token("text", "", 0, content=src, meta={"at": 0}))
            return tokens
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
        if state.delimiters or any(state.tokens_meta):
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


def hide(state: StateInline, silent: bool, length: int) -> bool:
    """Read `length` characters as markup that leaves nothing in the prose."""
    if not silent:
        state.push("hidden", "", 0)
    state.pos += length
    return True


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
