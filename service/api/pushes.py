"""Pushes of content repositories → jobs: for each source one runs and one waits, and who waits stands for the latest.

A site is pushed faster than it is read: ten commits in a minute need two ingestions, that of the first and that of the
last. What is remembered here is remembered as long as the process lives; all of it only saves work or keeps order.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from service.jobs import ENDED, Batch, Jobs

_REMEMBERED: Final = 1000  # deliveries


@dataclass(frozen=True, slots=True)
class Push:
    """A commit that a followed branch stands at, of the repository `owner/name`, and when it was pushed."""

    repository: str
    source: str
    commit: str
    folder: str = ""
    pushed_at: int | None = None  # seconds since 1970, by GitHub's clock


@dataclass(frozen=True, slots=True)
class _Waiting:
    job: str
    push: Push


class Pushes:
    """The pushes that a service has taken.

    >>> pushes = Pushes()
    >>> pushes.take(jobs, push, "delivery-1", fetch) == pushes.take(jobs, push, "delivery-1", fetch)  # doctest: +SKIP
    True
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[str, _Waiting] = {}  # by source, until its fetching begins
        self._latest: dict[str, int] = {}  # by source: when the latest push was made
        self._answered: OrderedDict[str, str] = OrderedDict()  # delivery → job

    def take(self, jobs: Jobs, push: Push, delivery: str, fetch: Callable[[Push], Batch]) -> str | None:
        """Return the id of the job that will bring in the push, or None where a later push was taken before.

        `fetch` is called in the job, with the latest push by then. `delivery` says which message told of the push: one
        that comes again is answered with the same job, unless that failed; empty: nobody knows.
        """
        with self._lock:
            if (answered := self._answered.get(delivery)) and self._status(jobs, answered) != "failed":
                return answered
            if push.pushed_at is not None and push.pushed_at < self._latest.get(push.source, push.pushed_at):
                return None
            job = self._queued(jobs, push, fetch)
            self._waiting[push.source] = _Waiting(job, push)
            if push.pushed_at is not None:
                self._latest[push.source] = push.pushed_at
            if delivery:
                self._remember(delivery, job)
            return job

    def _queued(self, jobs: Jobs, push: Push, fetch: Callable[[Push], Batch]) -> str:
        """Return the job of this source that has not begun to fetch, or a new one."""
        waiting = self._waiting.get(push.source)
        if waiting is not None and self._status(jobs, waiting.job) not in ENDED:
            return waiting.job
        return jobs.submit_later(push.source, lambda: fetch(self._due(push.source)), replace=True)

    def _due(self, source: str) -> Push:
        """Return the push to fetch now; those that come from now on are for the next job."""
        with self._lock:
            return self._waiting.pop(source).push

    @staticmethod
    def _status(jobs: Jobs, job_id: str) -> str:
        row = jobs.get(job_id)
        return "failed" if row is None else row.status

    def _remember(self, delivery: str, job: str) -> None:
        self._answered[delivery] = job
        self._answered.move_to_end(delivery)
        while len(self._answered) > _REMEMBERED:
            self._answered.popitem(last=False)
