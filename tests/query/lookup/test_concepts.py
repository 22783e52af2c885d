"""What a text speaks of, whatever words and script it uses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.model import Span
from service.query.lookup.concepts import Concept, Named, concepts
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
    assert first == Concept(frozenset({"台积电", "tsmc"}), "tsmc", 3)


def test_latin_forms_stand_as_whole_words() -> None:
    concept = Concept(frozenset({"meta"}))
    assert concept.share_in(fold("Meta 宣布")) == 1
    assert concept.share_in(fold("Metaverse 熱潮")) == 0


def test_a_long_word_is_near_to_one_that_shares_its_parts() -> None:
    assert 0 < Concept(frozenset({"太阳能板"})).share_in("太阳能电池") < 1


@given(st.text(max_size=200))
def test_any_text_has_concepts_that_stand_in_it(text: str) -> None:
    folded = fold(text)
    assert all(any(form in folded for form in concept.forms) for concept in concepts(text, (), ()))
