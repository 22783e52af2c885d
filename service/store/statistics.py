"""What PostgreSQL's planner knows of tables, brought up to date within the transaction that fills them.

Its own daemon sees only what is committed. A batch of thousands of posts is one transaction, at whose end claims are
paired: for a planner that takes a table for empty, a list of a hundred keys is half of it, so that it reads all of it
each time, and the time a post grows with the batch.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from service.store.tables import TABLES

_FEW: Final = 64  # pages: smaller tables are read whole anyway
_GROWN: Final = 1.5  # times: so that what is gathered again and again is no more than three times the table
# `relpages` is how many pages a table had when it was last looked at
# (https://www.postgresql.org/docs/current/catalog-pg-class.html).
_OUTDATED: Final = text(
    "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r'"
    " AND relname = ANY(:tables) AND pg_relation_size(oid) / current_setting('block_size')::int"
    " > greatest(:few, :grown * CASE WHEN reltuples < 0 THEN 0 ELSE relpages END) ORDER BY relname"
)


def refresh(session: Session) -> list[str]:
    """Look anew at those tables that have grown by half, this transaction's rows among them; return their names.

    SQLite's planner needs nothing of the kind.
    """
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return []
    given = {"tables": list(TABLES), "few": _FEW, "grown": _GROWN}
    outdated = list(connection.execute(_OUTDATED, given).scalars())
    if outdated:
        quote = connection.dialect.identifier_preparer.quote
        connection.exec_driver_sql(f"ANALYZE {', '.join(map(quote, outdated))}")
    return outdated
