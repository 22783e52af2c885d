"""What a text speaks of, whatever words and script it uses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model import Span
from service.query.lookup.concept import Concept
from service.query.lookup.concepts import Named, concepts
from service.script import fold


def words(text: str) -> set[str]:
    return set().union(*(concept.forms for concept in concepts(text, (), ())))


def test_words_of_other_regions_and_english_are_one_concept() -> None:
    hant, hans, english = (concepts(text, (), ()) for text in ("資料中心", "数据中心", "data center"))
    assert hant[0].forms == hans[0].forms == english[0].forms


def test_function_words_and_numbers_say_nothing() -> None:
    assert "24" not in words("每天往返 24 班")
    assert not words("的是在了，而且也因為")
    text = "電池容量三成"
    assert concepts(text, (), [Span(4, 6)]) == concepts("電池容量", (), ())


def test_a_name_is_one_concept_with_all_its_forms() -> None:
    named = Named(Span(0, 3), "tsmc", frozenset({"台积电", "tsmc"}))
    (first, *_) = concepts("台積電擴產", [named], ())
    assert first == Concept(frozenset({"台积电", "tsmc"}), "tsmc", named=True)


def test_latin_forms_stand_as_whole_words() -> None:
    concept = Concept(frozenset({"meta"}))
    assert concept.find(fold("Meta 宣布")).share == 1
    assert concept.find(fold("Metaverse 熱潮")).share == 0


@pytest.mark.parametrize("written", ["TeraFab", "TerraFab", "TerraFabs", "Terrafeb"])
def test_a_long_latin_word_may_be_misspelt_by_one_letter(written: str) -> None:
    assert Concept(frozenset({"terrafab"})).find(fold(written)).share > 0.5
    assert Concept(frozenset({"terrafab"})).find("terraform").share == 0


def test_a_long_word_is_near_to_one_that_shares_its_parts() -> None:
    assert 0 < Concept(frozenset({"海底电缆厂"})).find("海底电线").share < 1


def test_words_that_come_close_count_a_little_less() -> None:
    (concept,) = concepts("裁員", (), ())
    assert 0.5 < concept.find("公司资遣了三人").share < 1


def test_the_contrary_is_found_as_such() -> None:
    (concept,) = concepts("便宜", (), ())
    assert concept.find("票价很贵").contrary
    assert not concept.find("票价低廉").contrary


def test_a_word_in_latin_letters_is_a_name_when_it_is_written_like_one() -> None:
    found = {min(one.forms): one.named for one in concepts("渡輪 Zephyria 的 zephyrb", (), ())}
    assert found["zephyria"]
    assert not found["zephyrb"]


@given(st.text(max_size=200))
def test_any_text_has_concepts_that_stand_in_it(text: str) -> None:
    folded = fold(text)
    assert all(concept.find(folded).share == 1 for concept in concepts(text, (), ()))
