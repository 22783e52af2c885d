"""A full disk, a database that is away, a clock that is set back, a migration that is killed: what was there stays."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, make_url, text

from service.errors import ContentError, StoreError
from service.ingest import ingest
from service.jobs import Jobs, batches, queue
from service.model import Dialect, Site, Source
from service.store import engine as engines
from tests.databases import PostgresDatabases
from tests.processes import process
from tests.servers import TOKEN, serving
from tests.store.posts import dump

SITE = Site("harbour", Dialect.MARKDOWN)
BEFORE = Source("tea.md", "# 茶園\n\n王小明說，今年的春茶產量會減少三成。\n")
AGREED = "今年的春茶產量會減少三成。\n"
MORE = [Source(f"{n}.md", f"# 港口 {n}\n\n林靜儀說，碼頭裝了 {n} 座起重機。\n" * 20 + AGREED) for n in range(12)]
PATIENCE = 60.0


def bounded(engine: Engine, pages: int) -> Callable[[], None]:
    """Let a SQLite file grow by so many pages and no more, as a full disk does; return what gives it room again."""

    def bound(connection: object, _record: object, _proxy: object) -> None:
        now = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count={now + pages}").close()  # type: ignore[attr-defined]

    def free() -> None:
        event.remove(engine, "checkout", bound)
        engine.dispose()

    event.listen(engine, "checkout", bound)
    return free


@pytest.mark.parametrize("pages", [3, 25])
def test_a_full_disk_fails_the_job_and_loses_nothing(sqlite_engine: Engine, pages: int) -> None:
    ingest(sqlite_engine, SITE, [BEFORE])
    before = dump(sqlite_engine, "job")
    jobs = Jobs(sqlite_engine)
    free = bounded(sqlite_engine, pages)
    full = jobs.wait(jobs.submit(SITE, MORE), PATIENCE)
    free()
    assert (full.status, full.added) == ("failed", 0)
    assert dump(sqlite_engine, "job") == before
    assert jobs.wait(jobs.submit(SITE, MORE), PATIENCE).status == "done"
    jobs.close()


def filling(table: str) -> str:
    """Return what has PostgreSQL refuse rows of a table as it does where there is no room: SQLSTATE 53100."""
    return f"""
        CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()
    """


@pytest.mark.parametrize("table", ["article", "claim", "search_fresh", "claim_posting", "entity", "claim_pair"])
def test_a_full_disk_of_postgresql_fails_the_job_and_loses_nothing(postgres_engine: Engine, table: str) -> None:
    ingest(postgres_engine, SITE, [BEFORE])
    before = dump(postgres_engine, "job")
    jobs = Jobs(postgres_engine)
    with postgres_engine.begin() as connection:
        connection.execute(text(filling(table)))
    full = jobs.wait(jobs.submit(SITE, MORE[:3]), PATIENCE)
    with postgres_engine.begin() as connection:
        connection.execute(text("DROP FUNCTION no_room CASCADE"))
    assert (full.status, full.added) == ("failed", 0)
    assert "No space left" in full.errors[0]["detail"]
    assert dump(postgres_engine, "job") == before
    assert jobs.wait(jobs.submit(SITE, MORE[:3]), PATIENCE).status == "done"
    jobs.close()


def test_a_disk_too_full_to_take_a_job_says_so_at_once(sqlite_engine: Engine) -> None:
    jobs = Jobs(sqlite_engine)
    free = bounded(jobs.store, 0)
    with pytest.raises(StoreError, match="full"):
        jobs.submit(SITE, [Source("long.md", "".join(chr(0x4E00 + n % 9_000) for n in range(200_000)))])
    free()
    assert jobs.wait(jobs.submit(SITE, [BEFORE]), PATIENCE).status == "done"
    jobs.close()


class Database:
    """A PostgreSQL database that can be taken away and given back."""

    def __init__(self, databases: PostgresDatabases) -> None:
        self.url = databases.copied()
        self.name = make_url(self.url).database
        self._command = databases.command

    def away(self) -> None:
        self._command(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        self._command(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'")

    def back(self) -> None:
        self._command(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")


@pytest.fixture
def database(postgres_databases: PostgresDatabases) -> Database:
    return Database(postgres_databases)


def test_while_the_database_is_away_readers_are_told_to_come_back(database: Database, tmp_path: Path) -> None:
    with serving(tmp_path, database_url=database.url) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        assert client.get("/v1/articles").status_code == 200
        database.away()
        for path in ("/v1/articles", "/v1/search?q=茶", "/v1/admin/jobs", "/readyz", "/metrics"):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json"), path
            assert "retry-after" in answer.headers
            assert "psycopg" not in answer.text
        assert client.get("/healthz").status_code == 200
        database.back()
        body = {"documents": [{"path": BEFORE.path, "content": BEFORE.text}]}
        assert client.post("/v1/admin/ingest?source=harbour&wait=true", json=body).json()["status"] == "done"
        assert client.get("/readyz").status_code == 200


def test_a_job_whose_database_goes_away_fails_and_those_behind_it_run(database: Database) -> None:
    engine = engines.create(database.url)
    jobs = Jobs(engine)
    reached, go_on = threading.Event(), threading.Event()

    def slow() -> Iterator[Source]:
        yield BEFORE
        reached.set()
        go_on.wait(PATIENCE)
        yield from MORE

    first = jobs.submit_later(SITE.name, lambda: (SITE, slow()))
    second = jobs.submit(SITE, MORE)
    assert reached.wait(PATIENCE)
    database.away()
    go_on.set()
    database.back()
    assert jobs.wait(first, PATIENCE).status == "failed"
    done = jobs.wait(second, PATIENCE)
    assert (done.status, done.added) == ("done", len(MORE))
    jobs.close()
    engine.dispose()


def test_a_job_that_is_kept_runs_again_once_its_database_is_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engines.create(database.url)
    reached, go_on = threading.Event(), threading.Event()

    def slow(data: bytes) -> batches.Posts:
        posts = batches.unpacked(data)
        return posts._replace(sources=pausing(posts.sources))

    def pausing(sources: Iterable[Source | ContentError]) -> Iterator[Source | ContentError]:
        yield BEFORE
        reached.set()
        go_on.wait(PATIENCE)
        yield from sources

    monkeypatch.setattr("service.jobs.running.unpacked", slow)
    jobs = Jobs(engine)
    job = jobs.submit(SITE, MORE)
    assert reached.wait(PATIENCE)
    database.away()
    go_on.set()
    database.back()
    done = jobs.wait(job, PATIENCE)
    assert (done.status, done.added, done.attempts) == ("done", 1 + len(MORE), 2)
    jobs.close()
    engine.dispose()


def test_a_clock_that_is_set_back_changes_no_order(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    years = iter(range(2030, 1990, -1))
    for module in (queue, sys.modules["service.jobs.running"]):
        monkeypatch.setattr(module, "now", lambda: f"{next(years)}-01-01T00:00:00+00:00")
    jobs = Jobs(sqlite_engine)
    submitted = [jobs.submit(SITE, [Source("tea.md", f"第 {n} 版。\n")]) for n in range(3)]
    assert [jobs.wait(job, PATIENCE).status for job in submitted] == ["done"] * 3
    assert [row.id for row in jobs.recent(10)] == submitted[::-1]
    jobs.close()
    with sqlite_engine.connect() as connection:
        assert "第 2 版" in str(connection.scalar(text("SELECT text FROM article")))


def migrating(url: str, statements: int) -> None:
    """Migrate a database, and be killed before so many statements are sent: what a process of its own does."""
    left = count(statements - 1, -1)
    engine = engines.create(url)

    @event.listens_for(engine, "before_cursor_execute")
    def kill(*_: object) -> None:
        if not next(left):
            os.kill(os.getpid(), signal.SIGKILL)

    engines.migrate(engine)


@pytest.mark.parametrize("statements", [5, 60, 140])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_migration_killed_at_any_statement_is_done_by_the_next_start(
    kind: str, statements: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    if kind == "postgresql":
        databases: PostgresDatabases = request.getfixturevalue("postgres_databases")
        url = databases.copied("template0")
    with process(migrating, url, statements) as killed:
        killed.join(PATIENCE)
        assert killed.exitcode == -signal.SIGKILL
    engine = engines.create(url)
    assert not engines.ready(engine)
    engines.migrate(engine)
    assert engines.ready(engine)
    engine.dispose()
