"""Amounts that a sentence tells without a unit: by counting, in points, by what is left, or for the year before."""

from __future__ import annotations

import pytest

from service.model import Approx, Span
from service.query.lookup.amounts import Amount, amount, put, span_of_days
from service.query.lookup.clauses import Clauses
from service.query.lookup.dates import date_of, years_before
from service.query.lookup.durations import durations
from service.query.lookup.former import is_former
from service.query.lookup.placing import placed
from service.query.lookup.points import points
from service.query.lookup.proportions import proportions
from service.query.lookup.remainders import complement
from service.query.lookup.singles import singles
from service.script import fold


@pytest.mark.parametrize(
    ("text", "share"), [("每三个渔民就有一个种菜", 1 / 3), ("十户人家有七户养鸡", 0.7), ("平均每5家有2家休市", 0.4)]
)
def test_a_share_is_told_by_counting(text: str, share: float) -> None:
    assert [one.low for one in proportions(text)] == [pytest.approx(share)]


@pytest.mark.parametrize("text", ["三个人有五个苹果", "每三天有一班船", "两家店中有三位厨师", "没有数字"])
def test_other_counts_make_no_share(text: str) -> None:
    assert proportions(text) == ()


@pytest.mark.parametrize(
    ("text", "value"), [("全场得了 34 分", 34), ("领先十七分", 17), ("评分 8.6 分,很高", 8.6), ("只输两分", 2)]
)
def test_points_are_amounts(text: str, value: float) -> None:
    assert [one.low for one in points(text)] == [value]


@pytest.mark.parametrize(
    "text", ["三点五分", "休息 20 分钟", "百分之五", "三分之一", "十分高兴", "投进三分球", "九局二分店"]
)
def test_minutes_and_parts_are_no_points(text: str) -> None:
    assert [one.low for one in points(text)] == []


@pytest.mark.parametrize(
    ("text", "days"),
    [("每趟多跑一天", 1), ("要等一周才到", 7), ("工期缩短一个月", 30), ("迟了将近一年", 365), ("需要一个季", 91)],
)
def test_a_day_or_a_year_that_is_spent_is_an_amount(text: str, days: int) -> None:
    assert [round(one.low / 86_400) for one in durations(text)] == [days]


@pytest.mark.parametrize(
    "text", ["一年卖三万台", "花了一年级的钱", "要一年多", "等一天 3 班车", "有一天", "超过一周 20 次", "一天要两趟"]
)
def test_what_another_amount_is_per_or_what_is_vague_is_none(text: str) -> None:
    assert durations(text) == ()


def shares(text: str, written: str, value: float) -> Amount:
    start = text.find(written)
    return put(amount(value, value, "x", None, Approx.EXACT, None, written), Span(start, start + len(written)))


@pytest.mark.parametrize(
    ("one", "left"), [("湿地只剩从前的六成", 0.6), ("湿地面积是十年前的六成", 0.6), ("湿地只剩六成", 0.6)]
)
def test_what_is_left_is_told_by_what_is_gone(one: str, left: float) -> None:
    gone = "湿地比从前少了四成"
    said = complement(shares(gone, "四成", 0.4), Clauses(gone), shares(one, "六成", left), Clauses(one))
    assert said is not None
    assert said.low == pytest.approx(0.4)


def test_a_part_of_the_rest_is_not_what_is_left() -> None:
    gone, part = "湿地比从前少了四成", "剩下的六成是芦苇"
    assert complement(shares(gone, "四成", 0.4), Clauses(gone), shares(part, "六成", 0.6), Clauses(part)) is None


@pytest.mark.parametrize(
    ("text", "written", "former"),
    [
        ("票价从 20 元涨到 25 元", "20 元", True),
        ("票价从 20 元涨到 25 元", "25 元", False),
        ("年限由 5 年延长为 8 年", "5 年", True),
        ("票价 20 元", "20 元", False),
    ],
)
def test_what_a_change_came_from_no_longer_holds(text: str, written: str, former: bool) -> None:
    start = text.find(written)
    assert is_former(Clauses(text), Span(start, start + len(written))) is former


def test_an_amount_is_of_the_year_before_where_that_is_said() -> None:
    text = "2025 年救了 35 只,前一年则有 65 只"
    year = span_of_days("2025-01-01", "2025-12-31", "2025 年")
    assert year is not None
    dates = [put(year, Span(0, 6))]
    dates += years_before(text, dates)
    start = text.find("65")
    said = put(amount(65, 65, "count", None, Approx.EXACT, "只", "65 只"), Span(start, start + 4))
    told = date_of(said, [*dates, said], Clauses(text))
    assert told is not None
    assert told.text == "前一年"
    assert not told.agrees(year)


def test_an_inning_is_no_count() -> None:
    text = "九局下追平"
    inning = put(amount(9, 9, "count", None, Approx.EXACT, "局", "九局"), Span(0, 2))
    assert placed([inning], Clauses(text)) == ()


def test_two_bounds_of_one_direction_are_no_two_words_on_one_value() -> None:
    least = amount(55_000, 55_000, "TWD", None, Approx.OVER, None, "至少 5.5 萬")
    from_there = amount(46_000, 46_000, "TWD", None, Approx.OVER, None, "4.6 萬起")
    assert not least.agrees(from_there)
    assert least.bounds_like(from_there)


@pytest.mark.parametrize(
    ("text", "dimension"),
    [("港務局只有一名醫生", "count"), ("每晚仅一位保安值班", "count/day"), ("每週只開一班船", "count/week")],
)
def test_one_is_an_amount_where_that_is_all(text: str, dimension: str) -> None:
    assert [(one.low, one.dimension) for one in singles(fold(text))] == [(1, dimension)]


@pytest.mark.parametrize("text", ["来了一名医生", "只有一些人", "只是一样东西", "他只说了一次又一次"])
def test_one_is_none_where_it_only_introduces_or_is_no_number(text: str) -> None:
    assert singles(fold(text)) == ()
