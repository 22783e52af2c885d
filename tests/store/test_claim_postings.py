"""The claims of a term are written in order, in parts whose number depends on nothing but how many there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.store.claim_postings import FULL, NUMBERS, decode, encode, part, parts, place, term_at

numbers = st.integers(0, NUMBERS - 1)
terms = st.integers(-(1 << 31), (1 << 31) - 1)


@given(st.sets(numbers, max_size=300))
def test_what_is_written_is_read(held: set[int]) -> None:
    assert decode(encode(held)).tolist() == sorted(held)
    assert len(encode(held)) == 4 * len(held)


@given(terms, st.integers(0, (1 << 20) - 1))
def test_a_place_tells_its_term_and_part(term: int, number: int) -> None:
    assert term_at(place(term, number)) == (term, number)


@given(st.integers(1, NUMBERS - 1), numbers)
def test_parts_are_never_full_and_each_number_is_in_one(claims: int, number: int) -> None:
    of = parts(claims)
    assert 0 <= part(number, of) < of
    assert of in (1, 1 << 20) or FULL // 2 < claims / of <= FULL


@given(numbers, st.integers(0, 10), st.integers(0, 10))
def test_more_parts_divide_the_stretches_of_fewer(number: int, fewer: int, more: int) -> None:
    assert part(number, 1 << fewer + more) >> more == part(number, 1 << fewer)
