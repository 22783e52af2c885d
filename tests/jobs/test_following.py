"""Who follows a job is told of every change, and nobody else waits because of that."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import aclosing

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from service.errors import NotFoundError
from service.jobs import Jobs, following
from service.store.tables import JobRow
from tests.jobs.test_running import PATIENCE, POST, SITE, Gate, begun


@pytest.fixture
def jobs(engine: Engine) -> Iterator[Jobs]:
    opened = Jobs(engine)
    yield opened
    opened.close()


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.opened.set()


def followed(jobs: Jobs, job_id: str, then: threading.Event | None = None) -> list[JobRow | None]:
    """Return all that is told of a job; `then` is set after the first."""

    async def listening() -> list[JobRow | None]:
        told = []
        async for row in following.events(jobs, job_id):
            told.append(row)
            if then is not None:
                then.set()
        return told

    return asyncio.run(listening())


def statuses(told: list[JobRow | None]) -> list[str]:
    return [row.status for row in told if row is not None]


def test_events_follow_a_job_to_its_end(jobs: Jobs, gate: Gate) -> None:
    job_id = begun(jobs, gate)
    told = followed(jobs, job_id, gate.opened)
    assert statuses(told)[0] == "running"
    assert told[-1] == jobs.get(job_id)
    assert statuses(told).count("done") == 1


def test_another_process_follows_a_job_as_its_own(jobs: Jobs, gate: Gate, engine: Engine) -> None:
    other = Jobs(engine)
    told = statuses(followed(other, begun(jobs, gate), gate.opened))
    assert (told[0], told[-1]) == ("running", "done")
    waiting = other.submit(SITE, [POST])
    assert other.wait(waiting, PATIENCE).unchanged == 1
    other.close()


def test_a_job_that_has_ended_is_told_once(jobs: Jobs) -> None:
    job_id = jobs.submit(SITE, [POST])
    jobs.wait(job_id, PATIENCE)
    assert statuses(followed(jobs, job_id)) == ["done"]


def test_who_follows_outlasts_a_database_that_goes_away(
    jobs: Jobs, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id, get, asked = begun(jobs, gate), jobs.get, iter(range(100))

    def unreachable(job_id: str) -> JobRow | None:
        if next(asked) in (1, 2):
            raise OperationalError("SELECT", {}, Exception("the connection is closed"))
        return get(job_id)

    monkeypatch.setattr(jobs, "get", unreachable)
    assert statuses(followed(jobs, job_id, gate.opened))[-1] == "done"


def test_a_line_over_which_nothing_comes_is_kept_open(jobs: Jobs, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_SILENCE", 0.0)
    job_id = begun(jobs, gate)

    async def second() -> JobRow | None:
        async with aclosing(following.events(jobs, job_id)) as states:
            await anext(states)
            return await anext(states)

    assert asyncio.run(second()) is None


def test_who_waits_for_the_end_is_told_it_or_that_it_takes_too_long(jobs: Jobs, gate: Gate) -> None:
    job_id = begun(jobs, gate)
    assert asyncio.run(following.ended(jobs, job_id, 0.01)) is None
    gate.opened.set()
    row = asyncio.run(following.ended(jobs, job_id, PATIENCE))
    assert row is not None
    assert row.status == "done"


def test_a_job_nobody_knows_is_followed_by_nobody(jobs: Jobs) -> None:
    with pytest.raises(NotFoundError):
        followed(jobs, "none")
