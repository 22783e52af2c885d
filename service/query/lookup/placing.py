"""The amounts of a sentence as it says them: where, at which rate, whether denied, and those without a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from service.model import Span
from service.query.lookup.amounts import Amount, fractions, is_ordinal
from service.query.lookup.clauses import Clauses
from service.query.lookup.dates import years_before
from service.query.lookup.durations import durations
from service.query.lookup.points import points
from service.query.lookup.proportions import proportions
from service.query.lookup.singles import singles
from service.script import fold
from service.store.claim_terms import BARE, LOCAL

_PRICED: Final = frozenset({BARE, *LOCAL, "USD", "CNY", "TWD", "HKD", "JPY", "EUR"})
_SOLD_BY: Final = frozenset({"kg", "m2", "m3", "m"})


def placed(amounts: Iterable[Amount], clauses: Clauses) -> tuple[Amount, ...]:
    """Return `amounts` and the fractions of a sentence, each with its rate and whether the sentence denies it."""
    return all_told(with_untold(amounts, clauses), clauses)


def with_untold(amounts: Iterable[Amount], clauses: Clauses) -> list[Amount]:
    """Return `amounts`, but none that says which one it is, with those that a sentence gives without a unit or date."""
    counted = proportions(clauses.folded)
    said = [
        one
        for one in amounts
        if not any(share.span.overlaps(one.span) for share in counted) and not is_ordinal(one, clauses.folded)
    ]
    said += [*counted, *years_before(clauses.folded, said)]
    untold = (*fractions(clauses.folded), *points(clauses.folded), *durations(clauses.folded), *singles(clauses.folded))
    said += [one for one in untold if not any(one.span.overlaps(other.span) for other in said)]
    return said


def all_told(said: Sequence[Amount], clauses: Clauses) -> tuple[Amount, ...]:
    """Return amounts each with its rate and whether the sentence denies it."""
    dates = [one.span for one in said if one.kind == "date"]
    return tuple(_told(one, clauses, dates, said) for one in said)


def _told(one: Amount, clauses: Clauses, dates: Sequence[Span], said: Sequence[Amount]) -> Amount:
    dimension, denied = _rated(one, clauses, dates), clauses.denies_amount(one.span.start)
    if "/" not in dimension and (unit := _priced_by(one, clauses, said)):
        dimension = f"{dimension}/{unit}"
    if dimension == one.dimension and not denied:  # as most are
        return one
    return Amount(one.low, one.high, dimension, one.approx, one.counted, one.text, one.span, denied)


def _priced_by(one: Amount, clauses: Clauses, said: Sequence[Amount]) -> str | None:
    """Return the unit that a price is of where its clause names one of it before: 一公斤姜的批发价三十元."""
    if one.kind not in _PRICED:
        return None
    clause = clauses.around(one.span.start)
    units = [other for other in said if clause.overlaps(other.span) and other.span.end <= one.span.start]
    single = [other for other in units if other.low == other.high == 1 and other.kind in _SOLD_BY]
    return single[-1].kind if len(single) == 1 else None


def _rated(one: Amount, clauses: Clauses, dates: Sequence[Span]) -> str:
    """Return the dimension of an amount, without a rate by the year where the only year before it is a date."""
    if not one.dimension.endswith("/year") or "/" in one.text or "年" in fold(one.text):
        return one.dimension
    clause = clauses.around(one.span.start)
    spans = [date for date in dates if clause.start <= date.start < one.span.start]
    said = "".join(c for at, c in enumerate(clauses.folded) if not any(d.start <= at < d.end for d in spans))
    dated = bool(spans) and "年" not in said[clause.start :] and "year" not in said
    return one.kind if dated else one.dimension
