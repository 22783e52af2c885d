"""Paths and names of files as links write them, and what all ways of writing one have in common."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from pathlib import PurePosixPath
from typing import NamedTuple

from service.model import Dialect, Document, Site
from service.reading.addresses.hugo_pages import hugo_page
from service.reading.addresses.in_a_row import in_a_row
from service.script import fold

_MARKDOWN = re.compile(r"\.(?:md|mdx|markdown|mdown|mkd)$", re.IGNORECASE)
_BLANK = re.compile(r"[^\S\n]")

FROM_THE_ROOT = "./"  # begins the key of a whole path: names and the ends of paths never do


def is_markdown(path: str) -> bool:
    """Tell whether a path names a Markdown file.

    >>> is_markdown("茶/烏龍.MD"), is_markdown("茶/烏龍.pdf")
    (True, False)
    """
    return _MARKDOWN.search(path) is not None


def spelled(path: str) -> str:
    """Return a path or name in its own script, with what never matters taken out: NFC, lower case, no ``.md``.

    >>> spelled("/茶/Oolong.md "), spelled("湯.pdf")
    ('茶/oolong', '湯.pdf')
    """
    text = _BLANK.sub(" ", unicodedata.normalize("NFC", path)).replace("\\", "/").strip(" /\n")
    return _MARKDOWN.sub("", text).strip(" /").lower()


def path_key(path: str) -> str:
    """Return the key of a path or name: as spelled, script and width erased.

    >>> path_key("茶/烏龍.md") == path_key("茶/乌龙")
    True
    """
    return fold(spelled(path))


def below(folder: str, path: str) -> str | None:
    """Return `path`, relative to `folder`, as a path from the root; None where it leaves the root.

    >>> below("茶/綠茶", "../紅茶.md"), below("茶", "../../酒.md")
    ('茶/紅茶.md', None)
    """
    whole = posixpath.normpath(posixpath.join("/", folder, path.replace("\\", "/")))
    depth = 0
    for part in PurePosixPath(folder, path.replace("\\", "/")).parts:
        depth += -1 if part == ".." else part not in (".", "/")
        if depth < 0:
            return None
    return whole.lstrip("/")


class Lying(NamedTuple):
    """Where a document lies, as its own generator knows it.

    `page` is its path below content, that of its folder where the file stands for it; `file` is the same with the
    file's name, `named` with what tells its language too.
    """

    page: str
    file: str
    named: str
    language: str | None


@in_a_row
def lying(document: Document, site: Site) -> Lying:
    """Return where `document` lies; only Hugo's pages have a language that their paths tell.

    >>> from service.reading import read; from service.model import Source
    >>> lying(read(Source("content/茶/index.zh-tw.md", ""), Site("a", Dialect.HUGO)), Site("a", Dialect.HUGO))
    Lying(page='茶', file='茶/index', named='茶/index.zh-tw', language='zh-tw')
    """
    if document.dialect is not Dialect.HUGO:
        return Lying(document.path, document.path, document.path, None)
    page = hugo_page(document.path, site)
    parts = [*page.folders, *([page.name] if page.name else [])]
    stem = PurePosixPath(_MARKDOWN.sub("", document.path)).name
    cover = stem.partition(".")[0].lower()
    if cover in ("index", "_index"):
        return Lying("/".join(parts), "/".join([*parts, cover]), "/".join([*parts, stem]), page.language or None)
    return Lying("/".join(parts), "/".join(parts), "/".join([*parts[:-1], stem]), page.language or None)
