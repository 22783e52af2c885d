"""What the pages of a Hugo site's sections say of the pages below them: ``_index.md``, its cascade, slug and title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.content.hugo_config import lowered_keys, mapping, texts
from service.content.sites import Files
from service.model import Defaults, Site
from service.reading.addresses.hugo_pages import default_language, hugo_page, lowered
from service.reading.headers.defaults import with_defaults
from service.reading.headers.frontmatter import split

_TARGETS = ("target", "_target")
_MOST = 5_000


def hugo_defaults(config: Mapping[str, Any], files: Files, site: Site) -> Iterator[Defaults]:
    """Yield what cascades, the later outranking the earlier: the site's, then its sections', the nearer the later."""
    yield from _cascade(config.get("cascade"), "", "")
    for path, data in _section_pages(files):
        page = hugo_page(path, site)
        yield from _cascade(data.get("cascade"), "/".join(map(lowered, page.folders)), page.language)


def _cascade(declared: object, within: str, language: str) -> Iterator[Defaults]:
    entries = declared if isinstance(declared, list) else [declared]
    for entry in reversed(entries):  # of several, the first that fits counts
        values = lowered_keys(mapping(entry))
        target = next((mapping(values.pop(key)) for key in _TARGETS if key in values), {})
        values = (
            values.pop("params", None) or {}
            if set(values) == {"params"}
            else mapping(values.pop("params", None)) | values
        )
        if not values:
            continue
        matrix = mapping(mapping(target.get("sites")).get("matrix"))
        codes = texts(target.get("lang")) or texts(matrix.get("languages")) or (language,)
        path, kind = str(target.get("path") or "").lower(), str(target.get("kind") or "").lower()
        yield from (Defaults(values, path, kind, within, code.lower()) for code in codes)


def hugo_sections(files: Files, site: Site) -> dict[str, Mapping[str, str]]:
    """Return title and slug of the sections that have pages, by ``language/path``; none where no address needs them."""
    found: dict[str, Mapping[str, str]] = {}
    for path, data in _section_pages(files):
        page = hugo_page(path, site)
        own = {key.lower(): value for key, value in with_defaults(data, path, site).items()}
        told = {key: str(own[key]) for key in ("title", "slug") if isinstance(own.get(key), (str, int))}
        found[page.language + "/" + "/".join(map(lowered, page.folders))] = told
    patterns = [*site.permalinks.values(), *_patterns_by_language(site)]
    asked = any(token in pattern for pattern in patterns for token in (":sections", ":sectionslug"))
    needed = asked or any("slug" in told for told in found.values())
    return {f"{default_language(site)}/": {}} | found if needed else {}  # never empty, which would mean: not known


def _patterns_by_language(site: Site) -> Iterator[str]:
    for own in site.by_language.values():
        yield from map(str, mapping(own.get("permalinks")).values())


def _section_pages(files: Files) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield path and front matter of the pages of sections: of outer ones first, of two those with a language last."""
    paths = [path for path in files if path.rpartition("/")[2].lower().startswith("_index.")]
    for path in sorted(paths, key=lambda path: (path.count("/"), path.count("."), path))[:_MOST]:
        yield path, split(files[path]).data
