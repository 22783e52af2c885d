"""Regions: in whose 元 and 斤 a post counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from service.extraction.figures import find_figures
from service.extraction.figures.regions import Region, of_document
from service.model import Document, Header
from service.script import fold
from tests.extraction.figures.case_files import prose


def declared(text: str, language: str | None) -> Document:
    return replace(prose(text), header=Header(language=language))


@pytest.mark.parametrize(
    ("language", "currency"),
    [
        ("zh-HK", "HKD"), ("zh_Hant_HK", "HKD"), ("yue", "HKD"), ("zh-MO", "MOP"), ("zh-TW", "TWD"),
        ("zh-Hans-CN", "CNY"), ("zh-SG", "SGD"), ("zh-Hant", "TWD"), ("zh", "TWD"), ("en", "TWD"), (None, "TWD"),
    ],
)  # fmt: skip
def test_the_declared_region_tells_the_currency(language: str | None, currency: str) -> None:
    (figure,) = find_figures(declared("這張唱片賣 90 元", language))
    assert figure.quantity.unit == currency


def test_words_of_a_region_tell_it_where_none_is_declared() -> None:
    text = "特首到旺角視察，港鐵加開班次，屋苑外搭的士要 60 元。"
    assert of_document(prose(text), fold(text)) is Region.HK
    assert find_figures(prose(text))[0].quantity.unit == "HKD"


def test_a_word_or_two_of_another_region_do_not_move_a_text() -> None:
    text = "搭捷運到台北看展，聽人說港鐵的票要 60 元。"
    assert of_document(prose(text), fold(text)) is Region.TW


@pytest.mark.parametrize(("language", "kilograms"), [("zh-TW", "1.2"), ("zh-HK", "1.20957964"), ("zh-CN", "1")])
def test_a_catty_is_that_of_the_region(language: str, kilograms: str) -> None:
    (figure,) = find_figures(declared("買了兩斤青菜", language))
    assert figure.quantity.low == Decimal(kilograms)


@pytest.mark.parametrize(("language", "kilograms"), [("zh-TW", "2.1"), ("zh-CN", "1.9")])
def test_a_catty_has_ten_or_sixteen_parts(language: str, kilograms: str) -> None:
    (figure,) = find_figures(declared("這隻雞重三斤八兩", language))
    assert figure.quantity.low == Decimal(kilograms)


def test_each_block_of_a_text_in_both_scripts_speaks_for_itself() -> None:
    document = prose(
        "這本書賣三十元，還附贈書籤與貼紙", "这本书卖三十元，还附赠书签与贴纸", "這間書店開在橋邊", "这间书店开在桥边"
    )
    assert [figure.quantity.unit for figure in find_figures(document)] == ["TWD", "CNY"]
