"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


_TABLES = (
    "corpus",
    "decision",
    "entity",
    "job",
    "source",
    "article",
    "entity_name",
    "address",
    "article_term",
    "claim",
    "gloss",
    "heading",
    "label",
    "link",
    "media",
    "claim_term",
    "figure",
    "mention",
    "time",
)


def upgrade() -> None:  # one statement a table or index
    op.create_table(
        "corpus",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corpus"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_entity_id", "decision", ["entity_id"])

    op.create_table(
        "entity",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hant", sa.String(), nullable=True),
        sa.Column("hans", sa.String(), nullable=True),
        sa.Column("en", sa.String(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
    )
    op.create_index("ix_entity_kind", "entity", ["kind"])

    op.create_table(
        "job",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created", sa.String(), nullable=False),
        sa.Column("finished", sa.String(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_table(
        "source",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("base_url", sa.String(), nullable=True),
        sa.Column("permalinks", sa.JSON(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_source"),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("dialect", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("updated", sa.String(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("original_url", sa.String(), nullable=True),
        sa.Column("original_name", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name="fk_article_source_source", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
    )
    op.create_index("ix_article_published", "article", ["published"])
    op.create_index("ix_article_source_path", "article", ["source", "path"], unique=True)

    op.create_table(
        "entity_name",
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name="fk_entity_name_entity_id_entity", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity_id", "folded", name="pk_entity_name"),
    )
    op.create_index("ix_entity_name_folded", "entity_name", ["folded"])

    op.create_table(
        "address",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_address_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "kind", "key", name="pk_address"),
    )
    op.create_index("ix_address_key", "address", ["key"])

    op.create_table(
        "article_term",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_article_term_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("term", "article_id", name="pk_article_term"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_term_article_id", "article_term", ["article_id"])

    op.create_table(
        "claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("speaker_ordinal", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quote", sa.Boolean(), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_claim_article_id_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
    )
    op.create_index("ix_claim_article_id_ordinal", "claim", ["article_id", "ordinal"])
    op.create_index("ix_claim_kind", "claim", ["kind"])

    op.create_table(
        "gloss",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gloss", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_gloss_article_id_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name="pk_gloss"),
    )
    op.create_table(
        "heading",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_heading_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name="pk_heading"),
    )
    op.create_table(
        "label",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_label_article_id_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "kind", "ordinal", name="pk_label"),
    )
    op.create_index("ix_label_kind_folded", "label", ["kind", "folded"])

    op.create_table(
        "link",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=True),
        sa.Column("heading", sa.String(), nullable=True),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_link_article_id_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name="pk_link"),
    )
    op.create_index("ix_link_key", "link", ["key"])

    op.create_table(
        "media",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("alt", sa.String(), nullable=True),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_media_article_id_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name="pk_media"),
    )
    op.create_table(
        "claim_term",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_term_claim_id_claim", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("term", "claim_id", name="pk_claim_term"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_term_claim_id", "claim_term", ["claim_id"])

    op.create_table(
        "figure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("low_exact", sa.String(), nullable=False),
        sa.Column("high_exact", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("per", sa.String(), nullable=True),
        sa.Column("counted", sa.String(), nullable=True),
        sa.Column("approx", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_figure_article_id_article", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_figure_claim_id_claim", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_figure"),
    )
    op.create_index("ix_figure_article_id", "figure", ["article_id"])
    op.create_index("ix_figure_claim_id", "figure", ["claim_id"])
    op.create_index("ix_figure_unit_low", "figure", ["unit", "low"])

    op.create_table(
        "mention",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("surface", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=True),
        sa.Column("entity_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_mention_article_id_article", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_mention_claim_id_claim", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name="pk_mention"),
    )
    op.create_index("ix_mention_claim_id", "mention", ["claim_id"])
    op.create_index("ix_mention_entity_id", "mention", ["entity_id"])
    op.create_index("ix_mention_name", "mention", ["name", "kind"])

    op.create_table(
        "time",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("low", sa.String(), nullable=True),
        sa.Column("high", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_time_article_id_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_time_claim_id_claim", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name="pk_time"),
    )
    op.create_index("ix_time_claim_id", "time", ["claim_id"])


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
