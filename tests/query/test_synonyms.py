"""What a word of a query may be called besides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query import matching
from service.query.synonyms import alternatives, known_words, listed, regional_words
from service.script import fold

WORDS = st.sampled_from(sorted(word for word in regional_words() if not word.isascii()))


@given(WORDS, WORDS)
def test_a_phrase_has_the_same_ways_whichever_of_them_is_asked(one: str, other: str) -> None:
    phrase = f"{one}与{other}"
    ways = alternatives(phrase)
    assert ways[0] == phrase
    assert len(ways) <= 25
    twins = [way for way in regional_words()[one] if not way.isascii()]
    assert any(set(alternatives(f"{twin}与{other}")) == set(ways) for twin in twins)


@given(st.text("数据机房中心办公分区伺服器"))
def test_words_stand_where_they_are_found(text: str) -> None:
    for span in listed(text):
        assert text[span.start : span.end] in known_words()


@pytest.mark.parametrize("text", ["办公分区", "符合约定", "安全角度", "国中部"])
def test_what_arises_where_two_words_meet_is_no_word(text: str) -> None:
    assert listed(text) == []


@pytest.mark.parametrize(
    ("taiwan", "mainland"),
    [
        ("伺服器的軟體", "服务器的软件"),
        ("滑鼠和印表機", "鼠标和打印机"),
        ("輝達晶片", "英伟达芯片"),
        ("計畫書", "计划书"),
    ],
)
def test_all_words_of_a_phrase_are_said_otherwise_together(taiwan: str, mainland: str) -> None:
    assert fold(mainland) in alternatives(fold(taiwan))


def test_a_long_phrase_has_not_endlessly_many_ways() -> None:
    assert len(alternatives(fold("軟體、伺服器、晶片、網路、記憶體、螢幕、計程車、泡麵".replace("、", "")))) <= 25


def test_a_company_is_found_by_its_other_names() -> None:
    ((first, *others),) = matching.words("輝達")
    assert first == "辉达"
    assert {"英伟达", "nvidia"} <= set(others)


def test_a_sentence_is_cut_alike_in_the_words_of_either_region() -> None:
    taiwan, mainland = matching.telling_words("伺服器的記憶體怎麼散熱"), matching.telling_words("服务器的内存怎么散热")
    assert [set(word) for word in taiwan] == [set(word) for word in mainland]


def test_a_word_that_means_two_things_stands_for_nothing_else() -> None:
    for word in ("质量", "程序", "机车", "项目"):
        assert alternatives(word) == (word,)
