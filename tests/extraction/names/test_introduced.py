"""Companies that a sentence calls one, or that do what only companies do; where their names begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


def companies(*paragraphs: str) -> list[str]:
    """The surfaces of the companies found."""
    return [m.surface for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.COMPANY]


def people(*paragraphs: str) -> list[str]:
    """The surfaces of the people found."""
    return [m.surface for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("她開的公司叫燈芯，賣蠟燭。", ["燈芯"]),
        ("这家企业名为澜砚，总部在苏州。", ["澜砚"]),
        ("昆茨勒是一家做鋼琴的公司。", ["昆茨勒"]),
        ("去年鹭屿、砚汐等农机厂商都亏了。", ["鹭屿", "砚汐"]),
        ("投標的有鷺嶼、硯汐電氣兩家，月底開標。", ["鷺嶼", "硯汐電氣"]),
    ],
)
def test_what_a_sentence_calls_a_company_is_one(text: str, names: list[str]) -> None:
    assert companies(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("澜砚纺机并购鹭屿的传闻不断。", ["澜砚纺机", "鹭屿"]),
        ("硯汐上週裁員兩百人。", ["硯汐"]),
        ("他任職於昆茨勒，常駐漢堡。", ["昆茨勒"]),
        ("她去年跳槽到硯汐，薪水多了三成。", ["硯汐"]),
    ],
)
def test_a_business_is_told_by_what_only_businesses_do_or_have_done_to_them(text: str, names: list[str]) -> None:
    assert companies(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("有人問鷺山資本為什麼賣股。", "鷺山資本"),
        ("门口挂着澜岸科技的招牌。", "澜岸科技"),
        ("供應商硯晟出包，害大家加班。", "硯晟"),
    ],
)
def test_a_verb_beside_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert companies(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "這家公司叫人失望。",
        "晶圓代工的價格漲了，伺服器供應吃緊。",
        "趁著熱度竄紅推出新歌。",
        "香蕉、鳳梨等水果出口。",
        "台灣、日本等企業都來參展。",
        "他在跨國集團做人力資本分析。",
        "1985 年即推出第一代。",
        "兩個街道合併為一個。",
    ],
)
def test_common_nouns_beside_such_words_are_no_company(text: str) -> None:
    assert companies(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("加藤澤男早年在大阪打工。", "加藤澤男"),
        ("調香師尤志遠罵了半天。", "尤志遠"),
        ("酈婉如皺眉，沒有回答。", "酈婉如"),
    ],
)
def test_a_trade_or_a_manner_tells_a_person(text: str, name: str) -> None:
    assert people(text) == [name]


@given(st.text(alphabet="硯汐鷺嶼、等廠商公司叫是一家併購的，。和兩 A", max_size=40))
def test_names_stand_where_they_are_said_to(text: str) -> None:
    page = document(text)
    assert all(page.slice(m.span) == m.surface and m.surface for m in find_names(page)[0])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("民調公司「一葉知春」昨天公布結果。", "一葉知春"),
        ("本地事务所“半间房”接下了改建。", "半间房"),
        ("另一家叫“三更雨”的公司搬走了。", "三更雨"),
    ],
)
def test_what_stands_in_quotation_marks_behind_a_sort_of_business_is_one(text: str, name: str) -> None:
    assert name in {m.surface for m in find_names(document(text))[0] if m.kind is EntityKind.COMPANY}


def test_what_a_business_says_in_quotation_marks_is_no_name() -> None:
    found = find_names(document("他的公司「零容忍」政策引發爭議。"))[0]
    assert not [m for m in found if m.kind is EntityKind.COMPANY]
