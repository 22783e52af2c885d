"""Links look for several keys; addresses tell how they are spelled and in which language their page is.

Articles tell where nothing can be made a link.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What was stored is filled in by the next ingestion: until then a link has the one key it had.
_KEYS = "INSERT INTO link_key (article_id, ordinal, place, key) SELECT article_id, ordinal, 0, key FROM link"
_KEY = "UPDATE link SET key = (SELECT k.key FROM link_key k WHERE k.article_id = link.article_id"


def upgrade() -> None:
    op.create_table(
        "link_key",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("spelled", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_link_key_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "ordinal", "place", name="pk_link_key"),
    )
    op.execute(_KEYS + " WHERE key IS NOT NULL")
    op.create_index("ix_link_key_key", "link_key", ["key"])
    op.drop_index("ix_link_key", "link")
    op.drop_column("link", "key")
    op.add_column("link", sa.Column("language", sa.String(), nullable=True))
    op.add_column("address", sa.Column("spelled", sa.String(), nullable=True))
    op.add_column("address", sa.Column("language", sa.String(), nullable=True))
    op.add_column("article", sa.Column("fixed", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("article", "fixed")
    op.drop_column("address", "language")
    op.drop_column("address", "spelled")
    op.drop_column("link", "language")
    op.add_column("link", sa.Column("key", sa.String(), nullable=True))
    op.execute(_KEY + " AND k.ordinal = link.ordinal AND k.place = 0)")
    op.create_index("ix_link_key", "link", ["key"])
    op.drop_table("link_key")
