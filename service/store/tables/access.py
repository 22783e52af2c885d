"""Who may change the corpus: the bearer tokens, as digests."""

from __future__ import annotations

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from service.store.tables import naming  # noqa: F401 - the names of constraints


class TokenRow(SQLModel, table=True):
    """A named token: its SHA-256 and what it may be used for. The token itself is kept nowhere."""

    __tablename__ = "token"

    name: str = Field(primary_key=True)
    digest: str = Field(unique=True)  # hexadecimal
    scopes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # `service.access.Scope`
    made_at: str  # ISO 8601, UTC
    ends_at: str | None = None  # ISO 8601, UTC; from then on it opens nothing
