"""Businesses named after a listed one: another business, not their parent."""

from __future__ import annotations

import pytest

from service.extraction.names import find_names
from tests.extraction.prose import document


def firms(text: str) -> dict[str, str | None]:
    """The surfaces found, with the id that the lexicon has for each."""
    return {one.surface: one.key for one in find_names(document(text))[0]}


@pytest.mark.parametrize("name", ["小米影業", "华为投资管理", "輝達創投", "阿里巴巴亞洲基金"])
def test_a_trade_behind_a_listed_name_makes_another_business_of_it(name: str) -> None:
    assert firms(f"這一輪的錢來自{name}。") == {name: None}


@pytest.mark.parametrize("text", ["騰訊的影業部門虧損。", "騰訊公布財報。", "輝達基金經理說完就走了。"])
def test_what_a_listed_business_has_is_still_its_own(text: str) -> None:
    assert None not in firms(text).values()
