"""Ingestions in the background: one at a time, told as they go, remembered when they are over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from service.errors import ContentError, NotFoundError
from service.jobs import Jobs
from service.model import Dialect, Site, Source
from service.store.engine import writing
from service.store.tables import JobRow

SITE = Site("harbour", Dialect.MARKDOWN)
POST = Source("tea.md", "# 茶園\n\n今年的春茶產量會減少三成。\n")
PATIENCE = 30.0


@pytest.fixture
def jobs(engine: Engine) -> Iterator[Jobs]:
    opened = Jobs(engine)
    yield opened
    opened.close()


class Gate:
    """A batch that waits before its last post until it is let through."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def __iter__(self) -> Iterator[Source | ContentError]:
        yield ContentError("is no text", path="first.md", line=1)
        self.reached.set()
        assert self.opened.wait(PATIENCE)
        yield POST


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.opened.set()


def put(engine: Engine, **values: Any) -> None:
    with Session(engine) as session:
        session.add(JobRow(id="old", source="harbour", created="2026-01-01T00:00:00+00:00", **values))
        session.commit()


def articles(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM article")) or 0)


def test_a_job_ends_with_its_counts_and_errors(jobs: Jobs) -> None:
    batch: list[Source | ContentError] = [POST, ContentError("is no text", path="x.md", line=2)]
    row = jobs.wait(jobs.submit(SITE, batch, (), False), PATIENCE)
    assert (row.status, row.total, row.added, row.failed) == ("done", 2, 1, 1)
    assert row.errors == [{"path": "x.md", "line": 2, "detail": "is no text"}]
    assert row.finished is not None


def test_a_job_deletes_and_replaces(jobs: Jobs, engine: Engine) -> None:
    others = [Source("a.md", "甲"), Source("b.md", "乙"), Source("c.md", "丙")]
    jobs.submit(SITE, others, (), False)
    jobs.submit(SITE, [], ("a.md",), False)
    row = jobs.wait(jobs.submit(SITE, [POST], (), True), PATIENCE)
    assert (row.added, row.deleted) == (1, 2)
    assert articles(engine) == 1


def test_a_job_survives_its_process(jobs: Jobs, engine: Engine) -> None:
    job_id = jobs.submit(SITE, [POST], (), False)
    ended = jobs.wait(job_id, PATIENCE)
    later = Jobs(engine)
    assert later.get(job_id) == ended
    assert later.wait(job_id, 0) == ended
    assert [row.status for row in later.events(job_id)] == ["done"]
    later.close()


def test_a_running_job_tells_how_far_it_is(jobs: Jobs, gate: Gate) -> None:
    job_id = jobs.submit(SITE, gate, (), False)
    assert gate.reached.wait(PATIENCE)
    row = jobs.wait(job_id, timeout=0)
    assert (row.status, row.failed, row.added) == ("running", 1, 0)
    gate.opened.set()
    assert jobs.wait(job_id, PATIENCE).status == "done"


def test_jobs_run_one_after_another_and_can_be_submitted_meanwhile(jobs: Jobs, gate: Gate, engine: Engine) -> None:
    first = jobs.submit(SITE, gate, (), False)
    assert gate.reached.wait(PATIENCE)
    second = jobs.submit(SITE, [POST], (), False)
    row = jobs.get(second)
    assert row is not None
    assert row.status == "queued"
    assert articles(engine) == 0
    gate.opened.set()
    assert jobs.wait(first, PATIENCE).added == 1
    assert jobs.wait(second, PATIENCE).unchanged == 1


def test_events_follow_a_job_to_its_end(jobs: Jobs, gate: Gate) -> None:
    job_id = jobs.submit(SITE, gate, (), False)
    assert gate.reached.wait(PATIENCE)
    events = jobs.events(job_id)
    assert next(events).status == "running"
    gate.opened.set()
    rest = list(events)
    assert rest[-1] == jobs.get(job_id)
    assert [row.status for row in rest].count("done") == 1


def test_a_batch_that_breaks_off_fails_its_job_and_stores_nothing(jobs: Jobs, engine: Engine) -> None:
    def breaking() -> Iterator[Source]:
        yield POST
        raise ContentError("the archive ends too early", path="site.zip")

    row = jobs.wait(jobs.submit(SITE, breaking(), (), False), PATIENCE)
    assert (row.status, row.added) == ("failed", 0)
    assert [error["path"] for error in row.errors] == ["site.zip"]
    assert articles(engine) == 0
    assert jobs.wait(jobs.submit(SITE, [POST], (), False), PATIENCE).status == "done"


def test_what_is_only_known_later_is_asked_for_in_the_jobs_turn(jobs: Jobs, gate: Gate, engine: Engine) -> None:
    asked: list[str] = []

    def prepare() -> tuple[Site, list[Source]]:
        with writing(engine, wait=False):  # nobody else writes meanwhile, and nobody is kept from it
            asked.append("now")
        return SITE, [POST]

    first = jobs.submit(SITE, gate)
    assert gate.reached.wait(PATIENCE)
    later = jobs.submit_later("harbour", prepare)
    assert asked == []
    gate.opened.set()
    assert jobs.wait(first, PATIENCE).added == 1
    assert jobs.wait(later, PATIENCE).unchanged == 1
    assert asked == ["now"]


def test_what_cannot_be_had_fails_its_job_with_a_sentence(jobs: Jobs, engine: Engine) -> None:
    def prepare() -> tuple[Site, list[Source]]:
        raise ContentError("the host cannot be reached")

    jobs.wait(jobs.submit(SITE, [POST]), PATIENCE)
    row = jobs.wait(jobs.submit_later("harbour", prepare, replace=True), PATIENCE)
    assert (row.status, row.errors[0]["detail"]) == ("failed", "the host cannot be reached")
    assert articles(engine) == 1


def test_a_failed_job_shows_no_traceback(jobs: Jobs) -> None:
    def breaking() -> Iterator[Source]:
        yield POST
        raise KeyError("internal name")

    row = jobs.wait(jobs.submit(SITE, breaking(), (), False), PATIENCE)
    assert row.status == "failed"
    assert "internal name" not in str(row.errors)


def test_a_job_that_died_with_its_process_is_failed_at_the_next_start(engine: Engine) -> None:
    put(engine, status="running")
    jobs = Jobs(engine)
    row = jobs.get("old")
    jobs.close()
    assert row is not None
    assert row.status == "failed"
    assert row.finished is not None
    assert "stopped" in row.errors[0]["detail"]


def test_a_job_of_a_living_process_is_left_alone(jobs: Jobs, gate: Gate, engine: Engine) -> None:
    job_id = jobs.submit(SITE, gate, (), False)
    assert gate.reached.wait(PATIENCE)
    other = Jobs(engine)
    row = other.get(job_id)
    other.close()
    assert row is not None
    assert row.status == "running"


def test_an_ended_job_is_left_alone_at_the_next_start(engine: Engine) -> None:
    put(engine, status="done", finished="2026-01-01T00:00:01+00:00", added=3)
    jobs = Jobs(engine)
    row = jobs.get("old")
    jobs.close()
    assert row is not None
    assert (row.status, row.errors) == ("done", [])


def test_closing_lets_the_running_job_end_and_fails_those_that_wait(engine: Engine, gate: Gate) -> None:
    jobs = Jobs(engine)
    first = jobs.submit(SITE, gate, (), False)
    assert gate.reached.wait(PATIENCE)
    second = jobs.submit(SITE, [POST], (), False)
    closing = threading.Thread(target=jobs.close)
    closing.start()
    gate.opened.set()
    closing.join(PATIENCE)
    assert [jobs.wait(job, PATIENCE).status for job in (first, second)] == ["done", "failed"]


@pytest.mark.parametrize("ask", [lambda jobs: jobs.wait("none", 0), lambda jobs: list(jobs.events("none"))])
def test_a_job_nobody_knows_is_not_found(sqlite_engine: Engine, ask: Callable[[Jobs], object]) -> None:
    jobs = Jobs(sqlite_engine)
    assert jobs.get("none") is None
    with pytest.raises(NotFoundError):
        ask(jobs)
    jobs.close()
