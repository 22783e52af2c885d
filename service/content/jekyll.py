"""What a Jekyll site's own configuration says of it: https://jekyllrb.com/docs/configuration/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from service.content.sites import JEKYLL, Files, address_of, read_config, text_of
from service.model import Defaults, Dialect, Site

_KINDS = {"post": "posts", "page": "pages", "draft": "drafts"}  # as Jekyll called them before version 3


def read_jekyll(name: str, files: Files) -> Site:
    """Return the Jekyll site whose own files are `files` as its configuration declares it."""
    site = jekyll_site(name, read_config(files, JEKYLL))
    plugins = dict.fromkeys([*site.plugins, *_plugins_of_github(files.get("Gemfile"))])
    known = site.collections if any(file in files for file in JEKYLL) else {}  # else it may have any
    return replace(site, plugins=tuple(plugins), collections=known)


def jekyll_folder(files: Files) -> str:
    """Return the folder below the site's root that it is built from (``source``); empty for the root itself."""
    return text_of(read_config(files, JEKYLL).get("source")) or ""


def _plugins_of_github(gemfile: str | None) -> tuple[str, ...]:
    """Return what GitHub Pages adds; a site without a Gemfile is most likely built there."""
    if gemfile is None:
        return ("jekyll-readme-index",)
    return ("jekyll-readme-index", "jekyll-optional-front-matter") if "github-pages" in gemfile else ()


def jekyll_site(name: str, config: Mapping[str, Any]) -> Site:
    """Return the site that a Jekyll configuration declares.

    >>> jekyll_site("a", {"permalink": "pretty", "baseurl": "/blog"}).base_url
    '/blog'
    """
    base = str(config.get("baseurl") or "").strip("/")
    url = address_of(config.get("url"))
    language = config.get("lang") or config.get("locale") or config.get("language")
    collections = _collections(config)
    return Site(
        name,
        Dialect.JEKYLL,
        url.rstrip("/") + "/" + base if url else f"/{base}" if base else None,
        _permalinks(config, collections),
        text_of(language),
        text_of(config.get("timezone")),
        defaults=tuple(_defaults(config)),
        collections={
            label: _is_label(label) and bool(settings.get("output")) for label, settings in collections.items()
        },
        collections_dir=(text_of(config.get("collections_dir")) or "").strip("/"),
        excludes=_texts(config.get("exclude")),
        includes=_texts(config.get("include")),
        plugins=_texts(config.get("plugins", config.get("gems"))),
    )


def _is_label(label: str) -> bool:
    """Tell whether Jekyll finds the folder of a collection: it leaves all but these characters out of its name."""
    return re.fullmatch(r"[A-Za-z0-9_.-]+", label) is not None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item.strip() for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _collections(config: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the settings of every collection; that of posts is always there, and always published."""
    declared = config.get("collections")
    if isinstance(declared, list):
        declared = {label: {} for label in declared if isinstance(label, str)}
    given = declared if isinstance(declared, dict) else {}
    settings = {str(label): value if isinstance(value, dict) else {} for label, value in given.items()}
    return settings | {"posts": {**settings.get("posts", {}), "output": True}}


def _permalinks(config: Mapping[str, Any], collections: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the patterns of the collections, and under ``permalink`` the site's own, which pages end like."""
    given = {label: text_of(settings.get("permalink")) for label, settings in collections.items()}
    style = text_of(config.get("permalink"))
    return {key: text for key, text in {"permalink": style, **given}.items() if text}


def _defaults(config: Mapping[str, Any]) -> Iterator[Defaults]:
    declared = config.get("defaults")
    for given in declared if isinstance(declared, list) else ():
        if not isinstance(given, dict) or not isinstance(values := given.get("values"), dict):
            continue
        scope = scope if isinstance(scope := given.get("scope"), dict) else {}
        path, kind = scope.get("path"), scope.get("type")
        yield Defaults(
            {str(key): value for key, value in values.items()},
            path if isinstance(path, str) else "",
            _KINDS.get(kind, kind) if isinstance(kind, str) else "",
        )
