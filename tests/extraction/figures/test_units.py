"""Units: names in both scripts, symbols whose case matters, and measure words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.extraction.figures import find_figures
from service.extraction.figures.regions import Region
from service.extraction.figures.units import match_before, match_classifier, match_unit, unit_named
from service.script import fold
from tests.extraction.figures.case_files import prose


@pytest.mark.parametrize(
    ("written", "code", "factor"),
    [
        ("公里", "m", "1000"), ("奈米", "m", "1e-9"), ("纳米", "m", "1e-9"), ("太瓦", "W", "1e12"), ("MW", "W", "1e6"),
        ("mW", "W", "1e-3"), ("千瓦時", "Wh", "1e3"),
        ("TB", "B", "1e12"), ("Mbps", "bit/s", "1e6"), ("美分", "USD", "0.01"),
        ("攝氏度", "°C", "1"), ("kilometers", "m", "1000"), ("坪", "m2", "3.305785123966942148760330579"),
    ],
)  # fmt: skip
def test_a_unit_is_known_by_name_and_symbol(written: str, code: str, factor: str) -> None:
    found = match_unit(written, fold(written), 0)
    assert found is not None
    assert (found.unit.code, found.unit.factor, found.end) == (code, Decimal(factor), len(written))


@pytest.mark.parametrize("written", ["元素", "克拉瑪", "GWent", "millionaire", "年代", "瓦解"])
def test_the_beginning_of_another_word_is_no_unit(written: str) -> None:
    found = match_unit(written, fold(written), 0)
    assert found is None or found.unit.name == "克拉"


def test_a_measure_word_is_not_the_beginning_of_another_word() -> None:
    assert match_classifier(fold("台灣"), 0) is None
    assert match_classifier(fold("臺機器"), 0) is not None


def test_a_currency_may_stand_first() -> None:
    found = match_before("共 NT$", "共 nt$", 5)
    assert found is not None
    assert (found[0].code, found[1]) == ("TWD", 2)


def test_a_catty_weighs_what_it_does_in_its_region() -> None:
    catty = unit_named("斤")
    assert catty.worth(Region.CN) < catty.worth(Region.TW) < catty.worth(Region.HK)


@pytest.mark.parametrize(
    ("text", "per"),
    [("每分鐘轉 30 圈", "min"), ("每公里收 4 元", "km"), ("每坪賣 20 萬元", "坪"), ("每度電 2 元", "kWh")],
)
def test_a_rate_is_by_the_unit_that_is_named(text: str, per: str) -> None:
    assert [figure.quantity.per for figure in find_figures(prose(text))] == [per]
