"""Sites that neither Hugo nor Jekyll builds, told by their own files: Hexo, documentation sites, vaults."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from service.content.sites import address_of, parsed, text_of
from service.model import Dialect, Site

_MAX_CONFIG = 1_000_000
_SCRIPTS = (".ts", ".js", ".mts", ".mjs", ".cts", ".cjs")
_HEXO = ("_config.yml", "_config.yaml", "_config.json")
_MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
_ATTACHED = ("assets", "logseq", "draws", "whiteboards")  # what a Logseq graph holds besides notes
_VUE_FOLDERS = ("", "docs/", "src/", "docs/src/", "blog/")

Built = tuple[Site, Path]


def built_site(name: str, folder: Path) -> Built | None:
    """Return the site at `folder` and the folder of its posts, if its files tell a generator that is known here.

    >>> built_site("a", Path("/nowhere")) is None
    True
    """
    return next((built for read in _READERS if (built := read(name, folder)) is not None), None)


def _text(*files: Path) -> str | None:
    """Return the first of `files` that is there and of a bearable size."""
    for file in files:
        try:
            if file.is_file() and file.stat().st_size <= _MAX_CONFIG:
                return file.read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            continue
    return None


def _config(folder: Path, names: tuple[str, ...]) -> Mapping[str, Any]:
    found = ((text, name) for name in names if (text := _text(folder / name)) is not None)
    return next((config for text, name in found if (config := parsed(text, name))), {})


def inside(folder: Path, below: str) -> Path:
    """Return the folder `below` it if it is one and lies within `folder`, else `folder`."""
    try:
        inner = (folder / below).resolve()
        return inner if inner.is_relative_to(folder.resolve()) and inner.is_dir() else folder
    except (OSError, ValueError, RuntimeError):  # NUL in the name, links in a circle
        return folder


# ── Hexo: https://hexo.io/docs/configuration ──


def _hexo(name: str, folder: Path) -> Built | None:
    config = _config(folder, _HEXO)
    source = inside(folder, text_of(config.get("source_dir")) or "source")
    package = '"hexo"' in (_text(folder / "package.json") or "")
    if source == folder or not (package or (config and (source / "_posts").is_dir())):
        return None
    pattern, url, language = text_of(config.get("permalink")), address_of(config.get("url")), config.get("language")
    skipped = config.get("skip_render")
    skipped = skipped if isinstance(skipped, list) else [skipped]
    site = Site(
        name,
        Dialect.JEKYLL,
        url or _root(text_of(config.get("root"))),
        {"posts": pattern} if pattern else {},
        text_of(language[0] if isinstance(language, list) and language else language),
        text_of(config.get("timezone")),
        excludes=tuple(item for item in skipped if isinstance(item, str) and item),
        generator="hexo",
    )
    return site, source


def _root(path: str | None) -> str | None:
    return "/" + path.strip("/") if path and path.strip("/") else None


# ── Documentation ──


def _mkdocs(name: str, folder: Path) -> Built | None:
    if not any((folder / file).is_file() for file in _MKDOCS):
        return None
    config = _config(folder, _MKDOCS)
    theme = config.get("theme")
    language = theme.get("language") if isinstance(theme, dict) else None
    site = Site(
        name,
        Dialect.MARKDOWN,
        address_of(config.get("site_url")),
        language=text_of(language),
        ugly_urls=config.get("use_directory_urls") is False,
        generator="mkdocs",
    )
    return site, inside(folder, text_of(config.get("docs_dir")) or "docs")


def _docusaurus(name: str, folder: Path) -> Built | None:
    script = _text(*(folder / f"docusaurus.config{ending}" for ending in _SCRIPTS))
    if script is None:
        return None
    url, base = address_of(_setting(script, "url")), _root(_setting(script, "baseUrl"))
    address = (url or "").rstrip("/") + (base or "")
    language = _setting(script, "defaultLocale")
    routes = {section: match[1].strip("/") for section in ("docs", "blog") if (match := _route(script, section))}
    return Site(name, Dialect.MARKDOWN, address or None, routes, language, generator="docusaurus"), folder


def _route(script: str, section: str) -> re.Match[str] | None:
    """Find what the addresses of a section begin with: ``docs: { routeBasePath: '/' }``."""
    return re.search(section + r"\s*:\s*\{[^{}]{0,2000}?\brouteBasePath\s*:\s*[\"'`]([^\"'`\n]{0,200})", script)


def _vue(name: str, folder: Path) -> Built | None:
    for kind in ("vitepress", "vuepress"):
        for below in _VUE_FOLDERS if (folder / "package.json").is_file() else _VUE_FOLDERS[:1]:
            settings = folder / f"{below}.{kind}"
            if settings.is_dir():
                script = _text(*(settings / f"config{ending}" for ending in _SCRIPTS)) or ""
                ugly = kind == "vuepress" or not re.search(r"\bcleanUrls\s*:\s*true\b", script)
                top = inside(settings.parent, _setting(script, "srcDir") or ".")
                base, language = _root(_setting(script, "base")), _setting(script, "lang")
                return Site(name, Dialect.MARKDOWN, base, language=language, ugly_urls=ugly, generator=kind), top
    return None


def _setting(script: str, key: str) -> str | None:
    """Return the text that a script gives to `key`: ``base: '/tea/'``.

    >>> _setting("export default { title: '茶', base: '/tea/' }", "base")
    '/tea/'
    """
    match = re.search(r"(?:^|[\s,{])[\"']?" + key + r"[\"']?\s*:\s*([\"'`])([^\"'`\n]{1,300})\1", script)
    return text_of(match[2]) if match else None


# ── Vaults ──


def _quartz(name: str, folder: Path) -> Built | None:
    script = _text(folder / "quartz.config.ts")
    if script is None:
        return None
    address, language = _setting(script, "baseUrl"), _setting(script, "locale")
    ignored = re.search(r"\bignorePatterns\s*:\s*\[([^\]]{0,2000})\]", script)
    site = Site(
        name,
        Dialect.OBSIDIAN,
        f"https://{address.removeprefix('https://').strip('/')}" if address else None,
        language=language,
        excludes=tuple(re.findall(r"[\"']([^\"'\n]+)[\"']", ignored[1])) if ignored else (),
        generator="quartz",
    )
    return site, inside(folder, "content")


def _logseq(name: str, folder: Path) -> Built | None:
    if not (folder / "logseq" / "config.edn").is_file():
        return None
    return Site(name, Dialect.OBSIDIAN, excludes=_ATTACHED, generator="logseq"), folder


def read_vault(name: str, folder: Path) -> Site:
    """Return the Obsidian vault at `folder`, without the folders that its owner excludes."""
    try:
        settings = json.loads(_text(folder / ".obsidian" / "app.json") or "{}")
    except (ValueError, RecursionError):
        settings = {}
    ignored = settings.get("userIgnoreFilters") if isinstance(settings, dict) else None
    plain = (
        [item for item in ignored if isinstance(item, str) and item.strip("/ ")] if isinstance(ignored, list) else []
    )
    folders = tuple(item for item in plain if not (item.startswith("/") and item.endswith("/")))  # else a pattern
    return Site(name, Dialect.OBSIDIAN, excludes=folders)


_READERS: tuple[Callable[[str, Path], Built | None], ...] = (
    _hexo,
    _quartz,
    _docusaurus,
    _mkdocs,
    _vue,
    _logseq,
)
