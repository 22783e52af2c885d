"""The tables: what is remembered of every article.

An article owns its headings, labels, links, media, mentions, glosses, figures, times, claims and terms: they go when
it goes, and are replaced with it in one transaction. Entities belong to the corpus: they are decided from all mentions
and glosses and from the editors' decisions, so a row's entity can change without its article being written again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, MetaData, String, Text
from sqlmodel import Field, SQLModel

# Names of constraints are fixed so that migrations are the same on every database.
SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _owner() -> Any:
    """Return the column that ties a row to its article and lets it go with it."""
    return Column("article_id", String, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)


class SourceRow(SQLModel, table=True):
    """A site or vault that posts come from."""

    __tablename__ = "source"

    name: str = Field(primary_key=True)
    kind: str = "auto"  # hugo | jekyll | obsidian | markdown | auto
    base_url: str | None = None
    permalinks: dict[str, str] | None = Field(default=None, sa_column=Column(JSON))
    language: str | None = None
    timezone: str | None = None
    settings: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))  # what else its configuration says


class ArticleRow(SQLModel, table=True):
    """A post as stored and served; `id` is derived from (source, path)."""

    __tablename__ = "article"
    __table_args__ = (Index("ix_article_source_path", "source", "path", unique=True),)

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

    article_id: str = Field(sa_column=_owner())
    kind: str = Field(primary_key=True)  # tag | category | author
    ordinal: int = Field(primary_key=True)
    value: str
    folded: str


class AddressRow(SQLModel, table=True):
    """A way to point at an article: its URL, an old URL, its path, its name, another name of it, its title."""

    __tablename__ = "address"
    __table_args__ = (Index("ix_address_key", "key"),)

    article_id: str = Field(sa_column=_owner())
    kind: str = Field(primary_key=True)  # file | path | name | url | alias | folder | slug | title
    key: str = Field(primary_key=True)  # normalised and folded: what links and URLs are compared by
    spelled: str | None = None  # the key in its own script, where that differs
    language: str | None = None  # of the page, where its site tells pages apart by it


class HeadingRow(SQLModel, table=True):
    """A heading of an article."""

    __tablename__ = "heading"

    article_id: str = Field(sa_column=_owner())
    ordinal: int = Field(primary_key=True)
    level: int
    text: str
    line: int
    start: int
    end: int


class LinkRow(SQLModel, table=True):
    """A link as written; what it leads to is found by joining its keys with the addresses."""

    __tablename__ = "link"

    article_id: str = Field(sa_column=_owner())
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

    article_id: str = Field(sa_column=_owner())
    ordinal: int = Field(primary_key=True)  # of the link
    place: int = Field(primary_key=True)
    key: str
    spelled: str | None = None  # the key in its own script, where that differs


class MediaRow(SQLModel, table=True):
    """An image or embed of an article."""

    __tablename__ = "media"

    article_id: str = Field(sa_column=_owner())
    ordinal: int = Field(primary_key=True)
    kind: str
    name: str | None = None
    target: str | None = None
    alt: str | None = None
    args: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    line: int


class ClaimRow(SQLModel, table=True):
    """A claim of an article; `id` is derived from the article and the normalised text."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_article_id_ordinal", "article_id", "ordinal"),)

    id: str = Field(primary_key=True)
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


class MentionRow(SQLModel, table=True):
    """A name seen at a place; `entity_id` is the corpus's decision on whose it is."""

    __tablename__ = "mention"
    __table_args__ = (
        Index("ix_mention_entity_id", "entity_id"),
        Index("ix_mention_claim_id", "claim_id"),
        Index("ix_mention_name", "name", "kind"),  # to give all mentions of one name their entity
    )

    article_id: str = Field(sa_column=_owner())
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

    article_id: str = Field(sa_column=_owner())
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
    approx: str
    claim_id: str | None = Field(default=None, foreign_key="claim.id", ondelete="SET NULL")


class TimeRow(SQLModel, table=True):
    """A date, period or relative time of an article."""

    __tablename__ = "time"
    __table_args__ = (Index("ix_time_claim_id", "claim_id"),)

    article_id: str = Field(sa_column=_owner())
    ordinal: int = Field(primary_key=True)
    text: str
    line: int
    start: int
    end: int
    low: str | None = None
    high: str | None = None
    kind: str
    claim_id: str | None = Field(default=None, foreign_key="claim.id", ondelete="SET NULL")


class ClaimTermRow(SQLModel, table=True):
    """An index entry: a folded term (two-character run or Latin word) that a claim holds."""

    __tablename__ = "claim_term"
    __table_args__ = (Index("ix_claim_term_claim_id", "claim_id"), {"sqlite_with_rowid": False})

    term: str = Field(primary_key=True)
    claim_id: str = Field(primary_key=True, foreign_key="claim.id", ondelete="CASCADE")


class ArticleTermRow(SQLModel, table=True):
    """An index entry: one of the terms that tell an article from others, with how often it stands there."""

    __tablename__ = "article_term"
    __table_args__ = (Index("ix_article_term_article_id", "article_id"), {"sqlite_with_rowid": False})

    term: str = Field(primary_key=True)
    article_id: str = Field(sa_column=_owner())
    count: int


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


class JobRow(SQLModel, table=True):
    """An ingestion and how far it is."""

    __tablename__ = "job"

    id: str = Field(primary_key=True)
    source: str
    status: str  # queued | running | done | failed
    created: str
    finished: str | None = None
    total: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    failed: int = 0
    errors: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class CorpusRow(SQLModel, table=True):
    """One row: a number that grows with every change, so that answers can be cached by it."""

    __tablename__ = "corpus"

    id: int = Field(default=1, primary_key=True)
    version: int = 0


TABLES = SQLModel.metadata.tables  # by name, for statements that write or read many rows without making objects
