"""Whether two claims can be of one thing, by whom they name and what their posts are called."""

from __future__ import annotations

import pytest

from service.lexicon.spelling import respell
from service.query.lookup.ground import Ground, common_ground
from service.script import fold


def of(title: str, text: str, *entities: str) -> Ground:
    return Ground(respell(fold(title)), respell(fold(text)), {*entities, None})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("8801 - 安和銀", "全台設有約 69 家分行。"), of("8834_永泰銀", "全台设有 125 家分行。")),
        (of("沁嵐", "2031 年營收 18.7 億元，年增 112%。"), of("晟浩", "2031 年營收 5.39 億元，年增 31%。")),
        (of("沁嵐\n概況", "產業: 電子零件 市值: 3 億元"), of("晟浩\n概況", "產業: 電子零件 市值: 7 億元")),
        (of("沁嵐", "最大客戶: 翔岳（占 58%）", "翔岳"), of("晟浩", "第二大客戶: 翔岳（占 30%）", "翔岳")),
    ],
)
def test_what_only_its_page_tells_apart_has_no_common_ground(one: Ground, other: Ground) -> None:
    assert not common_ground(one, other)
    assert not common_ground(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            of("港區見聞", "東灣渡輪的電池艙容量是 3.6 百萬瓦時。"),
            of("我不信", "东湾渡轮的电池舱容量只有 2 兆瓦时。"),
        ),
        (of("沁嵐", "沁嵐去年營收 18 億元。", "沁嵐"), of("年報摘要", "沁嵐去年營收 5 億元。", "沁嵐")),
        (of("沁嵐", "去年營收 18 億元。"), of("年報摘要", "沁嵐去年營收 5 億元。")),
        (of("沁嵐去年", "營收 18 億元。"), of("沁嵐今年", "營收 5 億元。")),
        (of("2031-04-02", "去年營收 18 億元。"), of("沁嵐", "去年營收 5 億元。")),
        (
            of("參訪之後想到的三件小事", "產線良率 92%，訂單滿了。"),
            of("沁嵐", "產線良率不到 80%，沒訂單。"),
        ),
        (of("沁嵐", "營收 18 億元，經理這樣說。", "葉書廷"), of("晟浩", "營收 5 億元，經理這樣說。", "葉書廷")),
    ],
)
def test_a_thing_a_name_or_a_title_in_common_is_common_ground(one: Ground, other: Ground) -> None:
    assert common_ground(one, other)
    assert common_ground(other, one)
