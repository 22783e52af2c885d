"""The search index says of every article what its rows do, however the corpus came to be."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from service.model import Site
from service.store import search_index, search_merging
from service.store.engine import writing
from service.store.ids import article_id
from service.store.search_check import compare
from service.store.search_index import reindex, settle
from service.store.tables import TABLES
from service.store.writer import delete_article, delete_source, save
from tests.store.posts import NOTHING, SITE, plain_post, stored

SEGMENT, FRESH, POSTING, DEAD = (TABLES[f"search_{name}"] for name in ("segment", "fresh", "posting", "dead"))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments are written from two articles on, and merged as soon as there are three of a size."""
    monkeypatch.setattr(search_index, "WAITING", 2)
    monkeypatch.setattr(search_index, "AT_ONCE", 8)
    monkeypatch.setattr(search_merging, "_FACTOR", 3)
    monkeypatch.setattr(search_merging, "_AT_ONCE", 5)


def put(engine: Engine, path: str, text: str) -> None:
    stored(engine, SITE, plain_post(text, path), NOTHING)
    with writing(engine) as session:
        settle(session)


def take(engine: Engine, path: str) -> None:
    with writing(engine) as session:
        delete_article(session, article_id(SITE.name, path))
        settle(session)


def rows(engine: Engine, table: object) -> int:
    with Session(engine) as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def assert_right(engine: Engine, articles: int) -> None:
    with Session(engine) as session:
        found = compare(session)
    assert found.equal, found
    assert found.articles == articles


def fail_after_deleting(session: Session, path: str) -> None:
    delete_article(session, article_id(SITE.name, path))
    raise ZeroDivisionError


def test_an_article_is_indexed_with_its_rows(engine: Engine) -> None:
    put(engine, "a.md", "港口的起重機")
    assert_right(engine, 1)
    assert rows(engine, FRESH) == 1


def test_the_index_is_right_whatever_is_written_and_deleted(engine: Engine, small: None) -> None:
    random, kept = Random(5), dict[str, str]()
    for step in range(60):
        path = f"{random.randrange(14)}.md"
        if path in kept and random.random() < 0.4:
            del kept[path]
            take(engine, path)
        else:
            kept[path] = "".join(random.choices("港口碼頭起重機 ab", k=30))
            put(engine, path, kept[path])
        if step % 10 == 9:
            assert_right(engine, len(kept))
    assert rows(engine, SEGMENT) < 6
    assert_right(engine, len(kept))


def test_articles_wait_until_there_are_enough_for_a_segment(engine: Engine, small: None) -> None:
    put(engine, "a.md", "燈塔")
    assert (rows(engine, SEGMENT), rows(engine, FRESH)) == (0, 1)
    put(engine, "b.md", "碼頭")
    assert (rows(engine, SEGMENT), rows(engine, FRESH)) == (1, 0)


def test_many_articles_of_one_transaction_become_segments(engine: Engine, small: None) -> None:
    put(engine, "first.md", "第一篇")
    with writing(engine) as session:
        for number in range(40):
            save(session, SITE, plain_post(f"第 {number} 座燈塔", f"{number}.md"), NOTHING, "hash")
        settle(session)
    assert rows(engine, FRESH) < 2
    assert_right(engine, 41)


def test_a_source_goes_with_its_entries(engine: Engine, small: None) -> None:
    for number in range(6):
        put(engine, f"{number}.md", "碼頭與燈塔")
    stored(engine, Site("other"), plain_post("另一個站", "other.md"), NOTHING)
    with writing(engine) as session:
        delete_source(session, SITE.name)
        settle(session)
    assert_right(engine, 1)
    assert rows(engine, POSTING) == 0


def test_what_is_deleted_is_gone_before_segments_are_told(engine: Engine, small: None) -> None:
    for number in range(4):
        put(engine, f"{number}.md", "碼頭與燈塔")
    with writing(engine) as session:
        delete_article(session, article_id(SITE.name, "1.md"))
    assert rows(engine, DEAD) == 1
    assert_right(engine, 3)


def test_a_reindex_ends_in_the_same_index(engine: Engine, small: None) -> None:
    for number in range(7):
        put(engine, f"{number}.md", f"第 {number} 座燈塔")
    with writing(engine) as session:
        session.execute(delete(POSTING))
    with Session(engine) as session:
        assert len(compare(session).different) >= 6
    with writing(engine) as session:
        assert reindex(session) == 7
    assert_right(engine, 7)


def test_an_article_that_the_index_lacks_is_told(engine: Engine) -> None:
    put(engine, "a.md", "燈塔")
    with writing(engine) as session:
        session.execute(delete(FRESH))
    with Session(engine) as session:
        assert compare(session).missing == [article_id(SITE.name, "a.md")]


def test_a_transaction_that_fails_leaves_the_index_as_it_was(engine: Engine) -> None:
    put(engine, "a.md", "燈塔")
    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        fail_after_deleting(session, "a.md")
    assert_right(engine, 1)
