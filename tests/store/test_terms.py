"""Terms are the same in both scripts, and tell articles apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.script import fold
from service.store.terms import distinctive, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("數據庫", ("数据", "据库")),
        ("茶", ()),
        ("Deep Sea 探勘", ("deep", "sea", "探勘")),
        ("第7代iPhone", ("7", "iphone")),
        ("成本3.5元，共1,250噸", ("成本", "3.5", "1250")),
        ("ＡＢＣ公司", ("abc", "公司")),
        ("一天。二天", ("一天", "二天")),
        ("snake_case!", ("snake", "case")),
        ("", ()),
    ],
)
def test_text_is_taken_apart(text: str, expected: tuple[str, ...]) -> None:
    assert terms(text) == expected


def test_both_scripts_have_the_same_terms() -> None:
    assert terms("電動車的電池工廠") == terms("电动车的电池工厂")


def test_a_word_that_is_no_word_is_cut() -> None:
    assert len(terms("x" * 5000)[0]) < 100


@given(st.text())
def test_folding_first_makes_no_difference(text: str) -> None:
    assert terms(fold(text)) == terms(text)


@given(st.text(), st.text())
def test_lines_are_taken_apart_each_on_its_own(first: str, second: str) -> None:
    assert terms(f"{first}\n{second}") == terms(first) + terms(second)


@given(st.text())
def test_no_term_is_blank_or_overlong(text: str) -> None:
    assert all(term.strip() and len(term) <= 40 for term in terms(text))


def test_titles_and_tags_count_for_more_than_prose() -> None:
    counts = distinctive("碼頭碼頭碼頭 起重機", "起重機")
    assert counts["起重"] > counts["码头"]


def test_words_of_any_text_tell_nothing() -> None:
    assert set(distinctive("因為燈塔的光 because of the 2026 lighthouse", "")) == {
        "为灯",
        "灯塔",
        "because",
        "lighthouse",
    }


def test_an_article_has_at_most_64_terms_the_most_frequent_first() -> None:
    text = " ".join(f"word{chr(97 + number % 26)}{chr(97 + number // 26)} " * (number + 1) for number in range(100))
    counts = list(distinctive(text, "").values())
    assert len(counts) == 64
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == 100


def test_texts_in_the_words_of_two_regions_share_what_tells_them() -> None:
    taiwan, mainland = distinctive("資料中心的晶片", ""), distinctive("数据中心的芯片", "")
    assert {"数据", "据中", "芯片"} <= taiwan.keys() & mainland.keys()
