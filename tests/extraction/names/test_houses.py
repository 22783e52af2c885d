"""Shops and restaurants that are named as houses."""

from __future__ import annotations

import pytest

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


def companies(text: str) -> set[str]:
    """The surfaces of the companies found."""
    return {one.surface for one in find_names(document(text))[0] if one.kind is EntityKind.COMPANY}


@pytest.mark.parametrize(
    ("text", "name"), [("沸泉樓招股，每股 12 元。", "沸泉樓"), ("润芳斋破产那年我十岁。", "润芳斋")]
)
def test_a_house_that_has_what_businesses_have_is_one(text: str, name: str) -> None:
    assert companies(text) == {name}


@pytest.mark.parametrize("text", ["辦公樓招租，每坪 1,200 元。", "他在宿舍樓裡準備考試。", "这座藏书阁建于明代。"])
def test_a_building_is_no_business(text: str) -> None:
    assert companies(text) == set()
