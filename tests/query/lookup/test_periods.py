"""Months and quarters by all their names, and the part of a year that a text speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.lookup.periods import is_to_come, months, names_of_period, years_from_today
from service.script import fold


@pytest.mark.parametrize(
    ("one", "other"), [("四月", "4 月"), ("11月", "十一月"), ("元月", "1 月"), ("第一季", "一季度"), ("q3", "第三季")]
)
def test_a_period_is_known_by_its_other_name(one: str, other: str) -> None:
    assert other in names_of_period(one)


@pytest.mark.parametrize("word", ["四天", "三个月", "13月", "四季", "去年", ""])
def test_what_is_no_period_has_no_other_name(word: str) -> None:
    assert names_of_period(word) == frozenset()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("燈會三月開幕", {3}),
        ("燈會年底開幕", {11, 12}),
        ("灯会第二季开幕，8 月收摊", {4, 5, 6, 8}),
        ("Q4 的票價", {10, 11, 12}),
        ("等了三個月", set()),
        ("連三季成長", set()),
        ("一年四季都開", set()),
        ("產季到了", set()),
    ],
)
def test_a_text_names_months_or_none(text: str, held: set[int]) -> None:
    assert months(fold(text)) == held


@given(st.text(alphabet="一二十元年月季第底初末0123q度首 份", max_size=30))
def test_months_are_months(text: str) -> None:
    assert months(text) <= set(range(1, 13))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("明年茶價會跌", {1}),
        ("今年比去年少兩成", {-1, 0}),
        ("后年通车", {2}),
        ("大前年的事", set()),
        ("前年底", {-2}),
        ("每年一次", set()),
    ],
)
def test_a_year_is_told_from_the_day_of_writing(text: str, held: set[int]) -> None:
    assert years_from_today(fold(text)) == held


@pytest.mark.parametrize(("text", "is_it"), [("票價會漲", True), ("預計下修", True), ("豆價漲了", False)])
def test_what_is_to_come_is_told_from_what_has_happened(text: str, is_it: bool) -> None:
    assert is_to_come(fold(text)) is is_it
