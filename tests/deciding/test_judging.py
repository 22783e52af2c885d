"""An editor's judgement on two claims outranks what their words tell, and survives whatever happens to the posts."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from service.deciding import DecisionError, Word
from service.deciding.judging import all_exported, all_imported, exported_judgements, judge_pair, unjudge
from service.errors import NotFoundError
from service.ingest import ingest
from service.model import Site, Source
from service.query.columns import CLAIM
from service.query.conflicts import conflicts
from service.query.lookup import neighbours
from tests.databases import Copies

SITE = Site("harbour")
POSTS = {
    "a.md": "# 白沙碼頭\n\n白沙碼頭的起重機每天吊 400 個貨櫃。\n",
    "b.md": "# 白沙见闻\n\n白沙码头的起重机每天吊 900 个货柜。\n",
    "c.md": "# 白沙日記\n\n白沙碼頭的起重機每天吊 400 個貨櫃，風大時停。\n",
}


def push(engine: Engine) -> None:
    ingest(engine, SITE, [Source(path, text) for path, text in POSTS.items()])


@pytest.fixture
def posts(copied: Copies) -> Engine:
    return copied(push)


def claims(engine: Engine) -> dict[str, str]:
    """Return the ids of the claims by the number they give and whether they speak of the wind."""
    with Session(engine) as session:
        rows = session.execute(select(CLAIM.c.id, CLAIM.c.text).where(CLAIM.c.text.contains("起"))).all()
    return {("wind" if "風" in text else "400" if "400" in text else "900"): claim for claim, text in rows}


def stances(engine: Engine, claim: str) -> dict[str, str]:
    with Session(engine) as session:
        return {one.claim.id: one.relation for kind in neighbours(session, claim) for one in kind}


def pairs(engine: Engine) -> list[set[str]]:
    with Session(engine) as session:
        return [{one.claim.id, one.other.id} for one in conflicts(session).items]


def test_what_contradicts_is_listed_from_both_sides(posts: Engine) -> None:
    ids = claims(posts)
    assert stances(posts, ids["400"]) == {ids["900"]: "conflict", ids["wind"]: "agree"}
    assert sorted(map(sorted, pairs(posts))) == sorted(sorted((ids[one], ids["900"])) for one in ("400", "wind"))


@pytest.mark.parametrize(("relation", "shown"), [("same", "agree"), ("different", "related")])
def test_a_judgement_outranks_the_words_and_can_be_taken_back(posts: Engine, relation: str, shown: str) -> None:
    ids = claims(posts)
    row = judge_pair(posts, ids["900"], ids["400"], relation, Word("lin", "another berth"))
    assert stances(posts, ids["400"])[ids["900"]] == shown
    assert stances(posts, ids["900"])[ids["400"]] == shown
    assert {ids["400"], ids["900"]} not in pairs(posts)
    unjudge(posts, row.id or 0)
    assert stances(posts, ids["400"])[ids["900"]] == "conflict"
    assert {ids["400"], ids["900"]} in pairs(posts)


def test_a_conflict_that_an_editor_sees_is_listed(posts: Engine) -> None:
    ids = claims(posts)
    judge_pair(posts, ids["400"], ids["wind"], "conflict", Word(why="other years"))
    assert {ids["400"], ids["wind"]} in pairs(posts)
    assert stances(posts, ids["wind"])[ids["400"]] == "conflict"


def test_a_judgement_holds_again_when_a_post_returns(posts: Engine) -> None:
    ids = claims(posts)
    judge_pair(posts, ids["400"], ids["900"], "different")
    ingest(posts, SITE, [], delete=["b.md"])
    assert ids["900"] not in stances(posts, ids["400"])
    ingest(posts, SITE, [Source("b.md", POSTS["b.md"] + "\n又一句閒話。\n")])
    assert stances(posts, ids["400"])[ids["900"]] == "related"


def test_judging_again_replaces_what_was_said(posts: Engine) -> None:
    ids = claims(posts)
    first = judge_pair(posts, ids["400"], ids["900"], "same")
    second = judge_pair(posts, ids["900"], ids["400"], "conflict")
    assert (first.id, second.relation) == (second.id, "conflict")


def test_judgements_go_to_another_database_and_back(posts: Engine) -> None:
    ids = claims(posts)
    row = judge_pair(posts, ids["400"], ids["900"], "different", Word("lin", 'told "apart"'))
    with Session(posts) as session:
        text = all_exported(session)
    assert all_imported(posts, text) == 0
    unjudge(posts, row.id or 0)
    assert all_imported(posts, text) == 1
    with Session(posts) as session:
        assert all_exported(session) == text
        assert 'told \\"apart\\"' in exported_judgements(session)


@pytest.mark.parametrize(
    "text", ["[[judgement]]\none = 'a'", "judgement = 1", "[[judgement]]\nrelation = 'maybe'", "not toml"]
)
def test_what_is_no_judgement_is_refused(posts: Engine, text: str) -> None:
    with pytest.raises(DecisionError):
        all_imported(posts, text)


def test_only_two_claims_that_exist_are_judged(posts: Engine) -> None:
    ids = claims(posts)
    with pytest.raises(NotFoundError):
        judge_pair(posts, ids["400"], "0" * 16, "same")
    with pytest.raises(DecisionError):
        judge_pair(posts, ids["400"], ids["400"], "same")
    with pytest.raises(DecisionError):
        judge_pair(posts, ids["400"], ids["900"], "agree")
    with pytest.raises(NotFoundError):
        unjudge(posts, 77)
