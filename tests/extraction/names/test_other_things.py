"""Ships, sites, places and illnesses that look like businesses, and people whom a title tells from them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extraction.names import find_names
from service.extraction.names.other_things import without_other_things
from service.extraction.names.page import Page
from service.model import EntityKind, Mention, Span
from tests.extraction.prose import document
from tests.thorough import tried


def judged(text: str, name: str, kind: EntityKind = EntityKind.COMPANY) -> list[Mention]:
    """What is left of the name as if the model had found it wherever it stands."""
    page = Page(document(text))
    start, places = page.text.find(name), []
    while start >= 0:
        places.append(page.mention(Span(start, start + len(name)), kind, name, None, how="model", sure=0.65))
        start = page.text.find(name, start + 1)
    return list(without_other_things(page, places))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("拖輪把「晨鷗」號拉回港內，晨鷗的船長沒有受傷。", "晨鷗"),
        ("散装船“海燕”上周触礁，海燕满载铁矿。", "海燕"),
        ("瀾山風場今年併網，瀾山風場有四十支風機。", "瀾山風場"),
        ("澄灣資料中心用了 3 億度電，澄灣資料中心還要擴建。", "澄灣資料中心"),
        ("前天去了砾湾，砾湾的用电容量是 80 兆瓦。", "砾湾"),
        ("他得的是柯林症，柯林的症狀很輕。", "柯林"),
        ("下半季的冠軍由捷克籍的選手拿走。", "捷克籍"),
    ],
)
def test_a_ship_a_site_a_place_and_an_illness_are_no_businesses(text: str, name: str) -> None:
    assert judged(text, name) == []


def test_who_is_addressed_as_a_person_is_one_all_over_the_post() -> None:
    kinds = {one.kind for one in judged("我問雨森先生還教不教，雨森搖頭。", "雨森")}
    assert kinds == {EntityKind.PERSON}


def test_an_ordinary_business_stays_one() -> None:
    assert [one.name for one in judged("沁嵐公布財報，沁嵐的股價沒有動。", "沁嵐")] == ["沁嵐", "沁嵐"]


def test_what_a_list_or_a_header_names_is_not_judged() -> None:
    found = find_names(document("阿里巴巴號列車明天首航，阿里巴巴表示樂觀。"))[0]
    assert {one.key for one in found} == {"alibaba"}


@settings(max_examples=tried(40))
@given(st.text(alphabet="晨鷗號「」輪先生症的船，。A ", max_size=40))
def test_judging_never_adds_a_name(text: str) -> None:
    page = Page(document(text))
    found = find_names(document(text))[0]
    assert len(list(without_other_things(page, found))) <= len(found)
