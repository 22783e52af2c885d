from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.figures import find_figures
from service.model import Condition, Figure
from tests.extraction.prose import document

Held = list[tuple[str, list[str]]]


def _figures(text: str) -> tuple[Figure, ...]:
    return find_figures(document(text))


def _held(text: str) -> Held:
    """Return the figures of a text, each with the words of its conditions."""
    return [(figure.surface, [one.surface for one in figure.conditions]) for figure in _figures(text)]


def _one(text: str) -> Condition:
    (figure,) = _figures(text)
    (condition,) = figure.conditions
    return condition


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("這套茶具含稅 800 元。", ("part", "with", "税")),
        ("这套茶具未税 760 元。", ("part", "without", "税")),
        ("不含運費，每箱 300 元。", ("part", "without", "运费")),
        ("每箱 300 元（含安裝費）。", ("part", "with", "安装费")),
        ("扣除补贴后，每吨成本为 1,200 元。", ("part", "without", "补贴")),
        ("住宿每晚 2,000 元，早餐另計。", ("part", "without", "早餐")),
        ("包括停車場在內，工程費為 9 億元。", ("part", "with", "停车场")),
        ("除稅前溢利為 20 億港元。", ("income_tax", "before", None)),
        ("税后利润为 15 亿元。", ("income_tax", "after", None)),
        ("客運量同比增長 20%。", ("compared_with", "year", None)),
        ("客运量环比下降 3%。", ("compared_with", "sequence", None)),
        ("出口按季上升 3%。", ("compared_with", "quarter", None)),
        ("按固定匯率計算，營收成長 12%。", ("exchange_rate", "constant", None)),
        ("實質薪資成長 1.2%。", ("price_level", "real", None)),
        ("以上限定價，集資 30 億港元。", ("price_range", "upper", None)),
        ("以出貨量計，市占率為 18%。", ("measure", "by", "出货量")),
        ("按金额计算，份额为 25%。", ("measure", "by", "金额")),
        ("若颱風登陸，損失達 3 億元。", ("case", "if", "台风登陆")),
        ("在满座的情况下，单趟成本为 4 万元。", ("case", "if", "满座")),
        ("樂觀情境下，遊客將達 300 萬人。", ("scenario", "best", None)),
        ("輪船滿載時續航 400 公里。", ("load", "full", None)),
        ("假日票價 150 元。", ("days", "days_off", None)),
        ("投前估值 20 億美元。", ("money_raised", "before", None)),
        ("Revenue rose 12% year over year.", ("compared_with", "year", None)),
    ],
)
def test_a_figure_knows_what_it_holds_under(text: str, told: tuple[str, str, str | None]) -> None:
    condition = _one(text)
    assert (condition.aspect, condition.side, condition.about) == told


@pytest.mark.parametrize(
    "text",
    [
        "每杯含糖 12 克。",
        "排除故障花了 3 小時。",
        "實際上只剩 3 萬元。",
        "可以計算的有 30 台。",
        "数以万计的人等了 3 小时。",
        "按計劃要花 3 億元。",
        "若干年後，村裡剩下 40 戶。",
        "在這種情況下，損失為 3 億元。",
        "上週末來了 300 人。",
        "假日酒店有 300 間客房。",
        "首周末来了 300 人。",
        "沈若男付了 300 元。",
        "加上天氣不好，只來了 300 人。",
        "這條路長 12 公里。",
        "成本不算太高，只要 300 元。",
    ],
)
def test_words_that_only_look_like_a_condition_are_none(text: str) -> None:
    assert [conditions for _, conditions in _held(text)] == [[]]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("稅前盈餘 20 億元，稅後盈餘 15 億元。", [("20 億元", ["稅前"]), ("15 億元", ["稅後"])]),
        ("500 元含稅、450 元未稅。", [("500 元", ["含稅"]), ("450 元", ["未稅"])]),
        ("營收 33 億元，年增 20%，季減 3%。", [("33 億元", []), ("20%", ["年增"]), ("3%", ["季減"])]),
        (
            "若油价涨到 90 美元，亏损 3 亿元，裁员 200 人。",
            [("90 美元", []), ("3 亿元", ["若油价涨到 90 美元"]), ("200 人", ["若油价涨到 90 美元"])],
        ),
        ("票價 300 元，不含保險，另送 2 本手冊。", [("300 元", ["不含保險"]), ("2 本", [])]),
        ("票價 300 元。不含保險的有 2 種。", [("300 元", []), ("2 種", ["不含保險"])]),
        ("若雨季提前則減產 2 成，若雨季延後則增產 1 成。", [("2 成", ["若雨季提前"]), ("1 成", ["若雨季延後"])]),
        ("成本（含折舊）每噸 300 元。", [("300 元", ["含折舊"])]),
    ],
)
def test_a_condition_is_of_the_figures_it_is_said_of(text: str, held: Held) -> None:
    assert _held(text) == held


def test_whose_each_of_two_conditions_is_cannot_be_told_where_both_come_first() -> None:
    assert _held("同比、環比分別增長 20%、3%。") == [("20%", []), ("3%", [])]


def test_a_figure_of_the_condition_itself_does_not_hold_under_it() -> None:
    assert _held("若水位升到 12 公尺，將撤離 300 人。")[0] == ("12 公尺", [])


_WORDS = st.sampled_from(
    [
        "若",
        "含",
        "不含",
        "稅",
        "後",
        "扣除",
        "以",
        "計",
        "在",
        "情況下",
        "，",
        "。",
        "（",
        "）",
        "300 元",
        "20%",
        "同比",
        "的",
    ]
)


@given(st.lists(_WORDS, max_size=24).map("".join))
def test_conditions_stand_where_they_say_and_never_on_their_figure(text: str) -> None:
    written = document(text)
    for figure in find_figures(written):
        for one in figure.conditions:
            assert written.slice(one.span) == one.surface
            assert not one.span.overlaps(figure.span)


@pytest.mark.parametrize(
    "text", ["若" * 4000, "以" * 4000 + "計", "含税500元" * 800, "扣除" * 4000, "(" * 4000 + "不含税"]
)
def test_endless_conditions_are_read_to_an_end(text: str) -> None:
    assert all(len(figure.conditions) <= 6 for figure in _figures(text))
