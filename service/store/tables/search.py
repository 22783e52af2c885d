"""The search index: which articles hold a term, and how much it says of each.

Articles are numbered within segments, as in Lucene: a segment is written once and merged with others later; what is
deleted is only marked. New articles wait, each with its own terms, until there are enough of them for a segment.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String
from sqlmodel import Field, SQLModel

from service.store.tables.naming import article_owner

# Ranges of terms are read: PostgreSQL must sort them by code point, as SQLite and Python do.
_TERM = String().with_variant(String(collation="C"), "postgresql")


class SearchSegmentRow(SQLModel, table=True):
    """A run of numbered articles; bits count from the lowest one of the first byte."""

    __tablename__ = "search_segment"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    slots: int  # numbers that were given out, a multiple of eight
    live: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # a bit for each: its article stands
    ties: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # bitmaps of what orders articles equally good


class SearchPostingRow(SQLModel, table=True):
    """An index entry: the articles of a segment that hold a term, as `service.store.search_postings` writes them."""

    __tablename__ = "search_posting"
    __table_args__ = ({"sqlite_with_rowid": False},)

    segment: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    term: str = Field(sa_column=Column(_TERM, primary_key=True))
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SearchDocumentRow(SQLModel, table=True):
    """The number of an article in its segment."""

    __tablename__ = "search_document"
    __table_args__ = (Index("ix_search_document_segment_slot", "segment", "slot", unique=True),)

    article_id: str = Field(sa_column=article_owner())
    segment: int
    slot: int


class SearchDeadRow(SQLModel, table=True):
    """A number whose article is gone, until its segment is told."""

    __tablename__ = "search_dead"

    segment: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    slot: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))


class SearchFreshRow(SQLModel, table=True):
    """An article that waits for a segment, with its terms."""

    __tablename__ = "search_fresh"

    article_id: str = Field(sa_column=article_owner())
    terms: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
