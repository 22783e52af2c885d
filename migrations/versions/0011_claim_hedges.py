"""Claims tell what weakens them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What is stored already has none until its post is ingested again.
    op.add_column("claim", sa.Column("hedges", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("claim", "hedges")
