"""Bare magnitudes: in whose money they are, and when they are none."""

from __future__ import annotations

import pytest

from service.extraction.figures import find_figures
from tests.extraction.figures.case_files import prose


def told(*blocks: str) -> list[str]:
    """Return the figures of blocks with their units, in reading order."""
    return [f"{figure.surface} {figure.quantity.unit}" for figure in find_figures(prose(*blocks))]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("法院判他賠 350 萬。", "TWD"),
        ("本轮拟融 4 亿，老股东跟投。", "CNY"),
        ("他替弟弟担保了 2.2 亿，至今没有解除。", "CNY"),
        ("渡輪公司賣掉舊船，收回 2,900 萬左右。", "TWD"),
        ("豪宅標價 1.8 億。", "TWD"),
        ("有人捧五億來買這塊地。", "TWD"),
        ("三十万买下整条街的招牌。", "CNY"),
        ("两亿的预算不够。", "CNY"),
        ("账上差的三个亿去哪儿了？", "CNY"),
        ("她年薪 80 万，听说要涨。", "CNY"),
        ("球场造价 6,000 万，超支了。", "CNY"),
        ("在手訂單總額 401 億，排到後年。", "TWD"),
        ("縣府要投資五億三千萬興建體育館。", "TWD"),
        ("他月薪 18 萬，還嫌少。", "TWD"),
        ("合唱团今年预算 260 万，比去年少。", "CNY"),
        ("碼頭每年多 300 萬租金。", "TWD"),
        ("贞观乐团欠下 90 万违约金。", "CNY"),
    ],
)
def test_words_of_money_make_a_bare_magnitude_money(text: str, unit: str) -> None:
    assert [figure.quantity.unit for figure in find_figures(prose(text))][:1] == [unit]


@pytest.mark.parametrize(
    "text",
    [
        "歌手的粉絲多了 60 萬。",
        "这首歌播放量超过 1,800 万。",
        "全縣人口 88 萬，其中農業人口 80 萬。",
        "服务器每天处理请求 3 亿，峰值 200 万。",
        "小说首印 5 万，三个月卖出 30 万。",
        "项目拿到 1 万 star，下载破 5,000 万。",
        "世界杯吸引观众 35 亿。",
        "截至周五，疫苗接种已经 1.2 亿。",
        "有 3 万买家在排队。",
    ],
)
def test_what_is_counted_is_no_money(text: str) -> None:
    units = {figure.quantity.unit for figure in find_figures(prose(text))}
    assert units - {"month"} == {"count"}


def test_an_amount_told_again_keeps_its_currency() -> None:
    assert told("電視台出價 45 萬美元買斷，他沒賣。天氣很好，他笑：「四十五萬？不如去釣魚。」") == [
        "45 萬美元 USD",
        "四十五萬 USD",
    ]


def test_the_currency_that_a_post_counts_in_holds_across_paragraphs() -> None:
    blocks = (
        "電影收了 2,340 萬港元，成本 1,050 萬港元。",
        "場次下週減半。",
        "我看 2,600 萬就是天花板，他估 3,000 萬。",
    )
    assert told(*blocks)[2:] == ["2,600 萬 HKD", "3,000 萬 HKD"]


def test_a_post_that_counts_other_things_has_no_currency_to_hand_on() -> None:
    blocks = ("平台花了 2 亿元，拿到用户 3,000 万，播放 8,000 万。", "下载破 5,000 万。", "年底要到 1 亿。")
    assert told(*blocks)[1:] == ["3,000 万 count", "8,000 万 count", "5,000 万 count", "1 亿 count"]


def test_counting_in_the_sentence_after_money_is_no_money() -> None:
    assert told("这座桥造价 4.5 亿美元，通车后每天过车 3 万。")[1] == "3 万 count"
    assert told("他們花了 300 萬美元做廣告，粉絲多了 60 萬。")[1] == "60 萬 count"


def test_the_place_a_clause_names_tells_which_of_the_currencies_it_is() -> None:
    text = "影片收了 3,000 万港元，投资 5,000 万元人民币。他觉得内地能到两亿，北美不好说，香港顶多 4,000 万。"
    assert told(text)[2:] == ["两亿 CNY", "4,000 万 HKD"]


def test_a_word_of_payment_outranks_what_was_counted_before_it() -> None:
    assert told("用户翻倍那年，公司营收 3 亿。")[-1] == "3 亿 CNY"
    assert told("营收带动用户 3 亿。") == ["3 亿 count"]


def test_hundreds_and_thousands_told_again_are_money_too() -> None:
    assert told("船期附加費 1,500 美元。他不肯，說一千五，多一毛都不行。")[1] == "一千五 USD"
    assert told("船期附加費 1,500 美元。山路有一千五百級。")[1:] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我成本 8.4 欧元，现价 7.1。", ["8.4 欧元 EUR", "7.1 EUR"]),
        ("開盤價 31.5 元。收盤價 30.2，成交兩百張。", ["31.5 元 TWD", "30.2 TWD", "兩百張 count"]),
        ("进价 3 元，数量 500。", ["3 元 CNY"]),
        ("现价 7.1 版的说明。", []),
        ("上周进价 3 元。后来下雨了。我们走了。现价 2.8。", ["3 元 CNY"]),
    ],
)
def test_a_price_without_a_currency_is_in_the_one_just_named(text: str, found: list[str]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("投资额是两亿四，新台币，银行贷六成。", ["两亿四 TWD", "六成 %"]),
        ("總經費 3 億，日圓。", ["3 億 JPY"]),
        ("总经费 3 亿，日元走弱以后又加了。", ["3 亿 CNY"]),
    ],
)
def test_a_currency_may_follow_as_a_clause_of_its_own(text: str, found: list[str]) -> None:
    assert told(text) == found


def test_part_of_an_amount_is_in_its_currency() -> None:
    said = told("这一年赤字 800 万欧元，明年可省 220 万。220 万里面有 30 万是卖旧车的收入。")
    assert said == ["800 万欧元 EUR", "220 万 EUR", "220 万 EUR", "30 万 EUR"]
