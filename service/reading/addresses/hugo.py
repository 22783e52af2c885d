"""The address that Hugo publishes a page at: https://gohugo.io/content-management/urls/, measured on 0.168."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote_plus

from service.model import Document, Site
from service.reading.addresses.globs import matches
from service.reading.addresses.hugo_pages import HugoPage, for_language, hugo_page, language_prefix, lowered
from service.reading.addresses.hugo_slugs import site_slug
from service.reading.addresses.hugo_tokens import expanded, section_slug
from service.reading.addresses.patterns import is_pattern

_DEEPEST = 1_000
_NEVER = frozenset({"never", "false"})


def hugo_base(document: Document, site: Site) -> str | None:
    """Return the base URL of the pages in the document's language."""
    return for_language(site, hugo_page(document.path, site).language).base_url


def hugo_path(document: Document, site: Site) -> str | None:
    """Return the path Hugo publishes `document` at: ``url``, else a permalink pattern, else its path below content.

    None where it publishes none: it lies elsewhere, its language is switched off, or its front matter says so.
    """
    page = hugo_page(document.path, site)
    if page.kind == "stray" or page.language in site.disabled_languages or _unpublished(document, page):
        return None
    own = for_language(site, page.language)
    prefix = language_prefix(site, page.language)
    if document.header.url and page.kind != "home":
        return _declared(document.header.url, document, page, own, prefix)
    return prefix + _ended(document, page, own)


def hugo_alias(alias: str, document: Document, site: Site) -> str | None:
    """Return the path of an old address of `document`, one of its ``aliases``: from the root, or beside the page."""
    path = hugo_path(document, site)
    if path is None or "://" in path:
        return None
    if alias.startswith("/"):
        return language_prefix(site, hugo_page(document.path, site).language) + alias
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path.rstrip("/")), alias))
    return beside + "/" if alias.endswith("/") else beside


def _unpublished(document: Document, page: HugoPage) -> bool:
    rest = document.header.rest
    build = rest.get("build", rest.get("_build"))
    if isinstance(build, dict) and str(build.get("render", "")).lower() in _NEVER:
        return True
    bundle = document.path.rpartition("/")[2].lower().startswith("index.")
    return rest.get("headless") is True and bundle and page.kind == "page"


def _declared(url: str, document: Document, page: HugoPage, site: Site, prefix: str) -> str:
    """Return the path of a page that declares its ``url``: taken as it is, its case and marks kept."""
    if "://" in url:
        return url
    path = expanded(url, document, page, site) if is_pattern(url) else url
    path = path if path.startswith("/") else f"{prefix}/{path}"
    return path if path.endswith("/") or "." in url else path + "/"


def _inner_path(document: Document, page: HugoPage, site: Site, suffix: str) -> str:
    """Return the path below the language's folder as it may stand in an address, `suffix` at its end."""
    if pattern := _pattern(page, site):
        path = unquote_plus(expanded(pattern, document, page, site)).strip("/")  # Hugo reads it as a query
        return site_slug(path + suffix, site)
    folders = [section_slug(page, depth, site) for depth in range(1, len(page.folders) + 1)]
    slug = (document.header.slug or "").strip("-")
    if page.kind == "page":
        folders.append(slug or _named(page.name, site))
    elif slug and folders:
        folders[-1] = slug
    parts = ("/".join(folders) + suffix).split("/")
    return "/".join(site_slug(part, site) for part in parts)


def _named(name: str, site: Site) -> str:
    return site_slug(name, site) if site.case_kept else lowered(name)


def _ended(document: Document, page: HugoPage, site: Site) -> str:
    """Return the path below the language's folder with the end that its kind of page has."""
    ugly = site.ugly_urls or bool(page.folders and page.folders[0].lower() in site.ugly_sections)
    if page.kind in ("page", "term") and ugly:
        return "/" + _inner_path(document, page, site, ".html")
    bare = posixpath.normpath("/" + _inner_path(document, page, site, "")).strip("/")
    return (f"/{bare}/" if bare else "/") + ("index.html" if ugly else "")


def _pattern(page: HugoPage, site: Site) -> str | None:
    """Return the permalink pattern for a page: globs in their order, then the deepest section that is declared."""
    if page.kind == "home":
        return None
    for key in sorted(site.permalinks, key=_rank):
        kind, colon, scope = key.partition(":") if ":" in key else ("", "", key)
        if page.kind not in ((kind,) if colon else ("page", "term")):
            continue
        if any(matches(glob, page.path) for glob in _globs(scope)):
            return site.permalinks[key]
    return None


def _rank(key: str) -> int:
    """Return the place of a pattern among those asked: globs in their order, then sections, the deepest first."""
    return -_DEEPEST if _is_glob(key) else -key.rpartition(":")[2].strip("/").count("/")


def _is_glob(key: str) -> bool:
    return "*" in key or "{" in key


def _globs(scope: str) -> Iterator[str]:
    if _is_glob(scope):
        yield scope.lower()
    elif section := lowered(scope).strip(" /"):
        yield from (f"/{section}", f"/{section}/**")
    else:
        yield "/*"  # pages that lie in no section
