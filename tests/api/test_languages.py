"""Accept-Language, as browsers send it, and as they should not."""

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
        ("zh-MY, en", "zh-CN"),
        ("zh-Hant-MO;q=1.000", "zh-HK"),
        ("zh-Hant-CN", "zh-Hant"),
        ("zh-cmn-Hans-SG", "zh-CN"),
        ("yue-HK", "zh-HK"),
        ("cmn-Hant", "zh-Hant"),
        ("zh-CN;q=0.5, zh-TW;q=0.5", "zh-CN"),  # of equals the first
        ("zh;q=0.9, zh-TW", "zh-TW"),
        ("*, zh-CN;q=0.4", "original"),
        ("*;q=0.1, zh-CN;q=0.4", "zh-CN"),
        ("zh-TW;q=0, zh;q=0", "original"),
        ("zh-TW ; q=0.4 , zh-HK;q=0.6", "zh-HK"),
        ("zh-TW;Q=0.4", "zh-TW"),
        ("zh-TW;q=1.5, zh-CN;q=0.1", "zh-CN"),
        ("zh-TW;q=0_1, zh-CN;q=nan, zh-HK;q=1e-1", "original"),
        ("zh-TW;level=1, zh-CN;q=0.2", "zh-CN"),
        ("zh_TW, zh-, -TW, zh--TW", "original"),
        ("zhx-TW, zhuang", "original"),
        (";;;,,,q=1", "original"),
        ("zh-TW" * 2000, "original"),
        ("en," * 40 + "zh-TW", "original"),  # beyond what any browser sends
    ],
)
def test_the_heaviest_chinese_range_wins(header: str | None, variant: str) -> None:
    assert negotiate(header) == variant


@pytest.mark.parametrize("written", ["zh-tw", "ZH-TW", "Zh-Tw"])
def test_a_variant_may_be_written_in_any_case(written: str) -> None:
    assert Lang(written) is Lang.ZH_TW


@pytest.mark.parametrize("written", ["zh", "tw", "zh_TW", "", "klingon"])
def test_what_is_no_variant_is_none(written: str) -> None:
    with pytest.raises(ValueError, match="is not a valid Lang"):
        Lang(written)


@given(st.text() | st.text(st.sampled_from("zhHantTWKC-_;,=q.019* ")))
def test_any_header_gives_a_variant_that_can_be_served(header: str) -> None:
    assert negotiate(header) in set(Lang) - {Lang.AUTO}
