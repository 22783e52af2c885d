"""A text as the model reads it: where its units stand, and what each is told by."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.names.model.gate import Window, signs, windows
from service.extraction.names.model.units import LONGEST, STOP, Cued, Row, lines, read_units
from service.extraction.names.model.weights import shipped
from service.extraction.names.words import Words
from service.lexicon.name_folding import fold_name

PROSE = st.text(alphabet="王明德說道的在公司銀行總裁，。！（）·． \nABcdé0123《》「」\u3000𠮷", max_size=300)


def read(text: str) -> Row:
    folded = fold_name(text)
    return read_units(text, Words(folded), Cued(folded), 0, len(text))


@given(PROSE)
def test_units_stand_in_the_text_one_behind_the_other(text: str) -> None:
    row = read(text)
    spans = [row.span(number) for number in range(len(row))]
    places = [place for span in spans for place in span]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert len(row) == len(row.forms) == len(row.sorts) == len(row.spots) == len(row.words)


@given(PROSE)
def test_sentences_hold_all_of_a_text_once(text: str) -> None:
    places = list(lines(text))
    assert "".join(text[start:end] for start, end in places) == text
    assert all(end - start <= LONGEST for start, end in places)


def looked_at(text: str, found: tuple[tuple[int, int], ...] = ()) -> list[Window]:
    shut = bytearray(len(text))
    for start, end in found:
        shut[start:end] = b"\x01" * (end - start)
    marks, _ = signs(text, Words(fold_name(text)), shipped(), shut)
    return list(windows(text, marks, [(0, len(text))]))


@given(PROSE)
def test_what_is_looked_at_lies_within_the_text_and_within_a_sentence_each(text: str) -> None:
    found = looked_at(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    assert not any(STOP.search(text, start, end - 1) for start, end, _ in found)


def test_both_scripts_are_read_alike() -> None:
    hant, hans = read("總經理顧遠帆說，雲嶺實業虧損。"), read("总经理顾远帆说，云岭实业亏损。")
    assert (hant.forms, hant.sorts, hant.spots, hant.words) == (hans.forms, hans.sorts, hans.spots, hans.words)
    assert [hant.near(number) for number in range(len(hant))] == [hans.near(number) for number in range(len(hans))]


def test_a_latin_word_is_told_by_its_shape_and_a_chinese_character_by_itself() -> None:
    row = read("問 Quorvex Labs 的顧遠")
    assert row.forms == ["问", "_LC", "_Lc", "的", "顾", "远"]


def test_a_unit_knows_the_cues_beside_it() -> None:
    row = read("總經理顧遠說")
    left, right = row.near(3), row.near(4)
    assert left
    assert "r" in left.left
    assert right
    assert "s" in right.right


PLAIN = "今天天氣很好，我們一起去公園散步，然後回家吃飯，晚上看了一部電影，大家都覺得非常高興。" * 2


def test_a_name_that_the_dictionary_does_not_know_is_looked_at_and_plain_words_are_not() -> None:
    text = PLAIN + "顧遠帆到了。"
    found, name = looked_at(text), text.index("顧遠帆")
    assert any(start <= name and name + 3 <= end for start, end, _ in found)
    assert sum(end - start for start, end, _ in found) < len(text)


def test_a_name_that_is_found_already_is_not_looked_at() -> None:
    name = len(PLAIN)
    assert any(window.end > name for window in looked_at(PLAIN + "顧遠帆到了。"))
    assert not any(window.end > name for window in looked_at(PLAIN + "顧遠帆到了。", ((name, name + 3),)))


@pytest.mark.parametrize(
    ("text", "is_looked_at"),
    [
        ("他們賣給 Quorvex Labs 很多。", True),
        ("客戶：Quorvex、Tallwin 等。", True),
        ("客戶有 Quorvex、Tallwin等。", True),
        ("我們用 Quorvex 打包。", False),
        ("我們用 CPU、GPU，很多。", False),
        ("這是 DataServer，很快。", False),
    ],
)
def test_latin_words_are_looked_at_where_they_are_written_as_names_and_set_off(text: str, is_looked_at: bool) -> None:
    word = re.search("[A-Z]", text)
    assert word
    assert any(start <= word.start() < end for start, end, _ in looked_at(text)) == is_looked_at
