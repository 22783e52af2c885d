"""Numbers that measure nothing: which of them two sentences share. How claims stand by them is in `stances.toml`."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Span
from service.query.lookup.numerals import bare
from service.script import fold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("鷺洲隊這一季 58 勝", [(58, "胜")]),
        ("他的打擊率是 .402", [(Decimal("0.402"), "")]),
        ("第三名是個新人", [(3, "名")]),
        ("第十二屆茶展", [(12, "届")]),
        ("35 路公交改點", [(35, "路")]),
        ("iPhone 17 和 5G", []),
        ("第二季、3 月和 2027 年", []),
        ("90 後不看電視", []),
        ("比分 3:2", []),
    ],
)
def test_what_measures_nothing_is_told_from_names_and_times(text: str, found: list[tuple[Decimal, str]]) -> None:
    assert bare(fold(text), ()) == found


def test_what_an_amount_measures_is_left_to_it() -> None:
    assert bare("这班车坐 11 人", [Span(4, 8)]) == []


@given(st.text(alphabet="第0123456789.一二十百千路号年 a:%", max_size=40))
def test_a_number_is_none_of_two_places(text: str) -> None:
    assert len(bare(text, ())) <= sum(character.isdigit() or character in "一二十百千" for character in text)
