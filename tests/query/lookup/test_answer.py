"""Given a sentence: who says the same, who says otherwise, and where; nothing when nothing fits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source
from service.query.answers import LookupAnswer
from service.query.claim_rows import claim_answers
from service.query.lookup import lookup, neighbours
from service.script import render
from tests.databases import Databases

POSTS = {
    "ferry.md": "# 渡輪換電池\n\n東灣渡輪公司表示，新船每天往返 24 班。電池艙的容量是 3.6 百萬瓦時。\n",
    "port.md": "# 港区见闻\n\n东湾渡轮的新船电池舱容量为 3600 千瓦时。新船每天往返 24 班，票价不变。\n",
    "doubt.md": "# 我不信\n\n東灣渡輪的新船電池艙容量只有 2 百萬瓦時。\n",
    "rink.md": "# 冰宫见闻\n\n冰宫一年用电 40 万度，不是报上写的 60 万度。冰宫不会在夏天关门。\n",
    "paper.md": "# 冰宮的帳單\n\n冰宮一年的用電是 60 萬度。冰宮會在夏天關門。隔壁游泳池一年也用電 60 萬度。\n",
    "rail.md": "# 公車與渡輪\n\n平日公車票價比渡輪便宜。渡輪占運量的 30%，去年運量增加 12%。\n",
    "sea.md": "# 渡轮见闻\n\n平日渡轮票价比公车便宜。\n",
    "bread.md": "# 麵包店\n\n巷口的麵包店每天烤 24 爐，老闆從不休息。\n",
}


def push(engine: Engine) -> None:
    ingest(engine, Site("bay"), [Source(path, text) for path, text in POSTS.items()])


@pytest.fixture
def session(databases: Databases) -> Iterator[Session]:
    """A session on a database that every test here reads."""
    with Session(databases.held(push)) as opened:
        yield opened


def said(answer: LookupAnswer, relation: str) -> list[str]:
    return [match.claim.text for match in answer.matches if match.relation == relation]


@pytest.mark.parametrize("text", ["東灣渡輪新船的電池艙容量是 3.6 百萬瓦時", "东湾渡轮新船的电池舱容量为 3600 千瓦时"])
def test_the_same_amount_in_another_unit_and_script_agrees_and_another_conflicts(session: Session, text: str) -> None:
    answer = lookup(session, text)
    assert any("3600 千瓦时" in claim for claim in said(answer, "agree"))
    assert any("3.6 百萬瓦時" in claim for claim in said(answer, "agree"))
    assert said(answer, "conflict") == ["東灣渡輪的新船電池艙容量只有 2 百萬瓦時。"]
    assert answer.counts.conflict == 1
    assert [figure.unit for figure in answer.query.figures] == ["Wh"]


@pytest.mark.parametrize(
    "text", ["東灣渡輪公司的新船每天往返 24 班", "去年渡轮占公车运量的 30%", "冰宫一年用电 40 万度"]
)
def test_a_claim_that_is_found_is_told_as_one_that_is_asked_for(session: Session, text: str) -> None:
    found = {match.claim.id: match.claim for match in lookup(session, text).matches}
    assert found == claim_answers(session, found) != {}
    assert any(claim.figures for claim in found.values())


def test_either_script_gets_the_same_answer(session: Session) -> None:
    hant, hans = (lookup(session, text) for text in ("新船每天往返幾班？", "新船每天往返几班？"))
    assert [match.claim.id for match in hant.matches] == [match.claim.id for match in hans.matches] != []


def test_a_question_is_answered_by_whoever_fills_it_in(session: Session) -> None:
    answer = lookup(session, "新船每天往返幾班？")
    assert {text for text in said(answer, "agree") if "24 班" in text}
    assert not said(answer, "conflict")


def test_an_equal_number_about_something_else_is_no_agreement(session: Session) -> None:
    answer = lookup(session, "東灣渡輪的新船每天往返 24 班")
    assert not any("麵包店" in match.claim.text for match in answer.matches)


@pytest.mark.parametrize("text", ["火星上有幾座火山？", "Cassini 何時抵達土星？", "，。", "24", "的"])
def test_nothing_is_said_where_nothing_fits(session: Session, text: str) -> None:
    answer = lookup(session, text)
    assert not [match for match in answer.matches if match.relation != "related"]


def test_every_match_says_why(session: Session) -> None:
    answer = lookup(session, "東灣渡輪的新船電池艙容量是 3.6 百萬瓦時")
    assert all(match.why for match in answer.matches)
    conflict = next(match for match in answer.matches if match.relation == "conflict")
    assert conflict.why[0] == "differs: 2 百萬瓦時, not 3.6 百萬瓦時"


def test_a_claim_meets_those_of_other_articles_only(session: Session) -> None:
    match = lookup(session, "东湾渡轮新船的电池舱容量为 3600 千瓦时").matches[0]
    agreeing, conflicting, related = neighbours(session, match.claim.id)
    others = {evidence.claim.article.id for evidence in (*agreeing, *conflicting, *related)}
    assert agreeing
    assert conflicting
    assert match.claim.article.id not in others


def test_asking_twice_gives_the_same_bytes(session: Session) -> None:
    first, second = (lookup(session, "新船每天往返幾班？").model_dump_json() for _ in range(2))
    assert first == second


def test_an_amount_that_is_denied_agrees_with_nobody(session: Session) -> None:
    answer = lookup(session, "冰宮一年用電 60 萬度")
    assert said(answer, "agree") == ["冰宮一年的用電是 60 萬度。"]
    assert said(answer, "conflict") == ["冰宫一年用电 40 万度，不是报上写的 60 万度。"]


def test_the_same_amount_of_another_is_only_related(session: Session) -> None:
    answer = lookup(session, "冰宮一年用電 60 萬度")
    assert not any("游泳池" in text for text in (*said(answer, "agree"), *said(answer, "conflict")))


def test_a_denial_conflicts_and_two_denials_agree(session: Session) -> None:
    answer = lookup(session, "冰宫会在夏天关门")
    assert said(answer, "agree") == ["冰宮會在夏天關門。"]
    assert said(answer, "conflict") == ["冰宫不会在夏天关门。"]
    denied = lookup(session, "冰宫不会在夏天关门")
    assert said(denied, "agree") == ["冰宫不会在夏天关门。"]
    assert said(denied, "conflict") == ["冰宮會在夏天關門。"]


def test_a_comparison_the_other_way_round_conflicts(session: Session) -> None:
    answer = lookup(session, "平日公車票價比渡輪便宜")
    assert said(answer, "agree") == ["平日公車票價比渡輪便宜。"]
    assert said(answer, "conflict") == ["平日渡轮票价比公车便宜。"]


def test_a_share_is_no_growth(session: Session) -> None:
    answer = lookup(session, "渡輪運量增加 30%")
    assert not any("占運量的 30%" in text for text in said(answer, "agree"))


@pytest.mark.parametrize(
    "text", ["東灣渡輪的新船電池艙容量只有 2 百萬瓦時", "冰宮一年用電 60 萬度", "渡輪票價會漲嗎？"]
)
def test_the_other_script_is_answered_alike(session: Session, text: str) -> None:
    answers = [lookup(session, asked) for asked in (text, render(text, "zh-Hans"), render(text, "zh-Hant"))]
    found = [[(match.claim.id, match.relation, match.score) for match in answer.matches] for answer in answers]
    assert found[0] == found[1] == found[2]


def test_a_claim_never_meets_itself(session: Session) -> None:
    for match in lookup(session, "冰宮一年用電 60 萬度").matches:
        others = [evidence for kind in neighbours(session, match.claim.id) for evidence in kind]
        assert match.claim.article.id not in {evidence.claim.article.id for evidence in others}


def test_a_text_of_any_length_is_understood_in_its_beginning(session: Session) -> None:
    text = "冰宮一年用電 60 萬度。"
    long = lookup(session, text + "公車與渡輪的票價，" * 5_000)
    assert len(long.matches) <= 20
    assert long.query.text.startswith(text)


@pytest.mark.parametrize(
    "text", ["（" * 3000, "不" * 3000, "比" * 3000, "a" * 3000, "1," * 2000, "的" * 3000, "「」不是 1 GW" * 400]
)
def test_hostile_texts_are_answered(session: Session, text: str) -> None:
    assert lookup(session, text).query.text == text


def test_a_question_for_how_much_is_not_answered_by_when(session: Session) -> None:
    answer = lookup(session, "冰宮一年用電多少度？")
    assert any("40 万度" in text for text in said(answer, "agree"))
    assert not any("關門" in text or "关门" in text for text in said(answer, "agree"))
