"""Claims are looked up by numbers: of the terms they hold, of themselves, and of how many hold each term."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("claim_term")
    op.create_table(
        "claim_term",
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "claim", name=op.f("pk_claim_term")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_term_count",
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_claim_term_count")),
        sqlite_with_rowid=False,
    )
    op.add_column("claim", sa.Column("number", sa.BigInteger(), server_default="0", nullable=False))
    # What is listed is told by what is stored: 0015 lists it, in another way.
    op.create_index("ix_claim_number", "claim", ["number"])


def downgrade() -> None:
    op.drop_index("ix_claim_number", "claim")
    op.drop_column("claim", "number")
    op.drop_table("claim_term_count")
    op.drop_table("claim_term")
    op.create_table(
        "claim_term",  # which the next ingestion fills
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_term_claim_id_claim", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("term", "claim_id", name="pk_claim_term"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_term_claim_id", "claim_term", ["claim_id"])
