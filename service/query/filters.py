"""Conditions that several lists share: when an article was published, how much a figure says."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func

from service.query.columns import ARTICLE, FIGURE
from service.query.matching import clean
from service.query.measures import measure


def published_between(since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """Return the conditions that an article was published from `since` to `until`, both included.

    Dates are compared as far as they are given: until ``2026-01`` is all of January.
    """
    conditions: list[ColumnElement[bool]] = []
    if since:
        conditions.append(func.substr(ARTICLE.c.published, 1, len(since)) >= clean(since))
    if until:
        conditions.append(func.substr(ARTICLE.c.published, 1, len(until)) <= clean(until))
    return conditions


def within(unit: str | None, minimum: float | None, maximum: float | None) -> list[ColumnElement[bool]]:
    """Return the conditions that a figure is of the dimension of `unit` and reaches into the range, given in `unit`."""
    conditions: list[ColumnElement[bool]] = []
    asked = measure(unit) if unit is not None else None
    factor = asked.factor if asked else 1.0
    if asked is not None:
        conditions.append(FIGURE.c.unit.in_(asked.codes))
    if minimum is not None:
        conditions.append(FIGURE.c.high >= minimum * factor)
    if maximum is not None:
        conditions.append(FIGURE.c.low <= maximum * factor)
    return conditions
