"""Claims that hold a term are listed together, some hundred in a row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from service.store.claim_index import reindex_claims

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("claim_term_count")
    op.drop_table("claim_term")
    op.create_table(
        "claim_posting",
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_claim_posting")),
        sqlite_with_rowid=False,
    )
    with Session(bind=op.get_bind()) as session:  # what is listed is told by what is stored
        reindex_claims(session)
        session.flush()


def downgrade() -> None:
    op.drop_table("claim_posting")
    op.create_table(
        "claim_term",  # which `wenmai reindex` fills
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "claim", name=op.f("pk_claim_term")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_term_count",
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_claim_term_count")),
        sqlite_with_rowid=False,
    )
