"""Figures tell what they are figures of: the headings of their row and column, and both folded, to be found by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_HEADINGS = ("row_heading", "column_heading", "folded_headings")


def upgrade() -> None:
    for name in _HEADINGS:  # what is stored already has none until its post is ingested again
        op.add_column("figure", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    for name in reversed(_HEADINGS):
        op.drop_column("figure", name)
