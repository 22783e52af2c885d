"""What a site's configuration says beyond the first columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source", sa.Column("settings", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("source", "settings")
