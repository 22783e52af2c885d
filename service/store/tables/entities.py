"""What the corpus decides: entities, their names, and the editors' decisions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from service.store.tables import naming  # noqa: F401 - the names of constraints


class EntityRow(SQLModel, table=True):
    """Who or what a set of names stands for."""

    __tablename__ = "entity"

    id: str = Field(primary_key=True)
    kind: str = Field(index=True)
    name: str
    hant: str | None = None
    hans: str | None = None
    en: str | None = None
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class EntityNameRow(SQLModel, table=True):
    """A folded name of an entity: what queries are matched against."""

    __tablename__ = "entity_name"
    # `text_pattern_ops`: PostgreSQL finds beginnings by this index whatever language the database sorts by.
    __table_args__ = (Index("ix_entity_name_folded", "folded", postgresql_ops={"folded": "text_pattern_ops"}),)

    entity_id: str = Field(primary_key=True, foreign_key="entity.id", ondelete="CASCADE")
    folded: str = Field(primary_key=True)


class DecisionRow(SQLModel, table=True):
    """An editor's decision on an entity: outranks what is extracted, outlives every ingestion, can be taken back."""

    __tablename__ = "decision"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number that was taken back never names another decision

    id: int | None = Field(default=None, primary_key=True)
    kind: str  # edit | alias | unalias | merge | split | not_this | reject: see `service.model.Decision`
    entity_id: str | None = Field(default=None, index=True)  # None: of a name, whoever bears it
    value: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    made_by: str | None = None
    made_at: str | None = None  # ISO 8601, UTC
    why: str | None = None
