"""How posts find each other: the keys that links and posts are joined by.

Keys of URLs begin with ``/``; keys of paths and names do not, so that a note called 關於 is not the page ``/關於``.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from service.model import Dialect, Document, Link, Site
from service.reading.addresses import page_url, url_key
from service.script import fold

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MARKDOWN = re.compile(r"\.(?:md|markdown|mdown)$", re.IGNORECASE)
_PAGE = re.compile(r"\.html?$")
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-[^/]+$")
_SAFE = "/-._~!$&'()*+,;=:@%"
_DEEPEST = 12


def path_key(path: str) -> str:
    """Return the key of a path or name as wiki-links write it: folded, NFC, without ``.md``."""
    text = unicodedata.normalize("NFC", path).strip().replace("\\", "/").strip("/")
    return fold(_MARKDOWN.sub("", text))


def link_keys(document: Document, site: Site) -> tuple[tuple[str, str], ...]:
    """Return every way another post can point at this one, as (kind, key): url, path, name or alias.

    A path counts from any folder on (``a/b/c`` as ``b/c`` too), as wiki-links may leave out what comes before.
    """
    keys: list[tuple[str, str]] = []
    if url := page_url(document, site):
        keys.append(("url", url_key(url)))
        base = urlsplit(site.base_url or "").path.strip("/")
        if base and url_key(url).startswith(inner := url_key(base) + "/"):
            keys.append(("url", "/" + url_key(url)[len(inner) :]))
    keys += _path_keys(document)
    for alias in document.header.aliases:
        if document.dialect in (Dialect.HUGO, Dialect.JEKYLL):
            keys.append(("alias", url_key(urljoin("/" + posixpath.dirname(_published(document)) + "/", alias))))
        elif key := path_key(alias):
            keys.append(("alias", key))
    return tuple({key: (kind, key) for kind, key in reversed(keys)}.values())[::-1]


def _published(document: Document) -> str:
    """Return the path below the folder that a generator publishes."""
    parts = PurePosixPath(document.path).parts
    return "/".join(parts[1:] if parts[:1] == ("content",) else parts)


def _path_keys(document: Document) -> list[tuple[str, str]]:
    parts = PurePosixPath(path_key(document.path)).parts[-_DEEPEST:]
    bundle = parts[-1:] in (("index",), ("_index",)) and len(parts) > 1
    keys = [("path", "/".join(parts[start:])) for start in range(len(parts) - 1)]
    if bundle:
        parts = parts[:-1]
        keys += [("path", "/".join(parts[start:])) for start in range(len(parts) - 1)]
    return [*keys, ("name", parts[-1])] if parts else keys


def link_key(link: Link, document: Document, site: Site) -> str | None:
    """Return the key that `link` of `document` is joined on, or None where it leaves the site."""
    if link.kind == "wiki":
        return _wiki_key(link.target, document)
    target = link.target.strip()
    if link.kind == "auto" or target.startswith("//") or _SCHEME.match(target):
        return url_key(target) if _within(target, site) else None
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
    if not path:
        return path_key(document.path)
    if _is_path(path, document):
        return _relative_key(path, document)
    if path.startswith("/"):
        return url_key(path)
    own = page_url(document, replace(site, base_url=None))
    return url_key(urljoin(own or "/", quote(path, safe=_SAFE)))


def _wiki_key(target: str, document: Document) -> str | None:
    if not target:
        return path_key(document.path)
    if _SCHEME.match(target) and "//" in target:
        return None
    if target.startswith(("./", "../")):
        return _relative_key(target, document)
    return path_key(target) or None


def _within(target: str, site: Site) -> bool:
    if not site.base_url:
        return False
    base, there = urlsplit(site.base_url), _split(target)
    if there is None or base.netloc.lower().removeprefix("www.") != there[0].lower().removeprefix("www."):
        return False
    return (there[1].rstrip("/") + "/").startswith(base.path.rstrip("/") + "/")


def _split(target: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(target)
    except ValueError:  # `https://[` is no address
        return None
    return (parts.netloc, parts.path) if parts.scheme in ("http", "https", "") else None


def _is_path(path: str, document: Document) -> bool:
    """Tell whether a relative target names a file rather than a page's URL."""
    if _MARKDOWN.search(path):
        return True
    if document.dialect is Dialect.JEKYLL:
        return _DATED.match(path) is not None
    if document.dialect is Dialect.HUGO:
        return not path.startswith(("/", ".")) and not _PAGE.search(path)  # what `ref` names, below content
    return document.dialect in (Dialect.OBSIDIAN, Dialect.MARKDOWN) and not _PAGE.search(path)


def _relative_key(path: str, document: Document) -> str:
    if document.dialect is Dialect.JEKYLL and (path.startswith("_") or _DATED.match(path)):
        return path_key(path)
    if path.startswith("/") or (document.dialect is Dialect.HUGO and not path.startswith(".")):
        return path_key(path)
    folder = posixpath.dirname(document.path)
    return path_key(posixpath.normpath(posixpath.join(folder, path)).removeprefix("../"))
