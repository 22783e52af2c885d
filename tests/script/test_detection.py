"""The scripts are told apart by what only one of them writes; Japanese and Korean are neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Script
from service.script import detect


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("這座電廠供應南部的工廠", Script.HANT),
        ("这座电厂供应南部的工厂", Script.HANS),
        ("前半是繁體寫的說明，后半是简体写的说明", Script.MIXED),
        ("No Chinese at all", Script.OTHER),
        ("皇后在台上", Script.OTHER),  # every character is at home in both
        ("", Script.OTHER),
        ("3.14 🚀 — …", Script.OTHER),
    ],
)
def test_the_script_is_told_by_characters_of_one_side_only(text: str, script: Script) -> None:
    assert detect(text) is script


@pytest.mark.parametrize(
    "text",
    [
        "この工場は電力を使っています",
        "データセンターの消費電力",
        "東京電力が処理水の放出を開始した",
        "発電所建設計画",  # no kana, but characters of Japan's reform
        "国会議事堂で会議が開かれ、総理が挨拶した。",
        "関西国際空港駅",
    ],
)
def test_japanese_is_not_traditional_chinese(text: str) -> None:
    assert detect(text) is Script.OTHER


@pytest.mark.parametrize(
    "text", ["大韓民國 정부는 電力 계획을 발표했다", "서울의 발전소", "이것은 한국어 문장입니다 漢字"]
)
def test_korean_is_not_chinese(text: str) -> None:
    assert detect(text) is Script.OTHER


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("日文的「の」常常出現在台灣的招牌上，讀者早已習慣", Script.HANT),
        ("日语里的「の」常常出现在招牌上，读者早已习惯", Script.HANS),
        ("她在東京駅買了三張車票，準備去參觀圖書館", Script.HANT),
        ("韩国的「김치」在超市里卖得很好，价格也便宜", Script.HANS),
    ],
)
def test_a_foreign_word_does_not_make_a_text_foreign(text: str, script: Script) -> None:
    assert detect(text) is script


def test_a_long_latin_text_that_names_something_in_chinese_is_not_chinese() -> None:
    english = "The company builds another plant in the desert this year, and nobody knows for whom. " * 6
    assert detect(f"{english} It is known at home as 台積電.") is Script.OTHER
    assert detect("這一段中文夾了很多英文：" + "cloud native " * 10) is Script.HANT


def test_a_stray_character_does_not_make_a_text_mixed() -> None:
    assert detect("这座电厂供应南部的工厂，厂长姓葉，说话很实在，从来不讲大话") is Script.HANS


@given(st.text())
def test_any_text_has_a_script(text: str) -> None:
    assert detect(text) in Script
