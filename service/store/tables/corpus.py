"""The corpus: its sources, the jobs that fill them, and the number of its state."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from service.store.tables import naming  # noqa: F401 - the names of constraints


class SourceRow(SQLModel, table=True):
    """A site or vault that posts come from."""

    __tablename__ = "source"

    name: str = Field(primary_key=True)
    kind: str = "auto"  # hugo | jekyll | obsidian | markdown | auto
    base_url: str | None = None
    permalinks: dict[str, str] | None = Field(default=None, sa_column=Column(JSON))
    language: str | None = None
    timezone: str | None = None
    settings: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))  # what else its configuration says


class JobRow(SQLModel, table=True):
    """An ingestion and how far it is."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_source_key", "source", "key", unique=True),)

    id: str = Field(primary_key=True)
    number: int = Field(default=0, index=True)  # in the order they were submitted
    source: str
    status: str = Field(index=True)  # queued | running | done | failed | cancelled
    owner: str | None = None  # the process that runs it, or alone could
    beat: int = 0  # grows as long as the owner lives
    attempts: int = 0
    cancelled: bool = False  # somebody wants it ended
    key: str | None = None  # what the caller calls it, so that pushing again finds it
    digest: str | None = None  # SHA-256 of its posts, where it has a key
    created: str
    finished: str | None = None
    total: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    failed: int = 0
    errors: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class JobBatchRow(SQLModel, table=True):
    """The posts of a job that has not ended; see `service.jobs.batches`."""

    __tablename__ = "job_batch"

    job_id: str = Field(primary_key=True, foreign_key="job.id", ondelete="CASCADE")
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class CorpusRow(SQLModel, table=True):
    """One row: a number that grows with every change, so that answers can be cached by it."""

    __tablename__ = "corpus"

    id: int = Field(default=1, primary_key=True)
    version: int = 0
    paired: str | None = None  # by which rules claims were set beside each other; None: they are to be, all
    resolved: str | None = None  # by which rules the corpus was resolved last; None: it is to be resolved anew
