"""A process that runs the jobs of a database until none waits: to be killed at any moment."""

from __future__ import annotations

from multiprocessing.connection import Connection

from service.jobs import Jobs
from service.jobs.queue import Queue
from service.store.engine import create


def work(tells: Connection, url: str) -> None:
    """Run what waits, and tell when that begins."""
    engine = create(url)
    queue = Queue(engine)
    waiting = queue.waiting()
    jobs = Jobs(engine)
    tells.send("working")
    for row in waiting:
        jobs.wait(row.id)
    jobs.close()
    queue.close()
