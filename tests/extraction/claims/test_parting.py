from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.claims import find_claims
from tests.extraction.writing import claims, document, measured, named

_PIECES = st.lists(
    st.sampled_from(
        ["林若川", "周嵐", "說", "主張", "，", "；", "。", "「", "」", "（", "）", "水庫快見底了", "對手", "則"]
    ),
    max_size=20,
).map("".join)


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("林若川說水庫見底了；周嵐則主張先修管線。", ["林若川說水庫見底了；", "周嵐則主張先修管線。"]),
        ("林若川說水庫見底了，他主張先修管線。", ["林若川說水庫見底了，他主張先修管線。"]),
        ("林若川說水庫見底了（周嵐說沒有）。", ["林若川說水庫見底了（周嵐說沒有）。"]),
        ("林若川說「水庫見底了；周嵐說沒有。」", ["林若川說「水庫見底了；周嵐說沒有。」"]),
    ],
)
def test_a_sentence_is_parted_where_somebody_else_speaks(sentence: str, parts: list[str]) -> None:
    assert [claim.surface for claim in claims(sentence, people="林若川 周嵐")] == parts


@given(_PIECES)
def test_parts_are_in_order_and_never_overlap(text: str) -> None:
    found = claims(text, people="林若川 周嵐")
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


def test_what_is_measured_before_somebody_speaks_is_a_claim_of_its_own() -> None:
    written = document("片長 138 分鐘，林若川說一刀都沒有剪。")
    found = find_claims(written, named(written, "林若川"), [measured(written, "138 分鐘", "s")], [])
    told = [(claim.surface, claim.speaker and claim.speaker.surface) for claim in found]
    assert told == [("片長 138 分鐘，", None), ("林若川說一刀都沒有剪。", "林若川")]
