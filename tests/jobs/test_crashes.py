"""A process killed at any moment: nothing stored is lost, no half batch is seen, and the next start ends the work.

`CRASHES` says how often that is tried on each kind of database, `CRASH_POSTS` with how many posts, `CRASH_SEED` at
which moments: one try shows that it works, fifty with 2,000 posts let one believe it.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

from sqlalchemy import Engine
from sqlmodel import Session

from service.ingest import ingest
from service.jobs import Jobs
from service.jobs.batches import Posts, packed
from service.jobs.queue import Queue, now
from service.model import Dialect, Site, Source
from service.query.posts import posts
from service.store.tables import JobRow
from tests.databases import Copies, Databases
from tests.jobs.worker import work
from tests.processes import telling

CRASHES = int(os.environ.get("CRASHES", "1"))
POSTS = int(os.environ.get("CRASH_POSTS", "40"))
SEED = int(os.environ.get("CRASH_SEED", "7"))
IN_A_ROW = 2  # of them before an ingestion is left to end: a job that dies three times is not tried again
SITE = Site("harbour", Dialect.MARKDOWN)
OLD = [Source(f"{n}.md", f"# 茶園 {n}\n\n林美玲說，去年只收了 {n} 公噸。\n") for n in range(0, POSTS, 2)]
NEW = [Source(f"{n}.md", f"# 茶園 {n}\n\n林美玲說，今年會收 {n + 100} 公噸春茶。\n") for n in range(POSTS)]


def exported(engine: Engine) -> str:
    with Session(engine) as session:
        return "\n".join(post.model_dump_json() for post in posts(session))


@contextmanager
def started(engine: Engine) -> Iterator[BaseProcess]:
    """Give a process that has begun to work."""
    with telling(work, engine.url.render_as_string(hide_password=False)) as (process, told):
        assert told.recv() == "working"
        yield process


def submitted(engine: Engine) -> str:
    queue = Queue(engine)
    row = JobRow(id="batch", source="harbour", status="queued", created=now())
    queue.add(row, packed(Posts(SITE, NEW, replace=True)))
    queue.close()
    return row.id


def old(engine: Engine) -> None:
    ingest(engine, SITE, OLD)


def undisturbed(engine: Engine) -> tuple[str, str, float]:
    """Return what is stored before and after the batch, and how many seconds that takes."""
    before, started_at = exported(engine), time.monotonic()
    ingest(engine, SITE, NEW, replace=True)
    return before, exported(engine), time.monotonic() - started_at


def test_a_killed_ingestion_is_seen_by_nobody_and_ended_at_the_next_start(databases: Databases, copied: Copies) -> None:
    before, after, seconds = undisturbed(copied(old))
    moments, left = random.Random(SEED), CRASHES
    while left:
        engine, kills = copied(old), min(IN_A_ROW, left)
        left -= kills
        job = submitted(engine)
        for _ in range(kills):
            with started(engine) as process:
                time.sleep(moments.uniform(0, seconds))
                process.kill()
                process.join()
            assert exported(engine) in (before, after)
        with started(engine) as process:
            process.join(120 + 10 * seconds)  # what else runs at the same time takes its time from this
            assert process.exitcode == 0
        jobs = Jobs(engine)
        assert jobs.wait(job, 0).status == "done"
        jobs.close()
        assert exported(engine) == after
        databases.dropped(engine)
