"""Editors judge pairs of claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TEXTS = ("one", "other", "relation", "one_article", "other_article", "one_text", "other_text")


def upgrade() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("made_by", "made_at", "why")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint("one", "other", name="uq_judgement_one_other"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_judgement_other", "judgement", ["other"])


def downgrade() -> None:
    op.drop_index("ix_judgement_other", "judgement")
    op.drop_table("judgement")
