"""Ingestions in the background: one at a time, told as they go, run once whatever happens to the process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, text

from service.errors import ConflictError, ContentError, NotFoundError
from service.ingest import Progress, Report
from service.jobs import Batch, Jobs
from service.jobs.batches import Posts, packed
from service.jobs.queue import Queue
from service.jobs.watch import owner_name
from service.model import Dialect, Site, Source
from service.store.engine import writing
from service.store.tables import JobRow

SITE = Site("harbour", Dialect.MARKDOWN)
POST = Source("tea.md", "# 茶園\n\n今年的春茶產量會減少三成。\n")
PATIENCE = 60.0


@pytest.fixture
def jobs(engine: Engine) -> Iterator[Jobs]:
    opened = Jobs(engine)
    yield opened
    opened.close()


class Gate:
    """A batch that waits before its last post until it is let through."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def __call__(self) -> Batch:
        return SITE, self

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


def begun(jobs: Jobs, gate: Gate) -> str:
    job_id = jobs.submit_later("harbour", gate)
    assert gate.reached.wait(PATIENCE)
    return job_id


def left_behind(engine: Engine, *, status: str = "running", attempts: int = 1, batch: bool = True) -> None:
    """Put a job there as a process leaves it that was killed: this one's number, and a name nobody bears."""
    queue = Queue(engine)
    row = JobRow(
        id="old",
        source="harbour",
        created="2026-01-01T00:00:00+00:00",
        status=status,
        attempts=attempts,
        owner=owner_name(),
    )
    queue.add(row, packed(Posts(SITE, [POST])) if batch else None)
    queue.close()


def articles(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM article")) or 0)


def test_a_job_ends_with_its_counts_and_errors(jobs: Jobs) -> None:
    batch: list[Source | ContentError] = [POST, ContentError("is no text", path="x.md", line=2)]
    row = jobs.wait(jobs.submit(SITE, batch), PATIENCE)
    assert (row.status, row.total, row.added, row.failed) == ("done", 2, 1, 1)
    assert row.errors == [{"path": "x.md", "line": 2, "detail": "is no text"}]
    assert row.finished is not None


def test_a_job_deletes_and_replaces(jobs: Jobs, engine: Engine) -> None:
    others = [Source("a.md", "甲"), Source("b.md", "乙"), Source("c.md", "丙")]
    jobs.submit(SITE, others)
    jobs.submit(SITE, [], ("a.md",))
    row = jobs.wait(jobs.submit(SITE, [POST], replace=True), PATIENCE)
    assert (row.added, row.deleted) == (1, 2)
    assert articles(engine) == 1


def test_a_job_survives_its_process(jobs: Jobs, engine: Engine) -> None:
    job_id = jobs.submit(SITE, [POST])
    ended = jobs.wait(job_id, PATIENCE)
    later = Jobs(engine)
    assert later.get(job_id) == ended
    assert later.wait(job_id, 0) == ended
    later.close()


def test_a_running_job_tells_how_far_it_is(jobs: Jobs, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, progress: Callable[[Progress], None], **__: object) -> Report:
        progress(Progress("first.md", "failed", 1, None))
        gate.reached.set()
        assert gate.opened.wait(PATIENCE)
        return Report(failed=1)

    monkeypatch.setattr("service.jobs.running.ingest", slow)
    job_id = begun(jobs, gate)
    row = jobs.wait(job_id, timeout=0)
    assert (row.status, row.failed, row.added, row.total) == ("running", 1, 0, 1)
    gate.opened.set()
    assert jobs.wait(job_id, PATIENCE).status == "done"


def test_jobs_run_one_after_another_and_can_be_submitted_meanwhile(jobs: Jobs, gate: Gate, engine: Engine) -> None:
    first = begun(jobs, gate)
    second = jobs.submit(SITE, [POST])
    row = jobs.get(second)
    assert row is not None
    assert row.status == "queued"
    assert articles(engine) == 0
    gate.opened.set()
    assert jobs.wait(first, PATIENCE).added == 1
    assert jobs.wait(second, PATIENCE).unchanged == 1


def test_a_batch_that_breaks_off_fails_its_job_and_stores_nothing(jobs: Jobs, engine: Engine) -> None:
    def breaking() -> Iterator[Source]:
        yield POST
        raise ContentError("the archive ends too early", path="site.zip")

    row = jobs.wait(jobs.submit_later("harbour", lambda: (SITE, breaking())), PATIENCE)
    assert (row.status, row.added) == ("failed", 0)
    assert [error["path"] for error in row.errors] == ["site.zip"]
    assert articles(engine) == 0
    assert jobs.wait(jobs.submit(SITE, [POST]), PATIENCE).status == "done"


def test_what_is_only_known_later_is_asked_for_in_the_jobs_turn(jobs: Jobs, gate: Gate, engine: Engine) -> None:
    asked: list[str] = []

    def prepare() -> Batch:
        with writing(engine, wait=False):  # nobody else writes meanwhile, and nobody is kept from it
            asked.append("now")
        return SITE, [POST]

    first = begun(jobs, gate)
    later = jobs.submit_later("harbour", prepare)
    assert asked == []
    gate.opened.set()
    assert jobs.wait(first, PATIENCE).added == 1
    assert jobs.wait(later, PATIENCE).unchanged == 1
    assert asked == ["now"]


def test_a_failed_job_shows_no_traceback(jobs: Jobs) -> None:
    def breaking() -> Iterator[Source]:
        yield POST
        raise KeyError("internal name")

    row = jobs.wait(jobs.submit_later("harbour", lambda: (SITE, breaking())), PATIENCE)
    assert row.status == "failed"
    assert "internal name" not in str(row.errors)


def test_a_job_that_waits_can_be_cancelled(jobs: Jobs, gate: Gate, engine: Engine) -> None:
    first = begun(jobs, gate)
    second = jobs.submit(SITE, [Source("b.md", "乙")])
    assert jobs.cancel(second).status == "cancelled"
    gate.opened.set()
    jobs.wait(first, PATIENCE)
    assert jobs.wait(jobs.submit(SITE, [POST]), PATIENCE).status == "done"
    assert articles(engine) == 1


def test_a_running_job_is_cancelled_at_its_next_post_and_stores_nothing(jobs: Jobs, gate: Gate, engine: Engine) -> None:
    job_id = begun(jobs, gate)
    assert jobs.cancel(job_id).status == "running"
    gate.opened.set()
    row = jobs.wait(job_id, PATIENCE)
    assert (row.status, row.added, row.finished is not None) == ("cancelled", 0, True)
    assert articles(engine) == 0
    with pytest.raises(ConflictError, match="cancelled"):
        jobs.cancel(job_id)


def test_a_job_can_be_cancelled_by_another_process(jobs: Jobs, gate: Gate, engine: Engine) -> None:
    other = Jobs(engine)
    job_id = begun(jobs, gate)
    other.cancel(job_id)
    other.close()
    assert jobs._running is not None
    while not jobs._running.cancelled:
        jobs._pause(0.05, jobs._news)
    gate.opened.set()
    assert jobs.wait(job_id, PATIENCE).status == "cancelled"


def test_the_same_submission_is_the_same_job(jobs: Jobs) -> None:
    first = jobs.submit(SITE, [POST], key="build-7")
    assert jobs.submit(SITE, [POST], key="build-7") == first
    assert jobs.submit(SITE, [POST]) != first
    assert jobs.submit(Site("other"), [POST], key="build-7") != first
    with pytest.raises(ConflictError, match="build-7"):
        jobs.submit(SITE, [POST], ["a.md"], key="build-7")


def test_a_job_whose_process_was_killed_is_run_at_the_next_start(engine: Engine) -> None:
    left_behind(engine)
    jobs = Jobs(engine)
    row = jobs.wait("old", PATIENCE)
    jobs.close()
    assert (row.status, row.added, row.attempts) == ("done", 1, 2)
    assert articles(engine) == 1


def test_a_job_that_kills_its_process_again_and_again_is_failed(engine: Engine) -> None:
    left_behind(engine, attempts=3)
    jobs = Jobs(engine)
    row = jobs.wait("old", PATIENCE)
    jobs.close()
    assert row.status == "failed"
    assert "3 times" in row.errors[0]["detail"]


@pytest.mark.parametrize("status", ["queued", "running"])
def test_what_only_a_dead_process_could_run_is_failed(engine: Engine, status: str) -> None:
    left_behind(engine, status=status, batch=False)
    jobs = Jobs(engine)
    row = jobs.wait("old", PATIENCE)
    jobs.close()
    assert row.status == "failed"
    assert "stopped" in row.errors[0]["detail"]


def test_a_job_of_a_living_process_is_left_alone(
    jobs: Jobs, gate: Gate, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.jobs.running._LOOK", 0.1)
    job_id = begun(jobs, gate)
    other = Jobs(engine)
    other._pause(0.5, other._news)  # time for it to look several times
    row = other.get(job_id)
    other.close()
    assert row is not None
    assert row.status == "running"


def test_closing_lets_the_running_job_end_and_keeps_what_waits_for_the_next_start(engine: Engine, gate: Gate) -> None:
    jobs = Jobs(engine)
    first = begun(jobs, gate)
    kept = jobs.submit(SITE, [Source("b.md", "乙")])
    own = jobs.submit_later("harbour", lambda: (SITE, [POST]))
    closing = threading.Thread(target=jobs.close)
    closing.start()
    gate.opened.set()
    closing.join(PATIENCE)
    later = Jobs(engine)
    assert [later.wait(job, PATIENCE).status for job in (first, own, kept)] == ["done", "failed", "done"]
    later.close()


def test_the_latest_jobs_are_listed(jobs: Jobs) -> None:
    one, two = jobs.submit(SITE, [POST]), jobs.submit(Site("other"), [POST])
    jobs.wait(two, PATIENCE)
    assert [row.id for row in jobs.recent(10)] == [two, one]
    assert [row.id for row in jobs.recent(10, "harbour")] == [one]


@pytest.mark.parametrize("ask", [lambda jobs: jobs.wait("none", 0), lambda jobs: jobs.cancel("none")])
def test_a_job_nobody_knows_is_not_found(sqlite_engine: Engine, ask: Callable[[Jobs], object]) -> None:
    jobs = Jobs(sqlite_engine)
    assert jobs.get("none") is None
    with pytest.raises(NotFoundError):
        ask(jobs)
    jobs.close()


def test_who_takes_no_jobs_leaves_them_to_others_and_runs_its_own(engine: Engine) -> None:
    idle = Jobs(engine, takes=False)
    left = idle.submit(SITE, [POST])
    own = idle.submit_later("harbour", lambda: (SITE, [POST]))
    assert idle.wait(own, PATIENCE).added == 1
    assert idle._known(left).status == "queued"
    taking = Jobs(engine)
    assert idle.wait(left, PATIENCE).unchanged == 1
    taking.close()
    idle.close()
