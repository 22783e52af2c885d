"""Rows to answers, one shape at a time, and many of them in one statement."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.answers import (
    ArticleRef,
    ArticleSummary,
    ConditionAnswer,
    EntityAnswer,
    EntityNames,
    FigureAnswer,
    Number,
    OriginalAnswer,
    TimeAnswer,
)
from service.query.columns import ARTICLE, ENTITY, SUMMARY, AnyRow
from service.store.prepared import Prepared, decoded

_ENTITIES: Final = Prepared(lambda among: select(ENTITY).where(among(ENTITY.c.id, "entities")))
_EXACT_INTEGERS = 2**53  # above it, JSON readers that use doubles would not get the same integer anyway


def number(exact: str, real: float) -> Number:
    """Return a figure's bound as a JSON number: an integer where it is one.

    >>> number("2E+9", 2e9), number("0.25", 0.25)
    (2000000000, 0.25)
    """
    try:
        value = Decimal(exact)
    except InvalidOperation:
        return real
    whole = value.is_finite() and abs(value) < _EXACT_INTEGERS and value == value.to_integral_value()
    return int(value) if whole else real


def entity_answer(row: AnyRow) -> EntityAnswer:
    """Return the answer for a row of `ENTITY`."""
    names = EntityNames(hant=row.hant, hans=row.hans, en=row.en)
    return EntityAnswer(id=row.id, kind=row.kind, name=row.name, names=names, aliases=decoded(row.aliases))


def summary_fields(row: AnyRow) -> dict[str, Any]:
    """Return the fields of an article's summary from a row that holds the columns of `SUMMARY`."""
    return completed({column.name: getattr(row, column.name) for column in SUMMARY})


def completed(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an article's summary from the columns of `SUMMARY`, by name, as they are stored."""
    for listed in ("authors", "tags", "categories"):
        fields[listed] = decoded(fields[listed]) if fields[listed] != "[]" else []  # mostly it is nothing
    url, name = fields.pop("original_url"), fields.pop("original_name")
    return fields | {"original": OriginalAnswer(url=url, name=name) if url or name else None}


def summary(row: AnyRow) -> ArticleSummary:
    """Return the answer for a row that holds the columns of `SUMMARY`."""
    return ArticleSummary(**summary_fields(row))


def figure_fields(row: AnyRow) -> dict[str, Any]:
    """Return the fields of a figure's answer from a row of `FIGURE`."""
    same = ("id", "text", "line", "start", "end", "unit", "per", "approx", "counted", "row_heading", "column_heading")
    bounds = {"low": number(row.low_exact, row.low), "high": number(row.high_exact, row.high)}
    return {name: getattr(row, name) for name in same} | bounds | _roles(row)


def _roles(row: AnyRow) -> dict[str, Any]:
    conditions = [ConditionAnswer(**one) for one in decoded(row.conditions) or ()]
    return {"claim": row.claim_id, "of": row.measured, "conditions": conditions, "origin": row.origin or "rules"}


def figure(row: AnyRow) -> FigureAnswer:
    """Return the answer for a row of `FIGURE`."""
    return FigureAnswer(**figure_fields(row))


def time(row: AnyRow) -> TimeAnswer:
    """Return the answer for a row of `TIME`."""
    return TimeAnswer(
        text=row.text, line=row.line, start=row.start, end=row.end, low=row.low, high=row.high, kind=row.kind
    )


def entities_by_id(session: Session, ids: Collection[str | None]) -> dict[str, EntityAnswer]:
    """Return the entities that have these ids, in one statement."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    return {row.id: entity_answer(row) for row in _ENTITIES.rows(session, entities=wanted)}


def summaries_by_id(session: Session, ids: Collection[str]) -> dict[str, ArticleSummary]:
    """Return the summaries of the articles that have these ids, in one statement."""
    if not ids:
        return {}
    return {row.id: summary(row) for row in session.execute(select(*SUMMARY).where(ARTICLE.c.id.in_(set(ids))))}


def refs_by_id(session: Session, ids: Collection[str]) -> dict[str, ArticleRef]:
    """Return the articles that have these ids, named, in one statement."""
    if not ids:
        return {}
    statement = select(ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.url).where(ARTICLE.c.id.in_(set(ids)))
    return {row.id: ref(row) for row in session.execute(statement)}


def ref(row: AnyRow) -> ArticleRef:
    """Return an article, named, from a row that holds its id, title and URL."""
    return ArticleRef(id=row.id, title=row.title, url=row.url)
