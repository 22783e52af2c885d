"""Queries are taken apart as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.search_words import parse


def test_phrases_are_kept_whole_and_have_no_synonyms() -> None:
    asked = parse('"資料 中心" 碼頭')
    assert asked.phrases == ("资料 中心",)
    assert ("资料 中心",) in asked.words()


@pytest.mark.parametrize("q", ['"資料 中心" 碼頭', "“资料 中心” 码头", "「資料 中心」 碼頭", "『資料 中心』 碼頭"])
def test_the_quotation_marks_of_either_script_make_a_phrase(q: str) -> None:
    assert parse(q) == parse('"資料 中心" 碼頭')


@pytest.mark.parametrize("q", ["他說「港口", "說「港口」會擴建", "」「", "“", "「」"])
def test_marks_that_enclose_no_word_of_their_own_make_none(q: str) -> None:
    assert parse(q).phrases == ()


@pytest.mark.parametrize("q", ['港口 -碼頭 tag:"deep sea"', "港口 －码头 ｔａｇ：“Deep  Sea”"])
def test_full_width_marks_mean_the_same(q: str) -> None:
    asked = parse(q)
    assert asked.text == "港口"
    assert [word[0] for word in asked.without] == ["码头"]
    assert asked.fields == (("tag", "deep sea", True),)


@pytest.mark.parametrize("q", ["GPT-4", "2026-02-03", "12:30", "foo:bar", "a - b"])
def test_hyphens_and_colons_within_words_mean_nothing(q: str) -> None:
    asked = parse(q)
    assert not asked.without
    assert not asked.fields


def test_a_field_may_be_left_out() -> None:
    assert parse("-source:blog").fields == (("source", "blog", False),)


@given(st.text(max_size=300))
def test_any_text_is_a_query(q: str) -> None:
    asked = parse(q)
    assert len(asked.phrases) <= 8
    assert len(asked.fields) <= 8
    assert all(word for word in asked.words())
