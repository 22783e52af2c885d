"""The path that Jekyll publishes a page at."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from pathlib import PurePosixPath

from service.model import Dialect, Document, Site
from service.reading.dates import site_zone
from service.reading.patterns import Tokens, date_tokens, expand, is_pattern

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_DATED_NAME = re.compile(r"(?:.*/)?(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)$")

_ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*$")


def jekyll_path(document: Document, site: Site) -> str | None:
    """Return the path Jekyll publishes `document` at: its permalink, else the site's style for posts, else its path."""
    parts = PurePosixPath(document.path).parts
    post = "_posts" in parts or "_drafts" in parts
    style = site.permalinks.get("posts") or site.permalinks.get("permalink") or "date"
    if (own := document.header.url) is not None:
        return expand(own, _jekyll_tokens(document, site)) if is_pattern(own) else "/" + own.lstrip("/")
    if post:
        return expand(_STYLES.get(style, style), _jekyll_tokens(document, site))
    collection = parts[0][1:] if parts[0].startswith("_") and len(parts) > 1 else ""
    if collection and (pattern := site.permalinks.get(collection)):
        return expand(pattern, _jekyll_tokens(document, site))
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
        **date_tokens(date),
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
