"""What Hugo makes of a title or a name that is to stand in an address."""

from __future__ import annotations

import re
import unicodedata

from service.model import Site

_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_KEPT = frozenset("./\\_#+~-@")  # besides letters, digits and marks
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Mn", "Mc", "Me"})


def site_slug(title: str, site: Site) -> str:
    """Return `title` as it may stand in an address of `site`, which may keep case or leave out accents."""
    if site.accents_removed:
        bare = (c for c in unicodedata.normalize("NFD", title) if unicodedata.category(c) != "Mn")
        title = unicodedata.normalize("NFC", "".join(bare))
    return hugo_slug(title, case_kept=site.case_kept)


def hugo_slug(title: str, *, case_kept: bool = False) -> str:
    """Return the part of a URL that Hugo makes of a title.

    >>> hugo_slug("AI、晶片 與《電力》")
    'ai晶片-與電力'
    """
    kept: list[str] = []
    waiting = False
    for index, character in enumerate(title):
        if _may_stand(character) or _HEX.match(title, index):
            if waiting and character != "-":
                kept.append("-")
            waiting = False
            kept.append(character)
        elif kept and kept[-1] != "-" and character.isspace():
            waiting = True
    slug = "".join(kept)
    return slug if case_kept else lower(slug)


def lower(text: str) -> str:
    """Return `text` in lower case, each character one as before: Go's way, which makes of ``İ`` a mere ``i``."""
    return "".join(character.lower()[:1] for character in text)


def _may_stand(character: str) -> bool:
    return character in _KEPT or unicodedata.category(character) in _LETTERS
