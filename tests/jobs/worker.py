"""A process that runs the jobs of a database until none waits: to be killed at any moment.

python -m tests.jobs.worker URL
"""

from __future__ import annotations

import sys

from service.jobs import Jobs
from service.jobs.queue import Queue
from service.store.engine import create


def main(url: str) -> None:
    """Run what waits."""
    engine = create(url)
    queue = Queue(engine)
    waiting = queue.waiting()
    jobs = Jobs(engine)
    sys.stdout.write("working\n")
    sys.stdout.flush()
    for row in waiting:
        jobs.wait(row.id)
    jobs.close()
    queue.close()


if __name__ == "__main__":
    main(sys.argv[1])
