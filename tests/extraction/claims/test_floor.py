"""Who keeps the floor: in lists that somebody leads in to, below a heading that is a name, behind a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.extraction.claims import find_claims
from tests.extraction.writing import claims, document, heading, item, named, sayings, speakers

PEOPLE = "滕越 冉素素"


def test_a_list_is_whose_words_lead_in_to_it() -> None:
    told = speakers("滕越列了張單子：", item("塔身偏了四公分"), item("螺栓全要換新"), people=PEOPLE)
    assert told == ["滕越", "滕越"]


def test_an_item_about_somebody_else_is_still_told_by_who_leads_in() -> None:
    told = sayings("滕越提示两点：", item("冉素素去年没有签字。"), item("合同下月到期。"), people=PEOPLE)
    assert told == [("滕越", "冉素素去年没有签字。"), ("滕越", "合同下月到期。")]


def test_the_items_below_a_heading_that_is_a_name_are_the_bearers() -> None:
    told = speakers(
        heading("監造滕越（大橋塔工程行）"), item("塔身偏了四公分。"), item("明年要再量一次。"), people=PEOPLE
    )
    assert told == ["滕越", "滕越"]


def test_the_items_below_a_heading_that_only_names_somebody_are_the_authors() -> None:
    told = speakers(heading("滕越的三座塔"), item("第一座塔在河口。"), item("第二座塔去年拆了。"), people=PEOPLE)
    assert told == [None, None]


def test_a_paragraph_below_such_a_heading_is_the_authors() -> None:
    assert speakers(heading("滕越"), "他出生在河口，父親是渡船工。", people=PEOPLE) == [None]


def test_what_stands_in_an_item_behind_its_speakers_first_sentence_is_his_too() -> None:
    told = speakers(item("監造滕越：「太慢了。」換螺栓要三個月，邻鎮只用三週。"), people=PEOPLE)
    assert told == ["滕越", "滕越"]


def test_what_an_author_adds_in_brackets_is_his_own() -> None:
    told = sayings(item("滕越說塔還能站五十年。"), item("（這裡他記錯了，圖上寫的是三十年。）"), people=PEOPLE)
    assert [who for who, _ in told] == ["滕越", None]


def test_a_quotation_behind_the_question_what_somebody_says_is_his() -> None:
    assert speakers("滕越怎么讲的？", "“怪螺栓。”", people=PEOPLE) == ["滕越"]


def test_the_title_of_a_callout_may_tell_in_brackets_where_it_was_said() -> None:
    told = claims("滕越（簡訊）", "塔我量過兩百座，這座最直。", people=PEOPLE, quoted=frozenset({0, 1}))
    assert [claim.speaker and claim.speaker.surface for claim in told] == ["滕越"]


def test_who_is_retold_in_an_interview_is_whom_the_answer_named() -> None:
    pieces = [
        "本刊專訪監造滕越。",
        "問：塔會倒嗎？",
        "答：我量過，不會。冉素素看法不同。她說塔身早就裂了。",
        "問：要拆嗎？",
        "答：我看不必拆。",
    ]
    told = {text: who for who, text in sayings(*pieces, people=PEOPLE)}
    assert told["她說塔身早就裂了。"] == "冉素素"
    assert told["答：我看不必拆。"] == "滕越"


def test_a_note_about_somebody_is_not_what_he_says() -> None:
    assert speakers(heading("滕越"), item("塔身偏了四公分。"), item("一輩子只蓋了三座塔。"), people=PEOPLE) == [
        None,
        None,
    ]


def test_who_writes_is_not_meant_by_he() -> None:
    written = document("滕越上了塔。他說明天再量。")
    (name,) = named(written, people=PEOPLE)
    found = find_claims(written, [replace(name, role="author")], [], [])
    assert [claim.speaker is not None for claim in found][-1] is False


def test_the_points_of_a_talk_are_those_of_who_gave_it() -> None:
    told = speakers(
        "本文整理自線上講座，主講人是滕越。",
        "滕越認為塔還能站五十年。「塔身沒有裂，」他說。",
        "滕越的結論是：先補基座。",
        heading("講座重點"),
        item("塔身偏了四公分。"),
        item("補基座要花三個月。"),
        heading("我的看法"),
        item("三個月太短了。"),
        people=PEOPLE,
    )
    assert told == ["滕越", "滕越", "滕越", "滕越", "滕越", None]


@pytest.mark.parametrize("title", ["滕越談古塔", "監造滕越：古塔不會倒"])
def test_a_heading_that_has_somebody_talk_leads_in_to_a_list(title: str) -> None:
    told = sayings(
        heading(title), item("塔身偏了四公分。"), heading("另一座塔"), item("那座塔早就拆了。"), people=PEOPLE
    )
    assert [who for who, text in told if text.startswith(("塔身", "那座"))] == ["滕越", None]


def test_an_interview_given_in_passing_makes_no_digest() -> None:
    told = speakers(
        "滕越解釋，塔身偏了四公分。",
        "「塔沒有裂，」滕越說。",
        "滕越上個月接受週刊專訪時說，補基座花了一億元。",
        "「明年動工，」滕越說。塔下的茶攤每天賣兩百碗。",
        people=PEOPLE,
    )
    assert told[-1] is None


@pytest.mark.parametrize("title", ["滕越：生平", "滕越談判三年"])
def test_a_heading_that_only_names_somebody_leads_in_to_nothing(title: str) -> None:
    told = sayings(heading(title), item("塔身偏了四公分。"), people=PEOPLE)
    assert [who for who, text in told if text.startswith("塔身")] == [None]


@pytest.mark.parametrize(
    ("first", "speaker"),
    [
        ("監造滕越在大會上講了兩個小時。", "滕越"),
        ("監造滕越聽了兩個小時的課。", None),
        ("監造滕越講了兩個理由。", None),
    ],
)
def test_the_points_behind_how_long_somebody_spoke_are_his(first: str, speaker: str | None) -> None:
    told = sayings(f"{first}以下是現場的重點：", item("塔身偏了四公分；"), item("螺栓全要換新。"), people=PEOPLE)
    assert [who for who, said in told if said != first] == [speaker, speaker]


def test_a_point_of_a_talk_that_is_about_somebody_else_is_still_its_givers() -> None:
    post = (
        "本文整理自滕越的專訪。滕越說塔還能站五十年。滕越認為螺栓全要換新。",
        heading("專訪重點"),
        item("塔身偏了四公分。"),
        item("冉素素原本是漁夫，從來沒有蓋過塔。"),
        "滕越說合同下月到期。",
    )
    assert ("滕越", "冉素素原本是漁夫，從來沒有蓋過塔。") in sayings(*post, people=PEOPLE)


def test_who_only_stands_to_something_does_not_go_on_speaking() -> None:
    post = (
        "本文整理自滕越的專訪。滕越說塔還能站五十年。滕越認為螺栓全要換新。",
        "滕越支持明年換螺栓。目前三座塔都還是舊螺栓，十二年前換過一次。",
        "滕越說合同下月到期。",
    )
    assert (None, "目前三座塔都還是舊螺栓，十二年前換過一次。") in sayings(*post, people=PEOPLE)
