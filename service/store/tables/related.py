"""The index of related articles: the terms that tell each article, and who holds a term."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Text
from sqlmodel import Field, SQLModel

from service.store.tables import naming  # noqa: F401 - the names of constraints

_LONG = BigInteger().with_variant(Integer, "sqlite")  # there a key of this type is the row's own number: one tree less


class RelatedArticleRow(SQLModel, table=True):
    """An article with its terms; `number` is what stands for it among the holders of a term."""

    __tablename__ = "related_article"

    number: int = Field(sa_column=Column(_LONG, primary_key=True, autoincrement=False))
    article_id: str = Field(
        sa_column=Column(String, ForeignKey("article.id", ondelete="CASCADE"), nullable=False, unique=True)
    )
    listed: bool  # whether it is among the holders: no draft is
    terms: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # as `related_terms.packed` writes them
    sketch: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # what copies of a text share
    shown: str = Field(sa_column=Column(Text, nullable=False))  # JSON: of each term how it is written, first mention


class RelatedPostingRow(SQLModel, table=True):
    """An index entry: articles that a term tells from others, in a part of their numbers; see `related_postings`."""

    __tablename__ = "related_posting"

    place: int = Field(sa_column=Column(_LONG, primary_key=True, autoincrement=False))  # term and part
    articles: int  # in the first part of a term: how many hold it; else 0
    heaviest: int  # there: the most that any of them holds of it; else 0
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
