"""The index of related articles holds what is stored, and nothing else, however it came to be."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Engine, delete, select, update
from sqlmodel import Session

from service.ingest import ingest
from service.model import Site, Source
from service.store.engine import writing
from service.store.related_index import reindex_related, stale_articles
from service.store.related_postings import TOTAL, decode, term_at
from service.store.tables import TABLES
from service.store.writer import delete_source

SITE = Site("quay")
FIRST = Source("a.md", "# 碼頭\n\n新碼頭明年吞吐 12 萬噸。起重機 2031 年啟用。\n")
EDITED = Source("a.md", "# 碼頭\n\n燈塔的看守人住在島上。\n")
EVERY = term_at(TOTAL)[0]
OTHER = Source("b.md", "# 码头\n\n新码头每年吞吐 12 万吨，漁會的冷凍庫在旁邊。\n")
DRAFT = Source("c.md", "---\ndraft: true\ntitle: 碼頭\n---\n\n碼頭的起重機。\n")
Kept = tuple[set[tuple[object, ...]], set[tuple[int, int, int]], dict[int, int]]


def kept(engine: Engine) -> Kept:
    with Session(engine) as session:
        articles = {tuple(row) for row in session.execute(select(TABLES["related_article"]))}
        postings = session.execute(select(TABLES["related_posting"])).all()
    holders = {(term_at(row.place)[0], one >> 8, one & 255) for row in postings for one in decode(row.data)}
    counts = {term_at(row.place)[0]: row.articles for row in postings if term_at(row.place)[1] == 0}
    return articles, holders, counts


def stale(engine: Engine) -> int:
    with Session(engine) as session:
        return stale_articles(session)


def test_each_term_is_counted_as_often_as_it_is_held(engine: Engine) -> None:
    ingest(engine, SITE, [FIRST, OTHER])
    _, holders, counts = kept(engine)
    assert counts == Counter(term for term, _, _ in holders) | {EVERY: 2}
    assert 2 in (number for term, number in counts.items() if term != EVERY)


def test_drafts_have_terms_and_hold_none(engine: Engine) -> None:
    ingest(engine, SITE, [OTHER])
    _, before, counts = kept(engine)
    ingest(engine, SITE, [DRAFT])
    articles, holders, counted = kept(engine)
    assert (len(articles), holders, counted) == (2, before, counts)


def test_editing_ends_in_the_same_rows_as_reading_afresh(engine: Engine) -> None:
    ingest(engine, SITE, [EDITED, OTHER, DRAFT])
    fresh = kept(engine)
    ingest(engine, SITE, [FIRST, OTHER])
    assert kept(engine) != fresh
    ingest(engine, SITE, [EDITED])
    assert kept(engine) == fresh


def test_what_is_deleted_is_held_no_more(engine: Engine) -> None:
    ingest(engine, SITE, [OTHER])
    one = kept(engine)
    ingest(engine, SITE, [FIRST, DRAFT])
    ingest(engine, SITE, [], delete=["a.md", "c.md"])
    assert kept(engine) == one
    with writing(engine) as session:
        delete_source(session, SITE.name)
    assert kept(engine) == (set(), set(), {})


def test_building_it_anew_changes_nothing(engine: Engine) -> None:
    ingest(engine, SITE, [FIRST, OTHER, DRAFT])
    before = kept(engine)
    assert stale(engine) == 0
    with writing(engine) as session:
        assert reindex_related(session) == 3
    assert kept(engine) == before


def test_what_is_wrong_is_told_and_built_anew(engine: Engine) -> None:
    ingest(engine, SITE, [FIRST, OTHER])
    with writing(engine) as session:
        some = select(TABLES["related_posting"].c.place).limit(1).scalar_subquery()
        session.execute(delete(TABLES["related_posting"]).where(TABLES["related_posting"].c.place == some))
        session.execute(update(TABLES["related_article"]).values(terms=b""))
    assert stale(engine) > 2
    with writing(engine) as session:
        reindex_related(session)
    assert stale(engine) == 0
