"""A service that is told to end gives its running job time, and leaves what takes longer to the next start."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from service.ingest import Progress, Report
from service.jobs import Jobs
from tests.jobs.test_running import PATIENCE, POST, SITE, Gate, articles, begun


def test_closing_breaks_off_a_job_that_takes_too_long_and_the_next_start_runs_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def slow(*arguments: object, progress: Callable[[Progress], None], **more: object) -> Report:
        begun.set()
        while True:
            time.sleep(0.01)
            progress(Progress("tea.md", "added", 1, None))

    jobs = Jobs(engine)
    with monkeypatch.context() as patched:
        patched.setattr("service.jobs.running.ingest", slow)
        kept = jobs.submit(SITE, [POST])
        assert begun.wait(PATIENCE)
        jobs.close(grace=0)
    later = Jobs(engine)
    row = later.wait(kept, PATIENCE)
    later.close()
    assert (row.status, row.added, row.attempts) == ("done", 1, 1)


def test_what_only_this_process_could_run_is_failed_when_it_takes_too_long(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, gate = Jobs(engine), Gate()
    job_id = begun(jobs, gate)
    closing = threading.Thread(target=jobs.close, args=(0,))
    closing.start()
    while not getattr(jobs._running, "stopped", True):
        jobs._pause(0.01, jobs._news)
    gate.opened.set()
    closing.join(PATIENCE)
    later = Jobs(engine)
    row = later.wait(job_id, 0)
    later.close()
    assert (row.status, articles(engine)) == ("failed", 0)
    assert "stopped" in row.errors[0]["detail"]
