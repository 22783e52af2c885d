"""What is told from others of its kind by a name of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.lookup.siblings import siblings
from service.script import fold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("板橋店最大，中和店最新", [("板桥", "店"), ("中和", "店")]),
        ("搭綠線到大安區", [("绿", "线"), ("大安", "区")]),
        ("南坡區先供暖", [("南坡", "区")]),
    ],
)
def test_a_name_tells_one_from_others_of_its_kind(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.name, one.kind) for one in siblings(fold(text))] == found


@pytest.mark.parametrize("text", ["商店和書店", "這區的學校", "老店新開", "全國的公園", "路線與航線", "Line 2"])
def test_a_common_word_is_no_name(text: str) -> None:
    assert siblings(fold(text)) == ()


@given(st.text(max_size=60))
def test_each_stands_where_it_says(text: str) -> None:
    folded = fold(text)
    for one in siblings(folded):
        assert folded[one.span.start : one.span.end] == one.name + one.kind
