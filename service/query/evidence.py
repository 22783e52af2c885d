"""Why names are one: for every name of an entity what says that it is its, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import get_args

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from service.lexicon.names import entries
from service.query import rows
from service.query.answers import EntityAnswer, NameEvidence, Page
from service.query.answers.entities import EvidenceKind
from service.query.columns import ARTICLE, DECISION, GLOSS, MENTION
from service.query.cursors import scope
from service.query.entities import known_id
from service.query.matching import folded
from service.query.merges import merges
from service.query.paging import Window, page_of
from service.query.rows import refs_by_id
from service.store.notes import entity_notes

_KINDS = get_args(EvidenceKind)
_FIELDS = ("name", "hant", "hans", "en")


def evidence(
    session: Session, entity_id: str, *, name: str | None = None, limit: int = 20, cursor: str | None = None
) -> Page[NameEvidence]:
    """Return why an entity's names (or `name` alone, in either script) are its: the name it is shown by first.

    Raises:
        MergedError: it is part of another one now.
        NotFoundError: no entity has this id.
        BadCursorError: the cursor is not one of this list.
    """
    one = rows.entities_by_id(session, [known_id(session, entity_id)]).popitem()[1]
    ids = {one.id, *(went for went, stays in merges(session).items() if stays == one.id)}
    found = list(
        chain(
            _listed(one, ids),
            _decided(session, one, ids),
            _noted(session, one),
            _glossed(session, one),
            _mentioned(session, one),
        )
    )
    wanted = None if name is None else folded(name)
    shown = {form: place for place, form in reversed(list(enumerate(map(folded, _forms(one)))))}
    ranked = sorted((*_key(item, shown), n) for n, item in enumerate(found) if wanted in (None, folded(item.name)))
    window = Window(scope("evidence", entity=one.id, form=wanted), limit, cursor)
    return page_of(ranked, lambda key: key, window, lambda some: [found[int(key[-1])] for key in some])


def _forms(one: EntityAnswer) -> list[str]:
    names = (one.name, one.names.hant, one.names.hans, one.names.en, *one.aliases)
    return list(dict.fromkeys(form for form in names if form))


def _key(item: NameEvidence, shown: Mapping[str, int]) -> tuple[int, str, int, str, int, int]:
    name = folded(item.name)
    article = item.article.id if item.article else ""
    place = item.start if item.start is not None else -1
    return shown.get(name, len(shown)), name, _KINDS.index(item.kind), article, place, item.decision or 0


def _listed(one: EntityAnswer, ids: set[str]) -> Iterator[NameEvidence]:
    """Yield the names that the lexicon lists, of those the entity has."""
    has = set(map(folded, _forms(one)))
    for ident in sorted(ids & entries().keys()):
        forms = dict.fromkeys(form for form, _ in entries()[ident].forms())
        yield from (NameEvidence(name=form, kind="lexicon") for form in forms if folded(form) in has)


def _decided(session: Session, one: EntityAnswer, ids: set[str]) -> Iterator[NameEvidence]:
    """Yield the names that editors gave, and the ids they merged into this one."""
    for row in session.execute(select(DECISION).order_by(DECISION.c.id)):
        for name in _given(row.kind, row.entity_id, row.value, one, ids):
            told = {"by": row.made_by, "at": row.made_at, "why": row.why}
            yield NameEvidence(name=name, kind="decision", decision=row.id, **told)


def _given(kind: str, entity: str | None, value: Mapping[str, object], one: EntityAnswer, ids: set[str]) -> list[str]:
    if kind == "edit" and entity == one.id:
        return [held for field in _FIELDS if isinstance(held := value.get(field), str)]
    if kind == "alias" and entity in ids:
        return [str(value["name"])]
    if kind == "merge" and entity in ids - {one.id}:
        return [str(entity)]
    if kind in ("split", "not_this", "unalias") and value.get("into") in ids:
        names = value.get("names")
        listed = [value.get("name"), *(names if isinstance(names, Sequence) else ())]
        return [name for name in listed if isinstance(name, str)] or [one.name]
    return []


def _noted(session: Session, one: EntityAnswer) -> Iterator[NameEvidence]:
    """Yield the names that notes about the entity give it."""
    has = set(map(folded, _forms(one)))
    notes = [note for note in entity_notes(session, _forms(one)) if note.kind is one.kind]
    articles = refs_by_id(session, {note.article for note in notes})
    for note in notes:
        for name in dict.fromkeys((note.title, *note.names)):
            if folded(name) in has:
                yield NameEvidence(name=name, kind="note", article=articles[note.article])


def _glossed(session: Session, one: EntityAnswer) -> Iterator[NameEvidence]:
    """Yield what posts say to be one name and another, once for each of the two."""
    forms = _forms(one)
    written = func.substr(ARTICLE.c.text, GLOSS.c.start + 1, GLOSS.c.end - GLOSS.c.start).label("surface")
    query = (
        select(GLOSS.c.name, GLOSS.c.gloss, GLOSS.c.line, GLOSS.c.start, GLOSS.c.end, written)
        .add_columns(ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.url)
        .join(ARTICLE, ARTICLE.c.id == GLOSS.c.article_id)
        .where(GLOSS.c.name.in_(forms), GLOSS.c.gloss.in_(forms))
    )
    for row in session.execute(query):
        place = {"line": row.line, "start": row.start, "end": row.end, "surface": row.surface}
        for name, other in ((row.name, row.gloss), (row.gloss, row.name)):
            yield NameEvidence(name=name, kind="gloss", other=other, article=rows.ref(row), **place)


def _mentioned(session: Session, one: EntityAnswer) -> Iterator[NameEvidence]:
    """Yield what the entity is called in posts, once for each form: the first place, and how often."""
    declared = case((MENTION.c.role.in_(("author", "declared")), "declared"), else_="mention").label("said")
    form = (MENTION.c.surface, declared)
    first = func.row_number().over(partition_by=form, order_by=(MENTION.c.article_id, MENTION.c.ordinal)).label("first")
    count = func.count().over(partition_by=form).label("number")
    places = select(MENTION, declared, first, count).where(MENTION.c.entity_id == one.id).subquery()
    query = (
        select(places, ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.url)
        .join(ARTICLE, ARTICLE.c.id == places.c.article_id)
        .where(places.c.first == 1)
    )
    for row in session.execute(query):
        place = {"line": row.line, "start": row.start, "end": row.end, "surface": row.surface}
        yield NameEvidence(
            name=row.surface, kind=row.said, article=rows.ref(row), method=row.method, count=row.number, **place
        )
