"""The number that answers are cached by: every transaction that changes an answer raises it, readers watch it."""

from __future__ import annotations

import sqlite3

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from service.store.notices import Notices
from service.store.replicas import VERSION, Databases
from service.store.tables import TABLES

_CORPUS = TABLES["corpus"]
_ASKED = "SELECT version FROM corpus"


def bump(session: Session) -> None:
    """Raise the number: call it once in every transaction that changes an answer."""
    raised = session.connection().execute(update(_CORPUS).values(version=_CORPUS.c.version + 1))
    if not raised.rowcount:
        session.execute(insert(_CORPUS), [{"id": 1, "version": 1}])


class CorpusVersion:
    """Watches the number, for one thread.

    SQLite tells within microseconds whether anybody committed since it was last asked
    (https://sqlite.org/pragma.html#pragma_data_version), which takes a connection of its own; then only is the number
    read again. PostgreSQL is asked for it, and where there are notices, tells of itself.

    >>> CorpusVersion(Databases(create("sqlite://"))).now() is None     # in memory, nobody else could change it unseen
    True
    """

    def __init__(self, databases: Databases, notices: Notices | None = None) -> None:
        self._databases, self._notices = databases, notices
        engine = self._engine = databases.primary
        self._sqlite: sqlite3.Connection | None = None
        self._seen: int | None = None
        self._number = 0
        self.is_quick = engine.dialect.name == "sqlite"  # to ask takes no time: it may be done between other things

    @property
    def heard(self) -> int | None:
        """The number as PostgreSQL told it a moment ago; None where it is to be asked for."""
        return self._notices.number if self._notices is not None else None

    def now(self) -> int | None:
        """Return the number as of the last commit, 0 before the first; None where it can't be told right now.

        Raises:
            SQLAlchemyError: the database does not answer.
            StoreError: none of several does.
        """
        if not self.is_quick:
            return self._asked()
        if isinstance(self._engine.pool, StaticPool):
            return None
        try:
            return self._of_file()
        except sqlite3.Error:  # as while another recovers the file: not worth waiting for
            return None

    def _asked(self) -> int:
        if self._databases.has_replicas:  # while the primary is away, what they have is all there is
            with self._databases.session(newest=True) as session:
                return int(session.info[VERSION])
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return int(connection.execute(select(_CORPUS.c.version)).scalar() or 0)

    def _of_file(self) -> int:
        driver = self._sqlite = self._sqlite or self._own()
        (seen,) = driver.execute("PRAGMA data_version").fetchone()
        if seen != self._seen:
            row = driver.execute(_ASKED).fetchone()
            self._seen, self._number = seen, row[0] if row else 0
        return self._number

    def _own(self) -> sqlite3.Connection:
        places, options = self._engine.dialect.create_connect_args(self._engine.url)
        own = {"timeout": 0, "isolation_level": None, "check_same_thread": False}  # it waits for nobody
        connection: sqlite3.Connection = self._engine.dialect.loaded_dbapi.connect(*places, **(dict(options) | own))
        return connection

    def close(self) -> None:
        """Give the connections back."""
        if self._notices is not None:
            self._notices.close()
        if self._sqlite is not None:
            self._sqlite.close()
            self._sqlite = None
