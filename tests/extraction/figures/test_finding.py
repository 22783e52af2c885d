"""Figures in prose: what counts, in which unit, how sure, per what."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.figures import find_figures, parse_quantity
from service.model import Approx, BlockKind, Document, Script, Span
from service.script import detect, render
from tests.extraction.figures.case_files import cases, core_cases, prose

NUMERIC = st.text(
    alphabet="0123456789一二兩十百千萬亿兆半多几 ，。.,-/到至%分之個台元塊年月天瓦GWkm$約不到每", max_size=40
)
PEER_UNITS = {
    "g": ("kg", "1e-3"), "ug": ("kg", "1e-9"), "t": ("kg", "1e3"), "km": ("m", "1e3"), "cm": ("m", "1e-2"),
    "in": ("m", "0.0254"), "ft": ("m", "0.3048"), "mi": ("m", "1609.344"), "mL": ("L", "1e-3"),
    "gal": ("L", "3.785411784"), "MB": ("B", "1e6"), "kbit": ("bit", "1e3"), "MHz": ("Hz", "1e6"),
    "CUR-AMBIG": ("CNY", "1"), "CUR-AMBIG-cent": ("CNY", "0.01"),
}  # fmt: skip


def told(document: Document) -> list[list[str]]:
    """Return the figures as the case files write them."""
    rows = []
    for figure in find_figures(document):
        quantity = figure.quantity
        row = [figure.surface, f"{quantity.low:f}", f"{quantity.high:f}", quantity.unit, figure.approx.value]
        rows.append([*row, quantity.counted or "", quantity.per or ""])
    return rows


@pytest.mark.parametrize("case", cases("figures.toml"), ids=lambda case: str(case["text"][:12]))
def test_a_sentence_holds_just_the_figures_of_its_case(case: dict[str, Any]) -> None:
    wanted = [[*row, *[""] * (7 - len(row))] for row in case["want"]]
    assert told(prose(case["text"])) == wanted


def test_a_figure_stands_where_its_surface_does() -> None:
    document = prose("燈塔高 31 公尺。", "建於山頂，共 六層，每層 4 扇窗。")
    for figure in find_figures(document):
        assert document.slice(figure.span) == figure.surface
    assert [(figure.surface, figure.line) for figure in find_figures(document)] == [("31 公尺", 1), ("六層", 2)]


def test_a_figure_never_crosses_the_end_of_a_block() -> None:
    assert find_figures(prose("編號 7", "公里之外")) == ()


def test_names_and_code_hold_no_figures() -> None:
    assert find_figures(prose("三十公里", kind=BlockKind.AUTHOR)) == ()
    assert find_figures(prose("sleep 30 秒", kind=BlockKind.CODE)) == ()


def test_figures_in_captions_count_and_those_in_link_texts_do_not() -> None:
    assert [figure.surface for figure in find_figures(prose("圖中的 5 座橋", kind=BlockKind.CAPTION))] == ["5 座"]
    assert find_figures(prose("見 5 座橋的故事", links=(Span(2, 9),))) == ()


@pytest.mark.parametrize(("text", "unit"), [("这本书卖 30 元", "CNY"), ("這本書賣 30 元", "TWD")])
def test_the_yuan_is_that_of_the_region(text: str, unit: str) -> None:
    assert [figure.quantity.unit for figure in find_figures(prose(text))] == [unit]


def test_zhao_is_a_number_word_before_money_and_a_prefix_before_units() -> None:
    assert parse_quantity("5 兆元", Script.HANT)[0].low == Decimal(5 * 10**12)
    assert (
        parse_quantity("5 兆瓦", Script.HANT)[0].low
        == parse_quantity("5 兆瓦", Script.HANS)[0].low
        == Decimal(5 * 10**6)
    )


@pytest.mark.parametrize(
    ("surface", "low", "high", "unit"),
    [
        ("十块三毛", "10.3", "10.3", "CNY"),
        ("1 小时 20 分", "4800", "4800", "s"),
        ("1/20", "0.05", "0.05", "x"),
        ("三到五百万人", "3000000", "5000000", "count"),
        ("900 平方尺", "100", "100", "m2"),
        ("110k 顆", "110000", "110000", "count"),
        ("50 GWh/年", "50000000000", "50000000000", "Wh/year"),
        ("US$0.25–0.30", "0.25", "0.30", "USD"),
    ],
)
def test_a_surface_alone_is_read_in_base_units(surface: str, low: str, high: str, unit: str) -> None:
    quantity, _ = parse_quantity(surface, Script.HANS)
    assert (quantity.low, quantity.high, quantity.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("surface", "low", "high"),
    [
        ("二十几万人", 200000, 290000),
        ("數百公尺", 200, 900),
        ("上万次", 10000, 90000),
        ("十幾億美元", 10**9, 19 * 10**8),
    ],
)
def test_an_amount_that_leaves_a_digit_open_is_vague(surface: str, low: int, high: int) -> None:
    quantity, approx = parse_quantity(surface, Script.HANT)
    assert (quantity.low, quantity.high) == (Decimal(low), Decimal(high))
    assert approx is Approx.VAGUE


def test_a_surface_without_a_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="holds no number"):
        parse_quantity("很多人", Script.HANS)


def test_a_bound_on_another_amount_is_none_of_its_own() -> None:
    figures = find_figures(prose("产量远低于邻县的 200 吨，但超过去年的三倍。"))
    assert [figure.approx for figure in figures] == [Approx.EXACT, Approx.OVER]


@given(NUMERIC | st.text(max_size=30))
def test_any_text_is_read_and_every_surface_is_its_slice(text: str) -> None:
    document, end = prose(text), 0
    for figure in find_figures(document):
        assert document.slice(figure.span) == figure.surface
        assert end <= figure.span.start < figure.span.end
        assert figure.quantity.low <= figure.quantity.high
        end = figure.span.end


@given(st.sampled_from([case["text"] for case in cases("figures.toml") if "元" not in case["text"]]))
def test_the_other_script_yields_the_same_quantities(text: str) -> None:
    other = "zh-Hans" if detect(text) is Script.HANT else "zh-Hant"
    there, here = find_figures(prose(render(text, other))), find_figures(prose(text))
    values = [
        [(figure.quantity.low, figure.quantity.high, figure.approx) for figure in found] for found in (here, there)
    ]
    assert values[0] == values[1] or "兆" in text


@pytest.mark.parametrize("config", [None, "s2t", "s2tw"])
def test_peers_quantities_are_read_in_both_scripts(config: str | None) -> None:
    suite = core_cases("zh_quantities")
    turn = opencc.OpenCC(config).convert if config else str
    assert sum(agrees(case, turn(case["text"])) for case in suite) / len(suite) >= 0.85


def agrees(case: dict[str, Any], text: str) -> bool:
    """Tell whether each figure a peer's case wants is found; nothing may be found where it wants none."""
    found = find_figures(prose(text))
    if not case["expect"]:
        return not found
    return all(any(is_wanted(figure, row) for figure in found) for row in case["expect"])


def is_wanted(figure: Any, row: dict[str, Any]) -> bool:
    unit, factor = PEER_UNITS.get(row.get("unit_canon", ""), (row.get("unit_canon"), "1"))
    quantity, value = figure.quantity, row.get("value")
    bounds = [(quantity.low, row.get("low", value)), (quantity.high, row.get("high", value))]
    near = all(wanted is None or float(told_) == pytest.approx(wanted * float(factor)) for told_, wanted in bounds)
    overlap = figure.span.start < row["end"] and row["start"] < figure.span.end
    return near and overlap and unit in (None, figure.quantity.unit, "CNY" if figure.quantity.unit == "TWD" else None)
