"""What editors do besides pushing posts: declare sources, remove, and correct who is who.

Each call is one transaction that ends with the corpus resolved anew, so that no entity outlives its last mention and
an answer given afterwards already knows of the change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from service.errors import NotFoundError, WenmaiError
from service.ingest import bump, ingest
from service.model import Site, completed
from service.resolution.groups import normal
from service.store.engine import writing
from service.store.entities import resolve_corpus
from service.store.sites import row_site
from service.store.tables import ArticleRow, DecisionRow, EntityRow, SourceRow
from service.store.writer import delete_article, delete_source

_LARGEST_ID: Final = 2**31 - 1  # that the column takes on PostgreSQL


class DecisionError(WenmaiError):
    """An editor's decision contradicts itself or an earlier one."""


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
        DecisionError: it is part of another one, or a name is blank.
    """

    def edit(session: Session) -> None:
        _known(session, entity_id)
        if any(isinstance(value, str) and not value.strip() for value in fields.values()):
            raise DecisionError("A name can't be blank: null goes back to what is extracted.")
        earlier = next(iter(_decided(session, "edit", entity_id)), None)
        kept = {name: value for name, value in {**(earlier.value if earlier else {}), **fields}.items() if value}
        if earlier is not None and kept:
            earlier.value = kept
        elif earlier is not None:
            session.delete(earlier)
        elif kept:
            session.add(DecisionRow(kind="edit", entity_id=entity_id, value=kept))

    _change(engine, edit)


def add_alias(engine: Engine, entity_id: str, name: str) -> None:
    """Say that `name` is a name of the entity, wherever it was or will be seen.

    Whoever else bore the name does so no more; of two entities given the same name, the later one has it.

    Raises:
        NotFoundError: there is no such entity.
        DecisionError: it is part of another one, or the name is blank.
    """

    def add(session: Session) -> None:
        _known(session, entity_id)
        given = name.strip()
        if not given:
            raise DecisionError("A name can't be blank.")
        last = [row for row in _decided(session, "alias") if normal(str(row.value.get("name"))) == normal(given)][-1:]
        if not last or last[0].entity_id != entity_id or last[0].value["name"] != given:
            session.add(DecisionRow(kind="alias", entity_id=entity_id, value={"name": given}))

    _change(engine, add)


def merge_entities(engine: Engine, entity_id: str, into: str) -> None:
    """Say that the entity is the same as `into`, whose id stays.

    Raises:
        NotFoundError: one of the two does not exist.
        DecisionError: they are the same, or one of them is part of another one already.
    """

    def merge(session: Session) -> None:
        if entity_id == into:
            raise DecisionError(f"{entity_id} can't be merged into itself.")
        _known(session, entity_id)
        _known(session, into)
        session.add(DecisionRow(kind="merge", entity_id=entity_id, value={"into": into}))

    _change(engine, merge)


def revoke(engine: Engine, decision_id: int) -> None:
    """Take a decision back: what it changed is again as extraction and the other decisions have it.

    Raises:
        NotFoundError: there is no such decision.
    """

    def remove(session: Session) -> None:
        decision = session.get(DecisionRow, decision_id) if abs(decision_id) <= _LARGEST_ID else None
        if decision is None:
            raise NotFoundError(f"There is no decision with the id {decision_id}.")
        session.delete(decision)

    _change(engine, remove)


def _decided(session: Session, kind: str, entity_id: str | None = None) -> Sequence[DecisionRow]:
    """Return the decisions of a kind (on an entity), the oldest first."""
    statement = select(DecisionRow).where(DecisionRow.kind == kind).order_by(col(DecisionRow.id))
    if entity_id is not None:
        statement = statement.where(DecisionRow.entity_id == entity_id)
    return session.exec(statement).all()


def _known(session: Session, entity_id: str) -> None:
    if session.get(EntityRow, entity_id) is not None:
        return
    merges = _decided(session, "merge", entity_id)
    if merges:
        raise DecisionError(f"{entity_id} is part of {merges[-1].value.get('into')} now: name that one.")
    raise NotFoundError(f"There is no entity with the id {entity_id}.")


def _change(engine: Engine, change: Callable[[Session], None]) -> None:
    with writing(engine) as session:
        change(session)
        session.flush()
        resolve_corpus(session)
        bump(session)
