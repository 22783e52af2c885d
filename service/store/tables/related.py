"""The index of related articles: the terms that tell each article, who holds a term, and how many do."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Text
from sqlmodel import Field, SQLModel

from service.store.tables.naming import article_owner


class RelatedArticleRow(SQLModel, table=True):
    """An article with its terms; `number` is what stands for it among the holders of a term."""

    __tablename__ = "related_article"

    article_id: str = Field(sa_column=article_owner())
    number: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    listed: bool  # whether it is among the holders: no draft is
    terms: str = Field(sa_column=Column(Text, nullable=False))  # JSON: of each what `Term` holds
    sketch: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # what copies of a text share


class RelatedHolderRow(SQLModel, table=True):
    """An index entry: an article that a term tells from others, and how much of it."""

    __tablename__ = "related_holder"
    __table_args__ = ({"sqlite_with_rowid": False},)

    term: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    article: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    weight: int


class RelatedCountRow(SQLModel, table=True):
    """How many articles hold a term; under `EVERY` of `service.store.related_terms`, how many there are."""

    __tablename__ = "related_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    term: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    articles: int
