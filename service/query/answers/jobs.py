"""Ingestions, and how much is stored."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.query.answers.base import Answer


class JobCounts(Answer):
    """What an ingestion did so far, in files."""

    added: int = Field(default=0, examples=[3])
    updated: int = Field(default=0, examples=[1])
    unchanged: int = Field(default=0, examples=[120])
    deleted: int = Field(default=0, examples=[0])
    failed: int = Field(default=0, examples=[1])


class JobError(Answer):
    """A post that did not go in, and why."""

    path: str = Field(examples=["content/posts/broken.md"])
    line: int | None = Field(default=None, examples=[3])
    detail: str = Field(examples=["the front matter is not closed"])


class JobAnswer(Answer):
    """An ingestion and how far it is."""

    id: str = Field(examples=["01jm3v8q"])
    source: str = Field(examples=["blog"])
    status: Literal["queued", "running", "done", "failed", "cancelled"] = Field(examples=["done"])
    counts: JobCounts = Field(default_factory=JobCounts)
    errors: list[JobError] = Field(default_factory=list)
    created: str = Field(description="ISO 8601.", examples=["2026-02-03T09:00:00+00:00"])
    finished: str | None = Field(default=None, description="ISO 8601.", examples=["2026-02-03T09:00:04+00:00"])
    total: int = Field(default=0, description="Files of the batch.", examples=[125])
