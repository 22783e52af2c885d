"""Every way a document can be pointed at: where it lies, what it is called, where it is published.

Keys of pages begin with ``/``, keys of whole paths with ``./``; those of names and of the ends of paths with neither,
so that a note called 關於 is not the page ``/關於``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from service.model import Dialect, Document, Site
from service.reading.addresses.urls import page_keys
from service.reading.links.paths import FROM_THE_ROOT, Lying, lying, spelled
from service.script import fold

_DEEPEST = 12
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-(?=.)")
_UNSEEN = frozenset({"_posts", "_drafts"})  # folders that the name of a Jekyll post leaves out
_COVERS = frozenset({"index", "_index", "readme"})  # files that speak for their folder


class Address(NamedTuple):
    """A way to point at a document.

    `kind`: file (its whole path), path (the end of it), name, url, alias, folder (whose cover it is), slug (its name
    without the date) or title. `spelled` is the key in its own script; `language` that of the page, where told apart.
    """

    kind: str
    key: str
    spelled: str
    language: str | None = None


def addresses(document: Document, site: Site) -> tuple[Address, ...]:
    """Return every way to point at `document`; of equal keys, the first and strongest one.

    A path counts from any folder on (``a/b/c`` as ``b/c`` too), as wiki-links may leave out what comes before.
    """
    place = lying(document, site)
    found: dict[str, Address] = {}
    for kind, text in (*page_keys(document, site), *_files(document, place), *_names(document)):
        key = text if text.startswith("/") else fold(text)
        if key and key != FROM_THE_ROOT:
            found.setdefault(key, Address(kind, key, text, place.language))
    return tuple(found.values())


def file_addresses(path: str) -> tuple[Address, ...]:
    """Return the ways to point at a file that is known by its path alone, such as an attachment.

    >>> [key for _, key, *_ in file_addresses("圖/茶園.png")]
    ['./图/茶园.png', '图/茶园.png', '茶园.png']
    """
    return tuple(Address(kind, fold(text), text) for kind, text in _ends(PurePosixPath(spelled(path)).parts))


def _files(document: Document, place: Lying) -> Iterator[tuple[str, str]]:
    """Yield whole paths and their ends, as they are and as a generator knows them."""
    paths = [PurePosixPath(spelled(path)).parts for path in (place.page, place.file, place.named, document.path)]
    for parts in dict.fromkeys(filter(None, paths)):
        yield from _ends(parts)
    parts = paths[-1]
    if document.dialect is Dialect.JEKYLL:
        yield from _ends(tuple(part for part in parts if part not in _UNSEEN))
    if len(parts) > 1 and parts[-1] in _COVERS:
        yield from (("folder", text) for _, text in _ends(parts[:-1]))


def _ends(parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield "file", FROM_THE_ROOT + "/".join(parts)
    parts = parts[-_DEEPEST:]
    for start in range(len(parts)):
        yield "file" if not start else "path" if start < len(parts) - 1 else "name", "/".join(parts[start:])


def _names(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what a document is called besides its file's name."""
    if document.dialect not in (Dialect.HUGO, Dialect.JEKYLL):
        yield from (("alias", spelled(alias)) for alias in document.header.aliases)
    stem = spelled(PurePosixPath(document.path).name)
    if document.dialect in (Dialect.HUGO, Dialect.JEKYLL) and (match := _DATED.match(stem)):
        yield "slug", stem[match.end() :]
    yield "title", spelled(document.title)
