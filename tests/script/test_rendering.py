"""Rendering converts what a reader must have converted, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Script
from service.script import VARIANTS, detect, render
from service.script.protection import hide

HERE = Path(__file__).parent
CHINESE = st.text(st.sampled_from("資料数据中心軟體软件的了，。 ＡＢab12著着臺台裡里後后發发髮馬斯克・"))
MARKED = st.text(st.sampled_from("資料数据软件軟體，。！`《》〈〉「」“”[]()|/\\.-{}@:a1 \n\0"), max_size=60)


def _cases(file: str) -> dict[str, Any]:
    return tomllib.loads((HERE / file).read_text(encoding="utf-8"))


BOTH: dict[str, str] = _cases("characters.toml")["both"]
WORDS = [(c["from"], lang, c[lang]) for c in _cases("words.toml")["case"] for lang in VARIANTS if lang in c]


def test_there_are_enough_cases() -> None:
    assert len(BOTH) >= 300


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-TW"])
def test_simplified_words_are_written_as_traditional_readers_write_them(lang: str) -> None:
    got = {hans: render(hans, lang, written=Script.HANS, words=False) for hans in BOTH}
    assert {hans: got[hans] for hans, hant in BOTH.items() if got[hans] != hant} == {}


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-CN"])
def test_traditional_words_are_written_as_simplified_readers_write_them(lang: str) -> None:
    got = {hant: render(hant, lang, written=Script.HANT, words=False) for hant in BOTH.values()}
    assert {hant: got[hant] for hans, hant in BOTH.items() if got[hant] != hans} == {}


def test_a_word_is_written_alike_within_a_text() -> None:
    rendered = render("。\n".join(BOTH), "zh-Hant", written=Script.HANS)
    assert rendered.split("。\n") == list(BOTH.values())


@pytest.mark.parametrize(("text", "lang", "expected"), WORDS)
def test_readers_of_a_region_get_its_words(text: str, lang: str, expected: str) -> None:
    assert render(text, lang) == expected


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-TW", "zh-HK"])
def test_traditional_text_stays_as_it_is_for_a_traditional_reader(lang: str) -> None:
    text = "擴展循環的計畫，于謙與數據中心。"
    assert render(text, lang) == text
    assert all(render(hant, lang, written=Script.HANT) == hant for hant in BOTH.values())


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-CN"])
def test_simplified_text_stays_as_it_is_for_a_simplified_reader(lang: str) -> None:
    text = "扩展循环的计划，于谦与资料中心。"
    assert render(text, lang) == text
    assert all(render(hans, lang, written=Script.HANS) == hans for hans in BOTH)


def test_only_the_clauses_in_the_other_script_are_converted() -> None:
    text = "這一句是繁體，提到軟件。这一句是简体，提到软件。"
    assert render(text, "zh-TW") == "這一句是繁體，提到軟件。這一句是簡體，提到軟體。"
    assert render(text, "zh-CN") == "这一句是繁体，提到软件。这一句是简体，提到软件。"


def test_a_clause_in_both_scripts_is_converted_part_by_part() -> None:
    assert render("他引用「資料中心在台灣」，然后说这里的软件不错", "zh-Hant") == (
        "他引用「資料中心在台灣」，然後說這裡的軟件不錯"
    )


def test_a_clause_at_home_in_both_scripts_follows_what_it_stands_in() -> None:
    assert render("后台", "zh-Hant") == "后台"
    assert render("后台", "zh-Hant", written=Script.HANS) == "後臺"
    assert render("后台", "zh-Hant", written=Script.HANT) == "后台"
    assert render("这里很好。后台也好。", "zh-Hant") == "這裡很好。後臺也好。"


@pytest.mark.parametrize("lang", VARIANTS)
@pytest.mark.parametrize("text", ["データセンターを建設する計画だ。", "東京電力の処理水", "서울의 전력 計劃"])
def test_what_is_no_chinese_stays(lang: str, text: str) -> None:
    assert render(text, lang) == text
    assert render(text, lang, written=Script.HANS) == text


def test_names_get_their_own_form_and_kept_words_stay() -> None:
    assert render("昨天于谦谈起这里", "zh-Hant", {"于谦": "于謙"}) == "昨天于謙談起這裡"
    assert render("由于谦虚，他没说话", "zh-Hant", {"于谦": "于謙"}) == "由於謙虛，他沒說話"
    assert render("特朗普说了", "zh-TW", {"特朗普": "川普"}) == "川普說了"
    assert "計算機" not in render("这里说计算机", "zh-TW", keep=["计算机"])


def test_a_name_within_a_quotation_keeps_its_syllables() -> None:
    names = {"特朗普": "川普", "苏姿丰": "蘇姿丰"}
    assert render("标题是「特朗普见苏姿丰」，特朗普没说话", "zh-TW", names) == "標題是「特朗普見蘇姿丰」，川普沒說話"


@given(MARKED, st.sampled_from(VARIANTS))
def test_what_is_hidden_is_never_changed(text: str, lang: str) -> None:
    hidden = hide(text)
    assert len(hidden) == len(text)
    rendered = render(text, lang, words=False)
    assert len(rendered) == len(text)
    assert all(new == old for new, old, mark in zip(rendered, text, hidden, strict=True) if mark == "\x1f")


@given(CHINESE, st.sampled_from(VARIANTS))
def test_nothing_is_left_in_the_other_script(text: str, lang: str) -> None:
    opposite = Script.HANS if lang in ("zh-Hant", "zh-TW", "zh-HK") else Script.HANT
    assert all(detect(clause) is not opposite for clause in render(text, lang).split("。"))


@given(CHINESE)
def test_a_reader_who_asks_for_the_original_gets_it(text: str) -> None:
    assert render(text, "original") == text


@given(st.text(), st.sampled_from(VARIANTS))
def test_any_text_can_be_rendered(text: str, lang: str) -> None:
    render(text, lang)


@pytest.mark.parametrize(
    "text",
    ["「" * 3000 + "软", "a/" * 3000 + "软", "[[软" * 2000, "`" * 5000 + "软", "软@" * 3000, "科里" * 5000 + "软"],
)
def test_hostile_text_is_rendered_in_time(text: str) -> None:
    assert len(render(text, "zh-Hant")) == len(text)
