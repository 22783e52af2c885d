"""Hexo: the path that it publishes a page at, and its links: https://hexo.io/docs/permalinks, /docs/tag-plugins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import PurePosixPath

from service.model import Document, Link, Media, Site
from service.reading.headers.dates import site_zone

_TOKEN = re.compile(r":(\w+)")
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_YAML_TIME = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d\d:\d\d(?:\.\d*)?[ \t]*(?:Z|[-+]\d{1,2}(?::\d\d)?)$"
)
LINKS = ("post_link", "post_path")  # tags that stand for a link to another post
_POSTS = ("_posts", "_drafts")
_FORMATS = {"year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S"}
_DEFAULT = ":year/:month/:day/:title/"


def post_links(embeds: Iterable[tuple[int, Media]]) -> tuple[Link, ...]:
    """Return the links that ``{% post_link slug title %}`` makes: they show the title of the post they lead to."""
    found = (media for _, media in embeds if media.name in LINKS and media.args)
    return tuple(
        Link("wiki", media.args[0], " ".join(media.args[1:]) or None, None, None, None, None, media.line, None)
        for media in found
    )


def hexo_path(document: Document, site: Site) -> str | None:
    """Return the path Hexo publishes `document` at; its own path is taken from the site's ``source`` folder.

    None for what Hexo leaves out, and where the pattern asks for what only the build knows (``:id``, ``:hash``).
    """
    parts = PurePosixPath(document.path).parts
    if any(name.startswith(("_", ".")) or name.endswith("~") for name in parts if name not in _POSTS):
        return None
    own = document.header.url
    if parts[0] in _POSTS and len(parts) > 1:
        return "/" + own.lstrip("/") if own else _post(document, site)
    path = own or str(PurePosixPath(document.path).with_suffix(".html"))
    path += "" if path.endswith("/") or "." in path.rpartition("/")[2] else ".html"
    return re.sub(r"(^|/)index(?:\.html)?$", r"\1", "/" + path.lstrip("/"))


def _post(document: Document, site: Site) -> str | None:
    header = document.header
    slug = "/".join(PurePosixPath(document.path).with_suffix("").parts[1:])
    categories = "/".join(map(hexo_slug, header.categories)) or "uncategorized"
    tokens: dict[str, Callable[[], str]] = {
        "title": lambda: slug,
        "name": lambda: slug.rpartition("/")[2],
        "post_title": lambda: hexo_slug(document.title).lower(),
        "category": lambda: categories,
        **_dates(document, site),
    }

    def value(match: re.Match[str]) -> str:
        if token := tokens.get(match[1]):
            return token()
        given = header.rest.get(match[1])  # any key of the front matter is a token: `abbrlink`
        return str(given) if isinstance(given, (str, int)) else match[0]

    path = _TOKEN.sub(value, site.permalinks.get("posts") or _DEFAULT)
    return None if _TOKEN.search(path) else "/" + path.lstrip("/")


def _dates(document: Document, site: Site) -> dict[str, Callable[[], str]]:
    """Return the tokens of the date as a machine in the site's zone shows it; none where the post gives no date.

    A time with the zone that YAML knows (``+08:00``, not ``+0800``) is shown in UTC: Hexo takes YAML's times, which
    are in UTC, for the site's own.
    """
    moment, zone = document.header.published, site_zone(site.timezone)
    if moment is None:
        return {}
    shown: datetime = moment.value
    if shown.tzinfo and not moment.date_only:
        shown = shown.astimezone(UTC if _YAML_TIME.match(moment.text) else zone or shown.tzinfo)

    def token(form: str) -> Callable[[], str]:
        return lambda: shown.strftime(form)

    return {
        **{name: token(form) for name, form in _FORMATS.items()},
        "i_month": lambda: str(shown.month),
        "i_day": lambda: str(shown.day),
    }


def hexo_slug(text: str) -> str:
    """Return the part of a URL that Hexo makes of a title or category: ASCII marks become hyphens.

    >>> hexo_slug("C++ 與《茶》")
    'C-與《茶》'
    """
    return _SPECIAL.sub("-", text).strip("-")
