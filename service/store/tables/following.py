"""What was heard of repositories: the commits brought in, the pushes told of, and the messages that told of them."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from service.store.tables import naming  # noqa: F401 - the names of constraints


class FollowedRow(SQLModel, table=True):
    """The commit that a source was last brought to, and what its posts were read by; see `service.jobs.commits`."""

    __tablename__ = "followed"

    source: str = Field(primary_key=True)
    commit: str
    reading: str  # SHA-256 of the site, its place and the version of extraction


class PushedRow(SQLModel, table=True):
    """The latest push of the repository that a source follows."""

    __tablename__ = "pushed"

    source: str = Field(primary_key=True)
    repository: str
    commit: str
    folder: str = ""
    pushed_at: int | None = Field(default=None, sa_type=BigInteger)  # seconds since 1970, by the code host's clock


class DeliveryRow(SQLModel, table=True):
    """A message of a code host that was taken, and the job it was answered with."""

    __tablename__ = "delivery"

    digest: str = Field(primary_key=True)  # SHA-256 of its signature
    number: int = Field(index=True)  # in the order they came
    job: str
