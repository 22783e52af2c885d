"""The article behind a page's URL: what a static site asks for, and what an editor pastes."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import rows
from service.query.answers import ArticleSummary
from service.query.columns import ADDRESS, ARTICLE, SUMMARY
from service.query.matching import clean
from service.reading.addresses.urls import url_key
from service.store.values import bounded

_PREVIEWS = frozenset({"localhost", "127.0.0.1", "::1"})  # where writers look at a site before it is published


def resolve_url(session: Session, url: str) -> ArticleSummary:
    """Return the article whose page has this URL, or had it.

    Keys of URLs leave out the host, so that links within a site need none: here a page of another site is not taken
    for this one, but a preview on the writer's own machine is.

    Raises:
        NotFoundError: no article has this URL.
    """
    host = _host(clean(url))
    current = case((ADDRESS.c.kind == "url", 0), else_=1)
    statement = (
        select(*SUMMARY)
        .join(ADDRESS, ADDRESS.c.article_id == ARTICLE.c.id)
        .where(ADDRESS.c.key == bounded(url_key(clean(url))), ADDRESS.c.kind.in_(("url", "alias")))
        .order_by(current, ARTICLE.c.draft, ARTICLE.c.id)
    )
    found = [row for row in session.execute(statement) if not host or _host(row.url or "") in (host, "")]
    if found:  # a page that says it is on this host comes before one that does not say where it is
        return rows.summary(min(found, key=lambda row: bool(host) and _host(row.url or "") != host))
    raise NotFoundError(f"no article has the URL {url}")


def _host(url: str) -> str:
    """Return the host of a URL; nothing where it has none that tells one site from another.

    >>> _host("https://WWW.blog.example:443/a/"), _host("http://localhost:1313/a/"), _host("/a/")
    ('blog.example', '', '')
    """
    try:
        name = urlsplit(url.strip()).hostname or ""
    except ValueError:  # such as an unclosed bracket
        return ""
    return "" if name in _PREVIEWS else name.removeprefix("www.")
