"""Ingestion jobs as answers."""

from __future__ import annotations

from service.query.answers import JobAnswer, JobCounts, JobError
from service.store.tables import JobRow


def job_answer(row: JobRow) -> JobAnswer:
    """Return the answer for a job.

    >>> job_answer(JobRow(id="j1", source="blog", status="queued", created="2026-02-03T09:00:00+00:00")).counts.added
    0
    """
    counts = JobCounts(
        added=row.added, updated=row.updated, unchanged=row.unchanged, deleted=row.deleted, failed=row.failed
    )
    same = row.model_dump(include={"id", "source", "status", "created", "finished", "total"})
    return JobAnswer(**same, counts=counts, errors=[JobError(**error) for error in row.errors])
