"""The addresses that notes have where a vault is published: by Quartz, Flowershow or Obsidian Publish."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FILE = re.compile(r"\.(?:md|mdx|markdown|html)$", re.IGNORECASE)
_COVER = re.compile(r"(?:^|/)(?:index|readme)$", re.IGNORECASE)
# What Quartz 4 makes of marks that no address may hold, a blank first: quartz/util/path.ts
_QUARTZ = {"&": "-and-", "%": "-percent", "?": "", "#": ""}


def quartz_slug(path: str) -> str:
    """Return what Quartz calls the page of the note at `path`.

    >>> quartz_slug("茶/Q&A 100%.md"), quartz_slug("山/_index.md")
    ('茶/Q-and-A-100-percent', '山/index')
    """
    slug = re.sub(r"\s", "-", _FILE.sub("", path.strip("/")))
    for mark, written in _QUARTZ.items():
        slug = slug.replace(mark, written)
    return re.sub(r"(^|/)_index$", r"\1index", slug)


def quartz_page(slug: str) -> str:
    """Return the path of a page below a Quartz site: a folder's cover is the folder.

    >>> quartz_page("山/index"), quartz_page("山/茶")
    ('山/', '山/茶')
    """
    return slug[: -len("index")] if slug == "index" or slug.endswith("/index") else slug


def flowershow_page(path: str) -> str:
    """Return the path of a page below a Flowershow site: a README covers its folder too.

    >>> flowershow_page("/山/README.md"), flowershow_page("/index/茶.md")
    ('/山', '/index/茶')
    """
    return _COVER.sub("", _FILE.sub("", path))


def garden_pages(path: str) -> Iterator[str]:
    """Yield the paths that a vault's note may be published at, besides its own; Publish writes blanks as ``+``."""
    bare = _FILE.sub("", path)
    found = (quartz_page(quartz_slug(path)), flowershow_page(path), bare.replace(" ", "+"))
    yield from dict.fromkeys(page for page in found if page != bare)
