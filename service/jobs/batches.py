"""A batch of posts as bytes: what a job keeps until it has run, so that it can run again after a crash."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, NamedTuple

from service.errors import ContentError, StoreError
from service.model import Problem, Site, Source
from service.store.sites import row_site, site_row
from service.store.tables import SourceRow

_LEVEL = 1  # of zlib: a batch is read once, and soon


class Posts(NamedTuple):
    """What an ingestion is given; see `service.ingest.ingest`."""

    site: Site
    sources: Iterable[Source | ContentError]
    delete: tuple[str, ...] = ()
    replace: bool = False


def packed(posts: Posts) -> bytes:
    """Return a batch as bytes: compressed JSON, for a pickle would run what it holds.

    >>> unpacked(packed(Posts(Site("blog"), [Source("a.md", "茶")]))).sources
    [Source(path='a.md', text='茶')]
    """
    values = {
        "site": site_row(posts.site),
        "sources": [_written(source) for source in posts.sources],
        "delete": posts.delete,
        "replace": posts.replace,
    }
    return zlib.compress(json.dumps(values, separators=(",", ":")).encode(), _LEVEL)


def unpacked(data: bytes) -> Posts:
    """Return the batch that `packed` wrote.

    Raises:
        StoreError: it is none, or is damaged.
    """
    try:
        values: dict[str, Any] = json.loads(zlib.decompress(data))
        site = row_site(SourceRow(**values["site"]))
        return Posts(site, _read(values["sources"]), tuple(values["delete"]), values["replace"])
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise StoreError("the posts of this job cannot be read any more: push them again") from error


def _written(source: Source | ContentError) -> dict[str, Any]:
    if isinstance(source, ContentError):
        return {"error": source.detail, "path": source.path, "line": source.line}
    return asdict(source)


def _read(values: Iterable[dict[str, Any]]) -> list[Source | ContentError]:
    return [
        ContentError(value["error"], path=value["path"], line=value["line"])
        if "error" in value
        else Source(value["path"], value["text"], tuple(Problem(**problem) for problem in value["problems"]))
        for value in values
    ]
