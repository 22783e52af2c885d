"""Which commit of its repository a source was last brought to, so that the next time only what changed is read."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from service.content.commits import Commit, commit_of, read_posts, tells_of_site
from service.content.git import Repository
from service.errors import ContentError
from service.extraction import VERSION
from service.ingest import Report, ingest
from service.model import Site, Source
from service.store.engine import writing
from service.store.sites import site_row
from service.store.tables import TABLES

_FOLLOWED, _ARTICLE = TABLES["followed"], TABLES["article"]


class Limits(NamedTuple):
    """The most that a repository may hold."""

    files: int
    file_bytes: int


class Brought(NamedTuple):
    """What came of bringing a source to a commit: `read` says how many posts were looked at; None: all."""

    commit: str
    report: Report
    read: int | None


def bring(
    engine: Engine, repository: Repository, declared: Site, *, ref: str = "HEAD", folder: str = "", limits: Limits
) -> Brought:
    """Store the posts of a source as they are at `ref`: what is gone from it goes.

    Where the commit that was brought in last is known, only the posts that differ since are read; all are where the
    site's own files differ too, or are read by other rules now.

    Raises:
        ContentError: there is no such commit, or it cannot be read; nothing was stored.
        StoreError: the database refuses.
    """
    name = repository.commit(ref)
    commit = commit_of(repository, name, declared, folder=folder, max_files=limits.files)
    place = f"{repository.path}\n{folder}"
    reading = _digest(commit.site, place)
    wanted = _changed(engine, repository, name, commit, reading, limits.files)
    if wanted is None:
        found = read_posts(repository, commit, commit.posts, max_file_bytes=limits.file_bytes)
        report = ingest(engine, commit.site, [*commit.unnamed, *found], replace=True)
    else:
        sources: list[Source | ContentError] = list(
            read_posts(repository, commit, wanted, max_file_bytes=limits.file_bytes)
        )
        gone = _stored(engine, commit.site.name) - set(commit.posts)
        report = ingest(engine, commit.site, sources, delete=gone)
    _note(engine, commit.site.name, name, reading)
    return Brought(name, report, None if wanted is None else len(wanted))


def posts_at(
    repository: Repository, declared: Site, *, ref: str = "HEAD", folder: str = "", limits: Limits
) -> tuple[Site, list[Source | ContentError]]:
    """Return the site as it is at `ref` and all its posts, for who wants to know what `bring` would change.

    Raises:
        ContentError: there is no such commit, or it cannot be read.
    """
    name = repository.commit(ref)
    commit = commit_of(repository, name, declared, folder=folder, max_files=limits.files)
    found = read_posts(repository, commit, commit.posts, max_file_bytes=limits.file_bytes)
    return commit.site, [*commit.unnamed, *found]


def _changed(
    engine: Engine, repository: Repository, name: str, commit: Commit, reading: str, most: int
) -> set[str] | None:
    """Return the posts that are not stored as they are in the commit; None where nobody can tell."""
    with Session(engine) as session:
        last = session.execute(select(_FOLLOWED).where(_FOLLOWED.c.source == commit.site.name)).one_or_none()
    if last is None or last.reading != reading:
        return None
    changed = repository.changed(last.commit, name, most=most)
    if changed is None or tells_of_site(changed, commit.root):
        return None
    return commit.touches(changed) | (set(commit.posts) - _stored(engine, commit.site.name))


def _stored(engine: Engine, source: str) -> set[str]:
    with Session(engine) as session:
        return set(session.scalars(select(_ARTICLE.c.path).where(_ARTICLE.c.source == source)))


def _digest(site: Site, place: str) -> str:
    """Return what names all that decides how a post is read, besides itself."""
    told = json.dumps([site_row(site), place, VERSION], ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def _note(engine: Engine, source: str, commit: str, reading: str) -> None:
    """Remember the commit once its posts are stored: whoever is stopped in between reads some of them twice."""
    with writing(engine) as session:
        session.execute(delete(_FOLLOWED).where(_FOLLOWED.c.source == source))
        session.execute(insert(_FOLLOWED), [{"source": source, "commit": commit, "reading": reading}])
