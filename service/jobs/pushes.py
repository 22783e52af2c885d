"""Pushes of content repositories → jobs: for each source one runs and one waits, and who waits stands for the latest.

A site is pushed faster than it is read: ten commits in a minute need two ingestions, that of the first and that of the
last. What was told is kept with the jobs, so that another process, or the next start, knows it too: which message was
answered already, and which push of a source is the latest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from service.jobs.queue import ENDED
from service.jobs.running import Batch, Jobs
from service.store.engine import Lock as Locked
from service.store.engine import writing
from service.store.tables import TABLES

_REMEMBERED: Final = 10_000  # messages
_PUSHED, _DELIVERY = TABLES["pushed"], TABLES["delivery"]


@dataclass(frozen=True, slots=True)
class Push:
    """A commit that a followed branch stands at, of the repository `owner/name`, and when it was pushed."""

    repository: str
    source: str
    commit: str
    folder: str = ""
    pushed_at: int | None = None  # seconds since 1970, by GitHub's clock


class Pushes:
    """The pushes that a service has taken.

    >>> pushes = Pushes(jobs)                                                                       # doctest: +SKIP
    >>> pushes.take(push, "sha256=0a…", fetch) == pushes.take(push, "sha256=0a…", fetch)            # doctest: +SKIP
    True
    """

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._lock = Lock()
        self._waiting: dict[str, str] = {}  # by source: the job of this process that has not begun to fetch

    def take(self, push: Push, signature: str, fetch: Callable[[Push], Batch]) -> str | None:
        """Return the id of the job that will bring in the push, or None where a later push was taken before.

        `fetch` is called in the job, with the latest push by then. The same message is told by its `signature`: one
        that comes again, whoever sends it, is answered with the same job, unless that failed.
        """
        message = hashlib.sha256(signature.encode()).hexdigest()
        with self._lock:
            answered = self._answered(message)
            if answered is not None and self._status(answered) not in ("failed", "cancelled"):
                return answered
            if not self._latest(push):
                return None
            job = self._queued(push.source, fetch)
            self._remember(message, job)
            return job

    def _queued(self, source: str, fetch: Callable[[Push], Batch]) -> str:
        """Return the job of this source that has not begun to fetch, or a new one."""
        waiting = self._waiting.get(source)
        if waiting is None or self._status(waiting) in ENDED:
            waiting = self._jobs.submit_later(source, lambda: fetch(self._due(source)), replace=True)
            self._waiting[source] = waiting
        return waiting

    def _due(self, source: str) -> Push:
        """Return the push to fetch now, which another process may have heard of; later ones are for the next job."""
        with self._lock, Session(self._jobs.store) as session:
            self._waiting.pop(source, None)
            row = session.execute(select(_PUSHED).where(_PUSHED.c.source == source)).one()
        return Push(**row._mapping)

    def _status(self, job_id: str) -> str:
        row = self._jobs.get(job_id)
        return "failed" if row is None else row.status

    def _answered(self, message: str) -> str | None:
        with Session(self._jobs.store) as session:
            return session.scalar(select(_DELIVERY.c.job).where(_DELIVERY.c.digest == message))

    def _latest(self, push: Push) -> bool:
        """Note a push, unless a later one of its source is known; tell which."""
        with writing(self._jobs.store, lock=Locked.JOBS) as session:
            known = session.execute(select(_PUSHED.c.pushed_at).where(_PUSHED.c.source == push.source)).one_or_none()
            last = known.pushed_at if known else None
            moment = push.pushed_at if push.pushed_at is not None else last
            if last is not None and moment < last:
                return False
            session.execute(delete(_PUSHED).where(_PUSHED.c.source == push.source))
            session.execute(insert(_PUSHED), [{**asdict(push), "pushed_at": moment}])
        return True

    def _remember(self, message: str, job: str) -> None:
        with writing(self._jobs.store, lock=Locked.JOBS) as session:
            number = (session.scalar(select(func.max(_DELIVERY.c.number))) or 0) + 1
            session.execute(delete(_DELIVERY).where(_DELIVERY.c.digest == message))
            session.execute(insert(_DELIVERY), [{"digest": message, "number": number, "job": job}])
            session.execute(delete(_DELIVERY).where(_DELIVERY.c.number <= number - _REMEMBERED))
