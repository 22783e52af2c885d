"""Chinese personal names no list knows: what they are made of and what stands around decides."""

from __future__ import annotations

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


def people(*paragraphs: str) -> list[str]:
    """The surfaces of the people found."""
    return [m.surface for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("蔡宛蓉表示她不參選。", "蔡宛蓉"),
        ("徐振豪先生昨天來店裡。", "徐振豪"),
        ("本期嘉宾：邓沛霖。", "邓沛霖"),
        ("這本書由許書瑋翻譯。", "許書瑋"),
        ("沈昱廷（前衛生局長）也到場。", "沈昱廷"),
        ("店長是我的國中同學洪子軒。", "洪子軒"),
        ("导演吕思远的《长河》入围。", "吕思远"),
        ("歐陽芷晴畢業後回到花蓮。", "歐陽芷晴"),
    ],
)
def test_a_name_that_enough_speaks_for_is_a_person(text: str, name: str) -> None:
    assert people(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "他高興地表示贊成。",
        "這段時間她在家休息。",
        "莫斯科的冬天很冷。",
        "系統冷启动很慢，冷启动要三秒。",
        "方正縣位於黑龍江。",
        "馬拉松選手很多。",
        "溫哥華的房價下跌。",
        "黃金價格上漲，白銀下跌。",
        "安全問題表示還沒解決。",
        "成功的關鍵在於時間管理。",
    ],
)
def test_words_and_places_that_begin_like_names_are_nobody(text: str) -> None:
    assert people(text) == []


def test_names_in_a_list_speak_for_each_other() -> None:
    assert people("作曲家潘奕安、賴沛慈、葉柏均都出席了。") == ["潘奕安", "賴沛慈", "葉柏均"]


def test_a_given_name_stands_for_the_person_later() -> None:
    found, _ = find_names(document("記者蔡宛蓉報導。", "宛蓉說她很累。"))
    assert [(m.surface, m.name) for m in found] == [("蔡宛蓉", "蔡宛蓉"), ("宛蓉", "蔡宛蓉")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("導演約阿希姆．特里爾得獎。", "約阿希姆．特里爾"),
        ("但哈桑·鲁哈尼说不会让步。", "哈桑·鲁哈尼"),
        ("2001年亨利·莫瓦桑發現了它。", "亨利·莫瓦桑"),
        ("影星小羅伯特·唐尼到場。", "小羅伯特·唐尼"),
        ("前鋒卡里姆·本泽马提出轉隊。", "卡里姆·本泽马"),
    ],
)
def test_a_foreign_name_begins_and_ends_where_words_do(text: str, name: str) -> None:
    assert people(text) == [name]


@pytest.mark.parametrize(
    "text", ["他念喬治·華盛頓大學。", "約翰·迪爾公司賣農機。", "加拿大表示關切。", "約翰·甘迺迪機場停電。"]
)
def test_what_is_called_after_somebody_is_nobody(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "name"), [("主教練佩萊格里諾很生氣。", "佩萊格里諾"), ("席尔瓦教授没有回信。", "席尔瓦")]
)
def test_a_foreign_name_without_a_point_needs_a_role_or_title(text: str, name: str) -> None:
    assert people(text) == [name]


@pytest.mark.parametrize("text", ["美國鮑爾溫機車廠停工。", "蘇萊曼尼亞的山區下雪。"])
def test_a_listed_name_within_a_longer_word_is_not_meant(text: str) -> None:
    assert people(text) == []


SENTENCES = [
    "蔡宛蓉表示她不參選。",
    "導演約阿希姆．特里爾得獎，潘奕安則落選。",
    "沈昱廷（前衛生局長）也到場。",
    "他高興地表示贊成，這段時間很忙。",
]


@given(st.lists(st.sampled_from(SENTENCES), max_size=4))
@settings(max_examples=20, deadline=None)
def test_both_scripts_name_the_same_people(paragraphs: list[str]) -> None:
    to_simplified = opencc.OpenCC("t2s").convert
    assert [to_simplified(name) for name in people(*paragraphs)] == people(*map(to_simplified, paragraphs))


@pytest.mark.parametrize("text", ["达瓦卓玛从那曲走到拉萨。", "請來了仁青多吉。"])
def test_two_parts_of_tibetan_names_are_somebody(text: str) -> None:
    assert len(people(text)) == 1


def test_uyghur_names_hold_characters_that_no_other_foreign_names_do() -> None:
    assert people("木匠吐尔逊·买买提做了一把都塔尔。") == ["吐尔逊·买买提"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("陶藝家河井寬次郎的作品下月來台。", ["河井寬次郎"]),
        ("建築師安藤忠雄畫了草圖，安藤還說不急。", ["安藤忠雄", "安藤"]),
        ("歌手島村美智子的演唱會延期。", ["島村美智子"]),
    ],
)
def test_a_japanese_given_name_may_have_three_characters_and_the_family_name_stands_alone(
    text: str, names: list[str]
) -> None:
    assert people(text) == names


def test_somebody_may_be_named_after_an_army() -> None:
    assert people("農技站的冉建军介绍，冉建军说今年不种麦。") == ["冉建军", "冉建军"]


@pytest.mark.parametrize(
    "text",
    ["花蓮的養蜂人來了。", "船東寧可讓船慢慢開。", "凌霄花開了滿牆。", "高麗菜一顆九十元。", "徐福記賣掉了。"],
)
def test_words_that_begin_like_a_name_are_nobody(text: str) -> None:
    assert people(text) == []


def test_somebodys_views_are_given_without_a_role() -> None:
    assert people("他引述哈夫曼的看法，說樣本太少。") == ["哈夫曼"]
