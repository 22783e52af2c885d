"""The path that Hugo publishes a page at."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from pathlib import PurePosixPath

from service.model import Document, Site
from service.reading.patterns import Tokens, date_tokens, expand, is_pattern

_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[a-z]{2,4})?)$", re.IGNORECASE)
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_KEPT_BY_HUGO = frozenset("./\\_#~-@")


def hugo_path(document: Document, site: Site) -> str:
    """Return the path Hugo publishes `document` at: ``url``, else a permalink pattern, else its path below content."""
    folders, name, language = _hugo_parts(document, site)
    prefix = f"/{language.lower()}" if language else ""
    if document.header.url:
        url = document.header.url
        if "://" in url:
            return url
        url = expand(url, _hugo_tokens(document, folders, name)) if is_pattern(url) else url
        url = url if url.startswith("/") else f"{prefix}/{url}"
        return url if url.endswith("/") or "." in url.rpartition("/")[2] else url + "/"
    section = name == "_index"
    if name in ("index", "_index"):
        name = folders[-1] if folders else ""
        folders = folders[:-1]
    pattern = None if section else site.permalinks.get(folders[0] if folders else name) if (folders or name) else None
    if pattern:
        path = expand(pattern, _hugo_tokens(document, folders, name))
    else:
        slug = document.header.slug if document.header.slug and not section else None
        path = "/" + "/".join([*map(_hugo_segment, folders), hugo_slug(slug) if slug else _hugo_segment(name)])
    path = path.rstrip("/")
    if path.endswith((".html", ".htm")):
        return prefix + path
    if site.ugly_urls:
        return prefix + path + ("/index.html" if section else ".html")
    return prefix + path + "/"


def _hugo_parts(document: Document, site: Site) -> tuple[list[str], str, str]:
    """Return the folders below content, the file's name, and the language that its address begins with."""
    parts = list(PurePosixPath(document.path).with_suffix("").parts)
    if parts and parts[0] == "content":
        parts = parts[1:]
    name = parts.pop() if parts else ""
    own = (site.language or "").lower()
    known = {code.lower() for code in site.languages}
    language = own if site.language_in_path else ""
    match = _LANGUAGE.search(name)
    if match and (not known or match[1].lower() in known):
        name, language = name[: match.start()], match[1] if match[1].lower() != own else language
    elif parts and parts[0].lower() in {own, *known} - {""}:
        language = parts[0] if parts[0].lower() != own else language
        parts = parts[1:]
    return parts, name, language


def _hugo_segment(name: str) -> str:
    return re.sub(r"\s", "-", name.lower())


def hugo_slug(title: str) -> str:
    """Return the part of a URL that Hugo makes of a title.

    >>> hugo_slug("AI、晶片 與《電力》")
    'ai晶片-與電力'
    """
    kept: list[str] = []
    waiting = False
    for index, character in enumerate(title):
        if _kept_by_hugo(character) or _HEX.match(title, index):
            if waiting and character != "-":
                kept.append("-")
            waiting = False
            kept.append(character)
        elif kept and kept[-1] != "-" and character.isspace():
            waiting = True
    return "".join(kept).lower()


def _kept_by_hugo(character: str) -> bool:
    return character in _KEPT_BY_HUGO or unicodedata.category(character) in {
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "Nd",
        "Mn",
        "Mc",
        "Me",
    }


def _hugo_tokens(document: Document, folders: list[str], name: str) -> Tokens:
    moment = document.header.published
    date = moment.value if moment else datetime(1, 1, 1)
    title = document.header.title or ""
    slug = document.header.slug
    base = _hugo_segment(name)
    return {
        **date_tokens(date),
        "section": lambda: _hugo_segment(folders[0]) if folders else "",
        "sections": lambda: "/".join(map(_hugo_segment, folders)),
        "title": lambda: hugo_slug(title.replace("/", "-")),
        "slug": lambda: hugo_slug((slug or title).replace("/", "-")),
        "filename": lambda: base,
        "contentbasename": lambda: base,
        "slugorfilename": lambda: hugo_slug(slug) if slug else base,
        "slugorcontentbasename": lambda: hugo_slug(slug) if slug else base,
    }
