"""Forms of address stand for somebody of the post whose name is given in full, where it can be nobody else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


def people(*paragraphs: str) -> dict[str, str]:
    """The names of the people found, by their surfaces."""
    return {m.surface: m.name for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.PERSON}


@pytest.mark.parametrize(
    ("said", "form", "name"),
    [
        ("董事長饒國棟創辦了這家廠。老饒說，明年擴產。", "老饒", "饒國棟"),
        ("董事长饶国栋创办了这家厂。老饶说，明年扩产。", "老饶", "饶国栋"),
        ("船東阮文海買了船。海哥說，明年再買一艘。", "海哥", "阮文海"),
        ("行政總裁簡陳慧嫻缺席。簡太說，她會再等一季。", "簡太", "簡陳慧嫻"),
        ("律師宗政浩沒有出庭。宗政律師派了助理。", "宗政律師", "宗政浩"),
        ("論文的作者是比嘉真理教授。比嘉教授說，樣本夠多。", "比嘉教授", "比嘉真理"),
        ("律師夏志行代表船東。夏大律師說，市場向來如此。", "夏大律師", "夏志行"),
    ],
)
def test_a_form_of_address_is_the_one_of_that_name(said: str, form: str, name: str) -> None:
    assert people(said)[form] == name


def test_a_form_of_address_is_nobody_known_where_two_could_be_meant() -> None:
    found = people("董事長饒國棟與經理饒志明都在場。", "老饒說，明年擴產。")
    assert found.get("老饒") not in ("饒國棟", "饒志明")


def test_the_young_one_is_not_the_old_one() -> None:
    found = people("董事長饒國棟創辦了這家廠。", "老饒說，小饒是他兒子。")
    assert found.get("小饒") != "饒國棟"


def test_a_word_of_the_dictionary_is_no_form_of_address() -> None:
    assert "向導" not in people("記者向萬洲走了三天。", "向導說，明天下雨。")


def test_a_part_of_a_foreign_name_is_its_bearer_whatever_that_is_shown_as() -> None:
    found = people("再保公司的多蘿特·布蘭德（Dorothee Brand）說價格會漲。", "布蘭德說，明年也是。")
    assert found["布蘭德"] == "Dorothee Brand"


def test_a_family_is_nobody_of_it() -> None:
    assert "許氏" not in people("許氏後人捐出家譜，許氏說起往事。")


@given(some.text(alphabet="饒國棟老小阿海哥總太說，。的 ", max_size=40))
def test_whatever_stands_there_every_surface_is_its_slice_and_none_overlap(text: str) -> None:
    post = document("董事長饒國棟說，船東阮文海來了。", text or "。")
    found = find_names(post)[0]
    assert all(post.text[one.span.start : one.span.end] == one.surface for one in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
