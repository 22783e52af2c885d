"""Names that people call each other by: where 阿, 老 and 小 begin one, and where they begin another word."""

from __future__ import annotations

import pytest

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


def people(*paragraphs: str) -> list[str]:
    return [one.surface for one in find_names(document(*paragraphs))[0] if one.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("阿明在巷口賣了二十年的麵線。", ["阿明"]),
        ("老周退休之後開始學修鐘錶。", ["老周"]),
        ("拼團的賣家老耿說，罰款比運費還貴。", ["老耿"]),
        ("司机小范每周六来帮忙。", []),  # the dictionary has 小范 for an adjective
        ("老胡负责搬运。老胡又来了。", ["老胡", "老胡"]),
    ],
)
def test_a_familiar_name_needs_what_only_people_do(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    "text", ["阿姨在廚房切菜。", "阿拉伯的商隊走了。", "小馬在草地上跑。", "老街的店都關了。", "小米粥煮好了。"]
)
def test_other_words_begin_so_too(text: str) -> None:
    assert people(text) == []


def test_a_familiar_name_is_the_one_whose_family_name_it_holds() -> None:
    found, _ = find_names(document("木工饒文禮收了工。", "老饒說他不急。"))
    assert {(one.surface, one.name) for one in found} == {("饒文禮", "饒文禮"), ("老饒", "饒文禮")}
