from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import related_sums
from service.query.answers import EntityReason, LinkReason, TagReason, TextReason
from service.query.columns import RELATED_ARTICLE
from service.query.related import Wanted, related
from service.query.related_ranking import Own, own
from service.query.related_sums import Ranking
from service.script import render
from service.store import claim_postings
from service.store.related_terms import unpacked
from tests.query.conftest import Corpus


def test_articles_that_share_more_come_first(session: Session) -> None:
    found = related(session, "a1")
    assert [one.article.id for one in found] == ["b2"]
    assert 1 >= found[0].score > 0


def test_every_kind_of_reason_is_told(session: Session) -> None:
    (best,) = related(session, "a1")
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

    assert directions("a1") == {"b2": ["in"]}
    assert directions("b2") == {"a1": ["out"]}


def test_a_draft_is_never_listed_and_has_related_articles_itself(session: Session) -> None:
    assert [one.article.id for one in related(session, "c3")] == ["a1"]
    assert all(one.article.id != "c3" for article in ("a1", "b2", "d4") for one in related(session, article))


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
    found = related(empty.relate(), "start")
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
    scores = {one.article.id: one.score for one in related(empty.relate(), "start")}
    assert scores["short"] > scores["long"]


def test_an_article_with_nothing_in_common_has_nothing_related(session: Session) -> None:
    assert related(session, "d4") == []


def test_the_limit_keeps_the_best(session: Session) -> None:
    assert [one.article.id for one in related(session, "a1", limit=1)] == ["b2"]


def test_an_unknown_article_has_no_related_ones(session: Session) -> None:
    with pytest.raises(NotFoundError):
        related(session, "none")


WHARF = (
    "新碼頭的資料中心停了三天，伺服器泡在海水裡，船公司改用紙本報關。港務局說要等潮水退了才能抽乾機房，"
    "備用的主機先放在漁會的冷凍庫旁邊，等保險公司的人來看過。碼頭工人說這種事十年才遇到一次。"
)


def ports(empty: Corpus) -> Corpus:
    """A post, its copy in the other region's words, one nearly the same, and others about the same."""
    empty.source("blog")
    empty.source("elsewhere")
    empty.article("first", "泡水的機房", WHARF, tags=("港口",), published="2026-03-01")
    turned = render(WHARF, "zh-CN")
    empty.article("turned", "泡水的机房", turned, tags=("港口",), script="Hans", published="2026-03-02")
    empty.article("again", "泡水的機房（更新）", WHARF + "抽水機到了。", tags=("港口",), published="2026-03-03")
    empty.article("copy", "泡水的機房，轉載", WHARF, tags=("港口",), source="elsewhere")
    empty.article("pumps", "抽水機的馬力", "碼頭的抽水機一小時能抽乾一個機房。", tags=("港口",), published="2025-01-01")
    empty.article("fish", "冷凍庫的魚", "漁會的冷凍庫裡什麼都有。", source="elsewhere", published="2026-05-01")
    empty.relate()
    return empty


def listed(corpus: Corpus, **wanted: Any) -> list[tuple[str, str]]:
    return [(one.article.id, one.kind) for one in related(corpus.session, "first", wanted=Wanted(**wanted))]


def test_copies_are_marked_and_do_not_crowd_the_list(empty: Corpus) -> None:
    found = dict(listed(ports(empty)))
    assert found.pop("turned") == "translation"
    assert sorted(found.values()) == ["duplicate", "related", "related"]
    assert {"pumps", "fish"} <= found.keys()


def test_copies_of_one_another_are_listed_once(empty: Corpus) -> None:
    found = [one.article.id for one in related(ports(empty).session, "pumps")]
    assert len({"first", "turned", "again", "copy"} & set(found)) == 1


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_short_list_is_the_head_of_a_long_one(empty: Corpus, limit: int) -> None:
    """Many copies of one neighbour leave the list short: a link that says little does not fill it before the rest."""
    empty.source("blog")
    empty.article("start", "抽水機的馬力", "碼頭的抽水機一小時能抽乾一個機房，冷凍庫的魚還在。")
    for n in range(12):
        empty.article(f"copy{n}", "泡水的機房", WHARF + "抽水機到了，一小時抽乾。")
    empty.article("fish", "冷凍庫的魚", "漁會的冷凍庫裡什麼都有。")
    empty.article("bread", "麵包", "酵母喜歡溫暖的廚房。")
    empty.address("bread", "path", "bread")
    empty.link("start", "bread", "bread")
    session = empty.relate()
    whole = [one.article.id for one in related(session, "start", limit=50)]
    assert len(whole) == 3
    assert whole[1:] == ["fish", "bread"]
    assert [one.article.id for one in related(session, "start", limit=limit)] == whole[:limit]


def test_a_link_relates_articles_that_share_nothing(empty: Corpus) -> None:
    empty.source("blog")
    empty.article("start", "潮水", "抽水機。")
    empty.article("bread", "麵包", "酵母喜歡溫暖的廚房。")
    empty.address("bread", "path", "bread")
    empty.link("start", "bread", "bread")
    (found,) = related(empty.relate(), "start")
    assert (found.article.id, [reason.kind for reason in found.reasons]) == ("bread", ["link"])


def test_words_of_another_region_relate_articles(empty: Corpus) -> None:
    empty.source("blog")
    empty.article("taiwan", "伺服器的冷卻", "伺服器與軟體都要冷靜。")
    empty.article("mainland", "服务器的散热", "服务器和软件都要冷静。", script="Hans")
    empty.article("other", "麵包", "酵母喜歡溫暖的廚房。")
    (found,) = related(empty.relate(), "taiwan")
    assert found.article.id == "mainland"
    (text,) = [one for one in found.reasons if isinstance(one, TextReason)]
    assert {"伺服器", "軟體"} <= set(text.terms)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"source": "elsewhere"}, {"copy", "fish"}),
        ({"since": "2026-03"}, {"turned", "again", "fish"}),
        ({"newer": True}, {"turned", "again", "fish"}),
        ({"exclude": ["turned", "again", "copy"]}, {"pumps", "fish"}),
        ({"source": "nowhere"}, set()),
    ],
)
def test_what_may_be_listed_can_be_told(empty: Corpus, wanted: dict[str, Any], expected: set[str]) -> None:
    assert {one for one, _ in listed(ports(empty), **wanted)} == expected


def test_nothing_is_newer_than_a_post_without_a_date(empty: Corpus) -> None:
    assert related(ports(empty).session, "copy", wanted=Wanted(newer=True)) == []


def test_a_name_given_to_an_entity_later_relates_articles(empty: Corpus) -> None:
    """Who is who is decided after articles are indexed: the index follows."""
    empty.source("blog")
    empty.entity("ma", "馬大年")
    empty.article("one", "渡輪公司", "馬大年買了渡輪。")
    empty.article("two", "船廠", "Danny Ma 賣了船廠。")
    empty.article("rest", "麵包", "酵母喜歡溫暖的廚房。")
    empty.mention("one", "馬大年", "ma")
    empty.mention("two", "Danny Ma", None)
    session = empty.relate()
    assert related(session, "one") == []
    empty.entity_name("ma", "danny ma")
    session.flush()
    assert related(session, "one")[0].article.id == "two"


def _shared_by_all(session: Session, asked: Own) -> list[tuple[int, int]]:
    """Return what every article shares, by comparing all terms of all, below nothing for the most to come first."""
    found = []
    for row in session.execute(select(RELATED_ARTICLE).where(RELATED_ARTICLE.c.number != asked.number)):
        numbers, weights, _ = unpacked(row.terms)
        shared = sum(asked.worth.get(number, 0) * weight for number, weight in zip(numbers, weights, strict=True))
        if shared:
            found.append((-shared, row.number))
    return sorted(found)


@pytest.mark.parametrize("full", [128, 8, 6, 2])
def test_the_index_is_exact(empty: Corpus, monkeypatch: pytest.MonkeyPatch, full: int) -> None:
    """What the join gives is what comparing all terms of all articles gives, however long lists are read."""
    monkeypatch.setattr(claim_postings, "FULL", full)
    monkeypatch.setattr(related_sums, "FULL", full)
    monkeypatch.setattr(related_sums, "_FEW", 0)
    monkeypatch.setattr(related_sums, "_AT_ONCE", 1)
    empty.source("blog")
    words = ["渡輪", "碼頭", "燈塔", "起重機", "潮汐", "報關", "漁會", "機房"]
    rare = ["麵包", "酵母", "陶瓷", "茶葉", "竹林", "溫泉", "雨傘", "鋼琴", "圍棋", "書法"]
    for n in range(30):
        picked = [words[n * step % len(words)] for step in (1, 3, 5)]
        told = [*picked, rare[n % len(rare)], rare[n * 3 % len(rare)]]
        empty.article(f"p{n}", picked[0], "、".join(told * (n % 3 + 1)))
    session = empty.relate()
    for article in ("p7", "p12"):
        asked = own(session.connection(), article)
        assert asked is not None
        expected = _shared_by_all(session, asked)
        for number in (1, 2, 5, 50):
            found = Ranking(session.connection(), asked).best(number)
            assert [(-shared, one) for one, shared in found] == expected[:number]
        assert [(-shared, one) for one, shared in Ranking(session.connection(), asked).all()] == expected
