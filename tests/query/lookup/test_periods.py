"""Months and quarters by all their names, and the part of a year that a text speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.lookup.periods import months, names_of_period
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
