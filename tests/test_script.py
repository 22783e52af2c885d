"""Folding keeps offsets, detection tells the scripts apart, rendering converts only what it must."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Script
from service.script import VARIANTS, detect, fold, render

CHINESE = st.text(st.sampled_from("資料数据中心軟體软件的了，。 ＡＢab12著着臺台裡里後后發发髮馬斯克・"))


@given(st.text() | CHINESE)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text() | CHINESE)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(CHINESE, CHINESE)
def test_folding_needs_no_context(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("臺灣", "台湾"),
        ("裡面", "里面"),
        ("爲為", "为为"),
        ("穿著", "穿着"),
        ("羣眾", "群众"),
        ("ＧＰＵ", "gpu"),
        ("阿里・巴巴", "阿里‧巴巴"),
    ],
)
def test_variants_of_one_word_fold_alike(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("這座電廠供應南部的工廠", Script.HANT),
        ("这座电厂供应南部的工厂", Script.HANS),
        ("前半是繁體寫的說明，后半是简体写的说明", Script.MIXED),
        ("この工場は電力を使っています", Script.OTHER),
        ("No Chinese at all", Script.OTHER),
        ("皇后在台上", Script.OTHER),  # every character is at home in both
        ("", Script.OTHER),
    ],
)
def test_the_script_is_told_by_characters_of_one_side_only(text: str, script: Script) -> None:
    assert detect(text) is script


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-TW", "zh-HK"])
def test_traditional_text_stays_as_it_is_for_a_traditional_reader(lang: str) -> None:
    text = "擴展循環的計畫，于謙與數據中心。"
    assert render(text, lang) == text


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-CN"])
def test_simplified_text_stays_as_it_is_for_a_simplified_reader(lang: str) -> None:
    text = "扩展循环的计划，于谦与资料中心。"
    assert render(text, lang) == text


def test_script_variants_keep_the_vocabulary_and_regional_ones_change_it() -> None:
    assert render("这台服务器的软件", "zh-Hant") == "這臺服務器的軟件"
    assert render("这台服务器的软件", "zh-TW") == "這臺伺服器的軟體"


def test_code_links_and_titles_are_left_alone() -> None:
    text = "运行`软件`，见https://例子.cn/软件，读《软件之书》"
    rendered = render(text, "zh-TW")
    assert "`软件`" in rendered
    assert "https://例子.cn/软件" in rendered
    assert "《软件之书》" in rendered


def test_names_get_their_own_form_and_kept_words_stay() -> None:
    assert render("于谦说这里很好", "zh-Hant", {"于谦": "于謙"}).startswith("于謙說")
    assert "计算机" in render("这里说计算机", "zh-TW", keep=["计算机"])


@given(CHINESE, st.sampled_from(VARIANTS))
def test_nothing_is_rendered_into_the_other_script(text: str, lang: str) -> None:
    opposite = Script.HANS if lang in ("zh-Hant", "zh-TW", "zh-HK") else Script.HANT
    if "·" not in fold(text):  # one clause, one script: no name to protect, nothing to keep
        assert all(detect(clause) is not opposite for clause in render(text, lang).split("。"))


@given(CHINESE)
def test_a_reader_who_asks_for_the_original_gets_it(text: str) -> None:
    assert render(text, "original") == text
