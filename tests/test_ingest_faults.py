"""Whatever goes wrong in the middle of an ingestion, what was stored before stays, and the next one works."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from service.errors import StoreError
from service.ingest import Report, ingest
from service.jobs import Jobs
from service.model import Dialect, Site, Source
from service.query.articles import articles
from service.query.search import search
from service.store import engine as engines
from tests.processes import telling
from tests.store.posts import dump

SITE = Site("harbour", Dialect.MARKDOWN)
BEFORE = Source("tea.md", "# 茶園\n\n王小明（Wang Xiaoming）說，今年的春茶產量會減少三成。\n")
CHANGED = Source("tea.md", "# 茶園\n\n今年的春茶產量會減少兩成。\n")
MORE = [Source(f"post{n}.md", f"# 港口 {n}\n\n林靜儀說，碼頭裝了 {n} 座起重機。\n") for n in range(4)]
PATIENCE = 60.0


def sources(tells: Connection, name: str, wait: float) -> Iterator[Source]:
    """Yield six posts, and stop for a while after the fourth."""
    for n in range(6):
        yield Source(f"{name}{n}.md", f"# 港口 {n}\n\n林靜儀說，碼頭裝了 {n} 座起重機。\n")
        if n == 3:
            tells.send("in the middle")
            time.sleep(wait)


def ingesting(tells: Connection, url: str, name: str, wait: float) -> None:
    """Ingest the six posts into a database: what a process of its own does."""
    ingest(engines.create(url), Site(name), sources(tells, name, wait))


def process(engine: Engine, name: str, wait: float) -> AbstractContextManager[tuple[BaseProcess, Connection]]:
    """Start a process that ingests six posts into the database and stops for a while after the fourth."""
    return telling(ingesting, engine.url.render_as_string(hide_password=False), name, wait)


def paths(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT path FROM article ORDER BY path")))


def refuse(*_: object) -> None:
    raise OperationalError("UPDATE mention", {}, Exception("disk I/O error"))


def break_down(*_: object) -> None:
    raise RuntimeError("a bug")


@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("service.ingest.resolve_corpus", refuse),
        ("service.ingest.resolve_corpus", break_down),
        ("service.ingest.bump", break_down),
        ("service.ingest._delete", refuse),
        ("service.store.entities._settled", break_down),
        ("service.store.entities.own_all", refuse),
    ],
)
def test_a_job_that_fails_leaves_everything_as_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, where: str, fault: Callable[..., None]
) -> None:
    ingest(engine, SITE, [BEFORE])
    before = dump(engine, "job")
    jobs = Jobs(engine)
    with monkeypatch.context() as patched:
        patched.setattr(where, fault)
        failed = jobs.wait(jobs.submit(SITE, [CHANGED, *MORE], delete=["x.md"]), PATIENCE)
    assert (failed.status, failed.added, failed.updated, len(failed.errors)) == ("failed", 0, 0, 1)
    assert dump(engine, "job") == before
    done = jobs.wait(jobs.submit(SITE, [CHANGED, *MORE]), PATIENCE)
    jobs.close()
    assert (done.status, done.added, done.updated) == ("done", 4, 1)


def test_a_killed_ingestion_leaves_everything_as_it_was(engine: Engine) -> None:
    ingest(engine, SITE, [BEFORE])
    before = dump(engine)
    with process(engine, "harbour", PATIENCE) as (killed, told):
        assert told.recv() == "in the middle"
        killed.kill()
        killed.join()
    engine.dispose()
    engines.migrate(engine)  # as the next start does
    assert dump(engine) == before
    assert ingest(engine, SITE, [CHANGED, *MORE]) == Report(added=4, updated=1)


def test_two_processes_ingest_one_after_the_other(engine: Engine) -> None:
    with process(engine, "one", 0.5) as (first, _), process(engine, "two", 0.5) as (second, _):
        first.join(PATIENCE)
        second.join(PATIENCE)
        assert (first.exitcode, second.exitcode) == (0, 0)
    assert paths(engine) == [f"{name}{n}.md" for name in ("one", "two") for n in range(6)]
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version FROM corpus")) == 2
        assert connection.scalar(text("SELECT count(DISTINCT entity_id) FROM mention WHERE surface = '林靜儀'")) == 1


def test_reading_never_waits_for_a_writer(engine: Engine) -> None:
    ingest(engine, SITE, [BEFORE])
    reached, go_on = threading.Event(), threading.Event()

    def slow() -> Iterator[Source]:
        yield from MORE
        reached.set()
        assert go_on.wait(PATIENCE)

    writer = threading.Thread(target=ingest, args=(engine, SITE, slow()))
    writer.start()
    try:
        assert reached.wait(PATIENCE)
        with Session(engine) as session:
            assert [one.path for one in articles(session).items] == ["tea.md"]
            assert search(session, "春茶").total == 2
        with pytest.raises(StoreError, match="another"), engines.writing(engine, wait=False):
            pass
    finally:
        go_on.set()
        writer.join(PATIENCE)
    assert len(paths(engine)) == 5


def test_a_reader_sees_one_state_from_its_first_to_its_last_answer(sqlite_engine: Engine) -> None:
    ingest(sqlite_engine, SITE, [BEFORE])
    with Session(sqlite_engine) as session:
        first = articles(session).total
        ingest(sqlite_engine, SITE, MORE)
        assert articles(session).total == first
    with Session(sqlite_engine) as session:
        assert articles(session).total == 5
