"""What editors judge of two claims."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from service.store.tables import naming  # noqa: F401 - the names of constraints


class JudgementRow(SQLModel, table=True):
    """An editor's judgement on two claims, `one` the id that sorts first: it outranks what their words tell.

    Claims come and go with their posts, and return under the same id, which is made of their article and their words;
    so nothing here points to the rows of claims, and what they said stays readable.
    """

    __tablename__ = "judgement"
    __table_args__ = (UniqueConstraint("one", "other", name="uq_judgement_one_other"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    one: str
    other: str = Field(index=True)
    relation: str  # same | different | conflict
    one_article: str
    other_article: str
    one_text: str
    other_text: str
    made_by: str | None = None
    made_at: str | None = None  # ISO 8601, UTC
    why: str | None = None
