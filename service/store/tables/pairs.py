"""Which claims of different articles say the same or contradict each other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Float, ForeignKey, Index
from sqlmodel import Field, SQLModel

from service.store.tables import naming  # noqa: F401 - the names of constraints


def _claim(name: str) -> Any:
    return Column(name, ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True)


class ClaimPairRow(SQLModel, table=True):
    """Two claims, `one` the id that sorts first, and how they stand to each other as their words tell."""

    __tablename__ = "claim_pair"
    __table_args__ = (
        Index("ix_claim_pair_other", "other"),
        Index("ix_claim_pair_relation_size", "relation", "size"),
        {"sqlite_with_rowid": False},
    )

    one: str = Field(sa_column=_claim("one"))
    other: str = Field(sa_column=_claim("other"))
    relation: str  # agree | conflict
    size: float = Field(sa_column=Column(Float, nullable=False))  # how far apart, in orders of magnitude
    score: float = Field(sa_column=Column(Float, nullable=False))  # how well the one fits the other
    why: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
