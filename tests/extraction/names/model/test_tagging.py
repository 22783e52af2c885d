"""What the model makes of a line, by weights written for the test and by those that are shipped."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.names import model
from service.extraction.names.model.features import features
from service.extraction.names.model.steps import TAGS
from service.extraction.names.model.tagging import proposals
from service.extraction.names.model.units import Cued, read_units
from service.extraction.names.model.weights import (
    FILE,
    SCALE,
    Weights,
    fingerprint,
    pack,
    parse,
    serialized,
    shipped,
    unpack,
)
from service.extraction.names.words import Words
from service.lexicon.name_folding import fold_name


def weights(**forms: tuple[str, int]) -> Weights:
    """Weights that say for a character, by itself, how much speaks for a tag; outside everywhere a little."""
    states = {f"u0:{form}": pack([worth if tag == one else 0 for one in TAGS]) for form, (tag, worth) in forms.items()}
    return Weights(states, {})


def read(text: str, by: Weights) -> list[tuple[str, str, int]]:
    folded = fold_name(text)
    row = read_units(text, Words(folded), Cued(folded), 0, len(text))
    return [(text[row.span(one.first)[0] : row.span(one.last)[1]], one.kind, one.worth) for one in proposals(row, by)]


def test_what_begins_and_ends_is_a_name_and_worth_what_speaks_for_it() -> None:
    by = weights(顾=("BP", 300), 远=("EP", 200))
    assert read("問顧遠的事", by) == [("顧遠", "P", 500)]


def test_what_begins_and_does_not_end_is_no_name() -> None:
    assert read("問顧", weights(顾=("BP", 300))) == []


def test_a_name_does_not_go_on_beyond_a_comma() -> None:
    by = weights(顾=("BP", 300), 远=("EP", 200))
    assert read("顧，遠", by) == []


def of_nothing(by: Weights) -> int:
    return by.total([])[0]


@given(st.lists(st.lists(st.integers(-300, 300), min_size=len(TAGS), max_size=len(TAGS)), min_size=1, max_size=30))
def test_packed_weights_add_up_tag_by_tag_compared_with_no_name(features_of: list[list[int]]) -> None:
    by = Weights({f"x:{number}": pack(weights) for number, weights in enumerate(features_of)}, {})
    found = by.total(f"x:{number}" for number in range(len(features_of)))
    sums = [sum(weights[tag] - weights[0] for weights in features_of) for tag in range(len(TAGS))]
    assert [worth - of_nothing(by) for worth in found] == sums


def test_what_a_unit_is_given_is_the_sum_of_its_features() -> None:
    states, follows = parse(packed())
    by, text = Weights(states, follows), "由雲嶺實業執行長顧遠帆（Gwen Ashdown）宣布，Norvik & Sons 跟進。"
    folded = fold_name(text)
    row = read_units(text, Words(folded), Cued(folded), 0, len(text))
    sums = [by.total(names) for names in features(row)]
    assert len(by.scores(row)) > len("雲嶺實業顧遠帆")
    assert all(sums[place] == found for place, found in by.scores(row))


def packed() -> bytes:
    return gzip.decompress(files(model).joinpath(FILE).read_bytes())


def test_the_shipped_weights_fit_the_features() -> None:
    assert packed().split(b"\n", 1)[0].decode() == fingerprint()


def test_no_sum_of_the_shipped_weights_runs_over_into_the_next_lane() -> None:
    states, _ = parse(packed())
    groups: dict[str, int] = {}
    none = Weights({}, {}).packed([])
    zero = unpack(none)[0]
    for name, worth in states.items():
        group = name.partition(":")[0]
        most = max([abs(of - zero) for of in unpack(none + worth)])
        groups[group] = max(groups.get(group, 0), most)
    assert sum(groups.values()) < 1 << 14


def test_weights_of_other_features_are_refused() -> None:
    data = serialized({"u0:a": 1}, {("O", "O"): 1})
    assert parse(data) == ({"u0:a": 1}, {("O", "O"): 1})
    with pytest.raises(ValueError, match="other features"):
        parse(b"0123456789ab" + data[len("0123456789ab") :])


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
        assert last < one.first <= one.last < len(row)
        last = one.last
