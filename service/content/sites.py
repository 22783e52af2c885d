"""What a site's own configuration says of it: Hugo's and Jekyll's files → `Site`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from service.model import Dialect, Site

HUGO = ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json")
JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
GENERATED = (*HUGO, *JEKYLL, "_posts", "content")
_MAX_CONFIG = 1_000_000
_SAMPLE = 20  # posts looked at to tell a vault from a folder of Markdown
_VAULT = re.compile(rb"!?\[\[[^\[\]\n]+\]\]|^[^\x00-\x7f][^:\n]{0,60}:\s", re.MULTILINE)
_FORMATS = ("toml", "yaml", "yml", "json")


def looks_like_vault(posts: Iterable[Path]) -> bool:
    """Tell whether a third of the first `posts` hold wiki-links or front matter in Chinese."""
    sample = list(islice(posts, _SAMPLE))
    linked = sum(1 for post in sample if _VAULT.search(post.read_bytes()[:_MAX_CONFIG]))
    return bool(sample) and linked * 3 >= len(sample)


def read_hugo(name: str, folder: Path) -> Site:
    """Return the Hugo site at `folder` as its configuration declares it, in one file or in ``config/_default``."""
    split = folder / "config" / "_default"
    config = dict(_config(folder, HUGO) or _config(split, HUGO))
    for part in ("permalinks", "languages"):
        if found := _config(split, tuple(f"{part}.{kind}" for kind in _FORMATS)):
            config.setdefault(part, found)
    return hugo_site(name, config)


def read_jekyll(name: str, folder: Path) -> Site:
    """Return the Jekyll site at `folder` as its configuration declares it."""
    return jekyll_site(name, _config(folder, JEKYLL))


def _config(folder: Path, names: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the first of a site's configuration files that can be read; its keys in lower case."""
    for name in names:
        file = folder / name
        if not file.is_file() or file.stat().st_size > _MAX_CONFIG:
            continue
        try:
            data = _parsed(file.read_text(encoding="utf-8-sig", errors="replace"), name)
        except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            return {str(key).lower(): value for key, value in data.items()}
    return {}


def _parsed(text: str, name: str) -> object:
    if name.endswith("toml"):
        return tomllib.loads(text)
    return json.loads(text) if name.endswith("json") else yaml.safe_load(text)


def hugo_site(name: str, config: Mapping[str, Any]) -> Site:
    """Return the site that a Hugo configuration, its keys in lower case, declares.

    >>> hugo_site("a", {"permalinks": {"posts": "/:slug/"}, "uglyurls": True}).permalinks
    {'posts': '/:slug/'}
    """
    permalinks = config.get("permalinks")
    patterns = dict(permalinks) if isinstance(permalinks, dict) else {}
    if isinstance(pages := patterns.pop("page", None), dict):
        patterns |= pages
    written = {str(key): text for key, value in patterns.items() if (text := _text(value))}
    language = config.get("defaultcontentlanguage") or config.get("languagecode")
    languages, front = config.get("languages"), config.get("frontmatter")
    dates = front.get("date") if isinstance(front, dict) else None
    return Site(
        name,
        Dialect.HUGO,
        _address(config.get("baseurl")),
        written,
        _text(language),
        _text(config.get("timezone")),
        languages=_languages(languages) if isinstance(languages, dict) else {},
        language_in_path=config.get("defaultcontentlanguageinsubdir") is True,
        ugly_urls=config.get("uglyurls") is True,
        date_sources=tuple(map(str, dates)) if isinstance(dates, list) else (),
    )


def _languages(declared: Mapping[str, Any]) -> dict[str, str]:
    """Return the folder of each language, empty where it has none of its own."""
    folders: dict[str, str] = {}
    for code, settings in declared.items():
        own = {str(key).lower(): value for key, value in settings.items()} if isinstance(settings, dict) else {}
        folders[str(code)] = _text(own.get("contentdir")) or ""
    return folders


def jekyll_site(name: str, config: Mapping[str, Any]) -> Site:
    """Return the site that a Jekyll configuration declares.

    >>> jekyll_site("a", {"permalink": "pretty", "baseurl": "/blog"}).base_url
    '/blog'
    """
    base = str(config.get("baseurl") or "").strip("/")
    url = _address(config.get("url"))
    language = config.get("lang") or config.get("locale") or config.get("language")
    return Site(
        name,
        Dialect.JEKYLL,
        url.rstrip("/") + "/" + base if url else f"/{base}" if base else None,
        _collections(config) | ({"posts": style} if (style := _style(config)) else {}),
        _text(language),
        _text(config.get("timezone")),
    )


def _style(config: Mapping[str, Any]) -> str | None:
    """Return the permalink of posts: that of the defaults for them, else the site's."""
    style = config.get("permalink")
    defaults = config.get("defaults")
    for default in defaults if isinstance(defaults, list) else ():
        if isinstance(default, dict) and isinstance(values := default.get("values"), dict):
            scope = default.get("scope")
            if isinstance(scope, dict) and scope.get("type") in ("posts", None) and not scope.get("path"):
                style = values.get("permalink", style)
    return _text(style)


def _collections(config: Mapping[str, Any]) -> dict[str, str]:
    collections = config.get("collections")
    if not isinstance(collections, dict):
        return {}
    declared = {str(key): value.get("permalink") for key, value in collections.items() if isinstance(value, dict)}
    return {key: text for key, value in declared.items() if (text := _text(value))}


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _address(value: object) -> str | None:
    text = _text(value)
    return text if text and text.startswith(("http://", "https://")) else None
