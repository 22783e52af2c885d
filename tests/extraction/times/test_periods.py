"""Periods: months, quarters and weeks counted from a day or within a period."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.extraction.times import periods

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS, st.integers(-24, 24))
def test_a_quarter_has_three_months(day: date, count: int) -> None:
    first, last = periods.quarter(day, count)
    assert first.day == 1
    assert first.month % 3 == 1
    assert (last + timedelta(days=1)).month % 12 == (first.month + 3) % 12


@given(DAYS, st.integers(-300, 300))
def test_a_day_months_away_lies_in_the_month_so_far_away(day: date, count: int) -> None:
    found = periods.day_from(day, count)
    assert (found.year, found.month) == periods.month_from(day, count)
    assert found.day <= day.day


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(0, 6))
def test_the_last_weekday_of_a_month_is_followed_by_none(year: int, month: int, weekday: int) -> None:
    within = periods.months(year, month, month)
    day, _ = periods.nth_weekday(within, weekday, -1)
    assert day.weekday() == weekday
    assert within[0] <= day <= within[1] < day + timedelta(days=7)


@given(st.integers(1900, 2100), st.sampled_from("春夏秋冬"))
def test_a_season_has_three_months(year: int, name: str) -> None:
    first, last = periods.season(year, name)
    assert 89 <= (last - first).days <= 91


@given(DAYS, st.integers(-10, 10))
def test_the_same_days_of_another_year_are_as_many(day: date, years: int) -> None:
    first, last = periods.shifted(periods.months(day.year, 3, 5), years)
    assert (first.year, (last - first).days) == (day.year + years, 91)


def test_a_day_without_a_month_is_one_near_the_post() -> None:
    assert periods.nearest_day(date(2026, 3, 2), 28) == (date(2026, 2, 28), date(2026, 2, 28))
    assert periods.nearest_day(date(2026, 3, 2), 17) is None
