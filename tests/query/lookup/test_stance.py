"""Amounts agree after unit, range and bound; what can't be compared says nothing."""

from __future__ import annotations

import pytest

from service.model import Approx
from service.query.lookup.stance import Amount, amount, compare, span_of_days

EXACT, ABOUT, OVER, UNDER = Approx.EXACT, Approx.ABOUT, Approx.OVER, Approx.UNDER


def of(
    low: float,
    unit: str,
    approx: Approx = EXACT,
    *,
    high: float | None = None,
    per: str | None = None,
    counted: str | None = None,
) -> Amount:
    return amount(low, low if high is None else high, unit, per, approx, counted, f"{low:g} {unit}")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (of(3, "year"), of(36, "month")),
        (of(48, "month"), of(4, "year")),
        (of(86400, "s"), of(1, "day")),
        (of(10, "%"), of(0.1, "x")),
        (of(1e9, "W", ABOUT), of(1.1e9, "W")),
        (of(20, "%"), of(15, "%", high=25)),
        (of(20, "%"), of(22, "%", UNDER)),
        (of(25, "%"), of(20, "%", OVER)),
        (of(100, "USD/W"), of(100, "USD", per="W")),
    ],
)
def test_one_value_written_in_two_ways_agrees(left: Amount, right: Amount) -> None:
    assert left.comparable(right)
    assert left.agrees(right)
    assert right.agrees(left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (of(3, "year"), of(5, "year")),
        (of(1e9, "W", ABOUT), of(3e8, "W", ABOUT)),
        (of(40, "%"), of(20, "%", high=25)),
        (of(90, "%"), of(20, "%", OVER)),
    ],
)
def test_two_values_of_one_thing_conflict(left: Amount, right: Amount) -> None:
    assert not left.agrees(right)
    assert not right.agrees(left)
    assert compare([left], [right]).conflicting == ((left, right),)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (of(3, "year"), of(3, "USD")),
        (of(5, "W", per="year"), of(9, "W")),  # a rate may be said without its rate: no conflict
        (of(3, "count", counted="家"), of(12, "count", counted="座")),
    ],
)
def test_what_can_not_be_compared_is_left_out(left: Amount, right: Amount) -> None:
    assert compare([left], [right]).conflicting == ()


def test_a_date_beside_an_amount_says_when_and_not_how_much() -> None:
    year, other = (
        span_of_days("2023-01-01", "2023-12-31", "2023 年"),
        span_of_days("2024-01-01", "2024-12-31", "2024 年"),
    )
    assert year is not None
    assert other is not None
    assert compare([year], [other]).conflicting == ((year, other),)
    assert compare([year, of(3, "W")], [other, of(3, "W")]).conflicting == ()


def test_a_time_without_bounds_is_no_amount() -> None:
    assert span_of_days(None, None, "不久") is None
