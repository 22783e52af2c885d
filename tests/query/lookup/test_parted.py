"""What keeps two sentences apart though they speak of the same things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.query.lookup.clauses import Clauses
from service.query.lookup.parted import parted
from service.script import fold

APART = [
    ("渡輪二期的碼頭漆成白色", "渡轮一期的码头漆成白色"),
    ("女子組的獎盃是玻璃的", "男子组的奖杯是玻璃的"),
    ("山城的茶葉五月採收", "山城的茶叶十月采收"),
    ("圖書館的舊桌椅沿用", "图书馆的旧桌椅改用铁的"),
    ("鐘聲在開船前響起", "钟声在开船后响起"),
]
TOGETHER = [
    ("渡輪二期的碼頭漆成白色", "渡轮的码头漆成白色"),
    ("女子組的獎盃是玻璃的", "男子组和女子组的奖杯是玻璃的"),
    ("山城的茶葉五月採收", "山城的茶叶第二季采收"),
    ("鐘聲在開船前響起", "钟声在开船前和开船后都响起"),
]


def clauses(text: str) -> Clauses:
    return Clauses(fold(text))


@pytest.mark.parametrize(("mine", "theirs"), APART)
def test_sentences_on_two_parts_of_a_thing_are_apart(mine: str, theirs: str) -> None:
    assert parted(clauses(mine), clauses(theirs))
    assert parted(clauses(theirs), clauses(mine))


@pytest.mark.parametrize(("mine", "theirs"), TOGETHER)
def test_sentences_that_may_be_on_one_part_are_not(mine: str, theirs: str) -> None:
    assert not parted(clauses(mine), clauses(theirs))
    assert not parted(clauses(theirs), clauses(mine))


@given(st.text(alphabet="一二期月前后内外科沿用改男女子组底年，。 ab", max_size=30))
def test_no_sentence_is_apart_from_itself(text: str) -> None:
    assert not parted(Clauses(text), Clauses(text))
