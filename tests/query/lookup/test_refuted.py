"""Amounts that are given only to be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Span
from service.query.lookup.clauses import Clauses
from service.query.lookup.refuted import refuted
from service.script import fold


def taken_back(text: str, amount: str) -> bool:
    start = text.index(amount)
    return refuted(Clauses(fold(text)), Span(start, start + len(amount)))


@pytest.mark.parametrize(
    "text",
    [
        "鄰居說的 45 棵有誤。",
        "网上传的 45 棵不对",
        "坊間的 45 棵沒有任何根據",
        "報上寫 45 棵，是誤植",
        "45 棵的说法过于乐观",
    ],
)
def test_an_amount_that_is_called_wrong_is_refuted(text: str) -> None:
    assert taken_back(text, "45 棵")


@pytest.mark.parametrize("text", ["種了 45 棵。後來才知道名單有誤", "種了 45 棵，另外 12 棵的說法不對", "45 棵偏高"])
def test_what_is_wrong_of_something_else_refutes_no_amount(text: str) -> None:
    assert not taken_back(text, "45 棵")


@given(st.text(max_size=80), st.integers(0, 80))
def test_any_place_in_any_text_may_be_asked_about(text: str, at: int) -> None:
    folded = fold(text)
    end = min(at, len(folded))
    assert refuted(Clauses(folded), Span(0, end)) in (True, False)
