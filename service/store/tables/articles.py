"""An article and what its page holds: labels, addresses, headings, links, media."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from service.store.tables.naming import article_owner


class ArticleRow(SQLModel, table=True):
    """A post as stored and served; `id` is derived from (source, path)."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_source_path", "source", "path", unique=True),
        Index("ix_article_draft", "id", sqlite_where=text("draft = 1"), postgresql_where=text("draft")),
    )

    id: str = Field(primary_key=True)
    source: str = Field(foreign_key="source.name", ondelete="CASCADE")
    path: str
    content_hash: str  # of the file, the source's settings and the extractor's version: equal means nothing to do
    dialect: str
    url: str | None = None
    title: str
    script: str
    language: str | None = None
    published: str | None = Field(default=None, index=True)  # ISO 8601, as precise and as zoned as the post says
    updated: str | None = None
    authors: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    tags: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    categories: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    aliases: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    draft: bool = False
    original_url: str | None = None
    original_name: str | None = None
    description: str | None = None
    extra: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))  # other front matter
    problems: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    text: str = Field(sa_column=Column(Text, nullable=False))
    folded: str = Field(sa_column=Column(Text, nullable=False))  # fold(text): same length, for search
    anchors: list[list[int]] = Field(  # [start, line, column]: from `start` on, the text runs along the file from there
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    # [start, end] of what is no running text of the body: code, addresses, what the front matter shows
    fixed: list[list[int]] | None = Field(default=None, sa_column=Column(JSON))


class LabelRow(SQLModel, table=True):
    """A tag, category or author of an article, folded so that either script finds it."""

    __tablename__ = "label"
    __table_args__ = (Index("ix_label_kind_folded", "kind", "folded"),)

    article_id: str = Field(sa_column=article_owner())
    kind: str = Field(primary_key=True)  # tag | category | author
    ordinal: int = Field(primary_key=True)
    value: str
    folded: str


class AddressRow(SQLModel, table=True):
    """A way to point at an article: its URL, an old URL, its path, its name, another name of it, its title."""

    __tablename__ = "address"
    __table_args__ = (Index("ix_address_key", "key"),)

    article_id: str = Field(sa_column=article_owner())
    kind: str = Field(primary_key=True)  # file | path | name | url | alias | folder | slug | title
    key: str = Field(primary_key=True)  # normalised and folded: what links and URLs are compared by
    spelled: str | None = None  # the key in its own script, where that differs
    language: str | None = None  # of the page, where its site tells pages apart by it


class HeadingRow(SQLModel, table=True):
    """A heading of an article."""

    __tablename__ = "heading"

    article_id: str = Field(sa_column=article_owner())
    ordinal: int = Field(primary_key=True)
    level: int
    text: str
    line: int
    start: int
    end: int


class LinkRow(SQLModel, table=True):
    """A link as written; what it leads to is found by joining its keys with the addresses."""

    __tablename__ = "link"

    article_id: str = Field(sa_column=article_owner())
    ordinal: int = Field(primary_key=True)
    kind: str
    target: str
    alias: str | None = None
    heading: str | None = None
    block: str | None = None
    relation: str | None = None
    note: str | None = None
    line: int
    start: int | None = None
    end: int | None = None
    language: str | None = None  # of the page it stands on, as of addresses


class LinkKeyRow(SQLModel, table=True):
    """What a link looks for among the addresses, the best first; a link that leaves its site has none."""

    __tablename__ = "link_key"
    __table_args__ = (Index("ix_link_key_key", "key"),)

    article_id: str = Field(sa_column=article_owner())
    ordinal: int = Field(primary_key=True)  # of the link
    place: int = Field(primary_key=True)
    key: str
    spelled: str | None = None  # the key in its own script, where that differs


class MediaRow(SQLModel, table=True):
    """An image or embed of an article."""

    __tablename__ = "media"

    article_id: str = Field(sa_column=article_owner())
    ordinal: int = Field(primary_key=True)
    kind: str
    name: str | None = None
    target: str | None = None
    alt: str | None = None
    args: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    line: int
