"""What an ingestion would change, told before it is done: nothing is read again, extracted or written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from service.errors import ContentError
from service.extraction import VERSION
from service.model import Site, Source
from service.store.ids import digest, hash_of
from service.store.tables import TABLES

_ARTICLE = TABLES["article"]


class Changes(NamedTuple):
    """The paths that an ingestion would add, update and delete, each in order; and how many it would leave alone."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: int


def foreseen(
    engine: Engine,
    site: Site,
    sources: Iterable[Source | ContentError],
    delete: frozenset[str] = frozenset(),
    *,
    replace: bool = False,
) -> tuple[Changes, list[ContentError]]:
    """Return what ingesting `sources` would change, and those that cannot be read; see `service.ingest.ingest`."""
    digests: dict[str, str] = {}
    errors: list[ContentError] = []
    for found in sources:
        if isinstance(found, ContentError):
            errors.append(found)
        else:
            digests.setdefault(found.path, digest(found, site))
    return changes(engine, site, digests, delete, replace=replace), errors


def changes(
    engine: Engine, site: Site, digests: Mapping[str, str], delete: frozenset[str] = frozenset(), *, replace: bool
) -> Changes:
    """Return what ingesting files would change.

    Args:
        engine: the database.
        site: the source they belong to, as it is to be read.
        digests: the files' paths, each with the `service.store.ids.digest` of what it holds.
        delete: paths to remove.
        replace: whether what is stored and not among the files is removed too.
    """
    query = select(_ARTICLE.c.path, _ARTICLE.c.content_hash).where(_ARTICLE.c.source == site.name)
    with Session(engine) as session:
        stored = {row.path: row.content_hash for row in session.execute(query)}
    new = {path: hash_of(path, held, site, VERSION) for path, held in digests.items()}
    gone = stored.keys() - new.keys() if replace else stored.keys() & delete - new.keys()
    updated = [path for path, held in new.items() if path in stored and stored[path] != held]
    return Changes(
        added=tuple(sorted(new.keys() - stored.keys())),
        updated=tuple(sorted(updated)),
        deleted=tuple(sorted(gone)),
        unchanged=len(new.keys() & stored.keys()) - len(updated),
    )
