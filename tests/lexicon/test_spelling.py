"""One word written in two ways is read as one, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.lexicon import read
from service.lexicon.spelling import respell, spellings
from service.script import fold
from service.store.terms import terms
from tests.samples import converted

CHINESE = st.text(st.sampled_from("計劃畫设面规反覆复项鍊想象像坐座标题答家具俱的"))


@given(st.text() | CHINESE)
def test_respelling_keeps_every_offset(text: str) -> None:
    assert len(respell(fold(text))) == len(text)


@given(CHINESE)
def test_respelling_twice_changes_nothing_more(text: str) -> None:
    assert respell(respell(fold(text))) == respell(fold(text))


def test_lone_surrogates_are_no_part_of_a_word() -> None:
    assert respell("\ud800计画\udfff") == "\ud800计划\udfff"


def test_the_ways_of_a_word_are_of_one_length_and_differ_folded() -> None:
    for entry in read("spellings.toml")["word"]:
        ways = [fold(word) for word in entry["words"]]
        assert len(set(ways)) == len(ways) > 1, entry
        assert len(set(map(len, ways))) == 1, entry


def test_no_way_that_is_kept_is_another_way_of_a_word() -> None:
    assert [kept.word for kept in spellings().values() if kept.word in spellings()] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("擴建計畫", "扩建计划"), ("反覆試驗", "反复试验"), ("座標", "坐标"), ("無法想像", "无法想象"), ("轉帳", "转账")],
)
def test_both_ways_are_indexed_alike(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize("text", ["設計畫面", "講座標題", "國家俱樂部"])
def test_parts_of_two_words_are_no_word(text: str) -> None:
    assert respell(fold(text)) == fold(text)


@pytest.mark.parametrize("word", ["計畫", "籌畫", "反覆", "回覆", "項鍊", "傢俱", "彷彿", "復甦", "想像", "座標"])
def test_what_opencc_spells_otherwise_is_the_same_word(word: str) -> None:
    for config in ("t2s", "tw2s"):
        assert respell(fold(converted(word, config))) == respell(fold(word))
