"""What is no prose within a line although it stands in no backticks: formulas, and a template's braces."""

from __future__ import annotations

import re

from markdown_it.rules_inline.state_inline import StateInline

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")
_SIGNS = re.compile(r"[\\^_={}]")
_LONGEST = 2_000
_TEX = {"\\\\(": "\\\\)", "\\\\[": "\\\\]", "\\(": "\\)", "\\[": "\\]"}
_ESCAPED = 3  # marks this long can be nothing else
_TEMPLATE = re.compile(r"\{\{[^{}\n]{1,300}\}\}|\{%[^%\n]{1,300}%\}")


def math(state: StateInline, silent: bool) -> bool:
    """Read ``$…$`` and ``$$…$$`` as math, and leave prices alone (``US$5 到 US$9``, ``$100–$200``)."""
    src, start = state.src, state.pos
    if src[start] != "$":
        return False
    width = 2 if src.startswith("$$", start) else 1
    end = _closing(src, "$" * width, start + width, min(state.posMax, start + _LONGEST))
    if end < 0 or not _is_math(src, start, start + width, end, end + width):
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content, token.markup = src[start + width : end], "$" * width
    state.pos = end + width
    return True


def _closing(src: str, mark: str, start: int, limit: int) -> int:
    """Return where the first `mark` stands that no backslash makes a plain sign."""
    at = src.find(mark, start, limit)
    while at > start and src[at - 1] == "\\" and not src.startswith("\\\\", at - 2):
        at = src.find(mark, at + 1, limit)
    return at


def _is_math(src: str, start: int, opened: int, end: int, closed: int) -> bool:
    content = src[opened:end]
    if not content.strip():
        return False
    if closed - end == len("$$"):
        return True
    if content[0].isspace() or content[-1].isspace() or "\n\n" in content:
        return False
    if (start and src[start - 1].isascii() and src[start - 1].isalnum()) or src[closed : closed + 1].isdigit():
        return False
    if _HAN.search(content) and "\\" not in content:
        return False
    return not content[0].isdigit() or _SIGNS.search(content) is not None


def tex(state: StateInline, silent: bool) -> bool:
    r"""Read ``\\(…\\)`` and ``\\[…\\]`` as math.

    With one backslash it is math where it holds a formula's signs: else the bracket is an escaped one.
    """
    src, start = state.src, state.pos
    if src[start] != "\\":
        return False
    width = _ESCAPED if src.startswith("\\\\", start) else _ESCAPED - 1
    closer = _TEX.get(src[start : start + width])
    if closer is None:
        return False
    end = src.find(closer, start + width, min(state.posMax, start + _LONGEST))
    content = src[start + width : end] if end >= 0 else ""
    if not content.strip() or (_HAN.search(content) and "\\" not in content):
        return False
    if width < _ESCAPED and not _SIGNS.search(content):
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content, token.markup = content, src[start : start + width]
    state.pos = end + width
    return True


def template(state: StateInline, silent: bool) -> bool:
    """Read ``{{.Name}}`` and ``{% if x %}``, which no generator has taken out, as code; ``{{答案}}`` stays text."""
    match = _TEMPLATE.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if match is None or (_HAN.search(match[0]) and not any(sign in match[0] for sign in "%|.\"'")):
        return False
    if not silent:
        state.push("template", "", 0).content = match[0]
    state.pos = match.end()
    return True
