"""PostgreSQL tells whoever listens the number of the corpus, as soon as it changes."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_FUNCTION = """
CREATE FUNCTION wenmai_corpus_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('wenmai_corpus', CAST(NEW.version AS text));
  RETURN NULL;
END $$
"""
# On the table, so that it is told whatever changes it: a process of an older version as well, and a restored backup.
_TRIGGER = """
CREATE TRIGGER corpus_changed AFTER INSERT OR UPDATE OF version ON corpus
FOR EACH ROW EXECUTE FUNCTION wenmai_corpus_changed()
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        op.execute(_TRIGGER)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER corpus_changed ON corpus")
        op.execute("DROP FUNCTION wenmai_corpus_changed()")
