from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.conditions import exclude
from service.extraction.conditions.stated import find_stated
from service.script import fold


def _exclude(one: str, other: str) -> bool:
    return exclude(find_stated(fold(one)), find_stated(fold(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("含稅 800 元", "不含税 760 元"),
        ("未稅 760 元", "含增值税 800 元"),
        ("稅前", "税后"),
        ("同比增長", "环比增长"),
        ("季增", "月增"),
        ("按固定匯率計算", "按实际汇率计算"),
        ("以上限定價", "以下限定價"),
        ("以出貨量計，", "按金额计算，"),
        ("以美元計，", "以人民币计，"),
        ("如果下雨，", "如果不下雨，"),
        ("若油價升到 90 美元，", "一旦油价升到 120 美元，"),
        ("若匯率升，", "若汇率跌，"),
        ("樂觀情境", "最坏情况下"),
        ("單程", "往返"),
    ],
)
def test_what_holds_under_one_says_nothing_of_the_other(one: str, other: str) -> None:
    assert _exclude(one, other)
    assert _exclude(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("含稅 800 元", "含税 760 元"),
        ("含稅 800 元", "760 元"),
        ("不含運費，", "含稅 800 元"),
        ("環比", "月增"),
        ("環比", "季增"),
        ("以美元計，", "以出货量计，"),
        ("如果下雨，", "若下雨，"),
        ("若颱風登陸，", "一旦停電，"),
        ("稅前", "同比"),
    ],
)
def test_in_doubt_nothing_is_ruled_out(one: str, other: str) -> None:
    assert not _exclude(one, other)


_TEXTS = st.lists(
    st.sampled_from(
        ["若", "下雨", "不", "，", "含稅 3 元", "未稅", "同比", "以金額計", "以美元計", "90 美元", "，如果"]
    ),
    max_size=10,
).map("".join)


@given(_TEXTS, _TEXTS)
def test_exclusion_is_mutual_and_never_of_itself(one: str, other: str) -> None:
    assert _exclude(one, other) == _exclude(other, one)
    for stated in find_stated(fold(one)):
        assert not exclude([stated], [stated])
