"""The fields of a query: which articles have a tag, a source, a date or an entity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import select, union

from service.query.columns import ENTITY, ENTITY_NAME, MENTION
from service.query.named import ways
from service.query.search_reader import SearchIndex
from service.query.sliced import present
from service.store.search_terms import field_term
from service.store.values import bounded

_RANGE: Final = re.compile(r"(?P<since>\d{4}(?:-\d\d){0,2})?\.\.(?P<until>\d{4}(?:-\d\d){0,2})?")
_DAY: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")
_YEARS: Final = range(1900, 2101)

Field = tuple[str, str, bool]  # name, folded value, whether it must be so


def allowed(index: SearchIndex, fields: Iterable[Field]) -> int:
    """Return the articles whose fields are as they must be."""
    left = index.live
    for name, value, wanted in fields:
        found = _having(index, name, value)
        left &= found if wanted else ~found
    return left


def _having(index: SearchIndex, name: str, value: str) -> int:
    if name == "entity":
        return _naming(index, value)
    if name == "date":
        terms = [field_term("date", prefix) for prefix in _dates(value)]
    else:
        terms = [field_term(field, value) for field in (("tag", "category") if name == "tag" else (name,))]
    found = 0
    for levels in index.levels(terms).values():
        found |= present(levels)
    return found


def _naming(index: SearchIndex, value: str) -> int:
    """Return the articles that name the entities of this id or name."""
    named = ENTITY_NAME.c.folded.in_([bounded(way) for way in ways(value)])
    wanted = union(select(ENTITY.c.id).where(ENTITY.c.id == value), select(ENTITY_NAME.c.entity_id).where(named))
    return index.bitmap(select(MENTION.c.article_id).where(MENTION.c.entity_id.in_(wanted)).distinct())


def _dates(value: str) -> list[str]:
    """Return the years, months and days that make up a date or a range of dates, both ends included.

    >>> _dates("2025-12..2026-01"), _dates("2026-02"), _dates("soon")
    (['2025-12', '2026-01'], ['2026-02'], [])
    """
    if _DAY.fullmatch(value):
        return [value]
    asked = _RANGE.fullmatch(value)
    if not asked or not (asked["since"] or asked["until"]):
        return []
    return list(_covering("", asked["since"] or "", asked["until"] or ""))


def _covering(prefix: str, since: str, until: str) -> Iterator[str]:
    if not prefix:
        parts: Iterable[str] = (f"{year:04}" for year in _YEARS)
    else:
        parts = (f"{prefix}-{number:02}" for number in range(1, 13 if len(prefix) == len("2026") else 32))
    for part in parts:
        low, high = since[: len(part)], until[: len(part)]
        if (since and part[: len(since)] < low) or (until and part[: len(until)] > high):
            continue
        if (part == low and len(since) > len(part)) or (part == high and len(until) > len(part)):
            yield from _covering(part, since, until)
        else:
            yield part
