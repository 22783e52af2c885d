from __future__ import annotations

import pytest

from service.model import Claim
from tests.extraction.writing import claims, heading, item, sayings

INTRO = "孟知遠修了三十年鐘錶。我們在他的店裡見面。"


def _answers(*pieces: str, people: str = "孟知遠") -> list[tuple[str | None, str]]:
    return sayings(INTRO, *pieces, people=people)[2:]


def test_an_answer_is_the_guests_and_the_question_is_no_claim() -> None:
    found = _answers(
        "問：為什麼不退休？", "答：機械錶還有人修不好。我每天只收三支。", "問：收入夠嗎？", "答：夠付房租。"
    )
    assert found == [
        ("孟知遠", "答：機械錶還有人修不好。"),
        ("孟知遠", "我每天只收三支。"),
        ("孟知遠", "答：夠付房租。"),
    ]


@pytest.mark.parametrize(("asks", "answers"), [("Q", "A"), ("Q1", "A1"), ("主持人", "來賓"), ("记者", "答")])
def test_unnamed_labels_are_known_in_many_forms(asks: str, answers: str) -> None:
    found = _answers(
        f"{asks}：聽說你也收徒弟？", f"{answers}：去年收了兩個。", f"{asks}：他們幾歲？", f"{answers}：都過了四十。"
    )
    assert [who for who, _ in found] == ["孟知遠", "孟知遠"]


def test_each_named_speaker_has_a_turn_that_lasts_until_the_next() -> None:
    turns = (
        "孟知遠：零件停產了。我只好自己車。",
        "一支錶要車兩個禮拜。",
        "杜若：我們工廠還有庫存。他沒有來問過。",
        "孟知遠：你們報的價是原廠的三倍。",
    )
    found = [who for who, _ in sayings(*turns, people="孟知遠 杜若")]
    assert found == ["孟知遠", "孟知遠", "孟知遠", "杜若", "杜若", "孟知遠"]


def test_only_questions_may_have_labels() -> None:
    found = _answers("Q：店開多久了？", "從我父親算起，六十年了。", "Q：生意好嗎？", "這兩年變好了。")
    assert [who for who, _ in found] == ["孟知遠", "孟知遠"]


def test_what_an_interviewer_says_is_not_the_posts() -> None:
    found = _answers(
        "主持人：先請你介紹這家店。", "來賓：店是我父親開的。", "主持人：原來如此。", "來賓：他去年過世了。"
    )
    assert [said for _, said in found] == ["來賓：店是我父親開的。", "來賓：他去年過世了。"]


def test_a_turn_ends_where_the_post_tells_of_its_speaker_again() -> None:
    turns = ("問：還修得動嗎？", "答：眼睛不行了。", "問：那怎麼辦？", "答：戴兩副眼鏡。")
    assert _answers(*turns, "走出店門，孟知遠把鐵門拉下一半。")[-1][0] is None
    assert _answers(*turns, "訪談結束後店裡又來了一個客人。")[-1][0] is None
    last = sayings(INTRO, *turns, heading("後記"), "那天下著雨。", people="孟知遠")[-1]
    assert last == (None, "那天下著雨。")


def test_within_a_turn_somebody_else_may_be_reported() -> None:
    found = _answers(
        "問：別人怎麼看？", "答：杜若說機械錶已經過時了。", "問：你呢？", "答：時間不會過時。", people="孟知遠 杜若"
    )
    assert [who for who, _ in found] == ["杜若", "孟知遠"]


def test_one_label_is_no_conversation() -> None:
    found = sayings("孟知遠：零件停產了。", "河邊的工廠去年關了。", people="孟知遠")
    assert found == [("孟知遠", "孟知遠：零件停產了。"), (None, "河邊的工廠去年關了。")]


def test_some_questions_and_answers_at_the_end_of_a_post_are_its_authors() -> None:
    post = [f"孟知遠修好了第{number}支錶。" for number in "一二三四五六七八"]
    found = sayings(*post, "Q：要等多久？", "A：通常要等三個月。", "Q：能寄嗎？", "A：不收郵寄的錶。", people="孟知遠")
    assert [who for who, _ in found[-2:]] == [None, None]


def _signed(*pieces: str, quoted: frozenset[int]) -> list[Claim]:
    return claims(*pieces, people="孟知遠", quoted=quoted)


def test_a_block_quote_is_by_who_is_named_below_it() -> None:
    found = _signed("店門上貼著一張紙。", "慢的錶比停的錶準。", "—— 孟知遠", "我拍了照。", quoted=frozenset({1, 2}))
    assert [(claim.speaker and claim.speaker.surface, claim.quote) for claim in found] == [
        (None, False),
        ("孟知遠", True),
        (None, False),
    ]


def test_a_block_quote_may_be_signed_in_its_own_line() -> None:
    (found,) = _signed("慢的錶比停的錶準。—— 孟知遠", quoted=frozenset({0}))[:1]
    assert found.speaker is not None
    assert found.quote


def test_items_below_an_item_are_their_parents() -> None:
    found = sayings(
        "孟知遠說，這一行有三個難處：", item("零件停產了"), item("徒弟都走了"), "巷口的書店也關了。", people="孟知遠"
    )
    assert [who for who, _ in found] == ["孟知遠", "孟知遠", "孟知遠", None]


def test_a_heading_that_names_somebodys_words_leads_in_to_the_list() -> None:
    found = sayings(heading("孟知远的三个理由"), item("零件已经停产"), item("房租涨了两成"), people="孟知远")
    assert [who for who, _ in found][-2:] == ["孟知远", "孟知远"]


def test_questions_that_are_blocks_of_their_own_are_answered_by_whom_an_interview_is_with() -> None:
    found = sayings(
        "這篇專訪的主角是孟知遠，孟知遠今年七十歲。",
        "您一天修幾支？",
        "我每天只收三支。去年收入八十萬元。",
        "為什麼不收徒弟？",
        "收過四個。我不怪他們。",
        "以後呢？",
        "我打算做到八十歲。",
        heading("後記"),
        "那條巷子今年要拆。",
        people="孟知遠",
    )
    assert [text for speaker, text in found if speaker == "孟知遠"] == [
        "我每天只收三支。",
        "去年收入八十萬元。",
        "收過四個。",
        "我不怪他們。",
        "我打算做到八十歲。",
    ]


def test_questions_that_an_author_asks_and_answers_himself_are_no_interview() -> None:
    found = sayings(
        "孟知遠修了三十年鐘錶，孟知遠的店在巷底。",
        "一天能修幾支？",
        "我估計最多五支。",
        "為什麼不收徒弟？",
        "我想是學徒難找。",
        "以後呢？",
        "我不知道。",
        people="孟知遠",
    )
    assert {speaker for speaker, _ in found} == {None}
