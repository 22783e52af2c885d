"""The engine of one machine: a pool of processes."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import current_process
from typing import Final

from service.mining.engine import Result
from service.mining.task import Mined, Task, mine_each
from service.model import Site
from service.workers import pool

logger = logging.getLogger(__name__)

_MOST_PROCESSES: Final = 8
_AHEAD: Final = 3  # parts for each process that are under way


def processes() -> int:
    """Return how many processes mine a large batch: one a core, and none beside the caller where there is only one.

    None either where the caller is a daemon of multiprocessing, which may have no processes of its own.
    """
    if current_process().daemon:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST_PROCESSES) if cores > 1 else 0


class Processes:
    """So many processes of this machine; until they are there, which takes seconds the first time, the caller mines."""

    def __init__(self, workers: int) -> None:
        self._pool = pool(workers)
        self.ahead = workers * _AHEAD
        self._there = self._begun(Site(""), ())

    def submit(self, site: Site, tasks: Sequence[Task]) -> Result:
        """Have posts mined by the next process that is free."""
        if not self._there.done():
            found = mine_each(site, tasks)
            return lambda: found
        return partial(_result, self._begun(site, tasks), len(tasks))

    def _begun(self, site: Site, tasks: Sequence[Task]) -> Future[list[Mined | None]]:
        try:
            return self._pool.submit(mine_each, site, tasks)
        except BrokenProcessPool as error:
            broken: Future[list[Mined | None]] = Future()
            broken.set_exception(error)
            return broken

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)


def _result(begun: Future[list[Mined | None]], number: int) -> list[Mined | None]:
    try:
        return begun.result()
    except BrokenProcessPool:
        logger.warning("posts are mined in one process: the others ended, or could not be started")
        return [None] * number
