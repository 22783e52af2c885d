from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.query.wording import Wording
from service.script import fold
from service.store.terms import terms


def shared(mine: str, other: str, names: tuple[str, ...] = ()) -> list[str]:
    common = set(terms(mine)) & set(terms(other))
    return Wording(mine, fold(mine)).shared_with(fold(other), dict.fromkeys(common, 1.0), names, 5)


def test_terms_are_joined_to_the_words_they_came_from() -> None:
    assert shared("港口的起重機壞了", "新的起重机到了") == ["的起重機"]
    assert shared("起重機，壞了", "买起重机") == ["起重機"]


def test_a_word_is_cut_where_the_other_text_goes_on_otherwise() -> None:
    assert shared("起重機械", "起重机与重机械厂") == ["起重機"]


def test_words_are_written_as_in_the_own_text() -> None:
    assert shared("燈塔 Tower", "灯塔的 TOWER") == ["Tower", "燈塔"][::-1]


def test_a_latin_term_within_a_longer_word_is_no_hit() -> None:
    assert shared("towering", "tower") == []
    mine = Wording("towering tower", "towering tower")
    assert mine.shared_with("the tower", {"tower": 1.0}, (), 5) == ["tower"]


def test_a_latin_word_is_never_cut() -> None:
    mine = Wording("lighthouse", "lighthouse")
    assert mine.shared_with("the light of a house", {"lighthouse": 1.0}, (), 5) == []


def test_names_are_left_out() -> None:
    assert shared("林若溪看燈塔", "林若溪修灯塔", ("林若溪",)) == ["燈塔"]


@given(st.text("港口碼頭 a"), st.text("港口码头 a"))
def test_every_shared_word_stands_in_both(mine: str, other: str) -> None:
    for word in shared(mine, other):
        assert word in mine
        assert fold(word) in fold(other)
