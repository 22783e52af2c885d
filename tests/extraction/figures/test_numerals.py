"""Numerals: Chinese, Arabic and mixed."""

from __future__ import annotations

from decimal import Decimal

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.figures import parse_quantity
from service.extraction.figures.numerals import fold_prose, parse_numeral, scan
from service.model import Script
from tests.extraction.figures.case_files import core_cases


@pytest.mark.parametrize(
    ("surface", "value"),
    [
        ("零", 0), ("十二", 12), ("廿五", 25), ("兩百零三", 203), ("三千六", 3600), ("六千零五十", 6050),
        ("一萬零八", 10008), ("两亿三千万", 230000000), ("3万4000", 34000), ("1,234,567", 1234567),
        ("12.5 億", 1250000000), ("万亿", 10**12), ("四百万亿", 4 * 10**14), ("叁仟伍佰", 3500), ("２０２", 202),
        ("1 億 2000 萬", 120000000), ("8 兆 1,395 億", 8139500000000), ("四万万", 400000000), ("三千万零五", 30000005),
        ("百二", 120), ("壹佰零叁", 103), ("拾萬零八", 100008), ("1.5M", 1500000), ("12k", 12000),
        ("九十余万", 900000), ("负八", -8), ("二〇三五", 2035),
    ],
)  # fmt: skip
def test_a_numeral_has_its_value(surface: str, value: int) -> None:
    assert parse_numeral(surface, Script.HANT) == value


def test_a_point_makes_decimals() -> None:
    assert parse_numeral("三点一四", Script.HANS) == Decimal("3.14")
    assert parse_numeral("一百二十点五", Script.HANS) == Decimal("120.5")
    assert parse_numeral("三億點零二", Script.HANT) == Decimal("300000000.02")
    assert parse_numeral("两千六点五", Script.HANS) == Decimal("2600.5")
    assert parse_numeral(".25", Script.HANS) == Decimal("0.25")
    assert parse_numeral("一半", Script.HANS) == Decimal("0.5")


def test_two_counts_and_is_no_decimal() -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        parse_numeral("三点两", Script.HANS)


def test_a_formal_digit_belongs_to_formal_numerals() -> None:
    numeral = scan("5 亿参数", 0, Script.HANS)
    assert numeral is not None
    assert (numeral.low, numeral.end) == (Decimal(5 * 10**8), 3)


@pytest.mark.parametrize("surface", ["", "山", "几百", "三四十", "一万一万", "12 人", "1,23"])
def test_what_has_no_one_value_is_an_error(surface: str) -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        parse_numeral(surface, Script.HANS)


def test_adjacent_digits_are_a_range() -> None:
    numeral = scan("七八十", 0, Script.HANS)
    assert numeral is not None
    assert (numeral.low, numeral.high) == (Decimal(70), Decimal(80))


def test_a_pause_is_no_thousands_comma() -> None:
    assert fold_prose("20，300") == "20，300"
    assert fold_prose("４，５６５") == "4,565"


@given(st.integers(min_value=0, max_value=10**15))
def test_a_number_with_commas_is_itself(number: int) -> None:
    assert parse_numeral(f"{number:,}", Script.HANT) == number


@given(st.text(alphabet="0123456789一二两三十百千万亿兆零点几多余半 ,.", max_size=60))
def test_scanning_ends_within_the_text(text: str) -> None:
    numeral = scan(text, 0, Script.HANT)
    assert numeral is None or 0 < numeral.end <= len(text)


@pytest.mark.parametrize("config", [None, "s2t", "s2tw"])
def test_peers_values_are_read_in_both_scripts(config: str | None) -> None:
    suite = [case for case in core_cases("zh_numeral_values") if case.get("value") is not None]
    turn = opencc.OpenCC(config).convert if config else str
    read = [case for case in suite if value_of(turn(case["text"])) == pytest.approx(case["value"])]
    assert len(read) / len(suite) >= 0.92


def value_of(text: str) -> float | None:
    try:
        return float(parse_numeral(text, Script.HANT))
    except ValueError:
        return amount_of(text)


def amount_of(text: str) -> float | None:
    """Return the value of what peers call a number, and we an amount: 壹佰圆, 二分之一."""
    try:
        return float(parse_quantity(text, Script.HANT)[0].low)
    except ValueError:
        return None
