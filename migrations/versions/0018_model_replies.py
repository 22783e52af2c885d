"""What a model proposed is kept, and facts tell where they come from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_reply",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_model_reply")),
    )
    op.create_table(
        "pair_proposal",
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("one_quote", sa.String(), nullable=False),
        sa.Column("other_quote", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_pair_proposal")),
    )
    op.create_index("ix_pair_proposal_other", "pair_proposal", ["other"])
    op.add_column("figure", sa.Column("origin", sa.String(), nullable=True))
    op.add_column("claim", sa.Column("speaker_origin", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("claim", "speaker_origin")
    op.drop_column("figure", "origin")
    op.drop_index("ix_pair_proposal_other", "pair_proposal")
    op.drop_table("pair_proposal")
    op.drop_table("model_reply")
