"""Times: dates outright, and those told from the day of publication."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.figure_cases import cases, is_read
from bench.figures import ours
from service.extraction.figures import find_figures
from service.extraction.times import dates, find_times
from service.model import Span
from service.script import render
from tests.extraction.figures.case_files import prose
from tests.extraction.times.peer_dates import agrees, is_of_dates, no_durations, times_cases
from tests.peers import peer_cases

OF_REPUBLIC = re.compile(r"(?<![0-9])1[0-3][0-9] ?[年學]")  # counted so where the text is Traditional


@pytest.mark.parametrize(
    ("text", "surface", "low", "high"),
    [
        ("橋在 1998 年 7 月 3 日通車", "1998 年 7 月 3 日", "1998-07-03", "1998-07-03"),
        ("2024年2月的雪", "2024年2月", "2024-02-01", "2024-02-29"),
        ("工程於 2031 年底完工", "2031 年底", "2031-11-01", "2031-12-31"),
        ("2029 年第三季度投产", "2029 年第三季度", "2029-07-01", "2029-09-30"),
        ("从 2017-2019 年停摆", "2017-2019 年", "2017-01-01", "2019-12-31"),
        ("2033 上半年開幕", "2033 上半年", "2033-01-01", "2033-06-30"),
        ("二〇一二年的夏天", "二〇一二年的夏天", "2012-06-01", "2012-08-31"),
        ("民國 100 年出版", "民國 100 年", "2011-01-01", "2011-12-31"),
        ("發布於 2020-05-26。", "2020-05-26", "2020-05-26", "2020-05-26"),
        ("二零二四年八月十五日開館", "二零二四年八月十五日", "2024-08-15", "2024-08-15"),
        ("2022 年 3-5 月施工", "2022 年 3-5 月", "2022-03-01", "2022-05-31"),
        ("2019年6月3日至5日放假", "2019年6月3日至5日", "2019-06-03", "2019-06-05"),
        ("2028 年 4 月底交屋", "2028 年 4 月底", "2028-04-25", "2028-04-30"),
        ("2028 年 4 月中旬試車", "2028 年 4 月中旬", "2028-04-11", "2028-04-20"),
        ("2021年前三季度亏损", "2021年前三季度", "2021-01-01", "2021-09-30"),
        ("寫於 7-3-2015。", "7-3-2015", "2015-03-07", "2015-03-07"),
        ("写于 25.12.2016。", "25.12.2016", "2016-12-25", "2016-12-25"),
        ("任期 2001.09-2004.02", "2001.09-2004.02", "2001-09-01", "2004-02-29"),
        ("上世紀 80 年代的老歌", "上世紀 80 年代", "1980-01-01", "1989-12-31"),
        ("2021 年 11 月台中的雨", "2021 年 11 月", "2021-11-01", "2021-11-30"),
        ("2021 年 11 月台湾的出口", "2021 年 11 月", "2021-11-01", "2021-11-30"),
        ("2016 年 5 月至 2017 年 4 月施工", "2016 年 5 月至 2017 年 4 月", "2016-05-01", "2017-04-30"),
    ],
)
def test_a_date_runs_from_its_first_day_to_its_last(text: str, surface: str, low: str, high: str) -> None:
    (time,) = find_times(prose(text))
    assert (time.surface, time.low, time.high, time.kind) == (surface, low, high, "explicit")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("去年很冷", "2024-01-01", "2024-12-31"),
        ("明年底搬家", "2026-11-01", "2026-12-31"),
        ("昨天下雨", "2025-02-28", "2025-02-28"),
        ("去年 12 月 5 日開工", "2024-12-05", "2024-12-05"),
        ("今年前兩季虧損", "2025-01-01", "2025-06-30"),
        ("明年第二季度上市", "2026-04-01", "2026-06-30"),
        ("上周五停电", "2025-02-21", "2025-02-21"),
        ("下週開會", "2025-03-03", "2025-03-09"),
        ("下个月初搬走", "2025-04-01", "2025-04-05"),
        ("月底结账", "2025-03-25", "2025-03-31"),
        ("年初下过雪", "2025-01-01", "2025-02-28"),
    ],
)
def test_a_relative_time_is_told_from_the_day_of_publication(text: str, low: str, high: str) -> None:
    (time,) = find_times(prose(text, published="2025-03-01"))
    assert (time.low, time.high, time.kind) == (low, high, "relative")


def test_a_relative_time_of_an_undated_post_has_no_bounds() -> None:
    (time,) = find_times(prose("今年雨水多"))
    assert (time.low, time.high) == (None, None)


@pytest.mark.parametrize(
    ("text", "published", "low"),
    [
        ("9 月的颱風", "2025-11-03", "2025-09-01"),
        ("3 月的颱風", "2025-11-03", None),
        ("12 月很冷", "2025-01-08", "2024-12-01"),
        ("上半年歉收", "2025-08-01", "2025-01-01"),
        ("第四季度复工", None, None),
    ],
)
def test_a_month_without_a_year_has_one_where_the_post_leaves_no_doubt(
    text: str, published: str | None, low: str | None
) -> None:
    (time,) = find_times(prose(text, published=published))
    assert time.low == low


def test_a_month_lies_in_the_year_its_sentence_names() -> None:
    times = find_times(prose("2018 年 3 月播种，9 月收割。10 月呢？"))
    assert [time.low for time in times] == ["2018-03-01", "2018-09-01", None]


def test_two_times_that_a_word_joins_are_one() -> None:
    found = find_times(prose("从 2011 年 2 月到 2013 年 6 月，在 2015 年和 2017 年之间"))
    assert [(time.surface, time.low, time.high) for time in found] == [
        ("2011 年 2 月到 2013 年 6 月", "2011-02-01", "2013-06-30"),
        ("2015 年和 2017 年之间", "2015-01-01", "2017-12-31"),
    ]


def test_links_and_code_name_no_times() -> None:
    assert find_times(prose("見 2019 年的筆記", links=(Span(2, 8),))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "走了三個月",
        "花了 2000 元",
        "五年計畫",
        "用了 36 个月",
        "月亮升起",
        "版本 10.4.2",
        "前一季",
        "四季常青",
        "在 4 号月台等",
        "第 3 月台北侧",
    ],
)
def test_a_duration_is_no_date(text: str) -> None:
    assert find_times(prose(text)) == ()


def test_a_month_that_does_not_exist_has_no_bounds() -> None:
    (time,) = find_times(prose("2026 年 2 月 30 日"))
    assert time.low is None


@given(
    st.text(alphabet="0123456789年月日季度-至到 一二十〇去今明底半上下周Q.", max_size=40),
    st.none() | st.dates(min_value=date(1, 1, 1)),
)
def test_any_text_is_read_and_every_surface_is_its_slice(text: str, day: date | None) -> None:
    document = prose(text, published=day.isoformat() if day else None)
    end = 0
    for time in find_times(document):
        assert document.slice(time.span) == time.surface
        assert time.span.start >= end
        end = time.span.end


@pytest.mark.parametrize("case", times_cases(), ids=lambda case: str(case["text"][:12]))
def test_a_sentence_names_just_the_times_of_its_case(case: dict[str, Any]) -> None:
    found = find_times(prose(case["text"], published=case["published"].isoformat()))
    assert [[time.surface, time.low or "", time.high or ""] for time in found] == case["want"]


@given(st.sampled_from(times_cases()))
def test_the_other_script_names_the_same_times(case: dict[str, Any]) -> None:
    text, published = case["text"], case["published"].isoformat()
    here = find_times(prose(text, published=published))
    there = find_times(prose(render(text, "zh-Hans"), published=published))
    same = [(time.low, time.high) for time in here] == [(time.low, time.high) for time in there]
    assert same or OF_REPUBLIC.search(text)


def test_peers_dates_are_read_in_either_script() -> None:
    suite = [case for case in peer_cases("zh_dates") if is_of_dates(case)]
    shares = [
        sum(agrees(case, turned(case["text"])) for case in suite) / len(suite)
        for turned in (str, lambda text: render(text, "zh-Hant"))
    ]
    assert min(shares) >= 0.98
    assert abs(shares[0] - shares[1]) <= 0.01


@pytest.mark.parametrize("config", [None, "s2t"])
def test_peers_durations_are_figures_in_either_script(config: str | None) -> None:
    peer_cases("zh_dates")  # or skip
    turn = opencc.OpenCC(config).convert if config else str
    suite = [case for case in cases() if case.part == "duration" and case.id not in no_durations()]
    told = [replace(case, text=turn(case.text)) for case in suite]
    assert sum(is_read(case, ours(case)) for case in told) / len(told) >= 0.88


def test_a_duration_told_from_the_post_stays_a_figure() -> None:
    document = prose("預計 18 個月後完工，三年前就說過。", published="2025-03-01")
    assert [time.surface for time in find_times(document)] == ["18 個月後", "三年前"]
    assert [figure.surface for figure in find_figures(document)] == ["18 個月", "三年"]


@pytest.mark.parametrize(
    ("text", "published", "low"),
    [
        ("他 1998 年畢業，三年後出國。", "2025-03-01", "2001-01-01"),
        ("她 1995 年出生，五年前移居荷蘭。", "2025-03-01", None),
        ("種子播下三週後發芽。", "2025-03-01", None),
        ("他輸了。一年後他又贏了。", "2025-03-01", None),
        ("工廠將於兩年後投產。", "2025-03-01", "2027-01-01"),
        ("工廠將於兩年後投產。", None, None),
    ],
)
def test_a_duration_is_told_from_the_post_only_where_nothing_else_can_be_meant(
    text: str, published: str | None, low: str | None
) -> None:
    assert find_times(prose(text, published=published))[-1].low == low


@pytest.mark.parametrize("unit", ["2026", "年", "1/", "1-", "上", "半", "第一", "三年", "5日"])
def test_a_thousandfold_repetition_names_no_time(unit: str) -> None:
    assert find_times(prose(unit * 20_000)) == ()


def test_no_more_places_are_looked_at_than_prose_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "_MOST", 3)
    assert len(find_times(prose("2026 年 3 月完工。" * 9))) <= 3
