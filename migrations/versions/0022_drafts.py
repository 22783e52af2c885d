"""Drafts are found without reading all articles: search leaves them out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_article_draft", "article", ["id"], sqlite_where=sa.text("draft = 1"), postgresql_where=sa.text("draft")
    )


def downgrade() -> None:
    op.drop_index("ix_article_draft", "article")
