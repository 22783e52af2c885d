"""The decisions that stand, and what contradicts them: that is refused, and names the decision to take back first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from service.errors import ConflictError, NotFoundError, WenmaiError
from service.model import Decision
from service.resolution.decided import Decided, decide, names_of
from service.store.tables import ArticleRow, DecisionRow, EntityRow, SourceRow

_PLACES = ("article", "articles", "source")
Standing = Sequence[DecisionRow]


class DecisionError(WenmaiError):
    """A decision says nothing that can be decided: a blank name, an entity merged into itself."""


class ContradictionError(ConflictError):
    """A decision contradicts one that stands, or the corpus as it is."""


def standing(session: Session) -> Standing:
    """Return all decisions, the oldest first."""
    return session.exec(select(DecisionRow).order_by(col(DecisionRow.id))).all()


def said(row: DecisionRow) -> Decision:
    """Return what a row says."""
    return Decision(row.kind, row.entity_id, row.value)


def known(session: Session, entity_id: str) -> EntityRow:
    """Return an entity.

    Raises:
        ContradictionError: it is part of another one, or no entity, by a decision.
        NotFoundError: there is none of this id.
    """
    row = session.get(EntityRow, entity_id)
    if row is not None:
        return row
    rows = standing(session)
    _not_merged(rows, entity_id)
    for one in rows:
        if one.kind == "reject" and one.entity_id == entity_id and not names_of(said(one)):
            raise ContradictionError(f"{entity_id} is no entity, says decision {one.id}: take that back first.")
    raise NotFoundError(f"There is no entity with the id {entity_id}.")


def placed(session: Session, value: Mapping[str, object]) -> None:
    """Check that the articles and the source a decision is limited to exist.

    Raises:
        NotFoundError: one of them does not.
    """
    listed = value.get("articles")
    articles = [value.get("article"), *(listed if isinstance(listed, list) else ())]
    for article in filter(None, articles):
        if session.get(ArticleRow, article) is None:
            raise NotFoundError(f"There is no article with the id {article}.")
    if value.get("source") and session.get(SourceRow, value["source"]) is None:
        raise NotFoundError(f"There is no source named {value['source']}.")


def check(rows: Standing, new: Decision) -> None:
    """Refuse a decision that contradicts one that stands.

    Raises:
        ContradictionError: it does; the text names that decision.
    """
    for ident in (new.entity_id, new.value.get("into")):
        if isinstance(ident, str):
            _not_merged(rows, ident)
    state = decide((), {}, map(said, rows))
    for row in rows:
        for contradicts in _CONTRADICTIONS.get(new.kind, ()):
            if contradicts(said(row), new, state):
                raise ContradictionError(f"Decision {row.id} ({row.kind}) says otherwise: take that back first.")


def building_on(rows: Standing, row: DecisionRow) -> Iterator[DecisionRow]:
    """Yield the decisions that speak of the entity that the decision `row` made up."""
    into = row.value.get("into")
    if row.value.get("new") is True and into:
        for other in rows:
            if other.id != row.id and into in (other.entity_id, other.value.get("into")):
                yield other


def _not_merged(rows: Standing, entity_id: str) -> None:
    into = decide((), {}, map(said, rows)).current(entity_id)
    if into != entity_id:
        raise ContradictionError(f"{entity_id} is part of {into} now: name that one.")


def _everywhere(decision: Decision) -> bool:
    return not decision.value.keys() & set(_PLACES)


def _same_place(one: Decision, other: Decision) -> bool:
    """Tell whether one holds wherever the other does, or the other way round."""
    if _everywhere(one) or _everywhere(other):
        return True
    return all(one.value.get(key) == other.value.get(key) for key in _PLACES)


def _share_a_name(one: Decision, other: Decision) -> bool:
    return not names_of(one).isdisjoint(names_of(other))


def _same_entity(one: Decision, other: Decision, state: Decided) -> bool:
    return state.current(one.entity_id) == state.current(other.entity_id)


def _told_apart(old: Decision, new: Decision, state: Decided) -> bool:
    """A merge of two that an editor told apart."""
    pair = {state.current(new.entity_id), state.current(str(new.value.get("into")))}
    apart = {state.current(old.entity_id), state.current(str(old.value.get("into")))}
    return old.kind in ("split", "unalias", "not_this") and pair == apart


def _is_anothers(old: Decision, new: Decision, state: Decided) -> bool:
    """A name given to one that an editor gave to another."""
    return old.kind == "alias" and _share_a_name(old, new) and not _same_entity(old, new, state)


def _is_given(old: Decision, new: Decision, state: Decided) -> bool:
    """A name taken, everywhere, from one whom an editor gave it."""
    same = new.entity_id is None or _same_entity(old, new, state)
    return old.kind == "alias" and _everywhere(new) and _share_a_name(old, new) and same


def _is_taken(old: Decision, new: Decision, state: Decided) -> bool:
    """A name given to one from whom an editor took it everywhere."""
    same = old.entity_id is None or _same_entity(old, new, state)
    return old.kind in ("unalias", "split", "reject") and _everywhere(old) and _share_a_name(old, new) and same


def _is_nobody(old: Decision, new: Decision, _state: Decided) -> bool:
    """A name said to be somebody's where an editor says that it is no entity, or the other way round."""
    nobody, somebody = (old, new) if old.kind == "reject" else (new, old)
    if nobody.kind != "reject" or somebody.kind not in ("not_this", "split"):
        return False
    return _share_a_name(old, new) and _same_place(old, new)


def _is_somebody_else(old: Decision, new: Decision, state: Decided) -> bool:
    """A name in an article said to be of one where an editor says that it is of a third."""
    if old.kind != "not_this" or not (_same_entity(old, new, state) and _share_a_name(old, new)):
        return False
    same = old.value.get("into") == new.value.get("into") or (old.value.get("new") and new.value.get("new"))
    return all(old.value.get(key) == new.value.get(key) for key in _PLACES) and not same


Contradicts = Callable[[Decision, Decision, Decided], bool]
_CONTRADICTIONS: Mapping[str, tuple[Contradicts, ...]] = {
    "merge": (_told_apart,),
    "alias": (_is_anothers, _is_taken),
    "unalias": (_is_given,),
    "split": (_is_given, _is_nobody),
    "reject": (_is_given, _is_nobody),
    "not_this": (_is_nobody, _is_somebody_else),
}
