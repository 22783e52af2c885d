"""Postings come back as they were written, alone and merged with others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.store.search_postings import Part, add, blank, decoded, encode, entry, merged

SLOTS = 256
Levels = dict[int, int]
few = st.dictionaries(st.integers(0, SLOTS - 1), st.integers(1, 15), max_size=20)
many = st.dictionaries(st.integers(0, SLOTS - 1), st.integers(1, 15), min_size=70, max_size=SLOTS)
postings = st.one_of(few, many)


def written(levels: Levels, slots: int = SLOTS) -> bytes:
    return encode(b"".join(entry(slot, level) for slot, level in levels.items()), slots)


@given(postings)
def test_what_is_written_is_read_again(levels: Levels) -> None:
    assert dict(decoded(written(levels), SLOTS)) == levels


@given(postings, st.integers(0, 5))
def test_bitmaps_hold_the_binary_digits_of_levels(levels: Levels, place: int) -> None:
    planes = blank(8 * SLOTS)
    add(planes, written(levels), place * SLOTS, SLOTS)
    digits = [int.from_bytes(plane, "little") for plane in planes]
    found = {slot: sum((digit >> place * SLOTS + slot & 1) << n for n, digit in enumerate(digits)) for slot in levels}
    assert found == levels
    assert (digits[0] | digits[1] | digits[2] | digits[3]).bit_count() == len(levels)


@given(st.lists(st.tuples(postings, st.one_of(st.none(), st.integers(0, (1 << SLOTS) - 1))), min_size=1, max_size=4))
def test_merged_postings_hold_those_of_all_that_live(each: list[tuple[Levels, int | None]]) -> None:
    parts = [Part(written(levels), n * SLOTS, SLOTS, live) for n, (levels, live) in enumerate(each) if levels]
    wanted = {
        n * SLOTS + slot: level
        for n, (levels, live) in enumerate(each)
        for slot, level in levels.items()
        if live is None or live >> slot & 1
    }
    data = merged(parts, len(each) * SLOTS)
    assert (dict(decoded(data, len(each) * SLOTS)) if data else {}) == wanted


def test_many_take_less_room_as_bitmaps() -> None:
    dense = written(dict.fromkeys(range(SLOTS), 3))
    assert len(dense) < SLOTS
