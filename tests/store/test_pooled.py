"""Behind a pooler that gives each transaction another session, nothing may be left behind in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from service.ingest import ingest
from service.model import Dialect, Site, Source
from service.query.lookup import lookup
from service.query.related import related
from service.query.search import search
from service.store.engine import create, migrate, ready

SITE = Site("blog", Dialect.MARKDOWN)
# What outlives a transaction: https://www.pgbouncer.org/features.html tells what transaction pooling cannot carry.
LEFT = {
    "settings": "SELECT count(*) FROM pg_settings WHERE source = 'session'",
    "advisory locks": "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
    "channels": "SELECT count(*) FROM pg_listening_channels()",
    "open cursors": "SELECT count(*) FROM pg_cursors WHERE is_holdable",
    "temporary tables": "SELECT count(*) FROM pg_class WHERE relpersistence = 't'",
}


@pytest.fixture
def pooled(postgres_url: str) -> Iterator[Engine]:
    opened = create(f"{postgres_url}&pooled=true", longest_read=20)
    yield opened
    opened.dispose()


def left(engine: Engine) -> dict[str, int]:
    """Return what is left behind in the session that was used last."""
    found = {}
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.rollback()  # what this transaction itself has begun with is none of it
        for name, asked in LEFT.items():
            found[name] = driver.execute(asked, prepare=False).fetchone()[0]
        driver.rollback()
    return found


def use(engine: Engine) -> None:
    """Write and read, each several times: what is asked often is what a driver prepares."""
    for title in ("港口", "新港口", "老港口"):
        ingest(engine, SITE, [Source(f"{n}.md", f"# {title}\n\n碼頭 {n} 有 30 座起重機。\n") for n in range(3)])
    for _ in range(8):
        with Session(engine) as session:
            number = session.execute(text("SELECT min(id) FROM article")).scalar_one()
            related(session, number)
            search(session, "起重機")
            lookup(session, "碼頭 1 有 30 座起重機")


def test_a_pooled_session_is_left_as_it_was_found(pooled: Engine) -> None:
    assert "pooled" not in pooled.url.query
    migrate(pooled)
    use(pooled)
    assert ready(pooled)
    assert left(pooled) == dict.fromkeys(LEFT, 0)


def test_a_session_of_ones_own_is_not(postgres_url: str) -> None:
    own = create(postgres_url, longest_read=20)
    use(own)
    found = left(own)
    own.dispose()
    assert found["settings"]


@pytest.mark.parametrize(("query", "prepared"), [("", True), ("&pooled=true", False)])
def test_a_statement_is_prepared_in_a_session_of_ones_own_only(postgres_url: str, query: str, prepared: bool) -> None:
    engine = create(postgres_url + query)
    with Session(engine) as session:
        for number in range(10):
            session.execute(text("SELECT :number + 1"), {"number": number})
        kept = session.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one()
    engine.dispose()
    assert bool(kept) is prepared


def test_a_pooled_read_ends_in_time_as_well(postgres_url: str) -> None:
    hasty = create(f"{postgres_url}&pooled=1", longest_read=0.05)
    with Session(hasty) as session, pytest.raises(OperationalError, match="statement timeout"):
        session.execute(text("SELECT pg_sleep(10)"))
    hasty.dispose()
