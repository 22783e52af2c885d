"""What an article says: mentions, glosses, figures, times, claims, and the terms these are found by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, Index, LargeBinary
from sqlmodel import Field, SQLModel

from service.store.tables.naming import article_owner


class ClaimRow(SQLModel, table=True):
    """A claim of an article; `id` is derived from the article and the normalised text."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_article_id_ordinal", "article_id", "ordinal"),)

    id: str = Field(primary_key=True)
    # What it is listed by in the index.
    number: int = Field(sa_column=Column(BigInteger, nullable=False, server_default="0", index=True))
    article_id: str = Field(sa_column=Column(ForeignKey("article.id", ondelete="CASCADE"), nullable=False))
    ordinal: int
    text: str
    folded: str
    line: int
    start: int
    end: int
    section: str | None = None
    speaker_ordinal: int | None = None  # the mention of this article that says it; None: the author
    kind: str = Field(index=True)
    quote: bool
    negated: bool
    speaker_origin: str | None = None  # `proposed` where a model did
    # What weakens it: kind, and where it and what it weakens stand.
    hedges: list[dict[str, Any]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))


class MentionRow(SQLModel, table=True):
    """A name seen at a place; `entity_id` is the corpus's decision on whose it is."""

    __tablename__ = "mention"
    __table_args__ = (
        Index("ix_mention_entity_id", "entity_id"),
        Index("ix_mention_claim_id", "claim_id"),
        Index("ix_mention_name", "name", "kind"),  # to give all mentions of one name their entity
    )

    article_id: str = Field(sa_column=article_owner())
    ordinal: int = Field(primary_key=True)
    surface: str
    kind: str
    name: str  # the fullest form this article gives
    key: str | None = None  # the lexicon's id
    role: str
    method: str
    confidence: float
    line: int
    start: int
    end: int
    claim_id: str | None = Field(default=None, foreign_key="claim.id", ondelete="SET NULL")
    entity_id: str | None = None


class GlossRow(SQLModel, table=True):
    """Two names an article says are one."""

    __tablename__ = "gloss"
    __table_args__ = (Index("ix_gloss_name", "name"), Index("ix_gloss_gloss", "gloss"))  # to say why names are one

    article_id: str = Field(sa_column=article_owner())
    ordinal: int = Field(primary_key=True)
    kind: str
    name: str
    gloss: str
    line: int
    start: int
    end: int


class FigureRow(SQLModel, table=True):
    """A quantity of an article: REAL to compare, TEXT to be exact."""

    __tablename__ = "figure"
    __table_args__ = (Index("ix_figure_unit_low", "unit", "low"), Index("ix_figure_claim_id", "claim_id"))

    id: str = Field(primary_key=True)
    article_id: str = Field(sa_column=Column(ForeignKey("article.id", ondelete="CASCADE"), nullable=False, index=True))
    ordinal: int
    text: str
    line: int
    start: int
    end: int
    low: float = Field(sa_column=Column(Float, nullable=False))
    high: float = Field(sa_column=Column(Float, nullable=False))
    low_exact: str
    high_exact: str
    unit: str
    per: str | None = None
    counted: str | None = None
    row_heading: str | None = None
    column_heading: str | None = None
    folded_headings: str | None = None  # to be found by
    measured: str | None = None  # in prose, what it is the value of
    # What it holds under: kind, aspect and side, and where it is said.
    conditions: list[dict[str, Any]] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    approx: str
    origin: str | None = None  # `proposed` where a model did; None: the rules found it
    claim_id: str | None = Field(default=None, foreign_key="claim.id", ondelete="SET NULL")


class TimeRow(SQLModel, table=True):
    """A date, period or relative time of an article."""

    __tablename__ = "time"
    __table_args__ = (Index("ix_time_claim_id", "claim_id"),)

    article_id: str = Field(sa_column=article_owner())
    ordinal: int = Field(primary_key=True)
    text: str
    line: int
    start: int
    end: int
    low: str | None = None
    high: str | None = None
    kind: str
    claim_id: str | None = Field(default=None, foreign_key="claim.id", ondelete="SET NULL")


class ClaimPostingRow(SQLModel, table=True):
    """An index entry: claims that hold a term, in a part of their numbers; see `service.store.claim_postings`."""

    __tablename__ = "claim_posting"
    __table_args__ = ({"sqlite_with_rowid": False},)

    place: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))  # term and part
    claims: int  # in the first part of a term: how many hold it; else 0
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
