"""Proposals are held against the post: what is not there in these very characters is dropped."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction import extract
from service.model import Document, Extraction, Figure, Mention
from service.proposing.failures import ProposalError
from service.proposing.grounding import Grounded, ground
from service.proposing.replies import reply_of
from service.reading import read_plain

TEXT = "白塔渡口的帳目很亂。阿蘿姐說渡口去年虧了三百萬元。阿蘿姐在岸邊。渡口的員工有 40 人。"


def _grounded(text: str, *, rules: bool = False, **said: Any) -> Grounded:
    """Hold proposals against a text in which the rules found nothing but its claims."""
    document = read_plain(text)
    found = extract(document)
    bare = [replace(claim, speaker=None, mentions=(), figures=()) for claim in found.claims]
    known = found if rules else Extraction((), (), (), (), tuple(bare))
    return ground(document, known, reply_of(json.dumps(said)))


def _reasons(text: str, **said: Any) -> list[str | None]:
    return [one.dropped for one in _grounded(text, **said).proposals]


def test_a_name_that_is_quoted_is_taken_and_marked() -> None:
    found = _grounded(TEXT, mentions=[{"quote": "白塔渡口", "kind": "organization"}])
    (mention,) = [one for one in found.extraction.mentions if one.method == "proposed"]
    assert (mention.surface, mention.kind, mention.span) == ("白塔渡口", "organization", (0, 4))
    assert [one for one in found.extraction.claims if mention in one.mentions] == [
        one for one in found.extraction.claims if one.span.holds(mention.span)
    ]


@pytest.mark.parametrize(
    ("mention", "reason"),
    [
        ({"quote": "白塔碼頭", "kind": "company"}, "not in the text"),
        ({"quote": "白塔渡口的账目", "kind": "company"}, "not in the text"),
        ({"quote": "渡口", "kind": "company"}, "several times in the text, and it does not say which"),
        ({"quote": "渡口", "occurrence": 9, "kind": "company"}, "not so often in the text"),
        ({"quote": "。", "occurrence": 1, "kind": "person"}, "no name"),
    ],
)
def test_a_name_that_is_not_there_is_dropped(mention: dict[str, Any], reason: str) -> None:
    assert _reasons(TEXT, mentions=[mention]) == [reason]


def test_which_of_several_places_is_meant_can_be_told() -> None:
    found = _grounded(TEXT, mentions=[{"quote": "阿蘿姐", "occurrence": 2, "kind": "person"}])
    (proposal,) = found.proposals
    assert proposal.span is not None
    assert (proposal.dropped, proposal.span.start) == (None, TEXT.rindex("阿蘿姐"))


def test_a_part_of_a_latin_word_is_no_name() -> None:
    assert _reasons("他在 Teahouse 喝茶。", mentions=[{"quote": "Tea", "kind": "company"}]) == ["part of a longer word"]


def test_what_the_rules_found_stays_as_it_is() -> None:
    text = "台積電去年的產量是 40 萬片。"
    before = extract(read_plain(text))
    found = _grounded(
        text,
        rules=True,
        mentions=[{"quote": "台積電", "kind": "person"}, {"quote": "積電去年", "kind": "person"}],
        figures=[{"quote": "40 萬片"}, {"quote": "40 萬"}],
    )
    assert [one.dropped for one in found.proposals] == ["found already"] * 4
    assert found.extraction == before


def test_what_a_figure_amounts_to_is_read_by_the_rules() -> None:
    document = read_plain("水價是每度十二元五角。")
    bare = Extraction((), (), (), (), ())
    found = ground(document, bare, reply_of(json.dumps({"figures": [{"quote": "十二元五角"}, {"quote": "水價"}]})))
    (figure,) = found.extraction.figures
    assert (figure.origin, float(figure.quantity.low)) == ("proposed", 12.5)
    assert [one.dropped for one in found.proposals] == [None, "no number with a unit"]


def test_a_speaker_is_given_to_a_claim_that_has_none() -> None:
    text = "王曉棠站在岸邊。渡口去年虧了三百萬元。"
    document = read_plain(text)
    rules = extract(document)
    claim = next(one for one in rules.claims if one.surface.startswith("渡口去年"))
    assert claim.speaker is None
    said = {
        "mentions": [{"quote": "王曉棠", "kind": "person"}],
        "speakers": [{"claim": "渡口去年虧了三百萬元。", "speaker": "王曉棠"}],
    }
    found = ground(document, rules, reply_of(json.dumps(said)))
    (changed,) = [one for one in found.extraction.claims if one.span == claim.span]
    assert changed.speaker is not None
    assert (changed.speaker.surface, changed.speaker_origin) == ("王曉棠", "proposed")
    again = ground(document, found.extraction, reply_of(json.dumps(said)))
    assert [one.dropped for one in again.proposals] == ["found already"] * 2


@pytest.mark.parametrize(
    ("speaker", "reason"),
    [
        ({"claim": "渡口去年賺了三百萬元。", "speaker": "王曉棠"}, "not in the text"),
        ({"claim": "渡口去年虧了三百萬元。", "speaker": "岸邊"}, "the speaker is no name that was found"),
        ({"claim": "渡口去年虧了三百萬元。", "speaker": "張三"}, "not in the text"),
    ],
)
def test_a_speaker_that_nobody_named_is_dropped(speaker: dict[str, Any], reason: str) -> None:
    assert _reasons("王曉棠站在岸邊。渡口去年虧了三百萬元。", speakers=[speaker]) == [reason]


def test_code_holds_no_names() -> None:
    document = read_plain("用 `阿蘿姐` 這個變數。")
    found = ground(document, extract(document), reply_of('{"mentions": [{"quote": "阿蘿姐", "kind": "person"}]}'))
    assert all(one.method != "proposed" for one in found.extraction.mentions) or not document.code


@pytest.mark.parametrize("content", ["", "no", "[]", "3", '{"mentions": ', "```json\nno\n```", "[" * 100_000])
def test_what_is_no_json_object_is_a_failure(content: str) -> None:
    with pytest.raises(ProposalError) as raised:
        reply_of(content)
    assert raised.value.kind == "malformed"


def test_an_object_in_a_fence_is_one() -> None:
    assert reply_of('```json\n{"figures": [{"quote": "三成"}]}\n```').figures[0].quote == "三成"


def test_items_of_another_form_are_counted_and_left_out() -> None:
    said = [{"quote": "茶", "kind": "drink"}, {"quote": "", "kind": "person"}, 3, {"quote": "茶", "kind": "person"}]
    reply = reply_of(json.dumps({"mentions": said, "figures": "all", "orders": ["rm -rf"]}))
    assert (len(reply.mentions), reply.unreadable) == (1, 3)


_QUOTES = st.text(alphabet="白塔渡口阿蘿姐 40人。三百萬元", max_size=8)
_SAID = st.fixed_dictionaries(
    {
        "mentions": st.lists(st.fixed_dictionaries({"quote": _QUOTES, "kind": st.just("person")}), max_size=6),
        "figures": st.lists(st.fixed_dictionaries({"quote": _QUOTES, "occurrence": st.integers(0, 3)}), max_size=6),
        "speakers": st.lists(st.fixed_dictionaries({"claim": _QUOTES, "speaker": _QUOTES}), max_size=6),
    }
)
_DOCUMENT: Document = read_plain(TEXT)
_RULES: Extraction = extract(_DOCUMENT)


@given(_SAID)
def test_whatever_is_proposed_every_fact_is_a_slice_and_the_rules_stay(said: dict[str, Any]) -> None:
    found = ground(_DOCUMENT, _RULES, reply_of(json.dumps(said)))
    extraction = found.extraction
    facts: list[Mention | Figure] = [*extraction.mentions, *extraction.figures]
    for fact in facts:
        assert _DOCUMENT.slice(fact.span) == fact.surface
    assert set(_RULES.mentions) <= set(extraction.mentions)
    assert set(_RULES.figures) <= set(extraction.figures)
    assert [claim.span for claim in extraction.claims] == [claim.span for claim in _RULES.claims]
    spans = sorted(one.span for one in extraction.figures)
    assert all(one.end <= other.start for one, other in pairwise(spans))
