"""Units as people ask for them, and what pint says of the units of our own table."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import Any

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import lexicon
from service.query.dimensions import APART, FAMILIES, PINT, conversion, family, listed
from service.query.measures import Scale, UnknownUnitError, are_comparable, measure

REGISTRY: pint.UnitRegistry[Any] = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
# Names of units in our table as pint lists them; it knows no Chinese, and nothing of 斤, 畝 and 坪.
SAME = {
    "hp": "metric_horsepower", "磅": "pound", "盎司": "ounce", "金衡盎司": "troy_ounce", "克拉": "carat", "吨": "tonne",
    "英里": "mile", "海里": "nautical_mile", "英尺": "foot", "英码": "yard", "英寸": "inch", "光年": "light_year",
    "天文单位": "astronomical_unit", "秒差距": "parsec", "埃": "angstrom", "公顷": "hectare", "英亩": "acre",
    "加仑": "gallon", "桶油": "oil_bbl", "毫米汞柱": "mmHg", "大气压": "atm", "psi": "psi", "巴": "bar", "mph": "mph",
    "节": "knot", "平方英尺": "foot**2", "平方英里": "mile**2", "立方英尺": "foot**3", "大卡": "kilocalorie",
    "小时": "hour", "分钟": "minute", "KiB": "kibibyte", "MiB": "mebibyte", "GiB": "gibibyte", "TiB": "tebibyte",
    "公亩": "are", "cc": "cc", "公厘": "millimeter", "立方公里": "kilometer**3", "毫安": "milliampere",
    "牛米": "newton*meter",
}  # fmt: skip
CLOSE = 1e-5  # the foot of pint's acre is that of surveyors, 2 millionths longer


def units() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = lexicon.read("units.toml")["unit"]
    return [unit for unit in found if unit["kind"] in ("physical", "clock") and unit["code"] in PINT]


def named(entry: dict[str, Any]) -> str | None:
    """Return pint's name of a unit of our table: by its Chinese name, or by a symbol or word that both know."""
    names = [*entry.get("names", ()), *entry.get("symbols", ())]
    same = next((SAME[name] for name in names if name in SAME), None)
    shared = (name for name in (*entry.get("symbols", ()), *entry.get("words", ())) if name in REGISTRY)
    return same or next(shared, None)


@pytest.mark.parametrize("entry", [entry for entry in units() if named(entry)], ids=named)
def test_a_factor_of_our_table_is_that_of_pint(entry: dict[str, Any]) -> None:
    worth = REGISTRY.Quantity(1.0, named(entry)).to(PINT[entry["code"]]).magnitude
    assert worth == pytest.approx(float(Decimal(entry.get("factor", "1"))), rel=CLOSE)


def test_all_units_of_our_table_but_those_of_china_are_checked() -> None:
    others = {[*entry.get("names", ()), *entry.get("symbols", ())][0] for entry in units() if named(entry) is None}
    assert len(others) / len(units()) < 0.3
    assert others >= {"斤", "亩", "坪", "丈"}


def test_the_prefixes_of_our_table_are_those_of_pint() -> None:
    for prefix in lexicon.read("units.toml")["prefix"]:
        if prefix["word"]:
            assert REGISTRY.Quantity(1.0, f"{prefix['word']}watt").to("watt").magnitude == float(prefix["factor"])


def test_families_are_the_base_units_that_pint_converts() -> None:
    roots = {code: REGISTRY.Quantity(1.0, name).to_root_units().units for code, name in PINT.items()}
    alike = {frozenset(pair) for pair in combinations(set(PINT) - APART, 2) if roots[pair[0]] == roots[pair[1]]}
    assert alike == {frozenset(pair) for codes in FAMILIES for pair in combinations(codes, 2)}


@pytest.mark.parametrize(
    ("unit", "code", "factor"),
    [
        ("kWh", "Wh", 1e3), ("MWh", "Wh", 1e6), ("度電", "Wh", 1e3), ("kWh", "J", 3.6e6), ("km/h", "m/s", 1 / 3.6),
        ("USD/W", "USD/W", 1.0), ("mile", "m", 1609.344), ("英里", "m", 1609.344), ("furlong", "m", 201.168402),
        ("美元/千瓦", "USD/W", 1e-3), ("元/公斤", "TWD/kg", 1.0), ("m³/h", "L/s", 1 / 3.6), ("Mbps", "bit/s", 1e6),
        ("MB", "bit", 8e6), ("個月", "year", 1 / 12), ("公升", "m3", 1e-3), ("kwh", "Wh", 1e3), ("GPa", "Pa", 1e9),
        ("nautical_mile", "m", 1852.0), ("m^2", "m2", 1.0), ("BTU", "J", 1055.056), ("%", "ppm", 1e4),
    ],
)  # fmt: skip
def test_a_unit_is_told_in_the_base_units_of_its_dimension(unit: str, code: str, factor: float) -> None:
    assert {scale.unit: scale.factor for scale in measure(unit) if scale.pers is None}[code] == pytest.approx(factor)


@pytest.mark.parametrize(
    ("unit", "code", "factor"),
    [("億美元", "USD", 1e8), ("百萬噸", "kg", 1e9), ("万吨", "kg", 1e7), ("千瓦", "W", 1e3), ("兆瓦", "W", 1e6)],
)
def test_a_unit_may_be_told_in_magnitudes(unit: str, code: str, factor: float) -> None:
    assert {scale.unit: scale.factor for scale in measure(unit)}[code] == pytest.approx(factor)


def test_what_a_bare_yuan_may_be_cannot_be_compared() -> None:
    assert not are_comparable(measure("元"))
    assert not are_comparable(measure("元/公斤"))
    assert are_comparable(measure("美元"))
    assert are_comparable(measure("kWh"))


def test_a_rate_is_also_found_where_it_is_said_outside_the_number() -> None:
    worth = {per: scale.factor for scale in measure("USD/kW") for per in scale.pers or () if scale.unit == "USD"}
    assert (worth["kW"], worth["W"], worth["MW"]) == pytest.approx((1.0, 1e-3, 1e3))


def test_degrees_are_converted_with_their_zero() -> None:
    warm = {scale.unit: scale for scale in measure("°F")}
    assert warm["°C"].stored(212) == pytest.approx(100)
    assert warm["K"].asked(273.15) == pytest.approx(32)


def test_what_is_asked_for_and_what_is_stored_are_each_others_inverse() -> None:
    for scale in (Scale("°C", 5 / 9, -160 / 9), *measure("km/h"), *measure("GWh")):
        assert scale.asked(scale.stored(37.5)) == pytest.approx(37.5)


@pytest.mark.parametrize(
    ("unit", "hint"),
    [
        ("mw", "did you mean MW or mW?"),
        ("kilometres per hour", "kilometre"),
        ("gallonz", "gallon"),
        ("GWW", "GW"),
        ("公理", "公"),
        ("億公哩", "哩"),
        ("公哩", "哩"),
        ("", "units are written like"),
        ("USD/", "'USD/'"),
        ("m/s/kg/K", "units are written like"),
        ("__import__('os')", "units are written like"),
        ("9" * 500, "units are written like"),
    ],
)
def test_an_unknown_unit_is_an_error_that_names_those_like_it(unit: str, hint: str) -> None:
    with pytest.raises(UnknownUnitError, match=hint.replace("?", r"\?")):
        measure(unit)


@pytest.mark.parametrize("name", ["m**9", "open", "meter; 1", "µ" * 40, "1", "x" * 31, "degree " * 9, "pi", "dozen"])
def test_only_names_reach_the_registry(name: str) -> None:
    assert listed(name) is None


@given(st.text(max_size=12) | st.text(alphabet="GMkWhmsBbit/元美公里斤年°²%. ", max_size=8))
def test_whatever_is_asked_for_is_a_unit_or_unknown(unit: str) -> None:
    try:
        scales = measure(unit)
    except UnknownUnitError:
        return
    assert scales
    assert all(scale.factor > 0 for scale in scales)


def test_torque_is_no_energy_and_decay_no_frequency() -> None:
    assert family("N·m") == ("N·m",)
    assert family("Bq") == ("Bq",)
    assert conversion("J", "Wh").factor == pytest.approx(1 / 3600)
