"""Addresses: the URL a post is published at, and what all forms of an address have in common."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from service.model import Dialect, Document, Site
from service.reading.hugo import hugo_path
from service.reading.jekyll import jekyll_path

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MARKDOWN = re.compile(r"\.(?:md|markdown|mdown)$", re.IGNORECASE)
_INDEX_PAGE = re.compile(r"(?:^|/)index\.html?$")
_PAGE = re.compile(r"\.html?$")
_SAFE = "/-._~!$&'()*+,;=:@%"


def page_url(document: Document, site: Site) -> str | None:
    """Return where `document` is published: absolute where the site's base URL is known, else from the root.

    None where its path gives no page (Jekyll's files outside of posts and pages).
    """
    path: str | None
    if document.dialect is Dialect.HUGO:
        path = hugo_path(document, site)
    elif document.dialect is Dialect.JEKYLL:
        path = jekyll_path(document, site)
    else:
        path = "/" + _MARKDOWN.sub("", document.path)
        path = path[: -len("index")] if path.endswith("/index") else path
    if path is None:
        return None
    if _SCHEME.match(path):
        return path
    path = quote(unquote(path), safe=_SAFE.replace("%", ""))
    return site.base_url.rstrip("/") + path if site.base_url else path


def url_key(url: str) -> str:
    """Return what all forms of an address have in common: its path, decoded, in lower case, without page suffixes.

    >>> url_key("https://a.example/Posts/%E8%8A%B1/index.html?x=1#y"), url_key("posts/花")
    ('/posts/花', '/posts/花')
    """
    text = url.strip()
    if _SCHEME.match(text) or text.startswith("//"):
        text = text.partition("//")[2].partition("/")[2] if "//" in text else text
        if not url.partition("//")[2].partition("/")[1]:
            text = ""
    text = re.split(r"[?#]", text, maxsplit=1)[0]
    text = unicodedata.normalize("NFC", unquote(text)).lower().strip("/")
    text = _PAGE.sub("", _INDEX_PAGE.sub("", text))
    return "/" + re.sub(r"//+", "/", text).strip("/")
