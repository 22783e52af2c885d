"""Accept-Language, as browsers send it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.api.languages import Lang, negotiate


@pytest.mark.parametrize(
    ("header", "variant"),
    [
        (None, "original"),
        ("", "original"),
        ("en-US,en;q=0.5", "original"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-TW"),
        ("zh-CN,zh;q=0.9", "zh-CN"),
        ("zh-Hant-HK", "zh-HK"),
        ("zh-MO", "zh-HK"),
        ("zh-SG", "zh-CN"),
        ("zh-Hans", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),  # the script is what the reader can't do without
        ("zh", "original"),  # names no script
        ("*", "original"),
        ("zh-CN;q=0.3, zh-TW;q=0.7", "zh-TW"),
        ("zh-TW;q=0, zh-CN;q=0.1", "zh-CN"),
        ("zh-TW;q=nonsense", "original"),
        ("ZH-tw", "zh-TW"),
    ],
)
def test_the_heaviest_chinese_range_wins(header: str | None, variant: str) -> None:
    assert negotiate(header) == variant


@given(st.text())
def test_any_header_gives_a_variant_that_can_be_served(header: str) -> None:
    assert negotiate(header) in set(Lang) - {Lang.AUTO}
