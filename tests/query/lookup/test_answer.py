"""Given a sentence: who says the same, who says otherwise, and where; nothing when nothing fits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source
from service.query.answers import LookupAnswer
from service.query.lookup import lookup, neighbours

POSTS = {
    "ferry.md": "# 渡輪換電池\n\n東灣渡輪公司表示，新船每天往返 24 班。電池艙的容量是 3.6 百萬瓦時。\n",
    "port.md": "# 港区见闻\n\n东湾渡轮的新船电池舱容量为 3600 千瓦时。新船每天往返 24 班，票价不变。\n",
    "doubt.md": "# 我不信\n\n東灣渡輪的新船電池艙容量只有 2 百萬瓦時。\n",
    "bread.md": "# 麵包店\n\n巷口的麵包店每天烤 24 爐，老闆從不休息。\n",
}


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    ingest(engine, Site("bay"), [Source(path, text) for path, text in POSTS.items()])
    with Session(engine) as opened:
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
    assert conflict.why[0] == "3.6 百萬瓦時 ≠ 2 百萬瓦時"


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
