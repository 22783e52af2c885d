"""Bitmaps of binary digits reckon as numbers do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.query import sliced
from service.query.sliced import Sliced

numbers = st.lists(st.integers(0, 40), min_size=1, max_size=30)
pairs = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=30)


def cut(values: Sequence[int]) -> Sliced:
    return [sum((value >> digit & 1) << place for place, value in enumerate(values)) for digit in range(6)]


def joined(number: Sliced, size: int) -> list[int]:
    return [sliced.at(number, place) for place in range(size)]


@given(pairs)
def test_sums_and_bounds_are_those_of_each_pair(values: list[tuple[int, int]]) -> None:
    one, other = (cut([pair[n] for pair in values]) for n in (0, 1))
    assert joined(sliced.plus(one, other), len(values)) == [a + b for a, b in values]
    assert joined(sliced.least([one, other]), len(values)) == [min(pair) for pair in values]
    assert joined(sliced.greatest([one, other]), len(values)) == [max(pair) for pair in values]
    assert sliced.less(one, other) == sum((a < b) << place for place, (a, b) in enumerate(values))


@given(numbers, st.integers(0, 20))
def test_products_are_those_of_each_number(values: list[int], factor: int) -> None:
    assert joined(sliced.times(cut(values), factor), len(values)) == [value * factor for value in values]


@given(numbers, st.integers(-2, 50))
def test_what_is_at_most_a_number_is_found(values: list[int], most: int) -> None:
    everything = (1 << len(values)) - 1
    assert sliced.at_most(cut(values), most, everything) == sum((v <= most) << n for n, v in enumerate(values))


@given(numbers, st.integers(0, 2**30 - 1))
def test_numbers_descend_and_all_are_there(values: list[int], among: int) -> None:
    among &= (1 << len(values)) - 1
    groups = list(sliced.descending(cut(values), among))
    assert [value for value, _ in groups] == sorted({values[n] for n in sliced.bits(among)}, reverse=True)
    assert all(values[n] == value for value, group in groups for n in sliced.bits(group))
    assert sum(group.bit_count() for _, group in groups) == among.bit_count()


@given(numbers)
def test_groups_that_are_small_enough_come_together_in_order(values: list[int]) -> None:
    groups = [group for _, group in sliced.descending(cut(values), (1 << len(values)) - 1, enough=4)]
    seen = [[values[n] for n in sliced.bits(group)] for group in groups]
    assert all(min(before) >= max(after) for before, after in pairwise(seen))
    assert sorted(value for some in seen for value in some) == sorted(values)


@given(st.integers(0, 2**200))
def test_bits_are_the_places_of_ones(bitmap: int) -> None:
    assert sum(1 << place for place in sliced.bits(bitmap)) == bitmap
