"""The worker of a process: claims jobs, runs them, tells how far they are, and lets others see that it lives."""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Engine

from service.errors import ContentError, NotFoundError, StoreError, WenmaiError
from service.ingest import Progress, Report, ingest
from service.jobs import watch
from service.jobs.batches import Posts, packed, unpacked
from service.jobs.queue import ENDED, Queue, error, failed, now
from service.model import Site, Source
from service.store.engine import went_away
from service.store.tables import JobRow
from service.tracing import Tracing

logger = logging.getLogger(__name__)

Batch = tuple[Site, Iterable[Source | ContentError]]

_BEAT: Final = 0.5  # seconds between signs of life, which also bring progress and the wish to cancel
_LOOK: Final = 1.0  # seconds between looks for what other processes left or submitted
_TRIES: Final = 3  # after that many deaths, of the process or the database, it is the job that kills
_OUTCOMES: Final = ("added", "updated", "unchanged", "deleted", "failed")
_KEPT: Final = 1000  # ended jobs that are remembered
_GRACE: Final = 30.0  # seconds a running job is given to end when its process is told to


class _Cancelled(BaseException):
    """Somebody wants the running job ended."""


class _Stopped(BaseException):
    """The process is to end, and the running job takes too long."""


class _Running:
    """The job that runs: how far it is, by this process's own count."""

    def __init__(self, row: JobRow) -> None:
        self.id, self.attempts = row.id, row.attempts
        self.counts = dict.fromkeys((*_OUTCOMES, "total"), 0)
        self.cancelled = self.stopped = False
        self.is_kept = False  # its posts are in the database, so that it can be run again

    def note(self, progress: Progress) -> None:
        """Count one more file, unless nobody wants the rest, or not now."""
        if self.cancelled:
            raise _Cancelled
        if self.stopped:
            raise _Stopped
        self.counts[progress.outcome] += 1
        self.counts["total"] = progress.done if progress.total is None else progress.total


class Jobs:
    """The ingestions of a service.

    >>> jobs = Jobs(engine)                                                               # doctest: +SKIP
    >>> jobs.wait(jobs.submit(Site("blog"), sources), timeout=60).status                  # doctest: +SKIP
    'done'
    """

    def __init__(self, engine: Engine, tracing: Tracing | None = None, *, takes: bool = True) -> None:
        self._engine, self._queue, self._tracing = engine, Queue(engine), tracing or Tracing()
        self._takes = takes  # jobs that any process may run; else only those that nobody but this one can
        self._owner = watch.owner_name()
        self._watch = watch.Watch(self._owner)
        self._prepared: dict[str, tuple[Callable[[], Batch], tuple[str, ...], bool]] = {}
        self._running: _Running | None = None
        self._told = threading.Condition()  # a job was submitted, went on or ended:
        self._news = 0  # how often that was
        self._listeners: list[Callable[[], object]] = []
        self.totals: Counter[str] = Counter()  # posts by what came of them
        self.spent = 0.0  # seconds
        self._closing = threading.Event()
        watch.alive(self._owner)
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._work, self._live)]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        site: Site,
        sources: Iterable[Source | ContentError],
        delete: Iterable[str] = (),
        replace: bool = False,
        *,
        key: str | None = None,
    ) -> str:
        """Queue an ingestion and return the job's id; the arguments are those of `ingest`.

        The posts are stored with the job: whatever happens to this process, it is run, once. `key` names the
        submission: the same posts submitted again under it are the same job.

        Raises:
            ConflictError: the key was used for other posts.
        """
        data = packed(Posts(site, sources, tuple(delete), replace))
        digest = hashlib.sha256(data).hexdigest() if key is not None else None
        row = JobRow(id=secrets.token_hex(8), source=site.name, status="queued", created=now(), key=key, digest=digest)
        return self._added(row, data)

    def submit_later(
        self, source: str, prepare: Callable[[], Batch], delete: Iterable[str] = (), replace: bool = False
    ) -> str:
        """Queue an ingestion of `source` whose site and posts are had by calling `prepare`, once, when its turn comes.

        No transaction is open meanwhile, so `prepare` may take its time. What it raises fails the job. Only this
        process can run it: when that dies, the job fails.
        """
        row = JobRow(id=secrets.token_hex(8), source=source, status="queued", created=now(), owner=self._owner)
        self._prepared[row.id] = (prepare, tuple(delete), replace)
        return self._added(row)

    def _added(self, row: JobRow, data: bytes | None = None) -> str:
        ident = self._queue.add(row, data).id
        self._tell()
        return ident

    @property
    def store(self) -> Engine:
        """Where the jobs are kept, and what goes with them: what is written there never waits for an ingestion."""
        return self._queue.engine

    @property
    def is_working(self) -> bool:
        """Tell whether jobs are run here: until it is closed."""
        return self._threads[0].is_alive()

    def get(self, job_id: str) -> JobRow | None:
        """Return the job as it stands, or None where nobody knows it."""
        row, running = self._queue.get(job_id), self._running
        if row is not None and running is not None and running.id == job_id and row.status == "running":
            return JobRow(**{**row.model_dump(), **running.counts})  # fresher than what others are told
        return row

    def recent(self, most: int, source: str | None = None) -> list[JobRow]:
        """Return the latest jobs, the newest first."""
        return self._queue.recent(most, source)

    def counted(self) -> dict[str, int]:
        """Return how many jobs are remembered, by their status."""
        return self._queue.counted()

    def cancel(self, job_id: str) -> JobRow:
        """End a job that waits, or have the one that runs ended at its next post; nothing of it is stored.

        Raises:
            NotFoundError: there is no such job.
            ConflictError: it has ended.
        """
        row = self._queue.cancel(job_id)
        running = self._running
        if running is not None and running.id == job_id:
            running.cancelled = True
        self._tell()
        return row

    def wait(self, job_id: str, timeout: float | None = None) -> JobRow:
        """Return the job once it has ended, or as it stands after `timeout` seconds.

        Raises:
            NotFoundError: there is no such job.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            news, row = self._news, self._known(job_id)
            left = _LOOK if until is None else min(_LOOK, until - time.monotonic())
            if row.status in ENDED or left <= 0:
                return row
            self._pause(left, news)

    @contextmanager
    def telling(self, call: Callable[[], object]) -> Iterator[None]:
        """Have `call` called, by whatever thread, whenever a job is submitted, goes on or ends."""
        with self._told:
            self._listeners.append(call)
        try:
            yield
        finally:
            with self._told:
                self._listeners.remove(call)

    def close(self, grace: float = _GRACE) -> None:
        """Let the running job end and take no more; what waits is run after the next start, or by another process.

        A job that has not ended after `grace` seconds is broken off at its next post, and waits too.
        """
        self._closing.set()
        self._tell()
        self._threads[0].join(grace)
        if (running := self._running) is not None:
            running.stopped = True
        for thread in self._threads:
            thread.join()
        for job_id in list(self._prepared):
            self._queue.end(job_id, failed("the service was stopped before this job's turn"))
        watch.ended(self._owner)
        self._queue.close()

    def _known(self, job_id: str) -> JobRow:
        row = self.get(job_id)
        if row is None:
            raise NotFoundError(f"there is no job {job_id}")
        return row

    def _tell(self) -> None:
        with self._told:
            self._news += 1
            self._told.notify_all()
            for call in self._listeners:
                call()

    def _pause(self, seconds: float, seen: int) -> None:
        """Wait for news, unless there are some since `seen` was read: what came in between is not slept through."""
        with self._told:
            self._told.wait_for(lambda: self._news != seen, seconds)

    def _work(self) -> None:
        """Run one job after the other."""
        while not self._closing.is_set():
            news, row = self._news, None
            with _logged("jobs could not be looked for"):
                if waiting := self._queue.waiting():
                    self._queue.abandon(self._watch.gone(waiting), _TRIES)
                    row = self._queue.claim(self._owner, only_own=not self._takes)
            if row is None:
                self._pause(_LOOK, news)
            else:
                self._run(row)

    def _run(self, row: JobRow) -> None:
        self._running, began = _Running(row), time.monotonic()
        with self._tracing.job(row.id, row.source) as ended:
            values = self._outcome(self._running)
            ended(values)
        self.spent += time.monotonic() - began
        self.totals.update({name: number for name in _OUTCOMES if isinstance(number := values.get(name), int)})
        while not self._recorded(row.id, values) and not self._closing.wait(_LOOK):
            pass  # the database is away: as long as this job counts as running, no other could
        self._running = None
        self._tell()

    def _recorded(self, job_id: str, values: dict[str, object]) -> bool:
        recorded = False
        with _logged(f"job {job_id} could not be recorded"):
            if values["status"] == "queued":
                self._queue.put_back(job_id, values)
            else:
                self._queue.end(job_id, values)
            recorded = True
            self._queue.forget(_KEPT)
        return recorded

    def _outcome(self, running: _Running) -> dict[str, object]:
        """Ingest what the job brings, and return what its row says from then on."""
        try:
            posts = self._posts(running)
            report = ingest(
                self._engine,
                posts.site,
                posts.sources,
                delete=posts.delete,
                replace=posts.replace,
                progress=running.note,
            )
        except _Cancelled:
            return {**failed("cancelled: nothing of it was stored"), "status": "cancelled"}
        except _Stopped:
            again = {"status": "queued", "attempts": running.attempts - 1}  # it is not the job's fault
            return again if running.is_kept else failed("the service was stopped before this job ended")
        except WenmaiError as fault:
            return _failure(running, fault)
        except Exception as fault:
            logger.exception("job %s failed", running.id)
            return failed(f"nothing was stored: {type(fault).__name__}")
        return _result(report)

    def _posts(self, running: _Running) -> Posts:
        prepared = self._prepared.pop(running.id, None)
        if prepared is None:
            data = self._queue.batch(running.id)
            if data is None:
                raise StoreError("the posts of this job are gone: push them again")
            running.is_kept = True
            return unpacked(data)
        prepare, delete, replace = prepared
        site, sources = prepare()
        return Posts(site, sources, delete, replace)

    def _live(self) -> None:
        """Show signs of life until the worker has ended."""
        worker = self._threads[0]
        while worker.is_alive():
            running = self._running
            with _logged("no sign of life could be given"):
                if running is not None:
                    running.cancelled |= self._queue.beat(self._owner, running.id, running.counts)
                    self._tell()
                elif self._prepared:
                    self._queue.beat(self._owner)
            worker.join(_BEAT)


@contextmanager
def _logged(what: str) -> Iterator[None]:
    """Log what goes wrong in the background, where nobody could catch it: the next turn tries again."""
    try:
        yield
    except Exception as fault:
        logger.warning("%s: %s", what, fault)


def _failure(running: _Running, fault: WenmaiError) -> dict[str, object]:
    """Return what the row of a job says that could not be done: that it is tried again, where it may go well then."""
    if running.is_kept and running.attempts < _TRIES and went_away(fault):
        return {"status": "queued", "attempts": running.attempts}
    return failed(str(fault), fault.path, fault.line) if isinstance(fault, ContentError) else failed(str(fault))


def _result(report: Report) -> dict[str, object]:
    taken = report.added + report.updated + report.unchanged + report.failed
    return {
        "status": "done",
        "finished": now(),
        "total": taken,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "deleted": report.deleted,
        "failed": report.failed,
        "errors": [error(*trouble) for trouble in report.errors],
    }
