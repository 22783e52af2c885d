"""Who holds a term of related articles is written in parts of many, read at once, instead of a row for each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from service.store.related_index import reindex_related

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("related_count", "related_holder", "related_article"):
        op.drop_table(name)
    op.create_table(
        "related_article",
        sa.Column("number", _LONG, autoincrement=False, nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_related_article_article_id_article"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_related_article")),
        sa.UniqueConstraint("article_id", name=op.f("uq_related_article_article_id")),
    )
    op.create_table(
        "related_posting",
        sa.Column("place", _LONG, autoincrement=False, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("heaviest", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_related_posting")),
    )
    with Session(bind=op.get_bind()) as session:  # what is listed is told by what is stored
        reindex_related(session)
        session.flush()


def downgrade() -> None:  # `wenmai reindex` fills what is made here
    for name in ("related_posting", "related_article"):
        op.drop_table(name)
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
