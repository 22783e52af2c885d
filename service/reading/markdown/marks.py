"""Inline syntax beyond CommonMark: bare URLs, highlights, tags, block ids, attribute lists.

Each rule has markdown-it's shape, ``rule(state, silent) -> matched``.
"""

from __future__ import annotations

import re
from typing import cast

from markdown_it.rules_inline.state_inline import StateInline

from service.reading.markdown.inline import PlacedState, hide

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_URL = re.compile(rf"(?:[A-Za-z0-9_.~:/?#\[\]@!$&'()*+,;=%|-]|(?<=[/=_-])[{_HAN}]+)+")
_SCHEME = re.compile(r"(?:https?|ftp)$", re.IGNORECASE)
_LONGEST_SCHEME = 5
_TRAILING = ".,;:!?'\"*_~|"
_PICTURES = "\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff"
_TAG = re.compile(rf"#((?:[\d_/-])*(?:[^\W\d_]|[{_PICTURES}])[\w/{_PICTURES}-]*)")
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+[ \t]*(?=\n|\Z)")
_KRAMDOWN = re.compile(r"\{:{1,2}[^}\n]{0,300}\}|\{#[\w-][^}\n]{0,300}\}(?=[ \t]*(?:\n|\Z))")
_GOLDMARK = re.compile(r"\{[#.][\w-][^}\n]{0,300}\}(?=[ \t]*(?:\n|\Z))")
_LONGEST_URL = 2_000
_CALLOUT = re.compile(r"\[![\w-]{1,40}(?:\|[^\]\n]{0,40})?\][+-]?[ \t]*")
_FIELD = re.compile(r"\[[^\[\]:\n]{1,60}::[ \t]+(?:[^\[\]\n]|\[\[[^\[\]\n]{1,300}\]\]){1,500}\](?!\()")
_TASK = re.compile(r"\[[ xX/?!*<>\"-]\][ \t]+")


def bare_url(state: StateInline, silent: bool) -> bool:
    """Read ``https://…`` in running text as a link; it ends before Chinese punctuation and closing marks."""
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.pending[-_LONGEST_SCHEME:])
    match = scheme and _URL.match(state.src, state.pos + 3, min(state.posMax, state.pos + _LONGEST_URL))
    if not scheme or not match or not (url := _trimmed(match[0])):
        return False
    state.pending = state.pending[: -len(scheme[0])]
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


def highlight(state: StateInline, silent: bool) -> bool:
    """Drop the marks of ``==highlighted==`` text."""
    src, at = state.src, state.pos
    if not src.startswith("==", at):
        return False
    closers = cast("PlacedState", state).closers
    if at in closers:
        return hide(state, silent, 2)
    end = src.find("==", at + 3, min(state.posMax, at + 1000))
    inner = src[at + 2 : end]
    if end < 0 or inner[0] in " =\t\n" or inner[-1] in " =" or "\n" in inner:
        return False
    if not silent:
        closers.add(end)
    return hide(state, silent, 2)


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


def inline_field(state: StateInline, silent: bool) -> bool:
    """Drop the brackets around ``[key:: value]``; key and value stay, as those of a line of their own do."""
    src, at = state.src, state.pos
    closers = cast("PlacedState", state).closers
    if src[at] == "]" and at in closers:
        return hide(state, silent, 1)
    match = _FIELD.match(src, at) if src[at] == "[" else None
    if match is None:
        return False
    if not silent:
        closers.add(match.end() - 1)
    return hide(state, silent, 1)


def block_id(state: StateInline, silent: bool) -> bool:
    """Drop ``^id`` at the end of a line: the name other notes call this block by."""
    src, at = state.src, state.pos
    if src[at] != "^" or (at and not src[at - 1].isspace()) or not (match := _BLOCK_ID.match(src, at)):
        return False
    return hide(state, silent, len(match[0]))


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
    return hide(state, silent, len(match[0])) if match else False


def kramdown_attributes(state: StateInline, silent: bool) -> bool:
    """Drop ``{: .class}`` and ``{#id}`` as Jekyll's parser does."""
    return _attributes(state, silent, _KRAMDOWN)


def kramdown_break(state: StateInline, silent: bool) -> bool:
    r"""Drop ``\\\\`` at the end of a line, which breaks it in Jekyll."""
    if not state.src.startswith("\\\\\n", state.pos):
        return False
    return hide(state, silent, 2)


def definition(state: StateInline, silent: bool) -> bool:
    """Drop ``: `` before a definition whose term stands on several lines, so that all of it is one paragraph."""
    src, at = state.src, state.pos
    if not src.startswith((": ", ":\t"), at) or src[:at].rstrip(" \t")[-1:] not in ("", "\n"):
        return False
    return hide(state, silent, 2)


def goldmark_attributes(state: StateInline, silent: bool) -> bool:
    """Drop ``{#id .class}`` at the end of a line as Hugo's parser does."""
    return _attributes(state, silent, _GOLDMARK)


def _attributes(state: StateInline, silent: bool, pattern: re.Pattern[str]) -> bool:
    match = pattern.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    return hide(state, silent, len(match[0])) if match else False


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
