"""What a link looks for: the keys by which it meets the document it leads to (see ``whereabouts``), the best first."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, quote, unquote, urljoin, urlsplit

from service.model import Dialect, Document, Link, Site
from service.reading.addresses.urls import page_url, url_key
from service.reading.links.paths import FROM_THE_ROOT, below, is_markdown, lying, spelled
from service.script import fold

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PAGE = re.compile(r"\.html?$", re.IGNORECASE)
_DATED = re.compile(r"(?:[^/]+/)*\d{4}-\d{1,2}-\d{1,2}-[^/]+$")
_SAFE = "/-._~!$&'()*+,;=:@%"
_MOST = 5  # keys of one link
_LONGEST = 2_000  # characters of a query

GENERATED = (Dialect.HUGO, Dialect.JEKYLL)


class LinkKey(NamedTuple):
    """A key that a link looks for, and the same in the link's own script."""

    key: str
    spelled: str


def link_keys(link: Link, document: Document, site: Site) -> tuple[LinkKey, ...]:
    """Return the keys that `link` of `document` looks for, the best first; none where it leaves the site."""
    target = link.target.strip()
    if link.kind == "wiki":
        texts = list(_wiki(target, document, site))
    elif link.kind == "property":
        texts = [*_wiki(target, document, site), *_markdown(target, document, site)]
    else:
        texts = list(_markdown(target, document, site, auto=link.kind == "auto"))
    keys = (LinkKey(text if text.startswith("/") else fold(text), text) for text in dict.fromkeys(texts))
    return tuple(key for key in keys if key.key and key.key != FROM_THE_ROOT)[:_MOST]


def link_language(document: Document, site: Site) -> str | None:
    """Return the language whose pages a link of `document` means where a page has twins in others."""
    return lying(document, site).language


def _from_the_root(path: str | None) -> Iterator[str]:
    if path is not None:
        yield FROM_THE_ROOT + spelled(path)


def _wiki(target: str, document: Document, site: Site) -> Iterator[str]:
    """Yield what ``[[target]]`` means: a name or the end of a path, unless it says from where it counts."""
    if not target:
        yield from _from_the_root(document.path)
    elif _leaves(target) and "//" in target:  # 「AI: 未來」 is a name
        yield from _outside(target, site)
    elif target.startswith(("./", "../", ".\\", "..\\")):
        yield from _from_the_root(below(posixpath.dirname(document.path), target))
    elif target.startswith("/"):
        yield from _from_the_root(target)
    else:
        yield spelled(target)


def _markdown(target: str, document: Document, site: Site, *, auto: bool = False) -> Iterator[str]:
    if auto or _leaves(target):
        yield from _outside(target, site)
        return
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0]).strip()
    if not path:
        yield from _from_the_root(document.path)
    elif path.startswith("/"):
        yield from _absolute(path, document)
    elif not _leaves(path):
        yield from _relative(path, document, site)


def _leaves(target: str) -> bool:
    return target.startswith("//") or _SCHEME.match(target) is not None


def _outside(target: str, site: Site) -> Iterator[str]:
    """Yield the page of a whole URL that is one of the site's own; a note's, where an app's URL names one."""
    parts = _split(target)
    if parts is None:
        return
    if parts.scheme == "obsidian":
        yield from (spelled(file) for file in parse_qs(parts.query[:_LONGEST]).get("file", ()))
    elif _within(parts.scheme, parts.netloc, parts.path, site):
        yield url_key(target)


def _within(scheme: str, host: str, path: str, site: Site) -> bool:
    base = _split(site.base_url or "")
    if base is None or not base.netloc or scheme not in ("http", "https", ""):
        return False
    if base.netloc.lower().removeprefix("www.") != host.lower().removeprefix("www."):
        return False
    return (path.rstrip("/") + "/").startswith(base.path.rstrip("/") + "/")


def _split(target: str) -> SplitResult | None:
    try:
        return urlsplit(target)
    except ValueError:  # `https://[` is no address
        return None


def _absolute(path: str, document: Document) -> Iterator[str]:
    """Yield what a path from the root means: a file, or a page's URL.

    Hugo too takes it for a file first where pages have twins in other languages (its embedded render hook for links).
    """
    if is_markdown(path):
        yield from _from_the_root(path)
        yield spelled(path)
    elif document.dialect is Dialect.JEKYLL:
        yield url_key(path)
        yield from _from_the_root(path)
    else:
        yield from _from_the_root(path)
        yield url_key(path)
        if "/" in (end := spelled(path)):  # what is stored may be but a part of the site, or lie in a folder of it
            yield end


def _relative(path: str, document: Document, site: Site) -> Iterator[str]:
    """Yield what a path from here means: a file beside this one, one from the root, or a page beside this page."""
    dated = document.dialect is Dialect.JEKYLL and (path.startswith("_") or _DATED.match(path))
    file = dated or is_markdown(path) or (not _PAGE.search(path) and document.dialect is not Dialect.JEKYLL)
    dotted = path.startswith(".")
    page = url_key(urljoin(_own_page(document, site), quote(path.encode("utf-8", "replace"), safe=_SAFE)))
    if dated:
        yield spelled(path)
    if dotted and not is_markdown(path) and document.dialect in GENERATED:
        yield page
    if file or dotted:
        for folder in _folders(document, site):
            yield from _from_the_root(below(folder, path))
    if not dotted and file:
        yield from _elsewhere(path, document)
    yield page


def _elsewhere(path: str, document: Document) -> Iterator[str]:
    """Yield what a path means that is not found beside the document: Obsidian and ``ref`` look everywhere."""
    if document.dialect in (Dialect.OBSIDIAN, Dialect.HUGO):
        yield spelled(path)
    else:
        yield from _from_the_root(path)


def _folders(document: Document, site: Site) -> Iterator[str]:
    """Yield the document's folder as it is published, and as pages of its language know it."""
    yield from dict.fromkeys(map(posixpath.dirname, (lying(document, site).file, document.path)))


def _own_page(document: Document, site: Site) -> str:
    return page_url(document, replace(site, base_url=None)) or "/"
