"""What editors do besides pushing posts: declare sources, remove, and correct who is who.

Each call is one transaction that ends with the corpus resolved anew, so that no entity outlives its last mention and
an answer given afterwards already knows of the change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from service.errors import NotFoundError, WenmaiError
from service.ingest import bump, ingest
from service.model import Dialect, Site
from service.store.engine import writing
from service.store.entities import resolve_corpus
from service.store.tables import ArticleRow, DecisionRow, EntityRow, SourceRow
from service.store.writer import delete_article, delete_source


class DecisionError(WenmaiError):
    """An editor's decision contradicts itself or an earlier one."""


def declare(engine: Engine, site: Site) -> None:
    """Store how a site is to be read; posts already stored are read anew at their next ingestion."""
    ingest(engine, site, ())


def site_of(engine: Engine, name: str) -> Site:
    """Return the source `name` as declared; one that never was is read by what its posts look like."""
    with Session(engine) as session:
        row = session.get(SourceRow, name)
    if row is None:
        return Site(name)
    dialect = None if row.kind == "auto" else Dialect(row.kind)
    return Site(name, dialect, row.base_url, row.permalinks or {}, row.language, row.timezone)


def remove_article(engine: Engine, article_id: str) -> None:
    """Delete an article with all that hangs on it.

    Raises:
        NotFoundError: there is none with this id.
    """

    def remove(session: Session) -> None:
        if session.get(ArticleRow, article_id) is None:
            raise NotFoundError(f"There is no article with the id {article_id}.")
        delete_article(session, article_id)

    _change(engine, remove)


def remove_source(engine: Engine, name: str) -> None:
    """Delete a source with all its articles.

    Raises:
        NotFoundError: there is no such source.
    """

    def remove(session: Session) -> None:
        if session.get(SourceRow, name) is None:
            raise NotFoundError(f"There is no source named {name}.")
        delete_source(session, name)

    _change(engine, remove)


def edit_entity(engine: Engine, entity_id: str, fields: Mapping[str, Any]) -> None:
    """Let `fields` (kind, name, hant, hans, en) outrank what is extracted of an entity.

    A later edit of the same entity replaces an earlier one; None takes a field's edit back.

    Raises:
        NotFoundError: there is no such entity.
    """

    def edit(session: Session) -> None:
        _known(session, entity_id)
        earlier = session.exec(
            select(DecisionRow).where(DecisionRow.kind == "edit", DecisionRow.entity_id == entity_id)
        ).first()
        merged = {**(earlier.value if earlier else {}), **fields}
        kept = {name: value for name, value in merged.items() if value is not None}
        if earlier is not None:
            session.delete(earlier)
        if kept:
            session.add(DecisionRow(kind="edit", entity_id=entity_id, value=kept))

    _change(engine, edit)


def add_alias(engine: Engine, entity_id: str, name: str) -> None:
    """Say that `name` is a name of the entity, wherever it was or will be seen.

    Raises:
        NotFoundError: there is no such entity.
    """

    def add(session: Session) -> None:
        _known(session, entity_id)
        decisions = session.exec(
            select(DecisionRow).where(DecisionRow.kind == "alias", DecisionRow.entity_id == entity_id)
        )
        if all(decision.value.get("name") != name for decision in decisions):
            session.add(DecisionRow(kind="alias", entity_id=entity_id, value={"name": name}))

    _change(engine, add)


def merge_entities(engine: Engine, entity_id: str, into: str) -> None:
    """Say that the entity is the same as `into`, whose id stays.

    Raises:
        NotFoundError: one of the two does not exist.
        DecisionError: they are the same, or were merged the other way round before.
    """

    def merge(session: Session) -> None:
        if entity_id == into:
            raise DecisionError(f"{entity_id} can't be merged into itself.")
        _known(session, entity_id)
        _known(session, into)
        decisions = session.exec(select(DecisionRow).where(DecisionRow.kind == "merge")).all()
        target_of = {decision.entity_id: str(decision.value["into"]) for decision in decisions}
        if into in target_of:
            raise DecisionError(f"{into} is itself merged into {target_of[into]}: merge into that one.")
        session.add(DecisionRow(kind="merge", entity_id=entity_id, value={"into": into}))

    _change(engine, merge)


def _known(session: Session, entity_id: str) -> None:
    if session.get(EntityRow, entity_id) is None:
        raise NotFoundError(f"There is no entity with the id {entity_id}.")


def _change(engine: Engine, change: Callable[[Session], None]) -> None:
    with writing(engine) as session:
        change(session)
        session.flush()
        resolve_corpus(session)
        bump(session)
