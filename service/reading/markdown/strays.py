"""Emphasis marks that closed nothing: what a writer's slip leaves on the page (``**官網: **https://…``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markdown_it.rules_inline.state_inline import StateInline
from markdown_it.token import Token

from service.reading.markdown.inline import is_east_asian

_SHORTEST = 2  # a single star may be a product, a footnote's sign or a wildcard
_LONGEST = 6
_EMPTY = 4
_NEAR = 3
_BLANKS = " \t\n"


class _Run(NamedTuple):
    """Marks side by side that are still text.

    `told` when what stands around them shows that they are markup, `loose` with blanks on both sides, `empty` where
    what was bold has been taken out between them.
    """

    tokens: list[Token]
    told: bool
    loose: bool
    empty: bool


def drop_strays(state: StateInline) -> None:
    """Hide runs of two stars and more that matched nothing, and leave operators alone (``2**10``, ``a ** b``).

    A run is markup where a line begins or Chinese stands beside it, and so is the other one of its pair.
    """
    if "**" not in state.src:
        return
    runs: list[_Run] = []
    for run in _runs(state):
        if run.empty:
            _hide(run)
        elif not run.loose or len(runs) % 2:  # blanks on both sides make an operator of it, unless a mark is open
            runs.append(run)
    for first, second in zip(runs[::2], [*runs[1::2], None], strict=False):
        if first.told or (second and second.told):
            _hide(first)
            if second:
                _hide(second)


def _hide(run: _Run) -> None:
    for token in run.tokens:
        token.type, token.content = "hidden", ""


def _runs(state: StateInline) -> Iterator[_Run]:
    tokens: list[Token] = []
    for token in [*state.tokens, None]:
        if token is not None and token.type == "text" and token.content == "*":
            tokens.append(token)
        elif tokens and not (token is not None and token.type == "text" and not token.content):
            if run := _run(state.src, tokens):
                yield run
            tokens = []


def _run(src: str, tokens: list[Token]) -> _Run | None:
    """Return the run, or None where it is too short or too long to be a mark."""
    start = end = int(tokens[0].meta["at"])
    while start > 0 and src[start - 1] == "*":
        start -= 1
    while end < len(src) and src[end] == "*":
        end += 1
    before, behind = src[start - 1 : start] or "\n", src[end : end + 1] or "\n"
    if not _SHORTEST <= end - start <= _LONGEST:
        return None
    empty = end - start == _EMPTY
    loose = before in _BLANKS and behind in _BLANKS
    following = src[end : end + _NEAR].lstrip(_BLANKS)[:1] or " " if loose else behind
    told = before == "\n" or is_east_asian(before) or is_east_asian(following)
    return _Run(tokens, told, loose, empty)
