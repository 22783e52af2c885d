"""What claims are found by: the same terms for the same words and sizes, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.script import fold
from service.store.claim_terms import amount_terms, base, claim_terms, tells, term_number, year_terms


def terms_of(text: str) -> set[int]:
    return claim_terms(fold(text), (), ())


def test_both_scripts_have_the_same_terms() -> None:
    assert terms_of("貨櫃碼頭擴建") == terms_of("货柜码头扩建") != set()


def test_function_words_are_not_listed() -> None:
    assert not tells("的码")
    assert tells("码头")
    assert term_number("头的") not in terms_of("碼頭的燈")


@pytest.mark.parametrize(
    ("left", "right"),
    [((3, "year"), (36, "month")), ((10, "%"), (0.1, "x")), ((90, "s"), (90, "s")), ((3e8, "TWD"), (3e8, "CNY"))],
)
def test_one_size_in_two_units_is_one_term(left: tuple[float, str], right: tuple[float, str]) -> None:
    found = []
    for value, unit in (left, right):
        factor, kind = base(unit)
        found.append(amount_terms(kind, value * factor, value * factor, around=1))
    assert found[0] & found[1]


def test_a_size_is_no_term_of_ten_times_as_much_or_of_another_kind() -> None:
    assert not amount_terms("W", 1e9, 1e9, around=1) & amount_terms("W", 1e10, 1e10, around=1)
    assert not amount_terms("W", 1e9, 1e9) & amount_terms("USD", 1e9, 1e9)


def test_dates_are_found_by_their_years() -> None:
    assert year_terms("2031-05-01", None) == year_terms("2031-01-01", "2031-12-31")
    assert len(year_terms("2030-01-01", "2031-12-31")) == 2
    assert not year_terms("1900-01-01", "1999-12-31")
    assert not year_terms(None, None)


@given(st.floats(min_value=1e-6, max_value=1e18), st.floats(min_value=0.95, max_value=1.05))
def test_a_rounded_size_is_found_by_the_terms_around_it(value: float, off: float) -> None:
    assert amount_terms("m", value, value) <= amount_terms("m", value * off, value * off, around=1)


@given(st.text(max_size=60))
def test_any_text_has_terms_that_fit_the_column(text: str) -> None:
    assert all(-(2**31) <= term < 2**31 for term in claim_terms(text, (), ()))
