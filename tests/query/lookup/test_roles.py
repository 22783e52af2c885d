"""Who does it to whom, in whatever order a sentence says it."""

from __future__ import annotations

import pytest

from service.model import Span
from service.query.lookup.clauses import Clauses
from service.query.lookup.concept import Concept
from service.query.lookup.roles import losers, reversed_roles

ALDER, BIRCH = Concept(frozenset({"赤杨社"})), Concept(frozenset({"白桦社"}))


def places(sentence: str) -> dict[Concept, Span]:
    starts = {one: sentence.find(min(one.forms)) for one in (ALDER, BIRCH)}
    return {one: Span(start, start + 3) for one, start in starts.items() if start >= 0}


def stands(asked: str, said: str) -> bool | None:
    own = {one: one.find(said) for one in (ALDER, BIRCH)}
    return reversed_roles(Clauses(asked), places(asked), Clauses(said), own)


@pytest.mark.parametrize(
    "said",
    ["赤杨社收购了白桦社", "白桦社被赤杨社收购", "白桦社把印刷厂卖给赤杨社", "赤杨社向白桦社买下印刷厂"],
)
def test_a_sale_is_told_from_either_side(said: str) -> None:
    assert stands("赤杨社买下白桦社的印刷厂", said) is False
    assert stands("白桦社买下赤杨社的印刷厂", said) is True


@pytest.mark.parametrize("said", ["赤杨社淘汰了白桦社", "白桦社输给赤杨社", "白桦社被赤杨社击败"])
def test_a_game_is_told_from_either_side(said: str) -> None:
    assert stands("赤杨社力克白桦社", said) is False
    assert stands("赤杨社不敌白桦社", said) is True


def test_a_sentence_without_two_parts_tells_of_none() -> None:
    assert stands("赤杨社买下白桦社", "赤杨社和白桦社都搬家了") is None


def test_who_loses_is_known() -> None:
    said = "决赛白桦社被赤杨社淘汰"
    assert losers(Clauses(said), {one: one.find(said) for one in (ALDER, BIRCH)}) == {BIRCH}
