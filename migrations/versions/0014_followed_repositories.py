"""Commits brought in, pushes told of and messages taken are remembered beyond the process."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "followed",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("commit", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_followed")),
    )
    op.create_table(
        "pushed",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("repository", sa.String(), nullable=False),
        sa.Column("commit", sa.String(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("pushed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_pushed")),
    )
    op.create_table(
        "delivery",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_number"), "delivery", ["number"])


def downgrade() -> None:
    for table in ("delivery", "pushed", "followed"):
        op.drop_table(table)
