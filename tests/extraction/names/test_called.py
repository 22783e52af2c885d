"""What a post says that somebody is called besides: pen names, real names, the name in another script."""

from __future__ import annotations

import pytest

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


def people(*paragraphs: str) -> dict[str, str]:
    """The names of the people found, by their surfaces."""
    return {m.surface: m.name for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.PERSON}


def glossed(*paragraphs: str) -> set[tuple[str, str]]:
    """The pairs of people's names that other posts may learn."""
    return {(one.name, one.gloss) for one in find_names(document(*paragraphs))[1] if one.kind is EntityKind.PERSON}


@pytest.mark.parametrize(
    "said",
    [
        "主廚鄺啟樂，花名「阿星師」，做了三十年。",
        "主厨邝启乐（人称“阿星师”）做了三十年。",
        "主廚鄺啟樂（又名阿星師）做了三十年。",
        "人稱「阿星師」的主廚鄺啟樂做了三十年。",
    ],
)
def test_a_name_besides_is_the_bearers_in_the_whole_post(said: str) -> None:
    found = people(said, "「阿星師」說，明年收山。")
    besides = next(form for form in found if form in ("阿星師", "阿星师"))
    assert found[besides] in ("鄺啟樂", "邝启乐")


def test_a_courtesy_name_is_the_bearers() -> None:
    found = people("詩人溫庭遠，字子衡，號梅溪居士，是江南人。", "子衡說，山水最難寫。")
    assert found["子衡"] == found["梅溪居士"] == "溫庭遠"


def test_a_name_besides_alone_tells_other_posts_nothing() -> None:
    assert glossed("主廚鄺啟樂，花名「阿星師」，做了三十年。") == set()


@pytest.mark.parametrize("first", ["審稿人艾弗森", "审稿人艾弗森"])
def test_a_part_of_a_foreign_name_is_the_one_in_the_bracket_in_this_post_only(first: str) -> None:
    said = f"{first}（Graham Iverson）批評樣本太小。", "艾弗森先生又補了一句。"
    assert people(*said)["艾弗森"] == "Graham Iverson"
    assert glossed(*said) == set()


def test_two_full_names_side_by_side_are_one_for_all_posts() -> None:
    assert ("多蘿特·布蘭德", "Dorothee Brand") in glossed("再保公司的多蘿特·布蘭德（Dorothee Brand）說價格會漲。")


def test_the_first_sound_of_a_foreign_name_is_no_small_word() -> None:
    assert "若昂·費雷拉" in people("隊長若昂·費雷拉說誰都可以。")
    assert "多米尼克·薩爾" in people("球會的多米尼克·薩爾說誰都可以。")


def test_the_name_of_somebody_elses_son_is_not_tied() -> None:
    found = people("本名鄺啟樂的兒子林書豪今天開店。", "林書豪說，生意很好。")
    assert found.get("林書豪") == "林書豪"


def test_a_bracket_with_a_firm_or_a_year_ties_nobody() -> None:
    assert glossed("主廚鄺啟樂（Blue Ridge Foods）做了三十年，記者林書恩（1990）寫過他。") == set()


def test_a_pen_name_in_quotation_marks_is_somebodys_whoever_that_is() -> None:
    found, _ = find_names(document("筆名「九把鐮刀」的網路作家其實是會計師康祐誠。"))
    assert [one.surface for one in found] == ["九把鐮刀", "康祐誠"]
