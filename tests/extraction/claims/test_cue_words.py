from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.claims.cue_words import Scan, bits, finder

_CUED = st.lists(
    st.sampled_from(
        [*"说会将不可能要了过计划的是认为，。", "小说", "说明书", "将近", "社会", "不可能", "可能性", "出版社", "我们"]
    ),
    max_size=30,
).map("".join)
_SCANNED = [("verbs", "say"), ("verbs", "think"), ("moods", "modal"), ("moods", "past"), ("negation", "words")]


@pytest.mark.parametrize(("section", "key"), _SCANNED)
@given(text=_CUED)
def test_what_one_pass_over_a_text_finds_is_what_a_search_for_one_list_finds(section: str, key: str, text: str) -> None:
    found, cues = finder(section, key), Scan(text).cues(0, len(text))
    assert found.hits(cues) == found.find(text)
    assert found.among(cues) == found.within(text)


def test_a_word_within_a_longer_one_that_cues_nothing_is_passed_over() -> None:
    assert [hit.at for hit in finder("verbs", "say").find("他写小说，也说书。")] == [6]


def test_the_cues_of_a_stretch_are_those_that_stand_in_it() -> None:
    text = "她说好。书店将关。"
    scan = Scan(text)
    assert finder("verbs", "say").hits(scan.cues(4, len(text))) == []
    assert [hit.word for hit in finder("moods", "prediction_held").hits(scan.cues(4, len(text)))] == ["将"]


def test_a_stretch_without_any_word_of_a_list_has_none_of_its_bits() -> None:
    assert not Scan("桥很长。").cues(0, 4).mask & bits("verbs", "say")
    assert Scan("他说桥很长。").cues(0, 6).mask & bits("verbs", "say")
