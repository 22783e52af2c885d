"""Addresses: the URL a post is published at, and what all forms of an address have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote, unquote, urljoin

from service.model import Dialect, Document, Site
from service.reading.addresses.builders import BUILDERS, built_path
from service.reading.addresses.gardens import garden_pages
from service.reading.addresses.hugo import hugo_alias, hugo_base, hugo_path
from service.reading.addresses.in_a_row import in_a_row
from service.reading.addresses.jekyll import jekyll_path

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/]*")
_MARKDOWN = re.compile(r"\.(?:md|markdown|mdown)$", re.IGNORECASE)
_INDEX_PAGE = re.compile(r"(?:^|/)index\.html?$")
_PAGE = re.compile(r"\.html?$")
_SAFE = "/-._~!$&'()*+,;=:@%"


@in_a_row
def page_url(document: Document, site: Site) -> str | None:
    """Return where `document` is published: absolute where the site's base URL is known, else from the root.

    None where it gives no page: what its generator leaves out, and what its front matter keeps from being one.
    """
    if site.generator in BUILDERS:
        path = built_path(document, site)
    elif document.dialect is Dialect.HUGO:
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
    base = page_base(document, site)
    return base.rstrip("/") + path if base else path


def page_base(document: Document, site: Site) -> str | None:
    """Return the base URL of a document's page: the site's, unless its language has one of its own."""
    return hugo_base(document, site) if document.dialect is Dialect.HUGO else site.base_url


def page_keys(document: Document, site: Site) -> Iterator[tuple[str, str]]:
    """Yield every key that a document's page is found by: ``url`` for its address, ``alias`` for what leads there too.

    What leads there: its address below the site's own folder (``/posts/tea`` for ``/blog/posts/tea``), as a preview
    has it; addresses it had before; those a published vault gives it.
    """
    base = url_key(page_base(document, site) or "/").rstrip("/")
    if url := page_url(document, site):
        yield "url", (key := url_key(url))
        if base and key.startswith(base + "/"):
            yield "alias", key[len(base) :]
    for old in _other_paths(document, site):
        yield "alias", url_key(old)
        if base:
            yield "alias", base + url_key(old)


def _other_paths(document: Document, site: Site) -> Iterator[str]:
    if document.dialect in (Dialect.HUGO, Dialect.JEKYLL):
        for alias in document.header.aliases:
            with suppress(ValueError):  # `//[` is no address
                old = hugo_alias(alias, document, site) if document.dialect is Dialect.HUGO else urljoin("/", alias)
                if old:
                    yield old
    else:
        yield from (quote(page) for page in garden_pages(document.path))
        if (own := document.header.url) and not _SCHEME.match(own):
            yield own


def url_key(url: str) -> str:
    """Return what all forms of an address have in common: its path, decoded, in lower case, without page suffixes.

    >>> url_key("https://a.example/Posts/%E8%8A%B1/index.html?x=1#y"), url_key("posts/花")
    ('/posts/花', '/posts/花')
    """
    text = re.split(r"[?#]", url.strip(), maxsplit=1)[0]
    if match := _HOST.match(text):
        text = text[match.end() :]
    text = unicodedata.normalize("NFC", unquote(text)).lower().strip("/")
    text = _PAGE.sub("", _INDEX_PAGE.sub("", text))
    return "/" + re.sub(r"//+", "/", text).strip("/")
