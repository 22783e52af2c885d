"""Conditions that several lists share: when an article was published, how much a figure says."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_

from service.query.columns import ARTICLE, FIGURE
from service.query.matching import clean
from service.query.measures import Scale, measure

_ROUNDING = 1e-12  # what converting may lose: 0.3 GW are found by 300 MW


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
    """Return the conditions that a figure is of the dimension of `unit` and reaches into the range, given in `unit`.

    Raises:
        UnknownUnitError: there is no such unit.
    """
    if unit is None:
        return _reaching(minimum, maximum)
    return [or_(*(and_(*_stored(scale, minimum, maximum)) for scale in measure(unit)))]


def _stored(scale: Scale, minimum: float | None, maximum: float | None) -> list[ColumnElement[bool]]:
    rate = [FIGURE.c.per.in_(scale.pers)] if scale.pers is not None else []
    low, high = (None if bound is None else scale.stored(bound) for bound in (minimum, maximum))
    return [FIGURE.c.unit == scale.unit, *rate, *_reaching(low, high)]


def _reaching(minimum: float | None, maximum: float | None) -> list[ColumnElement[bool]]:
    low = [FIGURE.c.high >= minimum - abs(minimum) * _ROUNDING] if minimum is not None else []
    return low + ([FIGURE.c.low <= maximum + abs(maximum) * _ROUNDING] if maximum is not None else [])
