"""Words of folded text: all of it, in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.script import fold
from service.segmentation import cut, part_of_speech


@given(st.text(st.sampled_from("电池工厂的成本比去年低，GB300 張小明說")), st.booleans())
def test_the_words_are_the_text_again(text: str, guess: bool) -> None:
    assert "".join(cut(fold(text), guess=guess)) == fold(text)


def test_names_fall_apart_where_nothing_is_guessed() -> None:
    assert "何沐阳" not in cut("何沐阳说", guess=False)


def test_a_word_the_dictionary_lacks_has_no_part_of_speech() -> None:
    assert part_of_speech("工厂").startswith("n")
    assert part_of_speech("鹓鶵犇") == ""
