"""Who is who, written: after posts changed, the names that this touches are decided again.

What comes out is always what deciding all names of the corpus anew gives, which `resolve_corpus` without `changes`
does: a name's group depends on the names that pairs chain to it, an entity on the names of its group and on the
decisions that speak of them. Whatever would reach further (other decisions, other rules) is resolved anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.model import Decision, Entity, EntityKind
from service.resolution import GlossSeen, Resolution
from service.resolution.decided import coined
from service.resolution.former import ids_in, only, renamed
from service.resolution.groups import normal
from service.resolution.settle import settle
from service.store.names.bearers import group_anew, group_on
from service.store.names.changes import Changes, said
from service.store.names.counts import StaleError, count_anew, count_on
from service.store.names.learnt import (
    Candidates,
    all_candidates,
    all_proofs,
    nodes_said,
    proofs,
    proven_anew,
    waiting,
    write_learnt,
)
from service.store.names.noted import note_anew, note_on
from service.store.names.places import articles_of, decisions_made, note_place, places_of, speaking_of
from service.store.names.reach import Part, decided, forms_in, reached, whole
from service.store.names.rows import rows_with
from service.store.names.rules import are_current, mark
from service.store.names.spoken import reserve, spoken
from service.store.names.written import Owners, own_all, own_articles, own_names, owners_of, write_entities
from service.store.notes import EntityNote
from service.store.tables import TABLES

_ARTICLE, _BEARER = TABLES["article"], TABLES["bearer"]
_MANY = 0.25  # of all articles: to resolve anew is cheaper then


def resolve_corpus(session: Session, changes: Changes | None = None) -> int:
    """Decide whose the names are that `changes` touch, or (None) all names, and write what that changes.

    Returns how many rows it changed where all names were decided; else 0.
    """
    if changes is None or _are_many(session, changes) or not are_current(session):
        return _resolve_anew(session)
    try:
        with session.begin_nested():
            _resolve_on(session, changes) if changes.former is None else _decide_on(session, changes)
    except StaleError:
        return _resolve_anew(session)
    return 0


def stale_rows(session: Session) -> int:
    """Return how many rows resolving all names anew would change; nothing is written."""
    with session.begin_nested() as attempt:
        changed = _resolve_anew(session)
        attempt.rollback()
    return changed


def _are_many(session: Session, changes: Changes) -> bool:
    total = session.execute(select(func.count()).select_from(_ARTICLE)).scalar_one()
    return len(changes.articles) > _MANY * total


def _resolve_anew(session: Session) -> int:
    total = said(session)
    noted, changed = note_anew(session)
    total.add(noted)
    changed += count_anew(session, total)
    decisions = decisions_made(session)
    ident, grouped = group_anew(session, coined(decisions))
    decisions = renamed(decisions, _standing_for(session, decisions))
    found = all_candidates(session, all_proofs(session))
    done = _settled(session, whole(session, ident), decisions, found)
    owned = own_all(session, done.owners, done.resolution, done.articles)
    mark(session)
    return changed + grouped + done.changed + owned


def _resolve_on(session: Session, changes: Changes) -> None:
    decisions = decisions_made(session)
    former = _standing_for(session, decisions)
    touched = _touched(session, changes)
    forms = waiting(session, _forms(changes), changes.articles)
    before = proofs(session, forms)
    count_on(session, changes.said)
    touched |= nodes_said(session, forms)
    regrouped = group_on(session, touched, coined(decisions))
    if _standing_for(session, decisions) != former:
        raise StaleError  # decisions speak of somebody else now
    decisions = renamed(decisions, former)
    part = reached(session, regrouped, touched, changes.said.times, decisions)
    found = proven_anew(session, before, proofs(session, forms), regrouped.moved, changes.articles)
    done = _settled(session, part, decisions, found)
    own_names(session, _borne(part, regrouped.moved, done.owners), done.resolution, done.articles)
    own_articles(session, changes.articles, done.resolution, done.articles)


def _decide_on(session: Session, changes: Changes) -> None:
    """Decide on what the editors' decisions speak of that changed; where posts changed too, all is resolved anew."""
    former, decisions = [*(changes.former or ())], decisions_made(session)
    if changes.articles:
        raise StaleError
    reserve(session, former, decisions)
    former, decisions = (renamed(some, _standing_for(session, some)) for some in (former, decisions))
    found = spoken(session, former, decisions)
    part = decided(session, found, decisions)
    nodes = {node.code for node, ident in part.ident.items() if ident in found.idents} | found.nodes
    done = _settled(session, part, decisions, proven_anew(session, {}, {}, nodes, ()))
    own_names(session, _borne(part, nodes, done.owners), done.resolution, done.articles)


def _touched(session: Session, changes: Changes) -> set[str]:
    """Return the nodes that posts changed, having brought the entity notes among these up to date."""
    noted = note_on(session, changes.articles)
    changes.said.add(noted.said)
    said = (node for pair in changes.said.pairs for node in pair.nodes)
    return {*noted.nodes, *(one.node.code for one in changes.said.times), *(node.code for node in said)}


def _forms(changes: Changes) -> set[str]:
    """Return the names and surfaces that posts changed, as names are compared."""
    forms = {form for one in changes.said.times for form in (one.surface, one.name)}
    return set(map(normal, forms.union(form for pair in changes.said.pairs for form in (pair.name, pair.gloss))))


def _borne(part: Part, nodes: Collection[str], owners: Owners) -> Owners:
    """Return the owners of the names that stand for one of `nodes`."""
    rows = (row for row in part.rows if row["node"] in nodes)
    borne = {(EntityKind(str(row["kind"])), row["name"], row["key"]) for row in rows}
    return {name: found for name, found in owners.items() if name in borne}


class _Settled(NamedTuple):
    resolution: Resolution
    owners: Owners
    articles: frozenset[str]  # those that decisions tell apart
    changed: int  # rows of entities, of their names and of learnt mentions


def _settled(session: Session, part: Part, decisions: Collection[Decision], found: Candidates) -> _Settled:
    """Decide on a part of the corpus and store its entities, and what others learn of its names."""
    speaking = speaking_of(decisions, forms_in(part.rows)) if decisions else []
    articles = articles_of(speaking)
    seen = places_of(session, part.rows, part.notes, articles)
    glosses = [GlossSeen(EntityKind(str(row["kind"])), str(row["name"]), str(row["gloss"]), "") for row in part.ties]
    resolution = settle(seen, glosses, part.ident, decisions, part.wanted, found.places(articles))
    entities = _named(resolution, part.notes, articles)
    changed = write_entities(session, entities, seen, resolution, part.wanted)
    changed += write_learnt(session, found, resolution, articles)
    return _Settled(resolution, owners_of(seen, resolution), articles, changed)


def _standing_for(session: Session, decisions: Iterable[Decision]) -> Mapping[str, str]:
    """Return what ids of decisions stand for whose entities have better names by now."""
    spoken = ids_in(decisions)
    missing = spoken - {str(row["ident"]) for row in rows_with(session, _BEARER, spoken, _BEARER.c.ident)}
    rows = list(rows_with(session, _BEARER, missing, _BEARER.c.own))
    return only((str(row["own"]), str(row["ident"])) for row in rows)


def _named(resolution: Resolution, notes: Iterable[EntityNote], articles: Collection[str]) -> list[Entity]:
    """Return the entities with the names that notes give them, without those that editors took from them."""
    noted: dict[str | None, set[str]] = {}
    for note in notes:
        noted.setdefault(resolution.owner(note_place(note, articles)), set()).update((note.title, *note.names))
    return [_with_names(entity, noted.get(entity.id, ()), resolution) for entity in resolution.entities]


def _with_names(entity: Entity, noted: Iterable[str], resolution: Resolution) -> Entity:
    shown = {entity.name, entity.hant, entity.hans, entity.en}
    own = {name for name in noted if resolution.allows(entity.id, name)}
    names = tuple(sorted({*entity.aliases, *own} - shown))
    return entity if names == entity.aliases else replace(entity, aliases=names)
