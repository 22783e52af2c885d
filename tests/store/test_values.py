"""Whatever a post holds becomes something a database takes."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.store.values import bounded, plain, real, storable


@given(st.text(st.characters(exclude_categories=())))
def test_storable_text_keeps_its_length_and_can_be_encoded(text: str) -> None:
    kept = storable(text)
    assert len(kept) == len(text)
    assert b"\x00" not in kept.encode("utf-8")


def test_ordinary_text_is_stored_as_it_is() -> None:
    assert storable("表情😀與罕字𠮷\t\n") == "表情😀與罕字𠮷\t\n"


@given(st.text(st.characters(exclude_categories=()), max_size=1000))
def test_a_bounded_key_fits_an_index(key: str) -> None:
    assert len(bounded(key)) <= 400
    assert bounded(key) == key or len(key) > 400


def test_overlong_keys_stay_distinct() -> None:
    assert bounded("x" * 5000 + "a") != bounded("x" * 5000 + "b")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 8, 30), "2026-03-01T08:30:00"),
        (float("nan"), "nan"),
        ({1: {"b", "a"}}, {"1": ["a", "b"]}),
        (True, True),
        (b"x", "b'x'"),
    ],
)
def test_front_matter_becomes_json(value: object, expected: object) -> None:
    assert plain(value) == expected


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()))


@given(st.recursive(_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10))
def test_any_front_matter_becomes_strict_json(value: object) -> None:
    json.dumps(plain(value), allow_nan=False).encode("utf-8")


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_every_number_has_a_finite_float(number: Decimal) -> None:
    assert abs(real(number)) < float("inf")
