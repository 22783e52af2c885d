"""What editors do besides pushing posts: declare sources and remove posts. What they decide of names is `deciding`.

Each call is one transaction that ends with the corpus resolved anew, so that no entity outlives its last mention and
an answer given afterwards already knows of the change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, func, select

from service.errors import NotFoundError
from service.ingest import ingest
from service.model import Site, completed
from service.pairing import pair_on
from service.store.corpus_version import bump
from service.store.engine import writing
from service.store.entities import resolve_corpus
from service.store.names.changes import Changes
from service.store.sites import row_site
from service.store.tables import ArticleRow, SourceRow
from service.store.writer import delete_article, delete_source


def declare(engine: Engine, site: Site) -> None:
    """Store how a site is to be read; posts already stored are read anew at their next ingestion."""
    ingest(engine, site, ())


def site_of(engine: Engine, name: str) -> Site:
    """Return the source `name` as declared; one that never was is read by what its posts look like."""
    with Session(engine) as session:
        row = session.get(SourceRow, name)
    return Site(name) if row is None else row_site(row)


def redeclare(engine: Engine, site: Site) -> Site:
    """Store what an editor says of a site; where he says nothing, what its own files told stays. Return the site."""
    stored = site_of(engine, site.name)
    told: Any = {name: getattr(stored, name) for name in stored.told}
    settled_site = completed(site, Site(site.name, **told))
    declare(engine, settled_site)
    return settled_site


def settled(engine: Engine, found: Site) -> Site:
    """Return the site `found` by its own files with what an editor has declared of it, which outranks them."""
    return completed(site_of(engine, found.name), found)


def sources(engine: Engine) -> list[tuple[Site, int]]:
    """Return all sources by name, each with how many articles it has."""
    counted = select(ArticleRow.source, func.count()).group_by(ArticleRow.source)
    with Session(engine) as session:
        counts = dict(session.exec(counted).all())
        rows = session.exec(select(SourceRow).order_by(SourceRow.name)).all()
    return [(row_site(row), counts.get(row.name, 0)) for row in rows]


def remove_article(engine: Engine, article_id: str) -> None:
    """Delete an article with all that hangs on it.

    Raises:
        NotFoundError: there is none with this id.
    """

    def remove(session: Session) -> Changes:
        if session.get(ArticleRow, article_id) is None:
            raise NotFoundError(f"There is no article with the id {article_id}.")
        changes = Changes(session)
        with changes.of(article_id):
            delete_article(session, article_id)
        return changes

    changing(engine, remove)


def remove_source(engine: Engine, name: str) -> None:
    """Delete a source with all its articles.

    Raises:
        NotFoundError: there is no such source.
    """

    def remove(session: Session) -> None:
        if session.get(SourceRow, name) is None:
            raise NotFoundError(f"There is no source named {name}.")
        delete_source(session, name)

    changing(engine, remove)


def changing(
    engine: Engine, change: Callable[[Session], Changes | None], afterwards: Callable[[Session], object] = bool
) -> None:
    """Do `change` in one transaction that ends with the corpus resolved; `afterwards` may still refuse it all.

    Only the names that `change` says to have touched are resolved, or all where it says nothing.
    """
    with writing(engine) as session:
        changes = change(session)
        session.flush()
        resolve_corpus(session, changes)
        pair_on(session)
        afterwards(session)
        bump(session)
