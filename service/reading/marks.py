"""Inline syntax beyond CommonMark: bare URLs, math, highlights, tags, block ids, attribute lists.

Each rule has markdown-it's shape, ``rule(state, silent) -> matched``. Tokens of type ``hidden`` are markup that leaves
nothing in the prose.
"""

from __future__ import annotations

import re
from typing import cast

from markdown_it.rules_inline.state_inline import StateInline

from service.reading.inline import PlacedState

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_URL = re.compile(rf"(?:[A-Za-z0-9_.~:/?#\[\]@!$&'()*+,;=%|-]|(?<=[/=_-])[{_HAN}]+)+")
_SCHEME = re.compile(r"(?:https?|ftp)$", re.IGNORECASE)
_TRAILING = ".,;:!?'\"*_~|"
_TAG = re.compile(r"#([\w/-]*[^\W\d_][\w/-]*)")
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+[ \t]*(?=\n|\Z)")
_KRAMDOWN = re.compile(r"\{:{1,2}[^}\n]{0,300}\}|\{#[\w-][^}\n]{0,300}\}(?=[ \t]*(?:\n|\Z))")
_GOLDMARK = re.compile(r"\{[#.][\w-][^}\n]{0,300}\}(?=[ \t]*(?:\n|\Z))")
_LONGEST_URL = 2_000
_CALLOUT = re.compile(r"\[![\w-]{1,40}(?:\|[^\]\n]{0,40})?\][+-]?[ \t]*")
_TASK = re.compile(r"\[[ xX/-]\][ \t]+")
_MATH_SIGNS = re.compile(r"[\\^_={}]")


def _hide(state: StateInline, silent: bool, length: int) -> bool:
    if not silent:
        state.push("hidden", "", 0)
    state.pos += length
    return True


def bare_url(state: StateInline, silent: bool) -> bool:
    """Read ``https://…`` in running text as a link; it ends before Chinese punctuation and closing marks."""
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.pending)
    match = _URL.match(state.src, state.pos + 3, min(state.posMax, state.pos + _LONGEST_URL))
    if not scheme or not match or not (url := _trimmed(match[0])):
        return False
    state.pending = state.pending[: scheme.start()]
    cast("PlacedState", state).here -= len(scheme[0])
    token = state.push("url", "", 0)
    token.content = f"{scheme[0]}://{url}"
    state.pos += 3 + len(url)
    return True


def _trimmed(url: str) -> str:
    """Leave off what closes the sentence rather than the URL, as in ``(see https://a.example/b).``."""
    while url:
        last = url[-1]
        if last in _TRAILING or (last == ")" and url.count(")") > url.count("(")) or (last == "]" and "[" not in url):
            url = url[:-1]
        else:
            break
    return url


def math(state: StateInline, silent: bool) -> bool:
    """Read ``$…$`` and ``$$…$$`` as math, and leave prices alone (``US$5 到 US$9``, ``$100–$200``)."""
    src, start = state.src, state.pos
    if src[start] != "$":
        return False
    width = 2 if src.startswith("$$", start) else 1
    end = src.find("$" * width, start + width, min(state.posMax, start + 2000))
    if end < 0 or not _is_math(src, start, start + width, end, end + width):
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content, token.markup = src[start + width : end], "$" * width
    state.pos = end + width
    return True


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
    if re.search(f"[{_HAN}]", content) and "\\" not in content:
        return False
    return not content[0].isdigit() or _MATH_SIGNS.search(content) is not None


def highlight(state: StateInline, silent: bool) -> bool:
    """Drop the marks of ``==highlighted==`` text."""
    src, at = state.src, state.pos
    if not src.startswith("==", at):
        return False
    closers = state.env.setdefault("highlights", set())
    if (id(state), at) in closers:
        return _hide(state, silent, 2)
    end = src.find("==", at + 3, min(state.posMax, at + 1000))
    inner = src[at + 2 : end]
    if end < 0 or inner[0] in " =\t\n" or inner[-1] in " =" or "\n" in inner:
        return False
    if not silent:
        closers.add((id(state), end))
    return _hide(state, silent, 2)


def tag(state: StateInline, silent: bool) -> bool:
    """Note ``#領域/子題`` as a tag of the note; its words stay in the prose."""
    src, at = state.src, state.pos
    if src[at] != "#" or (at and not src[at - 1].isspace()) or not (match := _TAG.match(src, at)):
        return False
    if not silent:
        state.env.setdefault("tags", []).append(match[1].rstrip("/"))
        token = state.push("tag", "", 0)
        token.content = match[0]
    state.pos = match.end()
    return True


def block_id(state: StateInline, silent: bool) -> bool:
    """Drop ``^id`` at the end of a line: the name other notes call this block by."""
    src, at = state.src, state.pos
    if src[at] != "^" or (at and not src[at - 1].isspace()) or not (match := _BLOCK_ID.match(src, at)):
        return False
    return _hide(state, silent, len(match[0]))


def bracketed_mark(state: StateInline, silent: bool) -> bool:
    """Drop what opens a callout (``[!note]``) or a task (``[x]``) at the very start of a block."""
    if state.pos or state.src[0] != "[":
        return False
    if match := _CALLOUT.match(state.src):
        if not silent:
            state.push("callout", "", 0)
        state.pos = match.end()
        return True
    match = _TASK.match(state.src)
    return _hide(state, silent, len(match[0])) if match else False


def kramdown_attributes(state: StateInline, silent: bool) -> bool:
    """Drop ``{: .class}`` and ``{#id}`` as Jekyll's parser does."""
    return _attributes(state, silent, _KRAMDOWN)


def goldmark_attributes(state: StateInline, silent: bool) -> bool:
    """Drop ``{#id .class}`` at the end of a line as Hugo's parser does."""
    return _attributes(state, silent, _GOLDMARK)


def _attributes(state: StateInline, silent: bool, pattern: re.Pattern[str]) -> bool:
    match = pattern.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    return _hide(state, silent, len(match[0])) if match else False


def escaped_shortcode(state: StateInline, silent: bool) -> bool:
    """Read ``{{</* x */>}}``, which shows a shortcode instead of running it, as code."""
    src, at = state.src, state.pos
    if not src.startswith(("{{</*", "{{%/*"), at):
        return False
    end = src.find("*/" + src[at + 2].replace("<", ">") + "}}", at, min(state.posMax, at + 1000))
    if end < 0:
        return False
    if not silent:
        token = state.push("escaped", "", 0)
        token.content = src[at : end + 5]
    state.pos = end + 5
    return True
