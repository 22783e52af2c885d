"""Figures tell what they are the value of, and under which conditions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What is stored already has none until its post is ingested again.
    op.add_column("figure", sa.Column("measured", sa.String(), nullable=True))
    op.add_column("figure", sa.Column("conditions", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("figure", "conditions")
    op.drop_column("figure", "measured")
