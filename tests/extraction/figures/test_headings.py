"""What a figure is a figure of: the names of its row and column, or the label of its line."""

from __future__ import annotations

import pytest

from service.extraction.figures import find_figures
from service.extraction.figures.headings import heading
from service.extraction.figures.regions import Region
from service.model import BlockKind, Document
from tests.extraction.figures.case_files import prose
from tests.extraction.figures.test_tables import grid


def named(document: Document) -> list[tuple[str, str | None, str | None]]:
    """Return the figures with the names of their row and column."""
    return [(figure.surface, figure.row_heading, figure.column_heading) for figure in find_figures(document)]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("營收（億元）", "營收", "TWD"),
        ("产量 (万吨)", "产量", "kg"),
        ("單價/元", "單價", "TWD"),
        ("毛利率 %", "毛利率", "%"),
        ("重量kg", "重量", "kg"),
        ("金額（單位：萬元）", "金額", "TWD"),
        ("營收（合併）", "營收（合併）", None),
        ("營收（合併）（百萬美元）", "營收（合併）", "USD"),
        ("公升", None, "L"),
        ("單位：公頃", None, "m2"),
        ("備註：", "備註", None),
        ("---", None, None),
    ],
)
def test_a_heading_is_its_name_and_its_unit(text: str, name: str | None, code: str | None) -> None:
    said = heading(text, Region.TW)
    assert (said.name, said.measure.code if said.measure else None) == (name, code)


def test_a_figure_of_a_cell_has_the_names_of_its_row_and_column() -> None:
    document = grid(("港口", "吞吐量（萬噸）", "員工"), ("高雄", "1,200", "300 人"), ("基隆", "800", "120 人"))
    assert named(document) == [
        ("1,200", "高雄", "吞吐量"),
        ("300 人", "高雄", "員工"),
        ("800", "基隆", "吞吐量"),
        ("120 人", "基隆", "員工"),
    ]


def test_a_row_that_is_numbered_is_named_by_what_follows() -> None:
    rows = [("#", "山名", "标高（米）"), ("1", "雪山", "3886"), ("2", "合欢山", "3416")]
    assert named(grid(*rows)) == [("3886", "雪山", "标高"), ("3416", "合欢山", "标高")]
    assert named(grid(("樓層", "面積（坪）"), ("1", "35"), ("2", "28")))[0] == ("35", "1", "面積")


def test_years_name_rows_and_columns_as_well() -> None:
    document = grid(("項目（億元）", "2023", "2024 年"), ("營收", "12", "15"))
    assert named(document) == [("12", "營收", "2023"), ("15", "營收", "2024 年")]
    assert named(grid(("年份", "用电量（GWh）"), ("2021", "35")))[0] == ("35", "2021", "用电量")


def test_a_number_beside_a_figure_does_not_name_it() -> None:
    assert named(grid(("編號", "長度", "重量（公斤）"), ("7", "3 公尺", "40")))[-1] == ("40", None, "重量")


def test_a_figure_in_a_heading_has_no_names() -> None:
    document = grid(("電池", "超過 500 次"), ("容量", "80%"))
    assert named(document) == [("500 次", None, None), ("80%", "容量", "超過 500 次")]


@pytest.mark.parametrize("kind", [BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.INFO])
def test_a_figure_that_is_all_its_line_says_has_its_label(kind: BlockKind) -> None:
    lines = ("橋長：320 公尺", "• 橋長：320 公尺", "2. 橋長：320 公尺", "橋長: 约 320 米（含引道）")
    for text in (*lines, "水深 12 米\n橋長：320 公尺，寬 9 公尺"):
        labels = {figure.surface[:3]: figure.row_heading for figure in find_figures(prose(text, kind=kind))}
        assert labels["320"] == "橋長"
        assert set(labels.values()) <= {"橋長", None}


@pytest.mark.parametrize(
    "text", ["阿明：30 元太貴了", "問：多少錢？30 元。", "時間：中午，票價 30 元", "注意：這座橋長 320 公尺", "：30 元"]
)
def test_what_somebody_says_has_no_label(text: str) -> None:
    assert [figure.row_heading for figure in find_figures(prose(text, kind=BlockKind.ITEM))] == [None]
