"""The index of claims holds what is stored, and nothing else, however it came to be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select, update
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source
from service.store import claim_index, fact_rows
from service.store.claim_index import reindex_claims, stale_terms
from service.store.claim_listing import change
from service.store.claim_postings import NUMBERS, TOTAL, decode, place, term_at
from service.store.engine import create, writing
from service.store.tables import TABLES
from service.store.writer import delete_source

POSTING = TABLES["claim_posting"]
EVERY = term_at(TOTAL)[0]
SITE = Site("quay")
FIRST = Source("a.md", "# 碼頭\n\n新碼頭明年吞吐 12 萬噸。起重機 2031 年啟用。\n")
EDITED = Source("a.md", "# 碼頭\n\n新碼頭明年吞吐 30 萬噸。\n")
OTHER = Source("b.md", "# 码头\n\n新码头每年吞吐 12 万吨。\n")


Entries = tuple[dict[int, list[int]], dict[int, int]]


def entries(engine: Engine) -> Entries:
    """Return the claims of each term, and how many it is said to have; under the highest, all claims are counted."""
    listed: dict[int, list[int]] = {}
    counted: dict[int, int] = {}
    with Session(engine) as session:
        for row in session.execute(select(POSTING).order_by(POSTING.c.place)):
            term, number = term_at(row.place)
            listed.setdefault(term, []).extend(decode(row.data))
            if number == 0:
                counted[term] = row.claims
    return listed, counted


def test_each_term_is_counted_as_often_as_it_is_listed(engine: Engine) -> None:
    ingest(engine, SITE, [FIRST, OTHER])
    listed, counted = entries(engine)
    assert counted.pop(EVERY) == 3
    assert listed.pop(EVERY) == []
    assert counted == {term: len(claims) for term, claims in listed.items()}
    assert 2 in counted.values()


def test_editing_ends_in_the_same_entries_as_reading_afresh(engine: Engine) -> None:
    ingest(engine, SITE, [EDITED, OTHER])
    fresh = entries(engine)
    ingest(engine, SITE, [FIRST, OTHER])
    assert entries(engine) != fresh
    ingest(engine, SITE, [EDITED])
    assert entries(engine) == fresh


def test_what_is_deleted_is_listed_no_more(engine: Engine) -> None:
    ingest(engine, SITE, [OTHER])
    one = entries(engine)
    ingest(engine, SITE, [FIRST])
    ingest(engine, SITE, [], delete=["a.md"])
    assert entries(engine) == one
    with writing(engine) as session:
        delete_source(session, SITE.name)
    assert entries(engine) == ({}, {})


def test_building_it_anew_changes_nothing(engine: Engine) -> None:
    ingest(engine, SITE, [FIRST, OTHER])
    before = entries(engine)
    with writing(engine) as session:
        assert stale_terms(session) == 0
        session.execute(delete(POSTING).where(POSTING.c.place == place(min(before[1]), 0)))
        assert stale_terms(session) == 1
        assert reindex_claims(session) == 3
        assert stale_terms(session) == 0
    assert entries(engine) == before


def test_a_count_that_is_wrong_is_told(engine: Engine) -> None:
    ingest(engine, SITE, [FIRST])
    with writing(engine) as session:
        session.execute(update(POSTING).where(POSTING.c.place == TOTAL).values(claims=7))
        assert stale_terms(session) == 1


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, NUMBERS - 1), max_size=150)), max_size=6))
@settings(max_examples=25, deadline=None)
def test_a_list_that_grows_and_shrinks_is_what_one_written_at_once_is(
    steps: list[tuple[bool, set[int]]],
) -> None:
    grown, held = memory(), set[int]()
    for more, numbers in steps:
        with writing(grown) as session:
            change(session, {7: numbers} if more else {}, {} if more else {7: numbers}, 0)
        held = held | numbers if more else held - numbers
    once = memory()
    with writing(once) as session:
        change(session, {7: held}, {}, 0)
    assert rows_of(grown) == rows_of(once)
    assert entries(once) == (({7: sorted(held)}, {7: len(held)}) if held else ({}, {}))


def test_claims_of_one_number_are_forgotten_one_by_one(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_index, "claim_number", lambda _: 5)
    monkeypatch.setattr(fact_rows, "claim_number", lambda _: 5)
    ingest(engine, SITE, [OTHER])
    one = entries(engine)
    ingest(engine, SITE, [FIRST])
    with writing(engine) as session:
        assert stale_terms(session) == 0
    ingest(engine, SITE, [], delete=["a.md"])
    assert entries(engine) == one


def memory() -> Engine:
    made = create("sqlite://")
    with made.begin() as connection:
        POSTING.create(connection)
    return made


def rows_of(engine: Engine) -> list[tuple[int, int, bytes]]:
    with Session(engine) as session:
        return [(row.place, row.claims, row.data) for row in session.execute(select(POSTING).order_by(POSTING.c.place))]
