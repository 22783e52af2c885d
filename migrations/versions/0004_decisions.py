"""Decisions tell who made them, when and why, and may be on a name alone; names are found by how they begin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TOLD = ("made_by", "made_at", "why")


def upgrade() -> None:
    with op.batch_alter_table("decision", table_kwargs={"sqlite_autoincrement": True}, recreate="auto") as batch:
        batch.alter_column("entity_id", existing_type=sa.String(), nullable=True)
        for name in _TOLD:
            batch.add_column(sa.Column(name, sa.String(), nullable=True))
    op.drop_index("ix_entity_name_folded", "entity_name")
    op.create_index("ix_entity_name_folded", "entity_name", ["folded"], postgresql_ops={"folded": "text_pattern_ops"})
    op.create_index("ix_gloss_name", "gloss", ["name"])
    op.create_index("ix_gloss_gloss", "gloss", ["gloss"])


def downgrade() -> None:
    op.drop_index("ix_gloss_gloss", "gloss")
    op.drop_index("ix_gloss_name", "gloss")
    op.drop_index("ix_entity_name_folded", "entity_name")
    op.create_index("ix_entity_name_folded", "entity_name", ["folded"])
    op.execute("DELETE FROM decision WHERE kind NOT IN ('edit', 'merge', 'alias')")  # what 0003 can't apply
    with op.batch_alter_table("decision") as batch:
        for name in _TOLD:
            batch.drop_column(name)
        batch.alter_column("entity_id", existing_type=sa.String(), nullable=False)
