from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.errors import NotFoundError
from service.query import articles
from service.query.columns import ARTICLE
from service.query.cursors import BadCursorError
from service.query.search_gate import among_few
from service.store.tables import DecisionRow
from tests.query.conftest import Corpus


def found(session: Session, **filters: Any) -> list[str]:
    return [item.id for item in articles.articles(session, **filters).items]


def test_articles_come_newest_first_and_undated_last(session: Session) -> None:
    assert found(session) == ["a1", "b2", "d4", "c3"]


def test_pages_follow_on_each_other_without_gap_or_repeat(session: Session) -> None:
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(4):
        page = articles.articles(session, limit=1, cursor=cursor)
        seen += [item.id for item in page.items]
        cursor = page.next
        assert page.total == 4
    assert seen == ["a1", "b2", "d4", "c3"]
    assert cursor is None


def test_articles_of_one_moment_are_ordered_by_id(empty: Corpus) -> None:
    empty.source("blog")
    for name in ("z9", "x1", "y5"):
        empty.article(name, "同日", published="2026-01-01")
    first = articles.articles(empty.session, limit=2)
    rest = articles.articles(empty.session, limit=2, cursor=first.next)
    assert [item.id for item in (*first.items, *rest.items)] == ["x1", "y5", "z9"]


def test_a_cursor_of_another_filter_is_refused(session: Session) -> None:
    cursor = articles.articles(session, limit=1).next
    with pytest.raises(BadCursorError):
        articles.articles(session, limit=1, cursor=cursor, source="blog")


@pytest.mark.parametrize("tag", ["航運", "航运", " 航运 "])
def test_a_tag_is_found_in_either_script(session: Session, tag: str) -> None:
    assert found(session, tag=tag) == ["a1"]


@pytest.mark.parametrize("q", ["碼頭", "码头"])
def test_words_are_found_in_either_script(session: Session, q: str) -> None:
    assert found(session, q=q) == ["a1", "b2"]


@pytest.mark.parametrize("q", ["碼頭", "港", "計畫書", "畫書", "data", "碼 頭", "岸的碼頭", "沒有這話"])
def test_the_index_leaves_no_article_out(session: Session, monkeypatch: pytest.MonkeyPatch, q: str) -> None:
    gated = found(session, q=q)
    monkeypatch.setattr(articles, "among_few", lambda *_: [])
    assert gated == found(session, q=q)


def test_texts_of_those_few_are_read_that_may_hold_a_word(session: Session) -> None:
    (few,) = among_few(session, [("码头",)])
    assert sorted(session.execute(select(ARTICLE.c.id).where(few)).scalars()) == ["a1", "b2"]
    assert among_few(session, [("crane",)]) == []


def test_all_words_must_occur(session: Session) -> None:
    assert found(session, q="碼頭 海豐") == ["a1", "b2"]
    assert found(session, q="碼頭 酵母") == []


@pytest.mark.parametrize("q", ["%", "_", "\\", "\x00", "100%_"])
def test_signs_of_the_pattern_language_are_taken_literally(session: Session, q: str) -> None:
    assert found(session, q=q) == (["a1", "b2", "d4", "c3"] if q == "\x00" else [])


def test_a_word_of_another_region_is_found(session: Session) -> None:
    assert found(session, q="數據中心") == ["a1"]
    assert found(session, q="data center") == ["a1"]


def test_dates_count_as_far_as_they_are_given(session: Session) -> None:
    assert found(session, since="2026-01", until="2026-01") == ["b2"]
    assert found(session, since="2026-01-10") == ["a1", "b2"]
    assert found(session, until="2026-02-03") == ["a1", "b2", "d4"]


def test_filters_narrow_the_list(session: Session) -> None:
    assert found(session, source="vault") == ["c3"]
    assert found(session, script="Hans") == ["b2"]
    assert found(session, entity="lin-ruoxi") == ["a1", "b2"]


def test_a_merged_entity_still_filters(session: Session) -> None:
    session.add(DecisionRow(kind="merge", entity_id="miss-lin", value={"into": "lin-ruoxi"}))
    assert found(session, entity="miss-lin") == ["a1", "b2"]


def test_an_article_tells_what_was_found_in_it(session: Session) -> None:
    article = articles.article(session, "a1")
    assert [heading.text for heading in article.headings] == ["碼頭"]
    counts = article.counts.model_dump()
    assert counts == {
        "entities": 2,
        "mentions": 2,
        "figures": 2,
        "times": 1,
        "claims": 2,
        "links": 3,
        "backlinks": 1,
        "media": 1,
    }


def test_a_draft_says_so(session: Session) -> None:
    assert articles.article(session, "c3").draft


def test_drafts_can_be_left_out_of_a_list(session: Session) -> None:
    whole = articles.articles(session)
    shown = articles.articles(session, drafts=False, limit=2)
    assert shown.items == [one for one in whole.items if not one.draft][:2]
    assert (whole.total or 0) - (shown.total or 0) == sum(one.draft for one in whole.items) > 0
    with pytest.raises(BadCursorError):
        articles.articles(session, cursor=shown.next)


@pytest.mark.parametrize("wrong", ["none", "", "\x00", "' OR 1=1"])
def test_an_unknown_article_is_not_found(session: Session, wrong: str) -> None:
    with pytest.raises(NotFoundError):
        articles.article(session, wrong)
    with pytest.raises(NotFoundError):
        articles.claims_of(session, wrong)


def test_entities_of_an_article_come_with_every_mention(session: Session) -> None:
    lin, haifeng = articles.entities_of(session, "a1").items
    assert (lin.entity.id, lin.role, lin.surfaces) == ("lin-ruoxi", "speaker", ["林若溪"])
    assert haifeng.entity.names.hans == "海丰港务"
    assert [(one.surface, one.line) for one in haifeng.mentions] == [("海豐港務", 7)]


def test_the_weightiest_role_of_an_entity_is_told(corpus: Corpus) -> None:
    corpus.mention("d4", "酵母", "qingchuan")
    corpus.mention("d4", "酵母", "qingchuan", role="host")
    corpus.mention("d4", "酵母", "qingchuan", role="mentioned")
    (only,) = articles.entities_of(corpus.session, "d4").items
    assert only.role == "host"
    corpus.mention("d4", "酵母", "qingchuan", role="author")
    (only,) = articles.entities_of(corpus.session, "d4").items
    assert only.role == "author"


def test_figures_are_json_numbers(session: Session) -> None:
    whole, _ = articles.figures_of(session, "a1").items
    assert '"low":120000000,' in whole.model_dump_json()
    (cost,) = articles.figures_of(session, "b2").items
    assert (cost.low, cost.unit, cost.claim) == (350000000, "CNY", "claim3")


def test_media_keep_what_they_show(session: Session) -> None:
    (image,) = articles.media_of(session, "a1").items
    assert (image.kind, image.target, image.alt) == ("image", "crane.webp", "黃昏的貨櫃碼頭")


def test_claims_of_an_article_come_in_reading_order(session: Session) -> None:
    first = articles.claims_of(session, "a1", limit=1)
    second = articles.claims_of(session, "a1", limit=1, cursor=first.next)
    assert [claim.id for claim in (*first.items, *second.items)] == ["claim1", "claim2"]
    assert second.next is None
