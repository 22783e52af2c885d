"""Names in brackets behind names: two of one bearer, or something else."""

from __future__ import annotations

import pytest

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


@pytest.mark.parametrize(
    "text",
    [
        "薩曼莎．羅文（Samantha Rowan）到場。",
        "創辦人薩曼莎・羅文 (Samantha Rowan) 到場。",
        "萨曼莎·罗文（Samantha Rowan，创办人）到场。",
    ],
)
def test_a_transliteration_and_its_latin_name_are_one_person(text: str) -> None:
    found, glosses = find_names(document(text))
    assert {(mention.name, mention.kind, mention.method) for mention in found} == {
        ("Samantha Rowan", EntityKind.PERSON, "gloss")
    }
    assert [(gloss.gloss, gloss.kind) for gloss in glosses] == [("Samantha Rowan", EntityKind.PERSON)]


def test_the_latin_name_may_come_first() -> None:
    _, glosses = find_names(document("Samantha Rowan（薩曼莎．羅文）到場。"))
    assert [(gloss.name, gloss.gloss) for gloss in glosses] == [("Samantha Rowan", "薩曼莎．羅文")]


def test_a_part_of_the_transliteration_stands_for_the_person_later() -> None:
    found, _ = find_names(document("薩曼莎．羅文頓（Samantha Rowington）到場。羅文頓說天氣很好。"))
    assert ("羅文頓", "Samantha Rowington", "short_form") in [(m.surface, m.name, m.method) for m in found]


def test_a_new_name_glossed_by_a_listed_one_takes_its_key() -> None:
    found, glosses = find_names(document("黃仁勳（Jensen Hwang）上台。"))
    assert {mention.key for mention in found} == {"jensen-huang"}
    assert len(glosses) == 1


def test_two_listed_names_need_no_gloss() -> None:
    found, glosses = find_names(document("台積電 (TSMC) 與三星（Samsung）擴產。"))
    assert [mention.key for mention in found] == ["tsmc", "tsmc", "samsung", "samsung"]
    assert glosses == ()


@pytest.mark.parametrize(
    "text",
    [
        "這是失敗模式（Failure Mode）。",
        "輝達（Blackwell）出貨。",
        "黃仁勳（NVIDIA 執行長）上台。",
        "黃仁勳（NVIDIA）上台。",
    ],
)
def test_other_brackets_gloss_nothing(text: str) -> None:
    assert find_names(document(text))[1] == ()


def test_a_company_with_its_trade_and_its_latin_name_are_one_wherever_it_is_named() -> None:
    found, glosses = find_names(document("澄光能源（Clearlight Energy）今年投產。", "後來澄光能源又擴產。"))
    assert {(mention.name, mention.kind) for mention in found} == {("Clearlight Energy", EntityKind.COMPANY)}
    assert [mention.surface for mention in found] == ["澄光能源", "Clearlight Energy", "澄光能源"]
    assert [(gloss.name, gloss.gloss) for gloss in glosses] == [("澄光能源", "Clearlight Energy")]


@pytest.mark.parametrize(
    "text",
    [
        "再生能源（Renewable Energy）很貴。",
        "恒勤科技（Semiconductor Equipment & Materials）",
        "风险投资（Venture Capital）不便宜。",
    ],
)
def test_a_trade_in_brackets_is_no_company(text: str) -> None:
    assert find_names(document(text))[1] == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("程雲帆（Yun-Fan Cheng）來了。後來 Yun-Fan Cheng 走了。", ("程雲帆", "Yun-Fan Cheng")),
        ("今天林美玲（Lam Mei Ling）到场。", ("林美玲", "Lam Mei Ling")),
        ("那年賴志遠（Lai Chih-yuan）剛畢業。", ("賴志遠", "Lai Chih-yuan")),
        ("今天 Ouyang Ming（歐陽明）到場。", ("Ouyang Ming", "歐陽明")),
    ],
)
def test_a_chinese_name_and_how_it_is_spelt_are_one_person(text: str, names: tuple[str, str]) -> None:
    found, glosses = find_names(document(text))
    assert {(mention.name, mention.kind) for mention in found} == {(max(names, key=str.isascii), EntityKind.PERSON)}
    assert [(gloss.name, gloss.gloss) for gloss in glosses] == [names]
    assert [mention.surface for mention in found].count("Yun-Fan Cheng") in (0, 2)


@pytest.mark.parametrize(
    "text", ["高壓電（High Voltage）", "高密度（Gao Density）", "程式碼（Source Code）", "白雲山（Bai Mountain Area）"]
)
def test_what_spells_no_name_glosses_none(text: str) -> None:
    assert find_names(document(f"今天談{text}。"))[1] == ()
