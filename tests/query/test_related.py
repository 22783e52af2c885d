from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query.answers import EntityReason, LinkReason, TagReason, TextReason
from service.query.related import related
from tests.query.conftest import Corpus


def test_articles_that_share_more_come_first(session: Session) -> None:
    found = related(session, "a1")
    assert [one.article.id for one in found] == ["b2", "c3"]
    assert 1 >= found[0].score > found[1].score > 0


def test_every_kind_of_reason_is_told(session: Session) -> None:
    best, _ = related(session, "a1")
    entities = {one.entity.id for one in best.reasons if isinstance(one, EntityReason)}
    assert entities == {"haifeng", "lin-ruoxi"}
    assert [one.tag for one in best.reasons if isinstance(one, TagReason)] == ["港口"]
    (link,) = [one for one in best.reasons if isinstance(one, LinkReason)]
    assert (link.direction, link.relation) == ("in", "前傳")
    (text,) = [one for one in best.reasons if isinstance(one, TextReason)]
    assert any("碼頭" in term for term in text.terms)


def test_the_weightiest_reason_comes_first(session: Session) -> None:
    for one in related(session, "a1"):
        weights = [reason.weight for reason in one.reasons]
        assert weights == sorted(weights, reverse=True)


def test_a_link_leads_both_ways(session: Session) -> None:
    def directions(article: str) -> dict[str, list[str]]:
        return {
            one.article.id: [reason.direction for reason in one.reasons if isinstance(reason, LinkReason)]
            for one in related(session, article)
        }

    assert directions("a1") == {"b2": ["in"], "c3": ["out"]}
    assert directions("b2")["a1"] == ["out"]


def test_a_rare_entity_relates_more_than_one_that_all_name(empty: Corpus) -> None:
    empty.source("blog")
    empty.entity("rare", "稀")
    empty.entity("common", "常")
    for name in ("start", "same-rare", "same-common", "x1", "x2", "x3"):
        empty.article(name, "甲", "稀常" if name == "start" else "稀" if name == "same-rare" else "常")
    for name in ("start", "same-rare"):
        empty.mention(name, "稀", "rare")
    for name in ("start", "same-common", "x1", "x2", "x3"):
        empty.mention(name, "常", "common")
    found = related(empty.session, "start")
    assert found[0].article.id == "same-rare"
    assert found[0].score > found[1].score


def test_a_long_post_is_not_related_to_everything(empty: Corpus) -> None:
    empty.source("blog")
    empty.entity("shared", "燈塔", kind="place")
    empty.article("start", "甲", "燈塔")
    empty.article("short", "乙", "燈塔")
    empty.article("long", "丙", "燈塔一二三四五六七八")
    for number, character in enumerate("一二三四五六七八"):
        empty.entity(f"other{number}", character)
        empty.mention("long", character, f"other{number}")
    for name in ("start", "short", "long"):
        empty.mention(name, "燈塔", "shared")
    scores = {one.article.id: one.score for one in related(empty.session, "start")}
    assert scores["short"] > scores["long"]


def test_an_article_with_nothing_in_common_has_nothing_related(session: Session) -> None:
    assert related(session, "d4") == []


def test_the_limit_keeps_the_best(session: Session) -> None:
    assert [one.article.id for one in related(session, "a1", limit=1)] == ["b2"]


def test_an_unknown_article_has_no_related_ones(session: Session) -> None:
    with pytest.raises(NotFoundError):
        related(session, "none")
