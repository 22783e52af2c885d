"""The loader and matcher of names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import LexiconError
from service.lexicon.names import LexiconName, Strength, fold_name, lookup, parse, query_names, scan
from service.model import EntityKind


def test_weak_forms_are_weak_wherever_else_they_stand() -> None:
    entry = LexiconName(
        "plum", EntityKind.COMPANY, en=("Plum Inc.", "Plum"), hant=("李子",), ambiguous=("Plum", "李子")
    )
    assert dict(entry.forms()) == {"Plum": Strength.AMBIGUOUS, "李子": Strength.AMBIGUOUS, "Plum Inc.": Strength.FULL}


@pytest.mark.parametrize(
    "record",
    [
        {"en": ["Nobody"]},
        {"id": "nobody"},
        {"id": "nobody", "en": "Nobody"},
        {"id": "nobody", "en": ["Nobody"], "short": [1]},
    ],
)
def test_a_faulty_entry_is_reported(record: dict[str, object]) -> None:
    with pytest.raises(LexiconError, match=r"test\.toml"):
        list(parse({"person": [record]}, EntityKind.PERSON, "test.toml"))


@given(st.text(alphabet="馬．斯克・A.b’ \n\uff21", max_size=30))
def test_folding_a_name_keeps_every_offset(text: str) -> None:
    assert len(fold_name(text)) == len(text)


@given(st.text(alphabet="馬斯克台積電OpenAI MetaX.-黃仁勳", max_size=40))
def test_hits_are_in_order_and_do_not_overlap(text: str) -> None:
    spans = [hit.span for hit in scan(text)]
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_the_longest_form_wins() -> None:
    assert [hit.bearers[0].entry.id for hit in scan("Google DeepMind")] == ["google-deepmind"]


def test_a_slug_is_looked_up_as_an_id() -> None:
    assert [bearer.entry.id for bearer in lookup("jensen-huang")] == ["jensen-huang"]
    assert lookup("jensen-huang-and-friends") == ()


def test_a_query_may_use_tickers_and_weak_forms_in_any_case() -> None:
    assert {ident for ident, _, _ in query_names("TSM")} == {"tsmc"}
    assert {ident for ident, _, _ in query_names("2330 營收")} == {"tsmc"}
    assert {ident for ident, _, _ in query_names("apple")} == {"apple"}
    assert {ident for ident, _, _ in query_names("苹果")} == {"apple"}


def test_a_number_in_a_query_is_no_ticker() -> None:
    assert query_names("產能 2330 萬片") == ()


def test_a_query_gives_what_it_names_where_it_stands() -> None:
    text = "黃仁勳和台積電"
    assert [(ident, text[slice(*span)]) for ident, _, span in query_names(text)] == [
        ("jensen-huang", "黃仁勳"),
        ("tsmc", "台積電"),
    ]
