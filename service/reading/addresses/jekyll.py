"""The path that Jekyll publishes a page at: https://jekyllrb.com/docs/permalinks/."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

from service.model import Document, Site
from service.reading.headers.dates import site_zone
from service.reading.headers.defaults import inner_path, is_included, kind_of

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_NAMED_SUFFIX = {"pretty": "/", "date": ":output_ext", "ordinal": ":output_ext", "none": ":output_ext"}
_FORMATS = {
    "year": "%Y",
    "month": "%m",
    "day": "%d",
    "hour": "%H",
    "minute": "%M",
    "second": "%S",
    "short_month": "%b",
    "long_month": "%B",
    "short_year": "%y",
    "w_year": "%G",
    "week": "%V",
    "w_day": "%u",
    "short_day": "%a",
    "long_day": "%A",
    "y_day": "%j",
}
_DATED_NAME = re.compile(r"(\d{2,4}-\d{1,2}-\d{1,2})-(.*)$", re.DOTALL)
_TOKEN = re.compile(r":([a-z_]+)")
_PAPERS = (
    "readme",
    "license",
    "licence",
    "copying",
    "code_of_conduct",
    "contributing",
    "issue_template",
    "pull_request_template",
)
_SPECIAL = (".", "_", "#", "~")

Tokens = Mapping[str, Callable[[], str]]


class _UndatedError(Exception):
    """The address needs a date that the post does not give: Jekyll takes the time of the build."""


def jekyll_path(document: Document, site: Site) -> str | None:
    """Return the path Jekyll publishes `document` at: its permalink, else that of its collection, else its own path.

    None where Jekyll makes no page of the file, or where the address hangs on the time of the build.
    """
    kind = kind_of(document.path, site)
    if not _published(document, kind, site):
        return None
    own = document.header.url
    tokens = _page_tokens(document) if kind == "pages" else _tokens(document, kind, site)
    template = own if own is not None else _template(document, kind, site)
    try:
        return _sanitized(_expanded(template, tokens))
    except _UndatedError:
        return None


def dated_name(path: str) -> tuple[str, str] | None:
    """Return the date and the slug that the name of a post's file gives.

    >>> dated_name("茶/_posts/2026-03-05-明前.md"), dated_name("_posts/about.md")
    (('2026-03-05', '明前'), None)
    """
    match = _DATED_NAME.match(PurePosixPath(path).stem)
    return (match[1], match[2]) if match else None


def _published(document: Document, kind: str, site: Site) -> bool:
    path = document.path
    if kind == "pages":
        return _rendered(document, site) and not _hidden(PurePosixPath(path).parts, site)
    if inner_path(path, site) == path and site.collections_dir:
        return False
    parts = PurePosixPath(inner_path(path, site)).parts
    if kind != "posts":
        known = site.collections.get(kind, not site.collections)
        return known and _rendered(document, site) and not _hidden((*parts[1:2], parts[-1]), site)
    drafts = "_posts" not in parts
    at = parts.index("_drafts" if drafts else "_posts")
    named = drafts or dated_name(path) is not None
    return named and not _hidden((*parts[:at], *parts[at + 1 : at + 2], parts[-1]), site)


def _hidden(names: tuple[str, ...], site: Site) -> bool:
    """Tell whether the names of folders or of the file say that Jekyll does not read it."""
    special = (name for name in names if name.startswith(_SPECIAL) or name.endswith("~"))
    return not all(is_included(name, site) for name in special)


def _rendered(document: Document, site: Site) -> bool:
    """Tell whether Jekyll makes a page of a file rather than copying it, as it does where there is no front matter."""
    return not document.bare or _rendered_bare(document.path, site)


def _rendered_bare(path: str, site: Site) -> bool:
    """Tell whether a plugin makes a page of a file without front matter."""
    papers = PurePosixPath(path).stem.lower() in _PAPERS
    return ("jekyll-optional-front-matter" in site.plugins and not papers) or _is_readme_index(path, site)


def _is_readme_index(path: str, site: Site) -> bool:
    return "jekyll-readme-index" in site.plugins and PurePosixPath(path).stem.lower() == "readme"


def _template(document: Document, kind: str, site: Site) -> str:
    style = site.permalinks.get("permalink") or site.permalinks.get("posts") or "date"
    if kind == "posts":
        style = site.permalinks.get("posts") or style
        return _STYLES.get(style, style)
    if kind != "pages":
        return site.permalinks.get(kind) or "/:collection/:path" + _suffix(style)
    index = PurePosixPath(document.path).stem == "index"
    index |= document.bare and _is_readme_index(document.path, site)
    return "/:path/" if index else "/:path/:basename" + _suffix(style)


def _suffix(style: str) -> str:
    """Return how the addresses of pages and collections end, after the style of the posts' addresses."""
    ends = "/" if style.endswith("/") else ":output_ext" if style.endswith(":output_ext") else ""
    return _NAMED_SUFFIX.get(style, ends)


def _expanded(template: str, tokens: Tokens) -> str:
    """Return `template` with its tokens put in; Jekyll takes ``:month_`` for ``:month`` and an underscore."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in tokens and name.endswith("_") and name[:-1] in tokens:
            return tokens[name[:-1]]() + "_"
        return tokens[name]() if name in tokens else match[0]

    return _TOKEN.sub(value, template)


def _sanitized(path: str) -> str:
    return re.sub(r"/{2,}", "/", f"/{path}".replace("..", "/").replace("./", ""))


def _page_tokens(document: Document) -> Tokens:
    path = PurePosixPath(document.path)
    folder = "" if str(path.parent) == "." else str(path.parent)
    return {"path": lambda: folder, "basename": lambda: path.stem.rstrip("."), "output_ext": lambda: ".html"}


def _tokens(document: Document, kind: str, site: Site) -> Tokens:
    header, path = document.header, PurePosixPath(inner_path(document.path, site))
    named = dated_name(document.path)
    slug = header.slug or (named[1] if named else path.stem).rstrip(".")
    return {
        **_date_tokens(document, site),
        "title": lambda: jekyll_slug(slug, pretty=True),
        "slug": lambda: jekyll_slug(slug).lower(),
        "name": lambda: jekyll_slug(path.stem).lower(),
        "categories": lambda: "/".join(dict.fromkeys(c.lower() for c in header.categories)),
        "slugified_categories": lambda: "/".join(dict.fromkeys(jekyll_slug(c).lower() for c in header.categories)),
        "collection": lambda: kind,
        "path": lambda: path.with_suffix("").as_posix().replace(f"_{kind}", "", 1).rstrip("."),
        "output_ext": lambda: ".html",
    }


def _date_tokens(document: Document, site: Site) -> dict[str, Callable[[], str]]:
    def token(form: str) -> Callable[[], str]:
        return lambda: _date(document, site).strftime(form)

    return {
        **{name: token(form) for name, form in _FORMATS.items()},
        "i_month": lambda: str(_date(document, site).month),
        "i_day": lambda: str(_date(document, site).day),
    }


def _date(document: Document, site: Site) -> datetime:
    """Return the date in the site's zone, as Jekyll shows it; UTC where the site names none."""
    moment = document.header.published
    if moment is None:
        raise _UndatedError
    value = moment.value
    if value.tzinfo is None or moment.date_only:
        return value
    return value.astimezone(site_zone(site.timezone) or UTC)


def jekyll_slug(text: str, *, pretty: bool = False) -> str:
    """Return `text` as Jekyll writes it in a URL, case kept; `pretty` keeps the marks that a URL may hold.

    >>> jekyll_slug("茶《山》 100%"), jekyll_slug("a_b.c", pretty=True)
    ('茶-山-100', 'a_b.c')
    """
    kept = frozenset("._~!$&'()+,;=@") if pretty else frozenset()
    marked = "".join(c if c in kept or unicodedata.category(c)[0] in "LM" or c.isdecimal() else "\0" for c in text)
    return re.sub("\0+", "-", marked).strip("-")
