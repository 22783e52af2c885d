"""Ids depend on what they identify and on nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Dialect, Site, Source
from service.store.ids import article_id, claim_id, content_hash, figure_id, normalised, occurrences

SOURCE = Source("posts/a.md", "內文")
SITE = Site("blog", Dialect.HUGO, "https://blog.example/", {"posts": "/:year/:slug/"}, "zh-TW", "Asia/Taipei")


def test_ids_stay_as_they_are() -> None:
    assert article_id("blog", "posts/a.md") == "f55b44c41731ebe1"


@given(st.text(), st.text(), st.integers(0, 9))
def test_ids_are_sixteen_hexadecimal_digits(first: str, second: str, number: int) -> None:
    for identifier in (article_id(first, second), claim_id(first, second, number), figure_id(first, second, number)):
        assert re.fullmatch("[0-9a-f]{16}", identifier)


def test_the_border_between_source_and_path_counts() -> None:
    assert article_id("blog/a", "b.md") != article_id("blog", "a/b.md")


def test_a_half_surrogate_pair_is_no_obstacle() -> None:
    assert article_id("blog", "\ud800.md") != article_id("blog", "\ud801.md")


@pytest.mark.parametrize("other", ["產量會加倍", "产量会加倍。", " 產量 會加倍！", "「產量會加倍」"])
def test_script_space_and_punctuation_make_no_other_claim(other: str) -> None:
    assert claim_id("a", other, 0) == claim_id("a", "產量會加倍。", 0)


def test_article_wording_and_occurrence_make_another_claim() -> None:
    ids = {claim_id("a", "加倍", 0), claim_id("b", "加倍", 0), claim_id("a", "減半", 0), claim_id("a", "加倍", 1)}
    assert len(ids) == 4


def test_a_figure_and_a_claim_of_the_same_words_differ() -> None:
    assert figure_id("a", "三成", 0) != claim_id("a", "三成", 0)


def test_a_text_of_punctuation_only_is_kept_apart() -> None:
    assert normalised("？！") != normalised("。。")


def test_repeated_wordings_are_numbered() -> None:
    assert occurrences(["三家", "兩家", "三 家", "三家"]) == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("source", "site", "version"),
    [
        (replace(SOURCE, text="另文"), SITE, "1"),
        (replace(SOURCE, path="posts/b.md"), SITE, "1"),
        (SOURCE, replace(SITE, dialect=None), "1"),
        (SOURCE, replace(SITE, base_url=None), "1"),
        (SOURCE, replace(SITE, permalinks={}), "1"),
        (SOURCE, replace(SITE, language="zh-CN"), "1"),
        (SOURCE, replace(SITE, timezone=None), "1"),
        (SOURCE, SITE, "2"),
    ],
)
def test_the_hash_depends_on_all_that_rows_depend_on(source: Source, site: Site, version: str) -> None:
    assert content_hash(source, site, version) != content_hash(SOURCE, SITE, "1")


def test_the_order_of_permalinks_makes_no_difference() -> None:
    one, other = {"posts": "/a/", "news": "/b/"}, {"news": "/b/", "posts": "/a/"}
    assert content_hash(SOURCE, replace(SITE, permalinks=one), "1") == content_hash(
        SOURCE, replace(SITE, permalinks=other), "1"
    )
