"""Tables: bare numbers in cells take the unit of their headings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.extraction.figures import find_figures
from service.model import Block, BlockKind, Document, Span
from tests.extraction.figures.case_files import prose

Row = tuple[str, ...]


def grid(*rows: Row, before: str = "") -> Document:
    """Return a document that holds one table, and what stands before it."""
    texts = [*([before] if before else []), *(cell for row in rows for cell in row)]
    document = prose(*texts)
    places = [(number, column) for number, row in enumerate(rows) for column in range(len(row))]
    spans = document.blocks[len(document.blocks) - len(places) :]
    cells = [
        replace(block, kind=BlockKind.CELL, row=row, column=column)
        for block, (row, column) in zip(spans, places, strict=True)
    ]
    return replace(document, blocks=(*document.blocks[: len(document.blocks) - len(places)], *cells))


def told(document: Document) -> list[tuple[str, str, str]]:
    """Return the figures: surface, lower bound and unit."""
    return [(figure.surface, f"{figure.quantity.low:f}", figure.quantity.unit) for figure in find_figures(document)]


@pytest.mark.parametrize(
    ("heading", "cell", "value", "unit"),
    [
        ("營收（億元）", "1,234.5", "123450000000", "TWD"),
        ("产量 (万吨)", "3.5", "35000000", "kg"),
        ("佔比（%）", "-4.2", "-4.2", "%"),
        ("毛利率 %", "31", "31", "%"),
        ("員工（人）", "1,200", "1200", "count"),
        ("單價/元", "35", "35", "TWD"),
        ("重量kg", "2.5", "2.5", "kg"),
        ("延遲 (ms)", "12.5", "0.0125", "s"),
        ("批發價（元/公斤）", "88", "88", "TWD/kg"),
        ("售價（新台幣百萬元）", "3", "3000000", "TWD"),
        ("單位：公頃", "40", "400000", "m2"),
        ("價格（US$）", "19.9", "19.9", "USD"),
        ("銷量（元）", "30 萬", "300000", "TWD"),
        ("盈餘（億元）", "(2.5)", "-250000000", "TWD"),
    ],
)
def test_a_number_has_the_unit_of_its_column(heading: str, cell: str, value: str, unit: str) -> None:
    found = find_figures(grid(("年度", heading), ("第一年", cell), ("備註", "燈塔與漁港")))
    assert [(f"{figure.quantity.low:f}", figure.quantity.unit) for figure in found] == [(value, unit)]


def test_a_number_has_the_unit_of_its_row() -> None:
    document = grid(("項目", "甲廠", "乙廠"), ("功率（MW）", "20", "35"), ("備註", "3", "4"))
    assert told(document) == [("20", "20000000", "W"), ("35", "35000000", "W")]


def test_a_column_of_units_tells_those_of_the_rows() -> None:
    document = grid(("項目", "單位", "數值"), ("高度", "公尺", "320"), ("重量", "公斤", "1,500"))
    assert told(document) == [("320", "320", "m"), ("1,500", "1500", "kg")]


def test_a_unit_told_before_the_table_holds_for_what_has_none_of_its_own() -> None:
    rows: tuple[Row, ...] = (("縣市", "去年", "成長率"), ("屏東", "300", "6.7"), ("占比（%）", "30", ""))
    document = grid(*rows, before="各地產量，單位：千噸")
    assert told(document) == [("300", "300000000", "kg"), ("30", "30", "%")]


def test_a_share_wins_over_a_sum_and_two_sums_cancel_out() -> None:
    document = grid(("項目", "金額（億元）", "重量（噸）"), ("占比（%）", "12", "8"), ("體積（公升）", "7", "9"))
    assert told(document) == [("12", "12", "%"), ("8", "8", "%")]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("年份", "2021"), ("成立（年）", "1998"), ("排名（名）", ""), ("姓名", "30"), ("Item(s)", "5"), ("負 (L)", "3"),
        ("營收（億元）", "第 3 季"), ("營收（億元）", "3-2-1"), ("營收（億元）", "—"), ("溫度（度）", "3"),
    ],
)  # fmt: skip
def test_what_has_no_unit_or_is_no_number_is_left_alone(heading: str, cell: str) -> None:
    assert find_figures(grid(("站名", heading), ("東站", cell))) == ()


def test_a_cell_that_says_its_own_unit_keeps_it() -> None:
    assert told(grid(("站名", "高度（公尺）"), ("東站", "3 公里"))) == [("3 公里", "3000", "m")]


def test_the_unit_of_a_heading_is_no_figure() -> None:
    assert find_figures(grid(("站名", "營收（百萬美元）"), ("東站", "暫無"))) == ()


def test_code_in_a_cell_is_left_alone() -> None:
    document = grid(("參數", "逾時（秒）"), ("重試", "30"))
    place = document.text.index("30")
    assert find_figures(replace(document, code=(Span(place, place + 2),))) == ()


def test_a_cell_without_row_or_column_is_prose() -> None:
    block = Block(BlockKind.CELL, Span(0, 4), 1)
    assert told(replace(prose("30 噸"), blocks=(block,))) == [("30 噸", "30000", "kg")]


@pytest.mark.parametrize("corner", ["（億元）", "項目（億元）", "單位：億元"])
def test_the_corner_tells_the_unit_of_the_whole_table(corner: str) -> None:
    document = grid((corner, "2023", "2024"), ("營收", "12", "15"), ("毛利率", "30", "31"))
    assert told(document) == [("12", "1200000000", "TWD"), ("15", "1500000000", "TWD")]


def test_the_heading_of_a_column_of_numbers_tells_of_no_other_column() -> None:
    assert told(grid(("功率（kW）", "級別"), ("20", "3"), ("45", "5"))) == [("20", "20000", "W"), ("45", "45000", "W")]


def named(document: Document) -> list[tuple[str, str | None, str | None]]:
    """Return the figures with the names of their row and column."""
    return [(figure.surface, figure.row_heading, figure.column_heading) for figure in find_figures(document)]


def test_a_figure_has_the_names_of_its_row_and_column_whichever_way_the_table_lies() -> None:
    across = grid(("港口", "吞吐量（萬噸）", "成長率"), ("東港", "1,200", "3.5%"), ("合計", "1,650", ""))
    assert named(across) == [
        ("1,200", "東港", "吞吐量"), ("3.5%", "東港", "成長率"), ("1,650", "合計", "吞吐量"),
    ]  # fmt: skip
    down = grid(("", "东港", "西港"), ("吞吐量（万吨）", "1,200", "450"))
    assert named(down) == [("1,200", "吞吐量", "东港"), ("450", "吞吐量", "西港")]


def test_headings_of_two_rows_are_read_as_one() -> None:
    document = grid(("年度", "營收（億元）", "", "人數"), ("", "國內", "海外", ""), ("第一年", "12", "5", "300"))
    assert named(document) == [
        ("12", "第一年", "營收 國內"), ("5", "第一年", "營收 海外"), ("300", "第一年", "人數"),
    ]  # fmt: skip
    assert [unit for _, _, unit in told(document)] == ["TWD", "TWD", "count"]


def test_a_second_row_of_numbers_is_no_heading() -> None:
    document = grid(("站名", "高度（公尺）", ""), ("", "31", "40"), ("東站", "25", ""))
    assert [surface for surface, *_ in told(document)] == ["31", "25"]


def test_a_name_may_say_what_is_counted() -> None:
    (first, second) = find_figures(
        grid(("項目", "去年", "年增率"), ("員工人數", "1,200", "4.5"), ("門市家數", "36", "9"))
    )
    assert (first.surface, first.quantity.unit, first.quantity.counted) == ("1,200", "count", "人")
    assert (second.surface, second.quantity.unit, second.quantity.counted) == ("36", "count", "家")


@pytest.mark.parametrize("heading", ["年增率", "占比", "成長幅度增減", "YoY", "排名"])
def test_what_a_column_of_rates_holds_is_not_in_the_unit_of_its_row(heading: str) -> None:
    document = grid(("項目", "去年", heading), ("營收（億元）", "12", "6.7"))
    assert told(document) == [("12", "1200000000", "TWD")]


def test_the_indices_and_scores_of_a_table_count_nothing() -> None:
    assert find_figures(grid(("地區", "指數", "分數"), ("東區", "120", "88"))) == ()
