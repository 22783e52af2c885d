"""Images and links that CommonMark does not know but editors write: sizes, and blanks in a path."""

from __future__ import annotations

import re
from typing import cast

from markdown_it.rules_inline.state_inline import StateInline

from service.reading.markdown.inline import PlacedState

_SIZED = re.compile(
    r"!\[(?P<alt>[^\[\]\n]{0,300})\]\([ \t]*(?P<target>[^\s()<>]{1,1000})(?:[ \t]+\"[^\"\n]{0,300}\")?"
    r"[ \t]+=(?P<size>\d{0,5}x?\d{0,5}%?)[ \t]*\)"
)
_SPACED = re.compile(
    r"(?P<image>!?)\[(?P<alt>[^\[\]\n]{0,300})\]\([ \t]*"
    r"(?P<target>[^()<>\"\n]{1,1000}\.(?:md|png|jpe?g|gif|webp|svg|pdf)"
    r"|#[^()<>\"\n]{1,200}|\{\{[^{}()\n]{1,300}\}\}[^\s()<>\"]{0,300})(?:[ \t]+\"[^\"\n]{0,300}\")?[ \t]*\)",
    re.IGNORECASE,
)
_ALT_SIZE = re.compile(r"\|[ \t]*(\d{1,5}(?:x\d{1,5})?)[ \t]*$")


def lenient_image(state: StateInline, silent: bool) -> bool:
    """Read ``![alt](a.png =300x200)`` and ``[text](a note.md)``, which CommonMark takes for plain text."""
    src, at = state.src, state.pos
    if src[at] not in "![":
        return False
    match = _SIZED.match(src, at) or _SPACED.match(src, at)
    if match is None:
        return False
    if not silent:
        groups = match.groupdict()
        if groups.get("image") == "":
            _push_link(state, match)
        else:
            token = state.push("image", "img", 0)
            token.attrs = {"src": match["target"].strip(), "alt": ""}
            token.content = match["alt"]
            token.children = state.md.inline.parse(match["alt"], state.md, state.env, [])
            token.meta["size"] = groups.get("size") or None
    state.pos = match.end()
    return True


def _push_link(state: StateInline, match: re.Match[str]) -> None:
    state.push("link_open", "a", 1).attrs = {"href": match["target"].strip()}
    cast("PlacedState", state).here = match.start("alt")
    token = state.push("text", "", 0)
    token.content = match["alt"]
    state.push("link_close", "a", -1)


def without_size(alt: str) -> tuple[str, str | None]:
    """Return an image's description without the size that vaults write behind it, and the size.

    >>> without_size("夜裡的港|300x200")
    ('夜裡的港', '300x200')
    """
    match = _ALT_SIZE.search(alt[-40:])
    if match is None:
        return (alt, None) if not alt.isdigit() else ("", alt)
    return alt[: len(alt) - len(match[0])].rstrip(), match[1]
