from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from service.query.answers import SearchHit
from service.query.highlights import spans
from service.query.search import search
from tests.query.conftest import Corpus


def ids(hits: list[SearchHit]) -> list[str]:
    return [one.id for hit in hits if (one := hit.article or hit.entity or hit.claim)]


def test_articles_entities_and_claims_are_found_at_once(session: Session) -> None:
    hits = search(session, "海豐港務").items
    assert ids(hits)[0] == "haifeng"
    assert {hit.kind for hit in hits} == {"entity", "article", "claim"}


def test_the_script_of_the_query_makes_no_difference(session: Session) -> None:
    assert search(session, "海豐港務 碼頭").items == search(session, "海丰港务 码头").items != []


def test_a_kind_keeps_only_its_hits(session: Session) -> None:
    assert ids(search(session, "碼頭", kind="claim").items) == ["claim1", "claim3"]


def test_a_title_outranks_the_body(session: Session) -> None:
    assert ids(search(session, "码头", kind="article").items) == ["b2", "a1"]


@pytest.mark.parametrize("asked", ["燈塔", "x", '"一句話"', "燈塔 -海浪", "tag:港口 燈塔"])
def test_where_nothing_is_stored_nothing_is_found(empty: Corpus, asked: str) -> None:
    found = search(empty.session, asked)
    assert (ids(found.items), found.total) == ([], 0)


def test_more_hits_outrank_fewer(empty: Corpus) -> None:
    empty.source("blog")
    empty.article("few", "甲", "燈塔在遠方。")
    empty.article("many", "乙", "燈塔、燈塔，又是燈塔。")
    assert ids(search(empty.session, "燈塔", kind="article").items) == ["many", "few"]


def test_rarer_words_outrank_common_ones(empty: Corpus) -> None:
    empty.source("blog")
    for number in range(6):
        empty.article(f"filler{number}", "丙", "海浪聲。")
    empty.article("common", "海浪之書", "海浪，燈塔。")
    empty.article("rare", "燈塔之書", "燈塔，海浪。")
    assert ids(search(empty.session, "海浪 燈塔", kind="article").items) == ["rare", "common"]


def test_an_exact_name_outranks_a_longer_one(corpus: Corpus) -> None:
    corpus.entity("north", "青川北站", kind="place")
    corpus.entity("old", "老青川", kind="place")
    assert ids(search(corpus.session, "青川", kind="entity").items) == ["qingchuan", "north", "old"]


def test_words_of_other_regions_are_found(session: Session) -> None:
    (hit,) = search(session, "数据中心").items
    assert hit.article is not None
    assert hit.article.id == "a1"
    assert [place.text[-12:] for place in hit.highlights] == ["港口的資料中心也停了。"[-12:]]


def test_highlights_stand_in_the_original_text(corpus: Corpus) -> None:
    for hit in search(corpus.session, "码头").items:
        article = hit.article.id if hit.article else hit.claim.article.id if hit.claim else ""
        assert hit.highlights
        for place in hit.highlights:
            assert corpus.texts[article][place.start : place.end] in ("碼頭", "码头")


@pytest.mark.parametrize("q", ["数据中心 港口", "資料中心 港口"])
def test_hits_are_set_off_however_they_are_written_and_all_of_one_sentence_together(session: Session, q: str) -> None:
    (hit,) = search(session, q, kind="article").items
    assert all("".join(place.parts) == place.text for place in hit.highlights)
    assert [place.parts[1::2] for place in hit.highlights][-1] == ["港口", "資料中心"]


def test_highlights_tell_the_line(session: Session) -> None:
    (hit,) = search(session, "吞吐", kind="article").items
    assert [place.line for place in hit.highlights] == [6]
    (other,) = search(session, "酵母", kind="article").items
    assert [place.line for place in other.highlights] == [6]


def test_hits_are_paged(session: Session) -> None:
    whole = search(session, "碼頭")
    seen: list[SearchHit] = []
    cursor: str | None = None
    for _ in range(len(whole.items)):
        page = search(session, "碼頭", limit=1, cursor=cursor)
        seen += page.items
        cursor = page.next
    assert seen == whole.items
    assert cursor is None


@pytest.mark.parametrize("q", ["", "   ", "\x00", "\u3000", "，。！？", "%", "「」——…", "- _ /"])
def test_nothing_is_found_for_nothing(session: Session, q: str) -> None:
    assert search(session, q).items == []


@pytest.mark.parametrize("q", ["%", "_", "'", "\\", "座", "a" * 5000, "% _ ' \\ 三 五 七 九 十"])
def test_odd_queries_do_no_harm(session: Session, q: str) -> None:
    assert all(0 <= hit.score <= 1 for hit in search(session, q).items)


def test_one_character_finds_claims(session: Session) -> None:
    assert ids(search(session, "買", kind="claim").items) == ["claim2"]


@given(st.text("港口碼 "), st.lists(st.tuples(st.text("港口碼", min_size=1, max_size=3)), max_size=3))
def test_highlighted_spans_hold_the_words_and_never_overlap(text: str, words: list[tuple[str, ...]]) -> None:
    found = spans(text, words)
    assert all((text[start:end],) in words for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


def test_punctuation_parts_words_and_is_none(session: Session) -> None:
    assert search(session, "碼頭，吞吐？").items == search(session, "碼頭 吞吐").items != []


@pytest.mark.parametrize("q", ["林若溪覺得碼頭明年會吞吐多少萬噸？", "林若溪觉得码头明年会吞吐多少万吨？"])
def test_a_sentence_finds_what_it_is_about(session: Session, q: str) -> None:
    assert ids(search(session, q, kind="claim").items)[0] == "claim1"


def test_where_nothing_holds_all_words_most_of_them_will_do(session: Session) -> None:
    assert ids(search(session, "碼頭 吞吐 彩虹魚", kind="article").items) == ["a1"]
    assert search(session, "碼頭 彩虹魚 獨角獸 月光石", kind="article").items == []


def test_words_that_nothing_holds_do_not_hide_what_a_rare_word_finds(empty: Corpus) -> None:
    empty.source("blog")
    for number in range(6):
        empty.article(f"filler{number}", "丙", "海浪聲。")
    empty.article("rare", "燈塔之書", "燈塔與海浪。")
    assert ids(search(empty.session, "燈塔 彩虹魚 月光石", kind="article").items) == ["rare"]
    assert search(empty.session, "海浪 彩虹魚 月光石", kind="article").items == []


def test_a_short_latin_word_is_looked_for_as_a_whole(empty: Corpus) -> None:
    empty.source("blog")
    empty.article("whole", "甲", "燈塔用 AI 看守。")
    empty.article("part", "乙", "燈塔說 said 與 main。")
    empty.article("counted", "丙", "燈塔用 AI2 看守。")
    found = search(empty.session, "ai", kind="article").items
    assert set(ids(found)) == {"whole", "counted"}
    assert [place.end - place.start for hit in found for place in hit.highlights] == [2, 2]


def test_an_entity_named_among_other_words_is_found(session: Session) -> None:
    assert "haifeng" in ids(search(session, "海丰港务 码头").items)


def test_a_hit_has_a_place_of_each_word_and_never_very_many(session: Session) -> None:
    for hit in search(session, "林若溪 碼頭 吞吐 港口 停").items:
        assert len(hit.highlights) <= 8
        assert all(before.end <= after.start for before, after in pairwise(hit.highlights))
    (hit,) = search(session, "林若溪 預計 碼頭 吞吐", kind="claim").items
    assert len(hit.highlights) == 4


@pytest.mark.parametrize("asked", ["燈塔", "燈塔 守夜人", "tag:海", "source:blog", "-海浪 燈塔"])
def test_nothing_is_found_in_a_draft(empty: Corpus, asked: str) -> None:
    empty.source("blog")
    for number in range(3):
        empty.article(f"p{number}", "燈塔", f"守夜人住在燈塔裡，第 {number} 天。", ("海",))
    empty.article("draft", "燈塔", "守夜人住在燈塔裡。", ("海",), draft=True)
    empty.claim("said", "draft", "守夜人住在燈塔裡。")
    found = search(empty.session, asked, counted=True)
    assert sorted(ids(found.items)) == ["p0", "p1", "p2"]
    assert found.total == 3
    assert found.facets is not None
    assert [(one.value, one.count) for one in found.facets.tag] == [("海", 3)]
