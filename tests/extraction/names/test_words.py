"""The words of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.extraction.names.words import Words, is_names_word, is_verb_or_small
from service.segmentation import part_of_speech


def test_everyday_words_stay_whole_and_unknown_names_fall_apart() -> None:
    words = Words("何沐怡很高兴")
    assert words.at(4) == "高兴"
    assert [place for place in range(7) if words.edge(place)] == [0, 1, 2, 3, 4, 6]


def test_the_word_before_a_place() -> None:
    words = Words("总经理到场")
    assert words.before(3) == "总经理"
    assert words.before(2) == ""


def test_parts_of_speech() -> None:
    assert is_verb_or_small("表示")
    assert is_names_word("李白")
    assert part_of_speech("何沐怡何") == ""


@given(st.text(alphabet="王小明高兴 a1\n😀，·", max_size=40))
def test_words_cover_the_text(text: str) -> None:
    words, place, joined = Words(text), 0, ""
    while word := words.at(place):
        joined += word
        place += len(word)
    assert joined == text
