from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.claims import speech_marks as marks

_ASKED = {
    name: getattr(marks, name)
    for name in (
        "BIDS",
        "LEAVES",
        "THOSE",
        "LAUGHS",
        "EXCLAIMS",
        "LETS",
        "BRIEFLY",
        "PLACED",
        "PASSES_ON",
        "FROM",
        "ADDRESSED",
        "MOVED",
    )
}
_LETTERS = st.characters(categories=["Lo", "Ll", "Nd"], max_codepoint=0x9FFF)


@pytest.mark.parametrize("name", _ASKED)
@given(data=st.data())
def test_no_clause_is_passed_over_that_a_pattern_would_match(name: str, data: st.DataObject) -> None:
    pattern: re.Pattern[str] = _ASKED[name]
    clause = data.draw(st.from_regex(pattern, fullmatch=False, alphabet=_LETTERS)).strip()
    if clause and pattern.match(clause):
        assert marks.may_do(clause)


def test_most_plain_clauses_are_passed_over() -> None:
    assert not any(
        marks.may_do(clause) for clause in ("河堤在上个月加高了两公尺", "三家供应商退出竞标", "新棚架能挡住雨水")
    )
