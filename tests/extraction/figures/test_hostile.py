"""Hostile input: twice the text is twice the work, whatever is repeated, and no post is work without end."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from service.extraction.figures import candidates, find_figures, finding
from service.extraction.figures.digits import skip_digits
from service.extraction.figures.numerals import scan
from service.extraction.figures.qualifiers import clause_before
from service.model import Script
from tests.extraction.figures.case_files import prose

HOSTILE = (
    "九", "９", "1,", "1/", "1.", "1-", "1 ", "1:", "1+", "1~2", "$1", "US$", "%", "-", "-1", "負", "負三", "一萬",
    "萬億", "幾十", "百分之", "三分之一", "一到", "三、四", "半年", "半", "一個", "兩個半", "五塊", "3塊五", "1元/",
    "1 billion ", "one million ", "a1", "1a", "每年", "約", "那1億", "年薪5萬", "點五", "三点", "1 1/2 ", "12\n",
    "一二三千萬", "1小時",
)  # fmt: skip


def work(text: str) -> int:
    """Return how many calls finding the figures of `text` makes."""
    calls = 0

    def count(_frame: FrameType, _event: str, _argument: Any) -> None:
        nonlocal calls
        calls += 1

    document = prose(text)
    sys.setprofile(count)
    try:
        find_figures(document)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("pattern", HOSTILE)
def test_twice_the_text_is_twice_the_work(pattern: str) -> None:
    find_figures(prose(pattern))  # tables are read at first use
    once, twice = (work((pattern * 500)[:length]) for length in (250, 500))
    assert twice <= 2.2 * once + 100


def test_a_run_of_digits_is_skipped_at_once() -> None:
    assert skip_digits("九" * 100_000 + "9" * 100_000 + "。", 0) == 200_000
    assert list(candidates.candidates("9" * 100_000 + "公里")) == [0]


def test_a_numeral_longer_than_any_number_is_none() -> None:
    assert scan("九" * 100, 0, Script.HANT) is None
    assert scan("9" * 100, 0, Script.HANT) is None


def test_only_what_is_near_is_looked_at() -> None:
    assert len(clause_before("約" * 1000, 1000, 0)) < 50


def test_no_more_numbers_are_looked_at_than_prose_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_MOST", 3)
    assert len(find_figures(prose("五公里。" * 9))) == 3


@pytest.mark.parametrize("pattern", ["1-", "3萬", "三四", "1元", "$1"])
def test_numbers_closer_together_than_in_any_prose_are_given_up(pattern: str) -> None:
    assert work(pattern * 20_000) < 1_000_000
    assert len(find_figures(prose(pattern * 20_000))) <= 600


def test_noise_in_one_block_leaves_the_next_alone() -> None:
    assert find_figures(prose("3萬" * 5_000, "燈塔高 31 公尺。"))[-1].surface == "31 公尺"
