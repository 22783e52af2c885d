"""What a model proposed: its replies, kept so that nobody asks twice, and how it sees pairs of claims."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from service.store.tables import naming  # noqa: F401 - the names of constraints


class ModelReplyRow(SQLModel, table=True):
    """A model's reply to a text, whatever posts hold it; `key` is made of the text, the prompt and the model."""

    __tablename__ = "model_reply"

    key: str = Field(primary_key=True)
    model: str
    prompt: str  # its version
    reply: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    made_at: str  # ISO 8601, UTC


class PairProposalRow(SQLModel, table=True):
    """How a model sees two claims, `one` the id that sorts first; what words tell and editors judge outranks it.

    As with judgements, nothing here points to the rows of claims, which come and go with their posts.
    """

    __tablename__ = "pair_proposal"

    one: str = Field(primary_key=True)
    other: str = Field(primary_key=True, index=True)
    relation: str  # same | different | conflict
    one_quote: str
    other_quote: str
    model: str
    prompt: str
    made_at: str
