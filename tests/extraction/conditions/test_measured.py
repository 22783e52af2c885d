from __future__ import annotations

import pytest

from service.extraction.figures import find_figures
from service.model import BlockKind
from tests.extraction.prose import document


def _of(text: str) -> list[str | None]:
    return [figure.of for figure in find_figures(document(text))]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("上季營收達 33 億元。", "營收"),
        ("渡轮的票价是 12 元。", "票价"),
        ("扣除補貼後，每噸成本為 1,200 元。", "成本"),
        ("失业率降至 3.4%。", "失业率"),
        ("他們付了 300 元的運費。", "運費"),
        ("港裡停著 40 艘漁船。", "漁船"),
        ("用戶約為 300 萬人。", "用戶"),
        ("明年營收預估約 40 億元。", "營收"),
    ],
)
def test_a_figure_knows_what_it_is_the_value_of(text: str, of: str) -> None:
    assert _of(text) == [of]


@pytest.mark.parametrize(
    "text", ["只有 3 萬元。", "每箱 300 元。", "他等了 3 小時。", "這是 12 克的飲料。", "他說：「300 元太貴。」"]
)
def test_what_is_not_named_is_not_guessed(text: str) -> None:
    assert _of(text) == [None]


@pytest.mark.parametrize("text", ["工會主張至少 5 萬元。", "市府預估約 300 人。", "分析师估计约 40 亿美元。"])
def test_who_names_a_figure_is_not_what_it_is_of(text: str) -> None:
    assert _of(text) == [None]


def test_each_figure_of_a_sentence_has_its_own() -> None:
    assert _of("營收為 33 億元，毛利率為 20%。") == ["營收", "毛利率"]


def test_a_cell_is_named_by_its_headings_alone() -> None:
    written = document("", front=((BlockKind.CELL, "300 元"),))
    assert [figure.of for figure in find_figures(written)] == [None]
