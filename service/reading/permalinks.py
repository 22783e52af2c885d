"""The paths that Hugo and Jekyll publish posts at.

`Site.permalinks` maps sections (Hugo) and collections (Jekyll) to patterns. What else of a site's configuration decides
an address stands there too, under names that begin with a colon and so are no section's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

from service.model import Dialect, Document, Site
from service.reading.dates import site_zone

UGLY = ":ugly"  # "true": pages are files, `/posts/tea.html`
LANGUAGES = ":languages"  # of the site, separated by blanks; without it a suffix such as `.zh-tw` is taken for one
SUBDIRECTORY = ":subdirectory"  # "true": the site's own language has a folder too
DATES = ":dates"  # "filename": a post's file name gives its date and slug

_TOKEN = re.compile(r"\\?:([A-Za-z_]+)(\[[^\]]*\])?")
_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[a-z]{2,4})?)$", re.IGNORECASE)
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_KEPT_BY_HUGO = frozenset("./\\_#~-@")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_DATED_NAME = re.compile(r"(?:.*/)?(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)$")

_ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*$")

Tokens = Mapping[str, Callable[[], str]]


def _expand(pattern: str, tokens: Tokens) -> str:
    def value(match: re.Match[str]) -> str:
        token = tokens.get(match[1])
        return match[0] if token is None else _sliced(token(), match[2])

    return re.sub(r"/{2,}", "/", "/" + _TOKEN.sub(value, pattern))


def _sliced(value: str, bounds: str | None) -> str:
    """Return some of the folders: ``:sections[1:]``, ``:sections[last]``."""
    if not bounds:
        return value
    parts, inner = value.split("/"), bounds[1:-1].replace("last", "-1")
    try:
        if ":" not in inner:
            return parts[int(inner)]
        start, _, end = inner.partition(":")
        return "/".join(parts[int(start) if start else None : int(end) if end else None])
    except (ValueError, IndexError):
        return ""


# ── Hugo ──


def hugo_path(document: Document, site: Site) -> str:
    """Return the path Hugo publishes `document` at: ``url``, else a permalink pattern, else its path below content."""
    folders, name, language = _hugo_parts(document, site)
    prefix = f"/{language.lower()}" if language else ""
    if document.header.url:
        url = document.header.url
        if "://" in url:
            return url
        url = _expand(url, _hugo_tokens(document, folders, name)) if _TOKEN.search(url) else url
        url = url if url.startswith("/") else f"{prefix}/{url}"
        return url if url.endswith("/") or "." in url.rpartition("/")[2] else url + "/"
    section = name == "_index"
    if name in ("index", "_index"):
        name = folders[-1] if folders else ""
        folders = folders[:-1]
    pattern = None if section else site.permalinks.get(folders[0] if folders else name) if (folders or name) else None
    if pattern:
        path = _expand(pattern, _hugo_tokens(document, folders, name))
    else:
        slug = document.header.slug if document.header.slug and not section else None
        path = "/" + "/".join([*map(_hugo_segment, folders), hugo_slug(slug) if slug else _hugo_segment(name)])
    path = path.rstrip("/")
    if path.endswith((".html", ".htm")):
        return prefix + path
    if UGLY in site.permalinks:
        return prefix + path + ("/index.html" if section else ".html")
    return prefix + path + "/"


def _hugo_parts(document: Document, site: Site) -> tuple[list[str], str, str]:
    """Return the folders below content, the file's name, and the language that its address begins with."""
    parts = list(PurePosixPath(document.path).with_suffix("").parts)
    if parts and parts[0] == "content":
        parts = parts[1:]
    name = parts.pop() if parts else ""
    own = (site.language or "").lower()
    known = site.permalinks.get(LANGUAGES, "").lower().split()
    language = own if SUBDIRECTORY in site.permalinks else ""
    match = _LANGUAGE.search(name)
    if match and (not known or match[1].lower() in known):
        name, language = name[: match.start()], match[1] if match[1].lower() != own else language
    elif parts and parts[0].lower() in {own, *known} - {""}:
        language = parts[0] if parts[0].lower() != own else language
        parts = parts[1:]
    return parts, name, language


def _hugo_segment(name: str) -> str:
    return re.sub(r"\s", "-", name.lower())


def hugo_slug(title: str) -> str:
    """Return the part of a URL that Hugo makes of a title.

    >>> hugo_slug("AI、晶片 與《電力》")
    'ai晶片-與電力'
    """
    kept: list[str] = []
    waiting = False
    for index, character in enumerate(title):
        if _kept_by_hugo(character) or _HEX.match(title, index):
            if waiting and character != "-":
                kept.append("-")
            waiting = False
            kept.append(character)
        elif kept and kept[-1] != "-" and character.isspace():
            waiting = True
    return "".join(kept).lower()


def _kept_by_hugo(character: str) -> bool:
    return character in _KEPT_BY_HUGO or unicodedata.category(character) in {
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "Nd",
        "Mn",
        "Mc",
        "Me",
    }


def _hugo_tokens(document: Document, folders: list[str], name: str) -> Tokens:
    moment = document.header.published
    date = moment.value if moment else datetime(1, 1, 1)
    title = document.header.title or ""
    slug = document.header.slug
    base = _hugo_segment(name)
    return {
        **_date_tokens(date),
        "section": lambda: _hugo_segment(folders[0]) if folders else "",
        "sections": lambda: "/".join(map(_hugo_segment, folders)),
        "title": lambda: hugo_slug(title.replace("/", "-")),
        "slug": lambda: hugo_slug((slug or title).replace("/", "-")),
        "filename": lambda: base,
        "contentbasename": lambda: base,
        "slugorfilename": lambda: hugo_slug(slug) if slug else base,
        "slugorcontentbasename": lambda: hugo_slug(slug) if slug else base,
    }


def _date_tokens(date: datetime) -> Tokens:
    return {
        "year": lambda: f"{date.year:04d}",
        "month": lambda: f"{date.month:02d}",
        "monthname": lambda: date.strftime("%B").lower(),
        "day": lambda: f"{date.day:02d}",
        "weekday": lambda: str(date.isoweekday() % 7),
        "weekdayname": lambda: date.strftime("%A").lower(),
        "yearday": lambda: str(date.timetuple().tm_yday),
    }


# ── Jekyll ──


def jekyll_path(document: Document, site: Site) -> str | None:
    """Return the path Jekyll publishes `document` at: its permalink, else the site's style for posts, else its path."""
    parts = PurePosixPath(document.path).parts
    post = "_posts" in parts or "_drafts" in parts
    style = site.permalinks.get("posts") or site.permalinks.get("permalink") or "date"
    if (own := document.header.url) is not None:
        return _expand(own, _jekyll_tokens(document, site)) if _TOKEN.search(own) else "/" + own.lstrip("/")
    if post:
        return _expand(_STYLES.get(style, style), _jekyll_tokens(document, site))
    collection = parts[0][1:] if parts[0].startswith("_") and len(parts) > 1 else ""
    if collection and (pattern := site.permalinks.get(collection)):
        return _expand(pattern, _jekyll_tokens(document, site))
    stem = PurePosixPath(document.path).with_suffix("").as_posix()
    stem = stem.removeprefix("_")
    if stem == "index" or stem.endswith("/index"):
        return "/" + stem[: -len("index")]
    return f"/{stem}/" if style == "pretty" or style.endswith("/") else f"/{stem}.html"


def _jekyll_tokens(document: Document, site: Site) -> Tokens:
    header = document.header
    date = _jekyll_date(document, site)
    named = _DATED_NAME.match(PurePosixPath(document.path).with_suffix("").as_posix())
    slug = header.slug or (named[2] if named else PurePosixPath(document.path).stem)
    return {
        **_date_tokens(date),
        "i_month": lambda: str(date.month),
        "i_day": lambda: str(date.day),
        "short_year": lambda: f"{date.year % 100:02d}",
        "short_month": lambda: date.strftime("%b"),
        "long_month": lambda: date.strftime("%B"),
        "short_day": lambda: date.strftime("%a"),
        "long_day": lambda: date.strftime("%A"),
        "y_day": lambda: f"{date.timetuple().tm_yday:03d}",
        "week": lambda: f"{date.isocalendar().week:02d}",
        "hour": lambda: f"{date.hour:02d}",
        "minute": lambda: f"{date.minute:02d}",
        "second": lambda: f"{date.second:02d}",
        "title": lambda: jekyll_slug(slug, pretty=True),
        "slug": lambda: jekyll_slug(slug).lower(),
        "name": lambda: jekyll_slug(PurePosixPath(document.path).stem).lower(),
        "categories": lambda: "/".join(dict.fromkeys(c.lower() for c in header.categories)),
        "slugified_categories": lambda: "/".join(dict.fromkeys(jekyll_slug(c).lower() for c in header.categories)),
        "collection": lambda: PurePosixPath(document.path).parts[0].removeprefix("_"),
        "path": lambda: PurePosixPath(*PurePosixPath(document.path).parts[1:]).with_suffix("").as_posix(),
        "output_ext": lambda: ".html",
    }


def _jekyll_date(document: Document, site: Site) -> datetime:
    """Return the date as Jekyll takes it: a time without a zone is UTC to it, shown in the site's zone."""
    moment = document.header.published
    if moment is None:
        return datetime(1970, 1, 1)
    value = moment.value
    if value.tzinfo is None or moment.date_only or document.dialect is not Dialect.JEKYLL:
        return value
    zone = site_zone(site.timezone)
    if not _ZONED.search(moment.text):
        value = value.replace(tzinfo=UTC)
    return value.astimezone(zone) if zone else value


def jekyll_slug(text: str, *, pretty: bool = False) -> str:
    """Return `text` as Jekyll writes it in a URL, case kept; `pretty` keeps the marks that a URL may hold.

    >>> jekyll_slug("茶《山》 100%"), jekyll_slug("a_b.c", pretty=True)
    ('茶-山-100', 'a_b.c')
    """
    kept = frozenset("._~!$&'()+,;=@") if pretty else frozenset()
    marked = "".join(c if c in kept or unicodedata.category(c)[0] in "LM" or c.isdecimal() else "\0" for c in text)
    return re.sub("\0+", "-", marked).strip("-")
