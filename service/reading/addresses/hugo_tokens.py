"""The tokens of Hugo's permalink patterns: https://gohugo.io/configuration/permalinks/#tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from service.model import Document, Site
from service.reading.addresses.hugo_pages import HugoPage, lowered
from service.reading.addresses.hugo_slugs import site_slug
from service.reading.addresses.patterns import Tokens, date_tokens, expand

_LAYOUT = re.compile(r"January|Jan|Monday|Mon|2006|002|0[1-6]|15|[1-5]")  # of Go's reference time
_FORMATS: Mapping[str, Callable[[datetime], str]] = {
    "January": lambda date: date.strftime("%B"),
    "Jan": lambda date: date.strftime("%b"),
    "Monday": lambda date: date.strftime("%A"),
    "Mon": lambda date: date.strftime("%a"),
    "2006": lambda date: f"{date.year:04d}",
    "002": lambda date: f"{date.timetuple().tm_yday:03d}",
    "01": lambda date: f"{date.month:02d}",
    "02": lambda date: f"{date.day:02d}",
    "03": lambda date: f"{(date.hour - 1) % 12 + 1:02d}",
    "04": lambda date: f"{date.minute:02d}",
    "05": lambda date: f"{date.second:02d}",
    "06": lambda date: f"{date.year % 100:02d}",
    "15": lambda date: f"{date.hour:02d}",
    "1": lambda date: str(date.month),
    "2": lambda date: str(date.day),
    "3": lambda date: str((date.hour - 1) % 12 + 1),
    "4": lambda date: str(date.minute),
    "5": lambda date: str(date.second),
}


def expanded(pattern: str, document: Document, page: HugoPage, site: Site) -> str:
    """Return the path that `pattern` gives for `document`; what is put in may stand in an address as it is."""
    moment = document.header.published
    date = moment.value if moment else datetime(1, 1, 1)
    named: Tokens = {**date_tokens(date), **_own_tokens(document, page, site, date)}
    return expand(pattern, named, lambda layout: _laid_out(layout, date))


def _laid_out(layout: str, date: datetime) -> str | None:
    """Return `date` in a layout of Go's: any token that holds parts of its reference time is one."""
    if _LAYOUT.search(layout) is None:
        return None
    return _LAYOUT.sub(lambda match: _FORMATS[match[0]](date), layout)


def _own_tokens(document: Document, page: HugoPage, site: Site, date: datetime) -> Tokens:
    title = _urlized((document.header.title or "").replace("/", "-"), site)
    given = (document.header.slug or "").strip("-")
    slug = _urlized(given, site) if given else None
    name = _urlized(page.name, site)
    return {
        "year": lambda: str(date.year),
        "monthname": lambda: date.strftime("%B"),
        "weekdayname": lambda: date.strftime("%A"),
        "section": lambda: _folder(page.folders[0], site) if page.folders else "",
        "sections": lambda: "/".join(_folder(folder, site) for folder in _sections(page, site)),
        "sectionslug": lambda: next(_section_slugs(page, site), ""),
        "sectionslugs": lambda: "/".join(_section_slugs(page, site)),
        "title": lambda: title,
        "slug": lambda: title if slug is None else slug,
        "filename": lambda: name,
        "contentbasename": lambda: name,
        "slugorfilename": lambda: name if slug is None else slug,
        "slugorcontentbasename": lambda: name if slug is None else slug,
    }


def _urlized(text: str, site: Site) -> str:
    """Return `text` as it may stand in an address; to Hugo, the last mark of ``C#`` begins a fragment without text."""
    slug = site_slug(text, site)
    return slug[:-1] if slug.find("#") == len(slug) - 1 >= 0 else slug


def section_slug(page: HugoPage, depth: int, site: Site) -> str:
    """Return the name in addresses of the folder that is `depth` deep: its section's slug, else its own."""
    folder = page.folders[depth - 1]
    return _section(page, depth, site).get("slug") or _folder(folder, site)


def _folder(name: str, site: Site) -> str:
    return name if site.case_kept else lowered(name)


def _section(page: HugoPage, depth: int, site: Site) -> Mapping[str, str]:
    return site.sections.get(page.language + "/" + "/".join(map(lowered, page.folders[:depth])), {})


def _sections(page: HugoPage, site: Site) -> tuple[str, ...]:
    """Return the folders down to the section that a page is of: a folder without a page of its own is none.

    Those at the top always are; where the site's sections are not known, all folders are taken for sections.
    """
    if not site.sections:
        return page.folders
    key = page.language + "/" + "/".join(map(lowered, page.folders))
    for depth in range(len(page.folders), 1, -1):
        if key in site.sections:
            return page.folders[:depth]
        key = key.rpartition("/")[0]
    return page.folders[:1]


def _section_slugs(page: HugoPage, site: Site) -> Iterator[str]:
    folders = _sections(page, site)
    for depth, folder in enumerate(folders, 1):
        known = _section(page, depth, site)
        if known or depth == 1 or not site.sections:
            yield site_slug((known.get("slug") or known.get("title") or folder).replace("/", "-"), site)
