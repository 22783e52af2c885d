"""Work that outlives a request: ingestions in the background, one at a time, in the order they were submitted.

A job is kept in memory until it has ended, since the database has one writer and that is the running job; its row is
written when it starts and when it ends. A row that still says `running` when nobody writes is of a process that died.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from service.errors import ContentError, NotFoundError, StoreError, WenmaiError
from service.ingest import Progress, Report, ingest
from service.model import Site, Source
from service.store.engine import writing
from service.store.tables import JobRow

logger = logging.getLogger(__name__)

ENDED: Final = ("done", "failed")
_KEPT = 100  # ended jobs answered from memory

Batch = tuple[Site, Iterable[Source | ContentError]]


@dataclass
class _Job:
    """A job of this process: its row as it stands, and who waits for it to change."""

    row: JobRow
    prepare: Callable[[], Batch]
    delete: tuple[str, ...]
    replace: bool
    changed: threading.Condition = field(default_factory=threading.Condition)
    revision: int = 0

    def update(self, **values: object) -> None:
        with self.changed:
            self.row = _with(self.row, values)
            self.revision += 1
            self.changed.notify_all()


class Jobs:
    """The ingestions of a service.

    >>> jobs = Jobs(engine)                                                               # doctest: +SKIP
    >>> jobs.wait(jobs.submit(Site("blog"), sources), timeout=60).status                  # doctest: +SKIP
    'done'
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: dict[str, _Job] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wenmai-ingest")
        self._fail_orphans()

    def submit(
        self,
        site: Site,
        sources: Iterable[Source | ContentError],
        delete: Iterable[str] = (),
        replace: bool = False,
    ) -> str:
        """Queue an ingestion and return the job's id; the arguments are those of `ingest`."""
        return self.submit_later(site.name, lambda: (site, sources), delete, replace)

    def submit_later(
        self, source: str, prepare: Callable[[], Batch], delete: Iterable[str] = (), replace: bool = False
    ) -> str:
        """Queue an ingestion of `source` whose site and posts are had by calling `prepare`, once, when its turn comes.

        No transaction is open meanwhile, so `prepare` may take its time. What it raises fails the job.
        """
        row = JobRow(id=secrets.token_hex(8), source=source, status="queued", created=_now())
        job = _Job(row, prepare, tuple(delete), replace)
        with self._lock:
            self._forget_ended()
            self._jobs[row.id] = job
        self._worker.submit(self._run, job)
        return row.id

    def get(self, job_id: str) -> JobRow | None:
        """Return the job as it stands, or None where nobody knows it."""
        with self._lock:
            job = self._jobs.get(job_id)
        if job is not None:
            return job.row
        with Session(self._engine) as session:
            return session.get(JobRow, job_id)

    def wait(self, job_id: str, timeout: float | None = None) -> JobRow:
        """Return the job once it has ended, or as it stands after `timeout` seconds.

        Raises:
            NotFoundError: there is no such job.
        """
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            return self._stored(job_id)
        with job.changed:
            job.changed.wait_for(lambda: job.row.status in ENDED, timeout)
            return job.row

    def events(self, job_id: str) -> Iterator[JobRow]:
        """Yield the job as it stands now and after every change, ending with the state it ends in.

        A slow reader skips states. A job of another process is told as it stands.

        Raises:
            NotFoundError: there is no such job.
        """
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            yield self._stored(job_id)
            return
        told = -1
        while True:
            with job.changed:
                job.changed.wait_for(lambda: job.revision > told)  # noqa: B023  # called before `told` changes
                row, told = job.row, job.revision
            yield row
            if row.status in ENDED:
                return

    def close(self) -> None:
        """Let the running job end, fail those that wait, and take no more."""
        self._closing.set()
        self._worker.shutdown(wait=True)

    def _run(self, job: _Job) -> None:
        try:
            if self._closing.is_set():
                self._fail(job, StoreError("the service was stopped before this job's turn"))
            else:
                self._ingest(job)
        except Exception as error:
            logger.exception("job %s failed", job.row.id)
            self._fail(job, error)
        finally:
            job.prepare = _spent  # posts may be large

    def _ingest(self, job: _Job) -> None:
        self._keep(job, status="running")
        site, sources = job.prepare()
        report = ingest(
            self._engine,
            site,
            sources,
            delete=job.delete,
            replace=job.replace,
            progress=lambda progress: job.update(**_counted(job.row, progress)),
        )
        self._keep(job, status="done", finished=_now(), **_result(report))

    def _fail(self, job: _Job, error: Exception) -> None:
        """End a job of which nothing was stored."""
        detail = str(error) if isinstance(error, WenmaiError) else f"nothing was stored: {type(error).__name__}"
        nothing: dict[str, object] = dict.fromkeys(("added", "updated", "unchanged", "deleted"), 0)
        path, line = (error.path, error.line) if isinstance(error, ContentError) else ("", None)
        ended = {"status": "failed", "finished": _now(), "errors": [_error(path, line, detail)], **nothing}
        try:
            self._keep(job, **ended)
        except Exception:
            logger.exception("job %s could not be recorded", job.row.id)
            job.update(**ended)

    def _keep(self, job: _Job, **values: object) -> None:
        """Change a job's row, in the database first, so that whoever is told of its end finds it there."""
        row = _with(job.row, values)
        with writing(self._engine) as session:
            session.merge(row)
        job.update(**values)

    def _stored(self, job_id: str) -> JobRow:
        row = self.get(job_id)
        if row is None:
            raise NotFoundError(f"there is no job {job_id}")
        return row

    def _forget_ended(self) -> None:
        ended = [job_id for job_id, job in self._jobs.items() if job.row.status in ENDED]
        for job_id in ended[:-_KEPT]:
            del self._jobs[job_id]

    def _fail_orphans(self) -> None:
        """Fail the jobs that died with their process: none can be running while this one may write."""
        try:
            with writing(self._engine, wait=False) as session:
                for row in session.exec(select(JobRow).where(col(JobRow.status) == "running")):
                    row.status, row.finished = "failed", _now()
                    row.errors = [*row.errors, _error("", None, "the service stopped before the job ended")]
        except StoreError:
            logger.info("another process is ingesting; its jobs are left alone")


def _spent() -> Batch:
    raise StoreError("the job has ended")


def _with(row: JobRow, values: Mapping[str, object]) -> JobRow:
    """Return a row of its own, tied to no session."""
    return JobRow(**row.model_dump() | dict(values))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _error(path: str, line: int | None, detail: str) -> dict[str, object]:
    return {"path": path, "line": line, "detail": detail}


def _counted(row: JobRow, progress: Progress) -> dict[str, object]:
    total = progress.done if progress.total is None else progress.total
    return {"total": total, progress.outcome: getattr(row, progress.outcome) + 1}


def _result(report: Report) -> dict[str, object]:
    taken = report.added + report.updated + report.unchanged + report.failed
    return {
        "total": taken,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "deleted": report.deleted,
        "failed": report.failed,
        "errors": [_error(*trouble) for trouble in report.errors],
    }
