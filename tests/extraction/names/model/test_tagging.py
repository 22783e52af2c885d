"""What the model makes of a line, by weights written for the test and by those that are shipped."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.names import model
from service.extraction.names.model.features import features
from service.extraction.names.model.tagging import proposals
from service.extraction.names.model.units import Cued, read_units
from service.extraction.names.model.weights import FILE, SCALE, TAGS, Weights, fingerprint, pack, parse, shipped, unpack
from service.extraction.names.words import Words
from service.lexicon.name_folding import fold_name

LANE = {tag: number for number, tag in enumerate(TAGS)}


def weights(**forms: tuple[str, int]) -> Weights:
    """Weights that say for a character, by itself, how much speaks for a tag; outside everywhere a little."""
    states = {f"u0:{form}": pack([(LANE[tag], worth)]) for form, (tag, worth) in forms.items()}
    states["u-1:^"] = 0
    return Weights(states, {})


def read(text: str, by: Weights) -> list[tuple[str, str, int]]:
    folded = fold_name(text)
    row = read_units(text, Words(folded), Cued(folded), 0, len(text))
    return [(text[row.spans[one.first][0] : row.spans[one.last][1]], one.kind, one.worth) for one in proposals(row, by)]


def test_what_begins_and_ends_is_a_name_and_worth_what_speaks_for_it() -> None:
    by = weights(顾=("BP", 300), 远=("EP", 200))
    assert read("問顧遠的事", by) == [("顧遠", "P", 500)]


def test_what_begins_and_does_not_end_is_no_name() -> None:
    assert read("問顧", weights(顾=("BP", 300))) == []


def test_a_name_does_not_go_on_beyond_a_comma() -> None:
    by = weights(顾=("BP", 300), 远=("EP", 200))
    assert read("顧，遠", by) == []


def test_packed_weights_add_up_lane_by_lane() -> None:
    zero = unpack(sum(1 << (32 * lane + 31) for lane in range(len(TAGS))))[0]
    total = pack([(0, -5), (3, 7)]) + pack([(3, -9), (12, 4)]) + sum(1 << (32 * lane + 31) for lane in range(len(TAGS)))
    assert [worth - zero for worth in unpack(total)] == [-5, 0, 0, -2, 0, 0, 0, 0, 0, 0, 0, 0, 4]


def test_what_a_unit_is_given_is_the_sum_of_its_features() -> None:
    by, text = shipped(), "由雲嶺實業執行長顧遠帆（Gwen Ashdown）宣布，Norvik & Sons 跟進。"
    folded = fold_name(text)
    row = read_units(text, Words(folded), Cued(folded), 0, len(text))
    assert by.scores(row) == [by.total(names) for names in features(row)]


def test_the_shipped_weights_fit_the_features() -> None:
    text = gzip.decompress(files(model).joinpath(FILE).read_bytes()).decode()
    assert text.split("\n", 1)[0] == fingerprint()


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        parse("0123456789ab\nO O 1\nu0:a\t1:2")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("財務長顧遠帆表示，今年不會裁員。", "顧遠帆", "P"),
        ("财务长顾远帆表示，今年不会裁员。", "顾远帆", "P"),
        ("據雲嶺實業公告，工廠下月停工。", "雲嶺實業", "O"),
        ("律師宗政若嵐認為判決太輕。", "宗政若嵐", "P"),
    ],
)
def test_names_that_nobody_listed_are_seen(text: str, name: str, kind: str) -> None:
    assert (name, kind) in [(found, what) for found, what, worth in read(text, shipped()) if worth > SCALE]


@pytest.mark.parametrize("text", ["今天天氣好，我們去散步。", "銀行調高了利率，股市下跌。", "他每天六點起床。"])
def test_a_sentence_without_names_has_none(text: str) -> None:
    assert [one for one in read(text, shipped()) if one[1] in "PO" and one[2] > 2 * SCALE] == []


@given(st.text(alphabet="顧遠帆雲嶺實業王公司說的，。·（） \nABc0", max_size=200))
def test_what_is_proposed_lies_in_the_text_and_does_not_overlap(text: str) -> None:
    folded = fold_name(text)
    row = read_units(text, Words(folded), Cued(folded), 0, len(text))
    last = -1
    for one in proposals(row, shipped()):
        assert last < one.first <= one.last < len(row.forms)
        last = one.last
