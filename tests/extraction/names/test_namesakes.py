"""Businesses that share a name with somebody of the post."""

from __future__ import annotations

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


def kinds(*paragraphs: str) -> list[tuple[str, EntityKind]]:
    return [(one.surface, one.kind) for one in find_names(document(*paragraphs))[0]]


def test_a_business_is_not_meant_by_the_last_part_of_a_foreign_name() -> None:
    found = kinds("鼓手奧斯卡．戴爾退休了。", "戴爾說，他想養羊。")
    assert found == [("奧斯卡．戴爾", EntityKind.PERSON), ("戴爾", EntityKind.PERSON)]


def test_its_latin_name_is_the_persons_too() -> None:
    found, _ = find_names(document("鼓手奧斯卡．戴爾（Oscar Dell）退休了，戴爾還說他不後悔。"))
    assert {(one.kind, one.name) for one in found} == {(EntityKind.PERSON, "Oscar Dell")}


def test_without_such_a_person_the_business_is_meant() -> None:
    assert kinds("戴爾推出了新的筆電。") == [("戴爾", EntityKind.COMPANY)]
