"""The index of claims holds what is stored, and nothing else, however it came to be."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Engine, delete, select
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source
from service.store.claim_index import reindex_claims, stale_terms
from service.store.engine import writing
from service.store.tables import TABLES
from service.store.writer import delete_source

SITE = Site("quay")
FIRST = Source("a.md", "# 碼頭\n\n新碼頭明年吞吐 12 萬噸。起重機 2031 年啟用。\n")
EDITED = Source("a.md", "# 碼頭\n\n新碼頭明年吞吐 30 萬噸。\n")
OTHER = Source("b.md", "# 码头\n\n新码头每年吞吐 12 万吨。\n")


def entries(engine: Engine) -> tuple[set[tuple[int, int]], dict[int, int]]:
    with Session(engine) as session:
        listed = {(row.term, row.claim) for row in session.execute(select(TABLES["claim_term"]))}
        counted = {row.term: row.claims for row in session.execute(select(TABLES["claim_term_count"]))}
    return listed, counted


def test_each_term_is_counted_as_often_as_it_is_listed(engine: Engine) -> None:
    ingest(engine, SITE, [FIRST, OTHER])
    listed, counted = entries(engine)
    assert counted == Counter(term for term, _ in listed)
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
    assert entries(engine) == (set(), {})


def test_building_it_anew_changes_nothing(engine: Engine) -> None:
    ingest(engine, SITE, [FIRST, OTHER])
    before = entries(engine)
    with writing(engine) as session:
        assert stale_terms(session) == 0
        session.execute(delete(TABLES["claim_term"]).where(TABLES["claim_term"].c.term == min(before[1])))
        assert stale_terms(session) == 1
        assert reindex_claims(session) == 3
        assert stale_terms(session) == 0
    assert entries(engine) == before
