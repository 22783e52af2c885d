"""Figures of tables are found by what their headings say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.model import Approx, Figure, Quantity, Span
from service.query import figures
from service.script import fold
from service.store import tables as t
from service.store.fact_rows import fact_rows
from tests.query.conftest import Corpus
from tests.store.posts import NOTHING

NUMBER = Decimal(30)


@pytest.fixture
def ports(corpus: Corpus) -> Corpus:
    """Two rows of a table: the ports and their tonnage, and who runs the first."""
    corpus.article("p5", "各港吞吐量", "高雄港 海豐港務 450\n基隆港 130")
    corpus.mention("p5", "海豐港務", "haifeng", kind="company")
    for text, row in (("450", "高雄港"), ("130", "基隆港")):
        corpus.figure("p5", text, text, "kg")
        corpus.session.flush()
        stored = corpus.session.query(t.FigureRow).filter_by(article_id="p5", text=text).one()
        stored.row_heading, stored.column_heading = row, "吞吐量"
        stored.folded_headings = fold(f"{row}\n吞吐量")
    corpus.session.flush()
    return corpus


def texts(corpus: Corpus, **filters: Any) -> list[str]:
    return [item.text for item in figures.figures(corpus.session, sort="largest", **filters).items]


@pytest.mark.parametrize("q", ["吞吐量", "吞吐量 港"])
def test_a_figure_is_found_by_its_headings_in_either_script(ports: Corpus, q: str) -> None:
    assert texts(ports, q=q) == ["450", "130"]
    assert texts(ports, q="基隆港") == ["130"]


def test_a_figure_is_found_by_an_entity_in_its_row(ports: Corpus) -> None:
    assert texts(ports, entity="haifeng", unit="kg") == ["450"]


def test_an_answer_tells_what_a_figure_is_of(ports: Corpus) -> None:
    first = figures.figures(ports.session, q="高雄港").items[0]
    assert (first.row_heading, first.column_heading) == ("高雄港", "吞吐量")
    assert figures.figures(ports.session, unit="CNY").items[0].row_heading is None


def test_headings_are_stored_folded_as_well() -> None:
    quantity = Quantity(low=NUMBER, high=NUMBER, unit="count")
    whole = Figure("30", Span(0, 2), 1, quantity, Approx.EXACT, "臺灣", "產量")
    bare = Figure("40", Span(3, 5), 1, quantity, Approx.EXACT)
    extraction = type(NOTHING)((), (), (whole, bare), (), ())
    rows = fact_rows("a", extraction)["figure"]
    assert [row["folded_headings"] for row in rows] == ["台湾\n产量", None]
    assert rows[0]["row_heading"] == "臺灣"


@pytest.fixture
def energy(corpus: Corpus) -> Corpus:
    """Energy told in three ways, and a price with its rate outside the number."""
    for amount, unit in (("7200000", "J"), ("5000", "Wh"), ("900", "Wh"), ("12", "W")):
        corpus.figure("d4", "酵母", amount, unit)
    corpus.figure("d4", "溫暖", "25", "USD")
    corpus.session.flush()
    corpus.session.query(t.FigureRow).filter_by(text="溫暖").one().per = "kW"
    corpus.session.flush()
    return corpus


def test_values_in_several_base_units_are_sorted_and_told_in_the_unit_asked_for(energy: Corpus) -> None:
    for sort, wanted in (("largest", [5.0, 2.0, 0.9]), ("smallest", [0.9, 2.0, 5.0])):
        first = figures.figures(energy.session, unit="kWh", sort=sort, limit=2)  # type: ignore[arg-type]
        rest = figures.figures(energy.session, unit="kWh", sort=sort, limit=2, cursor=first.next)  # type: ignore[arg-type]
        told = [item.converted for item in (*first.items, *rest.items)]
        assert [(one.low, one.unit) for one in told if one] == [(value, "kWh") for value in wanted]


def test_a_range_holds_in_the_unit_asked_for_whatever_is_stored(energy: Corpus) -> None:
    found = figures.figures(energy.session, unit="kWh", minimum=1, maximum=2.5).items
    assert [(item.low, item.unit) for item in found] == [(7200000, "J")]


def test_a_price_per_kilowatt_is_found_by_its_price_per_watt(energy: Corpus) -> None:
    (found,) = figures.figures(energy.session, unit="USD/W", maximum=0.03).items
    assert found.converted is not None
    assert (found.per, found.converted.low) == ("kW", 0.025)


def test_without_a_unit_nothing_is_converted(energy: Corpus) -> None:
    assert all(item.converted is None for item in figures.figures(energy.session).items)


def test_what_cannot_be_compared_is_told_unit_by_unit(corpus: Corpus) -> None:
    for amount, unit in (("70", "TWD"), ("90", "TWD"), ("80", "CNY")):
        corpus.figure("d4", "酵母", amount, unit)
    corpus.session.flush()
    found = figures.figures(corpus.session, unit="元", sort="largest").items
    told = [(item.unit, item.low) for item in found]
    assert [unit for unit, _ in told] == sorted(unit for unit, _ in told)
    assert [low for unit, low in told if unit == "TWD"] == [90, 70]
    every = figures.figures(corpus.session, sort="smallest", limit=3)
    rest = figures.figures(corpus.session, sort="smallest", limit=100, cursor=every.next)
    units = [item.unit for item in (*every.items, *rest.items)]
    assert units == sorted(units)


def test_figures_of_drafts_are_left_out(ports: Corpus) -> None:
    ports.article("p6", "草稿：各港吞吐量", "臺中港 220", draft=True)
    ports.figure("p6", "220", "220", "kg")
    assert "220" not in texts(ports, unit="kg")
    assert "130" in texts(ports, unit="kg")
