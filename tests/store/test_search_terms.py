"""What the search index holds of an article, and how much each term says of it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.script import fold
from service.store.search_terms import LEVELS, article_levels, field_term, text_terms


def article(text: str = "", title: str = "燈塔", tags: tuple[str, ...] = (), **values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": "a",
        "path": "posts/a.md",
        "source": "blog",
        "script": "Hant",
        "published": None,
        "categories": [],
    }
    return row | {"title": title, "tags": list(tags), "folded": fold(f"{title}\n\n{text}")} | values


def test_characters_pairs_words_and_numbers_are_terms() -> None:
    assert set(text_terms("港口 gb300，3,400 张")) == {"港", "口", "港口", "gb300", "3400", "张"}


@given(st.text(alphabet="港口码头ab1 。", max_size=60))
def test_every_run_of_one_or_two_characters_is_a_term(text: str) -> None:
    found = text_terms(text)
    for start in range(len(text) - 1):
        pair = text[start : start + 2]
        if all("\u4e00" <= character <= "\u9fff" for character in pair):
            assert {pair, *pair} <= found.keys()


@given(st.text(max_size=300))
def test_levels_run_from_1_to_15(text: str) -> None:
    assert all(1 <= level <= LEVELS for level in article_levels(article(text)).values())


def test_a_title_says_more_than_a_tag_and_a_tag_more_than_the_text() -> None:
    filler = "海浪拍岸，" * 40
    levels = [
        article_levels(article(f"{filler}起重機{filler}", **where))["起重"]
        for where in ({}, {"tags": ("起重機",)}, {"title": "起重機"})
    ]
    assert levels == sorted(set(levels))


def test_a_word_of_a_short_post_says_more_than_of_a_long_one() -> None:
    assert (
        article_levels(article("起重機" + "海浪" * 20))["起重"]
        > article_levels(article("起重機" + "海浪" * 3000))["起重"]
    )


def test_a_page_that_heads_a_section_has_lower_levels() -> None:
    filler = "海浪拍岸，" * 40
    heading, post = article_levels(article(filler, path="posts/_index.md")), article_levels(article(filler))
    assert heading["海浪"] < post["海浪"]


def test_fields_are_terms_in_either_script() -> None:
    found = article_levels(article(tags=("航運",), published="2026-02-03T09:00:00+08:00"))
    assert {"source=blog", "script=hant", "tag=航运", "date=2026", "date=2026-02", "date=2026-02-03"} <= found.keys()
    assert field_term("tag", "航运") == field_term("tag", "航運\n")


def test_a_tag_is_found_as_a_word_though_the_text_lacks_it() -> None:
    assert "航运" in article_levels(article("燈塔", tags=("航運",)))


def test_levels_do_not_depend_on_the_script() -> None:
    one, other = article_levels(article("碼頭起重機")), article_levels(article("码头起重机"))
    assert one == other
