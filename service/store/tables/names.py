"""What resolving keeps of all posts' names, so that one post more touches only what its names touch.

Everything here follows from mentions, glosses, articles and decisions, and is built anew whenever that is in doubt.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from service.store.tables.naming import article_owner


class SeenNameRow(SQLModel, table=True):
    """How often the posts of a source write a name in one way; what entity notes are titled by has no surface."""

    __tablename__ = "seen_name"

    id: str = Field(primary_key=True)  # derived from kind, name, key, surface and source
    kind: str
    name: str
    key: str | None = None
    surface: str
    source: str
    node: str = Field(index=True)  # the bearer as far as the name tells: `service.resolution.groups.Node.code`
    full: str = Field(index=True)  # the name as names are compared
    said: str = Field(index=True)  # the surface as names are compared
    times: int
    articles: int
    sure: int  # mentions that are more than likely


class TieRow(SQLModel, table=True):
    """Two names that posts or entity notes say are one, how often, and the bearers that these names stand for."""

    __tablename__ = "tie"

    id: str = Field(primary_key=True)  # derived from kind, name and gloss
    kind: str
    name: str
    gloss: str
    one: str = Field(index=True)  # the node of `name`
    other: str = Field(index=True)  # the node of `gloss`
    times: int


class BearerRow(SQLModel, table=True):
    """The group that a node is in, and the id of that group before editors are heard."""

    __tablename__ = "bearer"

    node: str = Field(primary_key=True)
    leader: str  # the node that stands for the group
    base: str | None = Field(default=None, index=True)  # the id that the group's names make; None: the lexicon's
    own: str | None = Field(default=None, index=True)  # the id that the node's names make by themselves
    ident: str = Field(index=True)


class EntityNoteRow(SQLModel, table=True):
    """An article that is a note about one person or company, and the names it gives."""

    __tablename__ = "entity_note"

    article_id: str = Field(primary_key=True)  # outlives its article until the corpus is resolved
    source: str
    kind: str
    title: str
    names: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    node: str = Field(index=True)  # of the title


class NoteNameRow(SQLModel, table=True):
    """A name in an entity note, as names are compared: of those that several subjects share none ties anything."""

    __tablename__ = "note_name"
    __table_args__ = (Index("ix_note_name_folded", "folded"),)

    article_id: str = Field(primary_key=True)
    folded: str = Field(primary_key=True)


class UnprovenRow(SQLModel, table=True):
    """What may be a name, where its post says too little: a mention as soon as other posts prove the name."""

    __tablename__ = "unproven"
    __table_args__ = (Index("ix_unproven_form", "form"),)

    article_id: str = Field(sa_column=article_owner())
    ordinal: int = Field(primary_key=True)  # behind those of the article's mentions, which it keeps as one
    surface: str
    kind: str
    form: str  # the surface as names are compared
    line: int
    start: int
    end: int
    claim_id: str | None = None
