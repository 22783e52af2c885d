"""One decision at a time: each is checked, becomes a row, and the corpus is resolved anew in the same transaction."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy import select as sql_select
from sqlmodel import Session

from service.deciding.standing import ContradictionError, DecisionError, building_on, check, known, placed, standing
from service.deciding.words import Where, Word
from service.editing import changing
from service.errors import NotFoundError
from service.lexicon.names import entries
from service.model import Decision, EntityKind
from service.resolution.groups import normal
from service.resolution.slugs import slug
from service.store.names.changes import Changes
from service.store.names.places import decisions_made
from service.store.tables import TABLES, DecisionRow, EntityRow

_LARGEST_ID: Final = 2**31 - 1  # that the column takes on PostgreSQL
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_NOWHERE: Final = Where()
_SOMEBODY: Final = Word()
_IDS: Final = sql_select(TABLES["entity"].c.id)
Check = Callable[[Session, Decision], None]


class Made(NamedTuple):
    """The number of the decision that stands now, and the id it leads to."""

    id: int
    into: str


def edit_entity(engine: Engine, entity_id: str, fields: Mapping[str, str | None], word: Word = _SOMEBODY) -> None:
    """Let `fields` (kind, name, hant, hans, en) outrank what is extracted of an entity; None goes back to that.

    Raises:
        NotFoundError: there is no such entity.
        DecisionError: a name is blank.
        ContradictionError: the entity is part of another one.
    """

    def made(session: Session) -> Decision | None:
        known(session, entity_id)
        for value in fields.values():
            _filled(value)
        present: dict[str, object] = {}
        for row in standing(session):
            if row.kind == "edit" and row.entity_id == entity_id:
                present |= row.value
        changed = {name: value for name, value in fields.items() if present.get(name) != value}
        return Decision("edit", entity_id, changed) if changed else None

    _decide(engine, made, word)


def add_alias(engine: Engine, entity_id: str, name: str, word: Word = _SOMEBODY) -> None:
    """Say that `name` is a name of the entity, wherever it was or will be seen: whoever else bore it does so no more.

    Raises:
        NotFoundError: there is no such entity.
        DecisionError: the name is blank.
        ContradictionError: a decision says that the name is another's or nobody's, or the entity part of another.
    """

    def made(session: Session) -> Decision:
        known(session, entity_id)
        return Decision("alias", entity_id, {"name": _filled(name)})

    _decide(engine, made, word)


def remove_alias(engine: Engine, entity_id: str, name: str, word: Word = _SOMEBODY) -> None:
    """Say that `name` is no name of the entity: whoever is named by it is somebody of whom no more is known.

    Raises:
        NotFoundError: there is no such entity, or it has no such name.
        ContradictionError: a decision gave it the name, or it is the only one; or the entity is part of another.
    """

    def made(session: Session) -> Decision:
        entity = known(session, entity_id)
        wanted = normal(_filled(name))
        forms = (entity.name, entity.hant, entity.hans, entity.en, *entity.aliases)
        if wanted not in {normal(form) for form in forms if form}:
            raise NotFoundError(f"{entity_id} has no name {name}.")
        value = {"name": _filled(name), "into": _coined(session, name, entity.kind), "new": True}
        return Decision("unalias", entity_id, value)

    _decide(engine, made, word, _still_there)


def merge_entities(engine: Engine, entity_id: str, into: str, word: Word = _SOMEBODY) -> None:
    """Say that the entity is the same as `into`, whose id stays.

    Raises:
        NotFoundError: one of the two does not exist.
        DecisionError: they are one id.
        ContradictionError: one of them is part of another one already, or a decision told the two apart.
    """

    def made(session: Session) -> Decision:
        if entity_id == into:
            raise DecisionError(f"{entity_id} can't be merged into itself.")
        known(session, entity_id)
        known(session, into)
        return Decision("merge", entity_id, {"into": into})

    _decide(engine, made, word)


def split_entity(
    engine: Engine,
    entity_id: str,
    *,
    names: Sequence[str] = (),
    articles: Sequence[str] = (),
    into: str | None = None,
    word: Word = _SOMEBODY,
) -> str:
    """Say that what bears these names, or is named in these articles (or both), is another entity; return its id.

    Raises:
        NotFoundError: there is no such entity or article, or nothing there is named so.
        DecisionError: neither names nor articles are given, or `into` is no slug.
        ContradictionError: there is an entity `into`, nothing would be left of this one, or a decision says otherwise.
    """

    def made(session: Session) -> Decision:
        entity = known(session, entity_id)
        given = [_filled(name) for name in names]
        if not (given or articles):
            raise DecisionError("Say which names, or the names in which articles, are another entity.")
        ident = _fresh(session, into) if into else _coined(session, (given or [entity.name])[0], entity.kind)
        value = {"names": given, "articles": list(articles), "into": ident, "new": True}
        return Decision("split", entity_id, {key: held for key, held in value.items() if held})

    return _decide(engine, made, word, _still_there, _somebody_there).into


def not_this(
    engine: Engine, entity_id: str, name: str, where: Where, to: str | None = None, word: Word = _SOMEBODY
) -> str:
    """Say that `name`, in an article or a source, is not the entity but `to` (None: somebody new); return the id.

    Raises:
        NotFoundError: there is no such entity, article or source, or the name is not the entity's there.
        DecisionError: no article and no source is given, or it is to be the entity itself.
        ContradictionError: a decision says otherwise.
    """

    def made(session: Session) -> Decision:
        entity = known(session, entity_id)
        if not where.value() or to == entity_id:
            raise DecisionError("Say in which article or source the name is another's, and another's than this one's.")
        ident = known(session, to).id if to else _coined(session, _filled(name), entity.kind)
        coined = {} if to else {"new": True}
        return Decision("not_this", entity_id, {"name": _filled(name), **where.value(), "into": ident, **coined})

    return _decide(engine, made, word, _named_there).into


def reject(
    engine: Engine,
    entity_id: str | None = None,
    name: str | None = None,
    where: Where = _NOWHERE,
    word: Word = _SOMEBODY,
) -> int:
    """Say that the entity, or the name (of that entity, or of anybody), is no entity; return the decision's number.

    Raises:
        NotFoundError: there is no such entity, article or source.
        DecisionError: neither an entity nor a name is given.
        ContradictionError: a decision says otherwise.
    """

    def made(session: Session) -> Decision:
        if entity_id is None and name is None:
            raise DecisionError("Say which name is no entity.")
        if entity_id is not None:
            known(session, entity_id)
        named = {} if name is None else {"name": _filled(name)}
        return Decision("reject", entity_id, {**named, **where.value()})

    return _decide(engine, made, word).id


def revoke(engine: Engine, decision_id: int) -> None:
    """Take a decision back: what it changed is again as extraction and the other decisions have it.

    Raises:
        NotFoundError: there is no such decision.
        ContradictionError: others speak of the entity that it made up.
    """

    def remove(session: Session) -> Changes:
        changes = Changes(session, former=decisions_made(session))
        row = session.get(DecisionRow, decision_id) if abs(decision_id) <= _LARGEST_ID else None
        if row is None:
            raise NotFoundError(f"There is no decision with the id {decision_id}.")
        others = ", ".join(str(other.id) for other in building_on(standing(session), row))
        if others:
            raise ContradictionError(
                f"{row.value['into']} was made by this decision, and others speak of it: {others}."
            )
        session.delete(row)
        return changes

    changing(engine, remove)


def _decide(engine: Engine, made: Callable[[Session], Decision | None], word: Word, *checks: Check) -> Made:
    """Store the decision that `made` returns, unless the same stands; return what stands then.

    `checks` look at what it has changed.
    """
    stored: list[Decision] = []
    stands: list[DecisionRow] = []
    result: list[Made] = []

    def change(session: Session) -> Changes:
        changes = Changes(session, former=decisions_made(session))
        decision, rows = made(session), standing(session)
        if decision is None:
            return changes
        stands.extend(row for row in rows if decision.kind != "edit" and _same(row, decision))
        if not stands:
            placed(session, decision.value)
            check(rows, decision)
            row = DecisionRow(kind=decision.kind, entity_id=decision.entity_id, value=dict(decision.value))
            session.add(row.sqlmodel_update(word.columns()))
            stands.append(row)
            stored.append(decision)
        return changes

    def afterwards(session: Session) -> None:
        session.expire_all()
        for decision in stored:
            for one in checks:
                one(session, decision)
        result.extend(Made(row.id or 0, str(row.value.get("into", ""))) for row in stands)

    changing(engine, change, afterwards)
    return result[0] if result else Made(0, "")


def _same(row: DecisionRow, decision: Decision) -> bool:
    return (row.kind, row.entity_id, _said(row.value)) == (decision.kind, decision.entity_id, _said(decision.value))


def _said(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said without the id that was made up for it, which differs each time."""
    return {key: held for key, held in value.items() if key != "new" and not (key == "into" and value.get("new"))}


def _filled(name: str | None) -> str:
    if name is not None and not name.strip():
        raise DecisionError("A name can't be blank.")
    return (name or "").strip()


def _still_there(session: Session, decision: Decision) -> None:
    if session.get(EntityRow, decision.entity_id) is None:
        raise ContradictionError(f"Nothing would be left of {decision.entity_id}: correct its names, or reject it.")


def _somebody_there(session: Session, decision: Decision) -> None:
    if session.get(EntityRow, decision.value["into"]) is None:
        raise NotFoundError(f"Nothing there is named so and is {decision.entity_id}.")


def _named_there(session: Session, decision: Decision) -> None:
    """Check that the one whom a name was given to in some place bears it there now."""
    mention, value = TABLES["mention"], decision.value
    query = sql_select(mention.c.name, mention.c.surface).where(mention.c.entity_id == value["into"]).distinct()
    if "article" in value:
        query = query.where(mention.c.article_id == value["article"])
    else:
        article = TABLES["article"]
        query = query.join(article, article.c.id == mention.c.article_id).where(article.c.source == value["source"])
    forms = {normal(form) for row in session.connection().execute(query) for form in row}
    if normal(str(value["name"])) not in forms:
        raise NotFoundError(f"Nothing there is named so and is {decision.entity_id}.")


def _fresh(session: Session, ident: str) -> str:
    if not _SLUG.fullmatch(ident):
        raise DecisionError("An id is made of small Latin letters, digits and hyphens.")
    if ident in _taken(session):
        raise ContradictionError(f"There is an entity {ident} already: merge into that one, or choose another id.")
    return ident


def _coined(session: Session, name: str, kind: str) -> str:
    base, taken = slug(name, EntityKind(kind)), _taken(session)
    tried: Iterable[str] = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(ident for ident in tried if ident not in taken)


def _taken(session: Session) -> set[object]:
    """Return the ids that stand for somebody: in the corpus, in the lexicon, in decisions."""
    rows = standing(session)
    ids = session.connection().execute(_IDS).scalars()
    return {*ids, *entries(), *(row.entity_id for row in rows), *(row.value.get("into") for row in rows)}
