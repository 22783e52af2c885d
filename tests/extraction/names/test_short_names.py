"""Shorter ways to name somebody, and those who name themselves: titles, pen names, years of a life."""

from __future__ import annotations

import pytest

from service.extraction.names import find_names
from service.model import EntityKind
from tests.extraction.prose import document


def people(*paragraphs: str) -> dict[str, str]:
    """The names of the people found, by their surfaces."""
    return {m.surface: m.name for m in find_names(document(*paragraphs))[0] if m.kind is EntityKind.PERSON}


@pytest.mark.parametrize(
    ("title", "rest"), [("主席", "不同意。"), ("教授", "後來反駁了。"), ("导演", "笑了笑。"), (" Sir", "沒有到場。")]
)
def test_a_family_name_with_a_title_is_the_one_person_of_that_family(title: str, rest: str) -> None:
    assert people("主持人邱芷涵訪問了她。", f"邱{title}{rest}")[f"邱{title}"] == "邱芷涵"


def test_a_family_name_with_a_title_is_nobody_where_two_have_the_name() -> None:
    found = people("主持人邱芷涵訪問了工程師邱俊豪。", "邱教授後來反駁了。")
    assert "邱教授" not in found


def test_a_family_name_with_a_title_is_nobody_where_nobody_has_the_name() -> None:
    assert "邱教授" not in people("邱教授後來反駁了。")


@pytest.mark.parametrize("line", ["作者：溪邊客", "作者:溪边客", "撰文：溪邊客"])
def test_a_line_that_names_its_writer_names_a_person(line: str) -> None:
    assert line[3:] in people("春天的溪", line)


def test_a_line_that_names_no_writer_names_nobody() -> None:
    assert people("春天的溪", "作者：小編") == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("老闆阮氏秋蓮又開了一家店。", "阮氏秋蓮"),
        ("校长蔺若溪当场拒绝了。", "蔺若溪"),
        ("做木工的郎奕澤信誓旦旦地說，明天就好。", "郎奕澤"),
        ("白若嵐（1931 年－2004 年）住在港邊。", "白若嵐"),
        ("商務官讓-保羅·杜瓦爾沒有回答。", "讓-保羅·杜瓦爾"),
    ],
)
def test_rarer_names_are_found_by_what_only_people_have(text: str, name: str) -> None:
    assert name in people(text)


@pytest.mark.parametrize(
    "text", ["主席林敏冇出席。", "船過蘇伊士之後才加油。", "鄂溫克人住在河邊。", "麻煩教授再說一次。"]
)
def test_small_words_places_and_peoples_are_no_names(text: str) -> None:
    assert not {"林敏冇", "蘇伊士", "鄂溫克", "麻煩"} & set(people(text))


@pytest.mark.parametrize(("role", "known"), [("總理", True), ("工程師", False), ("同學", False)])
def test_a_common_name_is_the_famous_bearers_only_with_an_office_of_theirs(role: str, known: bool) -> None:
    mentions, _ = find_names(document(f"{role}李強表示，明年再說。"))
    keys = {m.key for m in mentions if m.surface == "李強"}
    assert keys == ({"li-qiang"} if known else {None})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("國務院總理李強表示，將擴大內需。", "li-qiang"),
        ("习近平出席会议，李强表示要稳住外贸。", "li-qiang"),
        ("李強表示，新的排班表下週開始實施。", None),
        ("據李強介紹，社區食堂每天供應兩百份午餐。", None),
        ("王毅今天在北京會見法國外長。", "wang-yi"),
        ("教練王毅說，球隊下半場才進入狀況。", None),
    ],
)
def test_a_common_name_is_a_known_bearers_only_where_the_post_has_what_that_one_is_known_for(
    text: str, key: str | None
) -> None:
    mentions, _ = find_names(document(text))
    assert {m.key for m in mentions if m.surface in ("李強", "李强", "王毅")} == {key}
