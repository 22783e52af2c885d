"""Jobs keep their posts until they have run, and say who runs them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COUNTED = ("number", "beat", "attempts")
_NAMED = ("owner", "key", "digest")


def upgrade() -> None:
    op.execute("DELETE FROM job WHERE status IN ('queued', 'running')")  # they died with their process, posts and all
    with op.batch_alter_table("job") as batch:
        for name in _COUNTED:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("cancelled", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in _NAMED:
            batch.add_column(sa.Column(name, sa.String(), nullable=True))
    with op.batch_alter_table("job") as batch:  # rows have them now; who writes new ones says what they are
        for name in _COUNTED:
            batch.alter_column(name, existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        batch.alter_column("cancelled", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch.create_index("ix_job_number", ["number"])
        batch.create_index("ix_job_status", ["status"])
        batch.create_index("ix_job_source_key", ["source", "key"], unique=True)
    op.create_table(
        "job_batch",
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_job_batch_job_id_job", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", name="pk_job_batch"),
    )


def downgrade() -> None:
    op.drop_table("job_batch")
    op.execute("DELETE FROM job WHERE status NOT IN ('done', 'failed')")  # what 0011 knows nothing of
    with op.batch_alter_table("job") as batch:
        for name in ("ix_job_source_key", "ix_job_status", "ix_job_number"):
            batch.drop_index(name)
        for name in (*_COUNTED, "cancelled", *_NAMED):
            batch.drop_column(name)
