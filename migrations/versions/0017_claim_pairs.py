"""Claims of different articles that agree or contradict each other are stored."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(  # the next ingestion, or `wenmai reindex`, fills it
        "claim_pair",
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("size", sa.Float(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["claim.id"], name=op.f("fk_claim_pair_one_claim"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["claim.id"], name=op.f("fk_claim_pair_other_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_claim_pair")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_pair_other", "claim_pair", ["other"])
    op.create_index("ix_claim_pair_relation_size", "claim_pair", ["relation", "size"])
    op.add_column("corpus", sa.Column("paired", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("corpus", "paired")
    op.drop_index("ix_claim_pair_relation_size", "claim_pair")
    op.drop_index("ix_claim_pair_other", "claim_pair")
    op.drop_table("claim_pair")
