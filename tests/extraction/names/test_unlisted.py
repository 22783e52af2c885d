"""Names no list knows: only with evidence beside them."""

from __future__ import annotations

import pytest

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


def people(*paragraphs: str) -> list[tuple[str, str]]:
    """The surfaces and full names of the people found."""
    found, _ = find_names(document(*paragraphs))
    return [(mention.surface, mention.name) for mention in found if mention.kind is EntityKind.PERSON]


def companies(*paragraphs: str) -> list[str]:
    return [m.surface for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.COMPANY]


@pytest.mark.parametrize(
    "text",
    [
        "主持人 Quentin Marsh 開場。",
        "合伙人 Quentin Marsh 认为市场太热。",
        "Kevin Marsh 表示同意。",
        "他讀了 Peter O'Rourke 的《河流之書》。",
        "作家 Anna van der Berg 獲獎。",
    ],
)
def test_a_latin_name_with_evidence_is_a_person(text: str) -> None:
    assert len(people(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["他談到 Deep Learning 的發展。", "Failure Mode 指出問題。", "使用 Visual Studio 寫程式。", "工程師 AI Lab 報告。"],
)
def test_a_latin_run_without_evidence_is_nobody(text: str) -> None:
    assert people(text) == []


def test_a_part_of_the_name_stands_for_the_person_later() -> None:
    found = people("主持人 Quentin Marsh 開場。", "Marsh 追問細節，Quentin 很驚訝。")
    assert found == [("Quentin Marsh",) * 2, ("Marsh", "Quentin Marsh"), ("Quentin", "Quentin Marsh")]


def test_a_part_two_people_share_stands_for_neither() -> None:
    found = people("主持人 Quentin Marsh 與創辦人 Olive Marsh 同台。", "Marsh 很高興。")
    assert ("Marsh", "Quentin Marsh") not in found
    assert ("Marsh", "Olive Marsh") not in found


def test_a_part_inside_a_longer_name_is_not_the_person() -> None:
    assert people("主持人 Quentin Marsh 開場。", "他去了 Marsh Harbour 度假，也聽 Quentin Show。") == [
        ("Quentin Marsh",) * 2
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [("記者林育德報導。", "林育德"), ("执行长陈建国表示乐观。", "陈建国"), ("，周美玲教授獲獎", "周美玲")],
)
def test_a_chinese_name_beside_a_role_is_a_person(text: str, name: str) -> None:
    assert people(text) == [(name, name)]


@pytest.mark.parametrize(
    "text",
    ["作者高興地說好。", "投資人應該小心。", "記者任何時候都要查證。", "金融系教授指出。", "主席安排會議，散會。"],
)
def test_the_rest_of_a_sentence_is_no_name(text: str) -> None:
    assert people(text) == []


def test_a_company_is_known_by_its_last_word() -> None:
    assert companies("電廠屬於 Northlake Energy。", "它由 Bluefin Ventures 投資。") == [
        "Northlake Energy",
        "Bluefin Ventures",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Clean Energy 很重要。",
        "Venture Capital 很熱。",
        "這個 Raft Group 有三個節點。",
    ],
)
def test_a_common_noun_is_no_company(text: str) -> None:
    assert companies(text) == []


def test_a_chinese_company_needs_a_certain_beginning() -> None:
    assert companies("永泰祥股份有限公司成立。") == ["永泰祥股份有限公司"]
    assert companies("他在一家投資銀行上班，這個集團很大。") == []


@pytest.mark.parametrize(
    ("paragraphs", "name"),
    [
        (("Ingrid Solberg 去年搬到東京。",), "Ingrid Solberg"),
        (("Ravenna Okoro（某新創執行長）不同意。",), "Ravenna Okoro"),
        (("今天收到 Ravenna Okoro 的信。", "Okoro 說她不來。"), "Ravenna Okoro"),
        (("主持人 Quentin Marsh × Ravenna Okoro 訪談",), "Ravenna Okoro"),
    ],
)
def test_evidence_anywhere_in_the_post_makes_a_latin_name_a_person(paragraphs: tuple[str, ...], name: str) -> None:
    assert name in {full for _, full in people(*paragraphs)}


@pytest.mark.parametrize("text", ["NVIDIA 的 Isaac Sim 很好用。", "搭 Elizabeth Line 進城。", "Max Heap 是一種結構。"])
def test_a_thing_called_after_a_given_name_is_nobody(text: str) -> None:
    assert people(text) == []


def test_a_name_with_a_small_word_in_it_needs_a_role_before_and_speech_behind() -> None:
    found = [
        m.surface for text in ("分析師程又涵指出風險。", "如程又涵的風險。") for m in find_names(document(text))[0]
    ]
    assert found == ["程又涵"]
