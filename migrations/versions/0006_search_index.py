"""The search index: segments of numbered articles, and the articles of each that hold a term."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TERM = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "search_segment",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("live", sa.LargeBinary(), nullable=False),
        sa.Column("ties", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_segment")),
    )
    op.create_table(
        "search_posting",
        sa.Column("segment", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", _TERM, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("segment", "term", name=op.f("pk_search_posting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_document",
        _article(),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_search_document")),
        *_owned("search_document"),
    )
    op.create_index("ix_search_document_segment_slot", "search_document", ["segment", "slot"], unique=True)
    op.create_table(
        "search_dead",
        sa.Column("segment", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("segment", "slot", name=op.f("pk_search_dead")),
    )
    op.create_table(
        "search_fresh",
        _article(),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_search_fresh")),
        *_owned("search_fresh"),
    )


def downgrade() -> None:
    for name in ("fresh", "dead", "document", "posting", "segment"):
        op.drop_table(f"search_{name}")


def _article() -> sa.Column[str]:
    return sa.Column("article_id", sa.String(), nullable=False)


def _owned(table: str) -> list[sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_article_id_article")
    return [sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=name, ondelete="CASCADE")]
