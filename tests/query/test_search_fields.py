"""Fields, facets, names said otherwise and names with a slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from service.query.search import search
from service.query.search_fields import _dates
from service.query.search_names import distance
from tests.query.conftest import Corpus


def articles(session: Session, q: str) -> list[str]:
    return [hit.article.id for hit in search(session, q, kind="article").items if hit.article]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("tag:航運", {"a1"}),
        ("tag:航运", {"a1"}),
        ("tag:港口 -tag:航運", {"b2"}),
        ("source:blog", {"a1", "b2", "d4"}),
        ("source:vault", set()),  # a draft
        ("碼頭 source:vault", set()),
        ("script:Hans", {"b2"}),
        ("date:2026", {"a1", "b2"}),
        ("date:2026-02", {"a1"}),
        ("date:2025..2026-01", {"b2", "d4"}),
        ("date:..2025-12-31", {"d4"}),
        ("entity:haifeng", {"a1", "b2"}),
        ("entity:海豐港務 碼頭 -資料中心", {"b2"}),
        ("tag:沒有", set()),
        ("date:soon", set()),
    ],
)
def test_fields_keep_what_has_them(session: Session, q: str, expected: set[str]) -> None:
    assert set(articles(session, q)) == expected


def test_fields_alone_list_the_newest_first(session: Session) -> None:
    assert articles(session, "source:blog") == ["a1", "b2", "d4"]


def test_facets_count_what_was_found(session: Session) -> None:
    facets = search(session, "碼頭", kind="article", counted=True).facets
    assert facets is not None
    assert facets.exact
    assert [(one.value, one.count) for one in facets.tag] == [("港口", 2), ("航運", 1)]
    assert {one.value: one.count for one in facets.script} == {"Hant": 1, "Hans": 1}
    assert [(one.value, one.count) for one in facets.year] == [("2026", 2)]
    assert search(session, "碼頭").facets is None


def test_an_entity_is_found_by_its_other_names(empty: Corpus) -> None:
    empty.source("blog")
    empty.entity("maren-holt", "瑪倫．霍特", en="Maren Holt")
    empty.article("chinese", "甲", "瑪倫．霍特登上燈塔。")
    empty.article("english", "乙", "Maren Holt 修好了燈。")
    assert set(articles(empty.session, "Maren Holt")) == {"chinese", "english"}
    assert set(articles(empty.session, "瑪倫．霍特")) == {"chinese", "english"}


def test_a_latin_name_with_a_slip_is_understood(empty: Corpus) -> None:
    empty.source("blog")
    empty.entity("maren-holt", "Maren Holt")
    empty.article("there", "甲", "Maren Holt 修好了燈。")
    for q in ("Marne", "Maern Holt", "maren hollt"):
        assert articles(empty.session, q) == ["there"], q
    hits = search(empty.session, "maren hollt").items
    assert "maren-holt" in [hit.entity.id for hit in hits if hit.entity]
    assert articles(empty.session, "Warren") == []


def test_a_word_that_stands_somewhere_is_no_slip(empty: Corpus) -> None:
    empty.source("blog")
    empty.entity("maren-holt", "Maren Holt")
    empty.article("there", "甲", "Maren Holt 修好了燈。")
    empty.article("other", "乙", "Marsn 是一艘船。")
    assert articles(empty.session, "marsn") == ["other"]


def test_a_name_is_offered_where_others_slipped_as_well(empty: Corpus) -> None:
    empty.source("blog")
    empty.entity("harbor", "Harborline", kind="product")
    empty.article("right", "甲", "Harborline 出了新版。")
    empty.article("slipped", "乙", "Harbourline 不好裝。")
    hits = search(empty.session, "harbourline").items
    assert {hit.article.id if hit.article else hit.entity and hit.entity.id for hit in hits} == {"slipped", "harbor"}
    for number in range(4):
        empty.article(f"many-{number}", "丙", "Harbourline 是另一家。")
    assert all(hit.entity is None for hit in search(empty.session, "harbourline").items)


def test_a_latin_word_finds_what_it_begins(empty: Corpus) -> None:
    empty.source("blog")
    empty.article("many", "甲", "Cranes 與燈塔。")
    assert articles(empty.session, "crane") == ["many"]


def test_a_snippet_is_the_sentence_around_the_hit(empty: Corpus) -> None:
    empty.source("blog")
    empty.article("one", "甲", "海風很大。燈塔的燈滅了，沒有人知道！船都停了。")
    (hit,) = search(empty.session, "沒有人", kind="article").items
    assert [place.text for place in hit.highlights] == ["燈塔的燈滅了，沒有人知道！"]


@given(
    st.dates().map(str),
    st.integers(1900, 2100).map(str) | st.dates().map(str),
    st.integers(1900, 2100).map(str) | st.dates().map(lambda day: str(day)[:7]),
)
def test_a_range_of_dates_holds_the_days_between_its_ends(day: str, since: str, until: str) -> None:
    inside = day[: len(since)] >= since and day[: len(until)] <= until and "1900" <= day[:4] <= "2100"
    parts = _dates(f"{since}..{until}")
    assert any(day.startswith(part) for part in parts) is inside
    assert len(parts) < 400


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_steps_between_words_are_the_same_in_either_direction(one: str, other: str) -> None:
    steps = distance(one, other, 6)
    assert steps == distance(other, one, 6)
    assert (steps == 0) is (one == other)
    assert steps >= abs(len(one) - len(other))
