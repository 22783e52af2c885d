"""Related articles are told by terms with weights: who holds a term, and how many do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("article_term")
    op.create_table(
        "related_article",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_related_article_article_id_article"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_related_article")),
        sa.UniqueConstraint("number", name=op.f("uq_related_article_number")),
    )
    op.create_table(
        "related_holder",
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", "article", name=op.f("pk_related_holder")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "related_count",
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_related_count")),
        sqlite_with_rowid=False,
    )
    # 0019 fills it, in the tables that it makes of these.


def downgrade() -> None:
    for name in ("related_count", "related_holder", "related_article"):
        op.drop_table(name)
    op.create_table(
        "article_term",  # which the next ingestion fills
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_article_term_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("term", "article_id", name="pk_article_term"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_term_article_id", "article_term", ["article_id"])
