"""Amounts agree after unit, range and bound; what can't be compared says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Approx
from service.query.lookup.amounts import Amount, alike, amount, fractions, remote, slipped, span_of_days, telling, told

EXACT, ABOUT, OVER, UNDER = Approx.EXACT, Approx.ABOUT, Approx.OVER, Approx.UNDER


def of(
    low: float,
    unit: str,
    approx: Approx = EXACT,
    *,
    high: float | None = None,
    per: str | None = None,
    counted: str | None = None,
    text: str = "",
) -> Amount:
    return amount(low, low if high is None else high, unit, per, approx, counted, text or f"{low:g} {unit}")


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
        (of(36, "month", UNDER), of(36, "month")),
        (of(100, "USD/W"), of(100, "USD", per="W")),
        (of(7, "year", per="W"), of(7, "year")),
        (of(30, "count", counted="塊"), of(30, "count", counted="張")),
        (of(3e8, "TWD", text="3 億元"), of(3e8, "CNY", text="3 亿元")),
        (of(3e8, "TWD", text="3 億元"), of(3e8, "TWD", text="3 億新台幣")),
        (of(4.7e7, "TWD", text="4,700 萬"), of(4.7e7, "HKD", text="4,700 萬港元")),
        (of(2e8, "TWD", text="二億"), of(2e8, "CNY", text="两亿")),
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
        (of(92, "%"), of(80, "%", UNDER)),
        (of(3, "year"), of(10, "year", OVER)),
        (of(2.3, "x"), of(3, "x")),
    ],
)
def test_two_values_of_one_thing_do_not_agree(left: Amount, right: Amount) -> None:
    assert left.comparable(right)
    assert not left.agrees(right)
    assert not right.agrees(left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (of(3, "year"), of(3, "USD")),
        (of(5, "W", per="year"), of(9, "W")),
        (of(3, "count", counted="家"), of(12, "count", counted="艘")),
        (of(5, "x"), of(50, "%")),
        (of(3e8, "TWD", text="3 億新台幣"), of(3e8, "CNY", text="3 億人民幣")),
    ],
)
def test_what_measures_another_thing_can_not_be_compared(left: Amount, right: Amount) -> None:
    assert not left.comparable(right)


def test_a_bare_number_is_akin_to_money_that_is_the_same() -> None:
    money, bare, small = of(47_000, "TWD", text="47,000 元"), of(47_000, "count"), of(470, "count")
    assert bare.akin(money)
    assert not bare.comparable(money)
    assert not of(46_000, "count").akin(money)
    assert not small.akin(of(470, "TWD", text="470 元"))


def test_classifiers_of_one_kind_stand_for_each_other() -> None:
    assert alike("辆", "台")
    assert not alike("艘", "户")


def test_a_share_said_without_a_number_is_an_amount() -> None:
    (half,) = fractions("土里有一半是沙")
    assert half.agrees(of(50, "%"))
    assert not half.agrees(of(20, "%"))
    assert fractions("土里有沙") == ()


def test_how_much_is_told_and_when_and_how_long_are_conditions() -> None:
    year = span_of_days("2023-01-01", "2023-12-31", "2023 年")
    assert year is not None
    power, wait = of(3, "W"), of(2, "year")
    assert told((year, power, wait)) == ((power,), (year, wait))
    assert told((year, wait)) == ((wait,), (year,))
    assert told((year,)) == ((year,), ())


def test_a_time_without_bounds_is_no_amount() -> None:
    assert span_of_days(None, None, "不久") is None


@given(st.floats(0.01, 1e12), st.sampled_from(["W", "%", "USD", "month", "count"]), st.sampled_from(list(Approx)))
def test_every_amount_agrees_with_itself(value: float, unit: str, approx: Approx) -> None:
    assert of(value, unit, approx).agrees(of(value, unit, approx))


def test_tenths_are_rounded() -> None:
    tenths = of(0.7, "1", text="七成")
    assert tenths.agrees(of(0.71, "1", text="71%"))
    assert not tenths.agrees(of(0.76, "1", text="76%"))
    assert not of(0.7, "1", text="70%").agrees(of(0.71, "1", text="71%"))


def test_a_number_is_misquoted_in_its_digits_its_power_or_its_unit() -> None:
    assert slipped(of(237, "person"), of(327, "person"))
    assert slipped(of(2e9, "USD"), of(2e10, "USD"))
    assert not slipped(of(230, "person"), of(327, "person"))


@given(st.floats(min_value=1, max_value=1e12), st.floats(min_value=1, max_value=1e12))
def test_two_amounts_are_as_far_apart_from_either_side(one: float, other: float) -> None:
    left, right = of(one, "USD"), of(other, "USD")
    assert remote(left, right) == remote(right, left)


@pytest.mark.parametrize(("said", "other", "same"), [(40.0, 37.0, True), (42.0, 38.0, False), (13.6, 12.9, False)])
def test_the_more_digits_the_less_is_meant_by_about(said: float, other: float, same: bool) -> None:
    assert of(said, "t", ABOUT).agrees(of(other, "t")) is same


def test_a_third_is_meant_roughly() -> None:
    assert of(1 / 3, "x", ABOUT).agrees(of(0.35, "x"))


def test_both_ends_of_a_range_tell_more_than_one_number() -> None:
    assert telling(of(8, "km", high=10)) > telling(of(8, "km"))
