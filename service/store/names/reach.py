"""How far a change reaches: the entities that may be described in another way, and all that is said of these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.model import Decision, EntityKind
from service.resolution.decided import Decided, decide, limits_of, names_of
from service.resolution.groups import Node, node_of, normal
from service.store.names.bearers import Regrouped
from service.store.names.changes import Writing
from service.store.names.noted import stored_notes
from service.store.names.places import speaking_of
from service.store.names.rows import all_rows, chunks, rows_with
from service.store.names.spoken import Spoken
from service.store.notes import EntityNote
from service.store.tables import TABLES
from service.store.values import Row

_SEEN, _TIE, _BEARER = TABLES["seen_name"], TABLES["tie"], TABLES["bearer"]
_NOTE, _MENTION = TABLES["entity_note"], TABLES["mention"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the corpus that holds all there is of the entities `wanted` (None: of all)."""

    rows: list[Row]  # of seen names
    ties: list[Row]
    notes: list[EntityNote]
    ident: Mapping[Node, str]  # of the groups of the names, before editors are heard
    wanted: Collection[str] | None


def whole(session: Session, ident: Mapping[Node, str]) -> Part:
    """Return the whole corpus."""
    notes = stored_notes(all_rows(session, _NOTE))
    return Part(list(all_rows(session, _SEEN)), list(all_rows(session, _TIE)), notes, ident, None)


def reached(
    session: Session,
    regrouped: Regrouped,
    touched: Collection[str],
    writings: Iterable[Writing],
    decisions: Collection[Decision],
) -> Part:
    """Return the part of the corpus that a change of the nodes `touched` and of the `writings` of names may change."""
    state, near = decide((), {}, decisions), regrouped.moved.union(touched)
    forms = {form for one in writings for form in (normal(one.name), normal(one.surface))}
    forms |= forms_in(rows_with(session, _SEEN, near, _SEEN.c.node)) if decisions else set()
    idents = regrouped.idents(near) | {ident for one in speaking_of(decisions, forms) for ident in _ids(one)}
    wanted = {ident for one in idents if (ident := state.current(one)) is not None}
    parts = wanted | {ident for ident in state.into if state.current(ident) in wanted}
    nodes = {str(row["node"]) for row in rows_with(session, _BEARER, parts, _BEARER.c.ident)}
    return _part(session, nodes, near, list(_giving(decisions, wanted, state)), wanted)


def decided(session: Session, found: Spoken, decisions: Collection[Decision]) -> Part:
    """Return the part of the corpus that changed decisions speak of, of which `decisions` stand now."""
    state = decide((), {}, decisions)
    wanted = found.idents | {ident for one in found.idents if (ident := state.current(one)) is not None}
    parts = wanted | {ident for ident in state.into if state.current(ident) in wanted}
    nodes = {str(row["node"]) for row in rows_with(session, _BEARER, parts, _BEARER.c.ident)} | found.nodes
    return _part(session, nodes, found.nodes, list(_giving(decisions, wanted, state)), wanted)


def forms_in(rows: Iterable[Row]) -> set[str]:
    """Return the names and surfaces that `rows` of seen names hold, as names are compared."""
    return {str(form) for row in rows for form in (row["full"], row["said"])}


def _part(
    session: Session, nodes: set[str], near: Collection[str], giving: list[Decision], wanted: Collection[str]
) -> Part:
    rows = {str(row["id"]): row for row in rows_with(session, _SEEN, nodes.union(near), _SEEN.c.node)}
    for row in _given(session, giving):
        rows.setdefault(str(row["id"]), row)
    named = {str(row["node"]) for row in rows.values()} | nodes
    ident = {Node.of(str(row["node"])): str(row["ident"]) for row in rows_with(session, _BEARER, named, _BEARER.c.node)}
    ties = list(rows_with(session, _TIE, nodes, _TIE.c.one, _TIE.c.other))
    notes = stored_notes(rows_with(session, _NOTE, named, _NOTE.c.node))
    return Part(list(rows.values()), ties, notes, ident, wanted)


def _ids(decision: Decision) -> Iterator[str]:
    into = decision.value.get("into")
    yield from (ident for ident in (decision.entity_id, into) if isinstance(ident, str))


def _giving(decisions: Iterable[Decision], wanted: Collection[str], state: Decided) -> Iterator[Decision]:
    """Yield the decisions by which one of the entities `wanted` may bear names of other groups."""
    for one in decisions:
        taker = one.entity_id if one.kind == "alias" else one.value.get("into")
        if isinstance(taker, str) and one.kind != "merge" and state.current(taker) in wanted:
            yield one


def _given(session: Session, giving: Iterable[Decision]) -> Iterator[Row]:
    """Yield the seen names that decisions give away."""
    for one in giving:
        names, limits = names_of(one), limits_of(one)
        if names:
            yield from rows_with(session, _SEEN, names, _SEEN.c.full, _SEEN.c.said)
        elif limits is not None:
            nodes = set(_nodes_in(session, limits.articles))
            yield from rows_with(session, _SEEN, nodes, _SEEN.c.node)
            yield from rows_with(session, _SEEN, [limits.source] if limits.source else [], _SEEN.c.source)


def _nodes_in(session: Session, articles: Collection[str]) -> Iterator[str]:
    """Yield whom names stand for in some articles."""
    for chunk in chunks(sorted(articles)):
        query = select(_MENTION.c.kind, _MENTION.c.name, _MENTION.c.key).distinct()
        for kind, name, key in session.execute(query.where(_MENTION.c.article_id.in_(chunk))):
            yield node_of(EntityKind(kind), name, key).code
    yield from (str(row["node"]) for row in rows_with(session, _NOTE, articles, _NOTE.c.article_id))
