"""The jobs as rows: added, claimed by one process, told how far they are, ended. The newest state is always the row's.

On PostgreSQL they are in the corpus's own database. SQLite lets one writer in at a time, and that is the running
ingestion: there they are in a file of their own beside it (`wenmai.db-jobs`), so that jobs can be submitted, followed
and cancelled meanwhile.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.orm import Session

from service.errors import ConflictError, NotFoundError
from service.store.engine import Lock, create, migrate, writing
from service.store.tables import TABLES, JobRow

ENDED: Final = ("done", "failed", "cancelled")
WAITING: Final = ("queued", "running")

_JOB, _BATCH = TABLES["job"], TABLES["job_batch"]
_Values = Mapping[str, object]


class Queue:
    """The jobs of a corpus, shared by all processes that serve it."""

    def __init__(self, engine: Engine) -> None:
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self.engine = engine if engine.dialect.name != "sqlite" else self._beside(engine)

    def _beside(self, engine: Engine) -> Engine:
        file = engine.url.database
        if file in (None, "", ":memory:"):  # a database that nobody will open again needs no jobs that outlive it
            self._scratch = tempfile.TemporaryDirectory(prefix="wenmai-jobs-")
            file = str(Path(self._scratch.name) / "memory")
        own = create(f"sqlite:///{file}-jobs")
        migrate(own)
        return own

    def close(self) -> None:
        """Let go of the database, where it is the queue's own."""
        if self.engine.dialect.name == "sqlite":
            self.engine.dispose()
        if self._scratch is not None:
            self._scratch.cleanup()

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Session]:
        with writing(self.engine, lock=Lock.JOBS) as session:
            yield session

    def add(self, row: JobRow, batch: bytes | None = None) -> JobRow:
        """Put a job at the end and return it; return the one submitted before under the same key, where there is one.

        A job without a batch can be run by its owner only.

        Raises:
            ConflictError: the key was used for another batch.
        """
        with self._changing() as session:
            if row.key is not None and (known := self._by_key(session, row)):
                return known
            row.number = (session.scalar(select(func.max(_JOB.c.number))) or 0) + 1
            session.execute(insert(_JOB), [row.model_dump()])
            if batch is not None:
                session.execute(insert(_BATCH), [{"job_id": row.id, "data": batch}])
        return row

    def _by_key(self, session: Session, row: JobRow) -> JobRow | None:
        found = session.execute(select(_JOB).where(_JOB.c.key == row.key, _JOB.c.source == row.source)).first()
        if found is None:
            return None
        if found.digest != row.digest:
            raise ConflictError(f"the key {row.key} was used for other posts: a new batch needs a new key")
        return _row(found)

    def claim(self, owner: str, *, only_own: bool = False) -> JobRow | None:
        """Return the first job that waits, which `owner` runs from now on; None where one runs, or none waits.

        With `only_own` jobs are left alone that others could run as well.

        One at a time: a corpus has one writer.
        """
        with self._changing() as session:
            if session.scalar(select(_JOB.c.id).where(_JOB.c.status == "running").limit(1)) is not None:
                return None
            may = _JOB.c.owner == owner if only_own else _JOB.c.owner.is_(None) | (_JOB.c.owner == owner)
            query = select(_JOB).where(_JOB.c.status == "queued", may).order_by(_JOB.c.number).limit(1)
            found = session.execute(query).first()
            if found is None:
                return None
            values = {"status": "running", "owner": owner, "attempts": found.attempts + 1, "beat": found.beat + 1}
            session.execute(update(_JOB).where(_JOB.c.id == found.id).values(values))
        return _row(found, values)

    def batch(self, job_id: str) -> bytes | None:
        """Return the posts of a job; None where they are with its owner only."""
        with Session(self.engine) as session:
            data = session.scalar(select(_BATCH.c.data).where(_BATCH.c.job_id == job_id))
        return None if data is None else bytes(data)

    def beat(self, owner: str, job_id: str | None = None, progress: _Values | None = None) -> bool:
        """Show that `owner` lives, and how far the job is that it runs; tell whether that was cancelled."""
        with self._changing() as session:
            own = (_JOB.c.owner == owner, _JOB.c.status.in_(WAITING))
            session.execute(update(_JOB).where(*own).values(beat=_JOB.c.beat + 1))
            if job_id is None:
                return False
            if progress:
                session.execute(update(_JOB).where(_JOB.c.id == job_id, *own).values(progress))
            return bool(session.scalar(select(_JOB.c.cancelled).where(_JOB.c.id == job_id)))

    def end(self, job_id: str, values: _Values) -> None:
        """Write how a job ended, and drop its posts. One that has ended is left as it is."""
        with self._changing() as session:
            _end(session, job_id, values)

    def put_back(self, job_id: str, values: _Values) -> None:
        """Let a running job wait again, with nothing of it done: its process ends, or its database went away."""
        with self._changing() as session:
            running = (_JOB.c.id == job_id, _JOB.c.status == "running")
            session.execute(update(_JOB).where(*running).values({**_again(), **values}))

    def cancel(self, job_id: str) -> JobRow:
        """End a job that waits, or have the one that runs ended at its next post; nothing of it is stored.

        Raises:
            NotFoundError: there is no such job.
            ConflictError: it has ended.
        """
        with self._changing() as session:
            found = session.execute(select(_JOB).where(_JOB.c.id == job_id)).first()
            if found is None:
                raise NotFoundError(f"There is no job with the id {job_id}.")
            if found.status in ENDED:
                raise ConflictError(f"The job {job_id} has ended already: it is {found.status}.")
            if found.status == "queued":
                _end(session, job_id, {"status": "cancelled", "finished": now()})
            session.execute(update(_JOB).where(_JOB.c.id == job_id).values(cancelled=True))
        row = self.get(job_id)
        assert row is not None  # noqa: S101 - jobs are never removed by anybody but `forget`, and that one is new
        return row

    def get(self, job_id: str) -> JobRow | None:
        """Return the job as it stands, or None where nobody knows it."""
        with Session(self.engine) as session:
            found = session.execute(select(_JOB).where(_JOB.c.id == job_id)).first()
        return None if found is None else _row(found)

    def waiting(self) -> list[JobRow]:
        """Return the jobs that have not ended, in their order."""
        with Session(self.engine) as session:
            found = session.execute(select(_JOB).where(_JOB.c.status.in_(WAITING)).order_by(_JOB.c.number)).all()
        return [_row(one) for one in found]

    def recent(self, most: int, source: str | None = None) -> list[JobRow]:
        """Return the latest jobs, the newest first."""
        query = select(_JOB).order_by(_JOB.c.number.desc()).limit(most)
        with Session(self.engine) as session:
            found = session.execute(query if source is None else query.where(_JOB.c.source == source)).all()
        return [_row(one) for one in found]

    def counted(self) -> dict[str, int]:
        """Return how many jobs there are of each status."""
        with Session(self.engine) as session:
            found = session.execute(select(_JOB.c.status, func.count()).group_by(_JOB.c.status)).all()
        numbers: dict[str, int] = dict.fromkeys((*WAITING, *ENDED), 0)
        numbers.update((status, number) for status, number in found)
        return numbers

    def abandon(self, gone: Iterable[JobRow], most: int) -> None:
        """Let the jobs of dead processes be run by others; fail those nobody else can run, or that died `most` times.

        A job whose owner shows life meanwhile is left alone.
        """
        with self._changing() as session:
            for row in gone:
                same = (_JOB.c.id == row.id, _JOB.c.beat == row.beat, _JOB.c.owner == row.owner)
                if session.scalar(select(_JOB.c.id).where(*same)) is None:
                    continue
                kept = session.scalar(select(_BATCH.c.job_id).where(_BATCH.c.job_id == row.id)) is not None
                if kept and row.attempts < most:
                    session.execute(update(_JOB).where(*same).values(_again()))
                else:
                    _end(session, row.id, failed(_died(row) if kept else "the service stopped before the job ended"))

    def forget(self, kept: int) -> None:
        """Drop the oldest ended jobs beyond `kept`."""
        with self._changing() as session:
            last = session.scalar(
                select(_JOB.c.number)
                .where(_JOB.c.status.in_(ENDED))
                .order_by(_JOB.c.number.desc())
                .offset(kept)
                .limit(1)
            )
            if last is not None:
                session.execute(delete(_JOB).where(_JOB.c.status.in_(ENDED), _JOB.c.number <= last))


def failed(detail: str, path: str = "", line: int | None = None) -> dict[str, object]:
    """Return the values of a job that failed: nothing of it was stored."""
    nothing: dict[str, object] = dict.fromkeys(("added", "updated", "unchanged", "deleted"), 0)
    return {"status": "failed", "finished": now(), "errors": [error(path, line, detail)], **nothing}


def error(path: str, line: int | None, detail: str) -> dict[str, object]:
    """Return what went wrong, as a job's row keeps it."""
    return {"path": path, "line": line, "detail": detail}


def now() -> str:
    """Return the time, as rows keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _died(row: JobRow) -> str:
    return f"the service stopped {row.attempts} times while this job ran, so it is not tried again"


def _again() -> dict[str, object]:
    """Return the values of a job that waits to be run by anybody."""
    nothing: dict[str, object] = dict.fromkeys(("total", "added", "updated", "unchanged", "deleted", "failed"), 0)
    return {"status": "queued", "owner": None, **nothing}


def _end(session: Session, job_id: str, values: _Values) -> None:
    session.execute(update(_JOB).where(_JOB.c.id == job_id, _JOB.c.status.in_(WAITING)).values(**dict(values)))
    session.execute(delete(_BATCH).where(_BATCH.c.job_id == job_id))


def _row(found: Any, changed: _Values | None = None) -> JobRow:
    """Return a row of its own, tied to no session."""
    return JobRow(**{**found._asdict(), **(changed or {})})
