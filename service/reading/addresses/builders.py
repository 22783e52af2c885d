"""The paths that other generators publish pages at: Quartz, VuePress, VitePress, MkDocs, Docusaurus."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from service.model import Document, Site
from service.reading.addresses.gardens import quartz_page, quartz_slug
from service.reading.addresses.hexo import hexo_path

_NUMBERED = re.compile(r"\d+\s*[-_.]+\s*(?=[^-_.\s])")
_NOT_NUMBERED = re.compile(r"\d{4}[-_.]\d{1,2}|\d+[._]\d")  # dates and versions
_DATED = re.compile(r"(.*)(?<!\d)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*)$")
_SECTIONS = {
    "docusaurus-plugin-content-docs": "docs",
    "docusaurus-plugin-content-blog": "blog",
    "docusaurus-plugin-content-pages": "src/pages",
}


def built_path(document: Document, site: Site) -> str | None:
    """Return the path that the generator of `site` publishes `document` at; None where it makes no page of it.

    >>> site = Site("a", generator="mkdocs")
    >>> site.generator in BUILDERS
    True
    """
    return BUILDERS[site.generator](document, site)


def _quartz_path(document: Document, _site: Site) -> str | None:
    return "/" + quartz_page(quartz_slug(document.path))


def _vuepress_path(document: Document, _site: Site) -> str | None:
    """https://v2.vuepress.vuejs.org/guide/page.html: README is its folder's page."""
    return document.header.url or _covered(_bare(document.path), ("readme", "index"), ".html")


def _vitepress_path(document: Document, site: Site) -> str | None:
    """https://vitepress.dev/guide/routing: `ugly_urls` unless it sets ``cleanUrls``."""
    return _covered(_bare(document.path), ("index",), ".html" if site.ugly_urls else "")


def _mkdocs_path(document: Document, site: Site) -> str | None:
    """https://www.mkdocs.org/user-guide/writing-your-docs/: `ugly_urls` where ``use_directory_urls`` is off."""
    return _covered(_bare(document.path), ("index", "readme"), ".html" if site.ugly_urls else "/")


def _bare(path: str) -> str:
    return "/" + str(PurePosixPath(path).with_suffix(""))


def _covered(path: str, covers: tuple[str, ...], ending: str) -> str:
    """Return the folder's path where its last name is one of `covers`, else `path` with its `ending`."""
    folder, _, name = path.rpartition("/")
    return folder + "/" if name.lower() in covers else path + ending


# ── Docusaurus: https://docusaurus.io/docs/create-doc, /docs/blog ──


def _docusaurus_path(document: Document, site: Site) -> str | None:
    prefix, parts = _localised(PurePosixPath(document.path).with_suffix("").parts)
    if any(part.startswith("_") for part in parts):
        return None
    match parts:
        case ("src", "pages", *rest):
            return prefix + _covered("/" + "/".join(rest), ("index",), "")
        case ("blog", *rest) if rest:
            return prefix + _route("blog", site) + _docusaurus_post(document, "/".join(rest))
        case ("docs", *rest) if rest:
            return prefix + _route("docs", site) + _docusaurus_page(document, rest)
    return None


def _localised(parts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the language that an address begins with, and the path of the page that is translated."""
    match parts:
        case ("i18n", language, section, *rest) if section in _SECTIONS:
            rest = rest[1:] if rest[:1] == ["current"] else rest
            return f"/{language}", (*_SECTIONS[section].split("/"), *rest)
    return "", parts


def _route(section: str, site: Site) -> str:
    """Return what the addresses of a section begin with (``routeBasePath``): nothing where it is the whole site."""
    return f"/{site.permalinks.get(section, section)}".rstrip("/")


def _docusaurus_page(document: Document, parts: list[str]) -> str:
    slug, named = document.header.slug, document.header.rest.get("id")
    *folders, name = [part if _NOT_NUMBERED.match(part) else _NUMBERED.sub("", part, count=1) for part in parts]
    if slug and slug.startswith("/"):
        return slug
    if slug or (isinstance(named, str) and named):
        return "/".join(["", *folders, str(slug or named)])
    covers = ("index", "readme", folders[-1].lower()) if folders else ("index", "readme")
    return _covered("/".join(["", *folders, name]), covers, "")


def _docusaurus_post(document: Document, path: str) -> str:
    slug = document.header.slug
    if slug:
        return "/" + slug.lstrip("/")
    path = path.removesuffix("/index")
    if match := _DATED.match(path):
        return f"/{match[2].replace('-', '/')}/{match[1]}{match[3]}"
    return "/" + path


BUILDERS: Mapping[str, Callable[[Document, Site], str | None]] = {
    "hexo": hexo_path,
    "quartz": _quartz_path,
    "vuepress": _vuepress_path,
    "vitepress": _vitepress_path,
    "mkdocs": _mkdocs_path,
    "docusaurus": _docusaurus_path,
}
