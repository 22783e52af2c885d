"""Claims that are listed many at once stand as if they had come one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from service.store import claim_adding, claim_listing, claim_postings
from service.store.claim_adding import add_entries, entries
from service.store.claim_listing import Touched, change, touched
from service.store.tables import TABLES

POSTING = TABLES["claim_posting"]
Held = dict[int, set[int]]  # terms of claims, by their numbers
numbers = st.one_of(st.integers(0, 40), st.integers(0, 2**32 - 1))
claims = st.dictionaries(numbers, st.sets(st.integers(-3, 3), min_size=1), max_size=12)


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    """Parts are full with three claims, and two of them are set beside each other."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(claim_postings, "FULL", 3)
        patched.setattr(claim_adding, "FULL", 3)
        patched.setattr(claim_adding, "_AT_ONCE", 2)
        patched.setattr(claim_listing, "HEAD", 2)
        yield


def by_term(held: Held) -> Mapping[int, set[int]]:
    return {
        term: {number for number, terms in held.items() if term in terms} for terms in held.values() for term in terms
    }


def listed(before: Held, added: Sequence[Held], *, at_once: bool) -> tuple[list[tuple[object, ...]], Touched]:
    """Return the rows, and the claims that were noted, once claims were added to those that stood before."""
    engine = create_engine("sqlite://")
    POSTING.create(engine)
    with Session(engine) as session:
        change(session, by_term(before), {}, len(before))
        touched(session)
        if at_once:
            add_entries(session, [entries(some) for some in added], sum(map(len, added)))
        else:
            for some in added:
                change(session, by_term(some), {}, len(some))
        return list(map(tuple, session.execute(select(POSTING).order_by(POSTING.c.place)))), touched(session)


@settings(deadline=None)
@given(claims, st.lists(claims, max_size=3))
def test_adding_at_once_ends_in_the_rows_of_adding_one_after_the_other(before: Held, added: list[Held]) -> None:
    assert listed(before, added, at_once=True)[0] == listed(before, added, at_once=False)[0]


@settings(deadline=None)
@given(claims, claims)
def test_what_stands_beside_others_now_or_no_longer_is_noted(before: Held, added: Held) -> None:
    assert listed(before, [added], at_once=True) == listed(before, [added], at_once=False)


def test_a_claim_that_two_articles_share_a_number_of_is_listed_once() -> None:
    rows, _ = listed({}, [{7: {1}}, {7: {1, 2}}], at_once=True)
    assert [row[1] for row in rows] == [1, 1, 2]  # of each term, and of all claims
