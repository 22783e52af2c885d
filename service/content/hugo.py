"""What a Hugo site's own configuration says of it: https://gohugo.io/configuration/, measured on Hugo 0.168."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from service.content.hugo_config import hugo_config, lowered_keys, mapping, texts
from service.content.hugo_sections import hugo_defaults, hugo_sections
from service.content.sites import Files, text_of
from service.model import Dialect, Mount, Site

_ADDRESS = "/:%?&=#@[]!$'()*+,;~"


def read_hugo(name: str, files: Files) -> Site:
    """Return the Hugo site whose own files are `files` as its configuration and its section pages declare it."""
    config = hugo_config(files)
    site = hugo_site(name, config)
    site = replace(site, defaults=tuple(hugo_defaults(config, files, site)))
    return replace(site, sections=hugo_sections(files, site))


def hugo_site(name: str, config: Mapping[str, Any]) -> Site:
    """Return the site that a Hugo configuration declares.

    >>> hugo_site("a", {"permalinks": {"posts": "/:slug/"}, "uglyURLs": True}).permalinks
    {'posts': '/:slug/'}
    """
    config = lowered_keys(config)
    languages = {code: mapping(own) for code, own in mapping(config.get("languages")).items()}
    default = (text_of(config.get("defaultcontentlanguage")) or "").lower()
    if not languages:
        languages = {default or "en": {}}
        language = _locale(config) or default
    else:
        language = default or ("en" if "en" in languages else next(iter(languages)))
    ugly = config.get("uglyurls")
    dates = mapping(config.get("frontmatter"))
    return Site(
        name,
        Dialect.HUGO,
        _base_url(config),
        _permalinks(config.get("permalinks")),
        language or None,
        text_of(config.get("timezone")),
        languages={code: _folder(own.get("contentdir")) for code, own in languages.items()},
        language_in_path=config.get("defaultcontentlanguageinsubdir") is True,
        ugly_urls=ugly is True,
        date_sources=texts(dates.get("date")),
        mounts=tuple(_mounts(config, languages)),
        disabled_languages=tuple(_disabled(config, languages)),
        by_language={code: own for code, settings in languages.items() if (own := _own(settings))},
        ugly_sections=tuple(key for key, value in mapping(ugly).items() if value is True),
        updated_sources=texts(dates.get("lastmod")),
        case_kept=config.get("disablepathtolower") is True,
        accents_removed=config.get("removepathaccents") is True,
        taxonomies={key: text for key, value in mapping(config.get("taxonomies")).items() if (text := text_of(value))},
    )


def _locale(config: Mapping[str, Any]) -> str | None:
    return text_of(config.get("locale")) or text_of(config.get("languagecode"))


def _base_url(config: Mapping[str, Any]) -> str | None:
    """Return the base of all addresses: a web address, or the folder below whichever host."""
    text = text_of(config.get("baseurl"))
    if not text or not text.startswith(("http://", "https://", "/")) or text.startswith("//") or text == "/":
        return None
    return quote(text, safe=_ADDRESS)


def _folder(value: object) -> str:
    return (text_of(value) or "").removeprefix("./").strip("/")


def _own(settings: Mapping[str, Any]) -> dict[str, object]:
    """Return what a language declares for itself, by the names of a site's fields."""
    own: dict[str, object] = {
        "base_url": _base_url(settings),
        "permalinks": _permalinks(settings.get("permalinks")),
        "timezone": text_of(settings.get("timezone")),
        "language": _locale(settings),
        "ugly_urls": settings.get("uglyurls") is True,
    }
    return {key: value for key, value in own.items() if value}


def _disabled(config: Mapping[str, Any], languages: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    named = {code.lower() for code in texts(config.get("disablelanguages"))}
    yield from (code for code, own in languages.items() if code in named or own.get("disabled") is True)


def _permalinks(declared: object) -> dict[str, str]:
    """Return the patterns by section; those of other kinds of pages as ``kind:section``, of globs as ``kind:glob``."""
    if isinstance(declared, list):
        return dict(pair for rule in declared if (pair := _rule(mapping(rule))))
    patterns: dict[str, str] = {}
    for key, value in mapping(declared).items():
        if text := text_of(value):
            patterns[key] = text
        given = {section: text for section, inner in mapping(value).items() if (text := text_of(inner))}
        patterns |= {section if key == "page" else f"{key}:{section}": text for section, text in given.items()}
    return patterns


def _rule(rule: Mapping[str, Any]) -> tuple[str, str] | None:
    target, pattern = mapping(rule.get("target")), text_of(rule.get("pattern"))
    if pattern is None:
        return None
    return f"{text_of(target.get('kind')) or 'page'}:{text_of(target.get('path')) or '**'}", pattern


def _mounts(config: Mapping[str, Any], languages: Mapping[str, Mapping[str, Any]]) -> Iterator[Mount]:
    """Yield where content lies, if not in ``content`` or in the languages' own folders alone."""
    declared = mapping(config.get("module")).get("mounts")
    mounts = list(_declared_mounts(declared)) if isinstance(declared, list) else []
    folder = _folder(config.get("contentdir"))
    if mounts or folder in ("", "content"):
        yield from mounts
        return
    folders = {code: _folder(own.get("contentdir")) for code, own in languages.items()}
    yield from (Mount(own, "", code) for code, own in folders.items() if own)
    if not all(folders.values()):
        yield Mount(folder)


def _declared_mounts(declared: list[Any]) -> Iterator[Mount]:
    for mount in map(mapping, declared):
        source, target = _folder(mount.get("source")), _folder(mount.get("target"))
        if source and (target + "/").startswith("content/"):
            matrix = mapping(mapping(mount.get("sites")).get("matrix"))
            codes = texts(mount.get("lang")) or texts(matrix.get("languages"))
            code = codes[0].lower() if codes and codes[0].replace("-", "").isalnum() else ""
            yield Mount(source, target[len("content/") :], code)
