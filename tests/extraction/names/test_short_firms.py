"""Shorter names of businesses stand for the one that the post names in full."""

from __future__ import annotations

import pytest

from service.extraction.names import find_names
from service.extraction.names.short_firms import is_short_for
from service.model import EntityKind
from tests.extraction.prose import document


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("海岚", "海岚能源"),
        ("海岚能源", "海岚能源股份有限公司"),
        ("鸿达产险", "鸿达财产保险"),
        ("tanner hill", "tanner hill capital"),
    ],
)
def test_a_shorter_name_is_told(short: str, full: str) -> None:
    assert is_short_for(short, full)
    assert not is_short_for(full, short)


@pytest.mark.parametrize(("one", "other"), [("海岚能源", "海岚置业"), ("tanner", "tanner brook"), ("中国", "中国银行")])
def test_what_only_begins_alike_is_not_short(one: str, other: str) -> None:
    assert not is_short_for(one, other)


def test_a_post_keeps_one_business_under_its_fullest_name() -> None:
    post = document("鴻達財產保險須賠償四千萬美元。", "鴻達產險又指，撥備足夠。")
    mentions, glosses = find_names(post)
    names = {one.surface: one.name for one in mentions if one.kind is EntityKind.COMPANY}
    assert names["鴻達產險"] == "鴻達財產保險"
    assert ("鴻達財產保險", "鴻達產險") in {(one.name, one.gloss) for one in glosses}


def test_a_bracket_tells_the_short_name_of_a_business_that_the_lexicon_knows() -> None:
    mentions, _ = find_names(document("台灣高鐵公司（以下簡稱「高鐵」）表示，高鐵今年會加開班次。"))
    assert [(one.surface, one.key) for one in mentions if one.surface == "高鐵"] == [
        ("高鐵", "taiwan-high-speed-rail")
    ] * 2


def test_the_own_part_of_a_name_that_the_lexicon_knows_stands_for_it_later() -> None:
    mentions, _ = find_names(document("长荣海运订了十四艘船。", "长荣是另一回事。"))
    assert {(one.surface, one.key) for one in mentions} == {
        ("长荣海运", "evergreen-marine"),
        ("长荣", "evergreen-marine"),
    }
