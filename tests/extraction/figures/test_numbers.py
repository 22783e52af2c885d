"""Numbers: all that a text writes, whether or not they count anything."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.figures import Number, find_numbers
from service.model import Approx, Script
from tests.extraction.figures.case_files import core_cases

NUMERIC = st.text(alphabet="0123456789一二兩十百千萬亿零點半负几多余分之又与到~大小于以上 ,.%/^ekM-", max_size=60)


def told(text: str) -> list[tuple[str, str, str]]:
    """Return the numbers of `text`: surface and bounds, an open end left blank."""
    return [
        (text[slice(*one.span)], bound(one, low=True), bound(one, low=False)) for one in find_numbers(text, Script.HANS)
    ]


def bound(number: Number, *, low: bool) -> str:
    value = number.low if low else number.high
    is_open = number.approx is (Approx.UNDER if low else Approx.OVER)
    return "" if is_open else f"{value.normalize():f}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("门票三百五，不是五百", [("三百五", "350", "350"), ("五百", "500", "500")]),
        ("四万万同胞", [("四万万", "400000000", "400000000")]),
        ("答案是 2e3 或 3^4", [("2e3", "2000", "2000"), ("3^4", "81", "81")]),
        ("余数为 -7/2", [("-7/2", "-3.5", "-3.5")]),
        ("共 2 3/4 杯", [("2 3/4", "2.75", "2.75")]),
        ("九 分之 四", [("九 分之 四", "0.4444444444444444444444444444", "0.4444444444444444444444444444")]),
        ("概率为万分之五", [("万分之五", "0.05", "0.05")]),
        ("二十几万人", [("二十几万", "200000", "")]),
    ],
)
def test_a_number_is_read_wherever_it_stands(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("取 30 与 45 之间的数", ("30 与 45", "30", "45")),
        ("大于 8 且小于 12", ("8 且小于 12", "8", "12")),
        ("比六大", ("六", "6", "")),
        ("比六小", ("六", "", "6")),
        ("年龄不低于 18", ("18", "18", "")),
    ],
)
def test_numbers_that_bound_make_a_range(text: str, wanted: tuple[str, str, str]) -> None:
    assert told(text) == [wanted]


@pytest.mark.parametrize("text", ["一切照旧", "登上陆地", "我一听就懂", "三三两两", "型号 B12", "拾到钱包"])
def test_words_and_names_hold_no_number(text: str) -> None:
    assert find_numbers(text, Script.HANS) == ()


@given(NUMERIC | st.text(max_size=40))
def test_any_text_is_read_and_numbers_do_not_overlap(text: str) -> None:
    end = 0
    for number in find_numbers(text, Script.HANT):
        assert end <= number.span.start < number.span.end <= len(text)
        assert number.percent or number.low <= number.high or number.approx is not Approx.EXACT
        end = number.span.end


@pytest.mark.parametrize("config", [None, "s2t", "s2tw"])
def test_peers_numbers_are_read_in_both_scripts(config: str | None) -> None:
    suite = core_cases("zh_numbers")
    turn = opencc.OpenCC(config).convert if config else str
    assert sum(agrees(case, turn(case["text"])) for case in suite) / len(suite) >= 0.92


def agrees(case: dict[str, Any], text: str) -> bool:
    """Tell whether just the numbers that a peer's case wants are found, with their value or the bounds it names."""
    found = find_numbers(text, Script.HANT)
    if case.get("only_kind") == "percent":
        found = tuple(number for number in found if number.percent)
    just_these = not case["expect"] or case.get("only_kind") == "number"
    if just_these and len(found) != len(case["expect"]):
        return False
    return all(any(is_wanted(number, row) for number in found) for row in case["expect"])


def is_wanted(number: Number, row: dict[str, Any]) -> bool:
    low = number.high if number.approx is Approx.UNDER else number.low
    high = number.low if number.approx is Approx.OVER else number.high
    overlap = number.span.start < row["end"] and row["start"] < number.span.end
    wanted = [(low, row.get("value")), (low, row.get("low")), (high, row.get("high"))]
    return overlap and all(value is None or float(told_) == pytest.approx(value) for told_, value in wanted)


def test_a_percentage_is_told_in_percent() -> None:
    (number,) = find_numbers("千分之二", Script.HANS)
    assert (number.low, number.percent) == (Decimal("0.2"), True)
