"""Stock codes in queries, and numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.lexicon.names import query_names
from service.lexicon.tickers import tickers_in


@pytest.mark.parametrize(
    "query",
    ["2330", "(2330)", "晶圓代工（2330）", "股票代號 2330", "股票代码：2330", "2330.TW", "2330 毛利率", "2330 的股價"],
)
def test_a_number_marked_as_a_stock_code_names_its_company(query: str) -> None:
    assert {ident for ident, _, _ in query_names(query)} == {"tsmc"}


@pytest.mark.parametrize(
    "query",
    [
        "共 2330 人參加",
        "2330 瓦",
        "3008 公里",
        "長 2603 米",
        "2330 个",
        "營收 2330 億",
        "1,2330",
        "2330%",
        "2330.5",
        "it is 2330",
    ],
)
def test_an_ordinary_number_names_nobody(query: str) -> None:
    assert query_names(query) == ()


def test_codes_in_a_row_are_codes_where_the_last_one_is() -> None:
    assert {ident for ident, _, _ in query_names("2454 與 2330 的毛利率")} == {"mediatek", "tsmc"}
    assert {ident for ident, _, _ in query_names("2330、2454")} == {"mediatek", "tsmc"}


@pytest.mark.parametrize(
    "query", ["TSLA", "tsla", "$TSLA", "TSLA 今年營收", "今年以來 $TSLA 的交車數字和去年同一季相比到底是多了還是少了"]
)
def test_letters_are_codes_alone_or_marked(query: str) -> None:
    assert {ident for ident, _, _ in query_names(query)} == {"tesla"}


def test_codes_of_hong_kong_may_lack_their_zeros() -> None:
    assert {ident for ident, _, _ in query_names("0700.HK")} == {"tencent"}


@given(st.text(alphabet="A2a3（)$.、 股號人", max_size=30))
def test_codes_stand_where_they_are_said_to(text: str) -> None:
    for code, span in tickers_in(text):
        assert code in text[slice(*span)].upper()
