"""A list whose bit is not set has no word in a text: what is skipped for it would have found nothing."""

from hypothesis import given
from hypothesis import strategies as st

from service.lexicon import read
from service.model import Span
from service.query.lookup.clauses import Clauses
from service.query.lookup.scan import TABLES, bit, facet_bits, lists_within
from service.query.lookup.vocabulary import stance, stance_words

LISTS = [(table, key) for table in TABLES for key in read("stance.toml")[table]]
WORDS = sorted(
    {word for name in LISTS for word in stance_words(*name)} | {w for *_, group in facet_bits() for w in group.of}
)
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text("水電 a9,。的不", max_size=4)), max_size=6).map("".join)


@given(TEXTS)
def test_what_a_pattern_finds_its_list_is_told_to_hold(folded: str) -> None:
    told = lists_within(folded)
    for name in LISTS:
        assert told & bit(*name) or stance(*name).search(folded) is None, name


@given(TEXTS)
def test_what_a_group_of_facets_finds_it_is_told_to_hold(folded: str) -> None:
    told = lists_within(folded)
    for mask, number, group in facet_bits():
        assert told & mask or group.words.search(folded) is None, number


def test_every_list_has_a_bit_of_its_own() -> None:
    bits = [bit(*name) for name in LISTS] + [mask for mask, *_ in facet_bits()]
    assert sum(bits) == (1 << len(bits)) - 1


def test_a_sentence_without_such_words_holds_of_no_list() -> None:
    assert lists_within("水管") == 0


def test_lone_surrogates_leave_open_what_a_text_holds() -> None:
    broken = chr(0xD800) + "不需要電池"
    assert lists_within(broken) & bit("deny", "words")
    assert Clauses(broken).denies(Span(4, 6))
