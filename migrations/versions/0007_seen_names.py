"""What resolving keeps of all posts' names, and what may be names: filled by the next resolution."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_INDEXES = (
    ("seen_name", "node"),
    ("seen_name", "full"),
    ("seen_name", "said"),
    ("tie", "one"),
    ("tie", "other"),
    ("bearer", "base"),
    ("bearer", "own"),
    ("bearer", "ident"),
    ("entity_note", "node"),
    ("note_name", "folded"),
    ("unproven", "form"),
)


def upgrade() -> None:
    _seen_names()
    _groups()
    _notes()
    _unproven()
    for table, column in _INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    with op.batch_alter_table("corpus") as batch:
        batch.add_column(_text("resolved", nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("corpus") as batch:
        batch.drop_column("resolved")
    for table in ("unproven", "note_name", "entity_note", "bearer", "tie", "seen_name"):
        op.drop_table(table)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _seen_names() -> None:
    op.create_table(
        "seen_name",
        *map(_text, ("id", "kind", "name")),
        _text("key", nullable=True),
        *map(_text, ("surface", "source", "node", "full", "said")),
        *map(_number, ("times", "articles", "sure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen_name")),
    )
    op.create_table(
        "tie",
        *map(_text, ("id", "kind", "name", "gloss", "one", "other")),
        _number("times"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
    )


def _groups() -> None:
    op.create_table(
        "bearer",
        *map(_text, ("node", "leader")),
        _text("base", nullable=True),
        _text("own", nullable=True),
        _text("ident"),
        sa.PrimaryKeyConstraint("node", name=op.f("pk_bearer")),
    )


def _notes() -> None:
    op.create_table(
        "entity_note",
        *map(_text, ("article_id", "source", "kind", "title")),
        sa.Column("names", sa.JSON(), nullable=False),
        _text("node"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_entity_note")),
    )
    op.create_table(
        "note_name",
        *map(_text, ("article_id", "folded")),
        sa.PrimaryKeyConstraint("article_id", "folded", name=op.f("pk_note_name")),
    )


def _unproven() -> None:
    op.create_table(
        "unproven",
        _text("article_id"),
        _number("ordinal"),
        *map(_text, ("surface", "kind", "form")),
        *map(_number, ("line", "start", "end")),
        _text("claim_id", nullable=True),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name=op.f("pk_unproven")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_unproven_article_id_article"), ondelete="CASCADE"
        ),
    )
