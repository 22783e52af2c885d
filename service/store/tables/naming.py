"""What all tables share: the names of their constraints, and the column that ties a row to its article.

Every module of tables imports this one first, for a table takes the metadata that stands when it is declared.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, String
from sqlmodel import SQLModel

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


def article_owner() -> Any:
    """Return the column that ties a row to its article and lets it go with it."""
    return Column("article_id", String, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
