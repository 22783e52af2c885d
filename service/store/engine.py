"""The database: SQLite or PostgreSQL, opened so that both behave alike, and brought to the newest tables.

Both keep foreign keys, give savepoints, and let one writer in at a time while readers go on reading: SQLite by its
write-ahead log and ``BEGIN IMMEDIATE``, PostgreSQL by an advisory lock that lasts as long as the transaction.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from functools import cache, partial
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, orm, text
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InternalError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from service.errors import StoreError
from service.store.values import written

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_LOOK = 100_000  # instructions of SQLite's machine between looks at the clock: about a millisecond
_BUSY_MS = 60_000  # how long a writer waits for the one before it


class Lock(IntEnum):
    """The advisory locks of PostgreSQL, each held by one transaction at a time."""

    CORPUS = 0x77656E6D
    JOBS = 0x77656E6E


_POOLED = "pooled"  # in the query of a URL
# Seconds, and at last milliseconds, after which a server that went away without a word is missed
# (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS); a query may take longer than that.
_LINE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
_WRITING = "wenmai_writing"  # execution option: this connection is going to write


def create(url: str, *, longest_read: float | None = None) -> Engine:
    """Return the engine for a SQLAlchemy URL, having reached the database once.

    A query that only reads ends with an `OperationalError` after `longest_read` seconds; None: it may take any time.

    An in-memory ``sqlite://`` is one connection: for tests and one thread at a time.

    >>> create("sqlite://").dialect.name
    'sqlite'

    Raises:
        StoreError: the URL is none, names another kind of database, or nothing answers there.
    """
    engine = unreached(url, longest_read=longest_read)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        engine.dispose()
        raise StoreError(f"the database {engine.url.render_as_string()} cannot be reached: {_reason(error)}") from error
    return engine


def unreached(url: str, *, longest_read: float | None = None) -> Engine:
    """Return the engine for a SQLAlchemy URL as `create` does, of a database that need not answer yet.

    ``?pooled=true`` in a URL of PostgreSQL says that a pooler stands before it which gives each transaction another
    session, as PgBouncer does with ``pool_mode = transaction`` (https://www.pgbouncer.org/features.html): then nothing
    is left behind in a session, neither settings nor prepared statements.

    Raises:
        StoreError: the URL is none, or names another kind of database.
    """
    parsed = _parse(url)
    return (_sqlite if parsed.drivername == "sqlite" else _postgresql)(parsed, longest_read)


@contextmanager
def writing(engine: Engine, *, wait: bool = True, lock: Lock = Lock.CORPUS) -> Iterator[Session]:
    """Give a session in which to write: one transaction, the only writer at that time, committed at the end.

    An exception rolls everything back.

    Raises:
        StoreError: another writer is at work, and `wait` is false or it took longer than a minute; or the database
            refuses what is written.
    """
    with engine.connect().execution_options(**{_WRITING: "wait" if wait else "try"}) as connection:
        try:
            transaction = connection.begin()
            _lock(connection, lock, wait=wait)
        except OperationalError as error:
            raise StoreError(f"the database is being written by another: {_reason(error)}") from error
        try:
            with transaction, Session(bind=connection) as session:
                yield session
                session.commit()
        except (OperationalError, ProgrammingError, InternalError) as error:  # the last where it turned read-only
            raise StoreError(f"the database refused, and nothing was stored: {_reason(error)}") from error


def lost(session: orm.Session, error: Exception) -> str | None:
    """Return why the whole transaction of `writing` is lost, where a statement failed; None where a savepoint saves it.

    SQLite ends the transaction itself when the disk is full or breaks (https://sqlite.org/lang_transaction.html): what
    was written afterwards would be stored at once, each statement alone.
    """
    causes = [one for one in (error.__context__, error) if isinstance(one, DBAPIError)]
    bind = session.get_bind()
    driver = bind.connection.driver_connection if isinstance(bind, Connection) and not bind.invalidated else None
    ended = getattr(driver, "in_transaction", True) is False
    exhausted = any(str(getattr(one.orig, "sqlstate", "")).startswith("53") for one in causes)  # insufficient resources
    if ended or exhausted or any(one.connection_invalidated for one in causes):
        return _reason(causes[0]) if causes else "the transaction has ended"
    return None


def went_away(error: BaseException | None) -> bool:
    """Tell whether an error comes of a server that went away: what failed may go well once it is back.

    It said that it ends (class 57P of PostgreSQL's errors), the line broke, or nobody answers.
    """
    while error is not None:
        if isinstance(error, DBAPIError):
            state = getattr(error.orig, "sqlstate", "")  # SQLite's have none, and None is the driver's own
            if error.connection_invalidated or state is None or state.startswith(("08", "57P")):
                return True
        error = error.__cause__ or error.__context__
    return False


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision; nothing happens when they are.

    Raises:
        StoreError: the database is of a newer version, or refuses.
    """
    try:
        with (
            engine.connect().execution_options(**{_WRITING: "wait"}) as connection,
            without_foreign_keys(connection),
            connection.begin(),
        ):
            _lock(connection, Lock.CORPUS, wait=True)
            command.upgrade(_config(connection), "head")
    except (SQLAlchemyError, CommandError) as error:
        raise StoreError(f"the tables cannot be brought up to date: {_reason(error)}") from error


def ready(engine: Engine) -> bool:
    """Tell whether the database answers and its tables are those this version writes."""
    return amiss(engine) is None


def amiss(engine: Engine) -> str | None:
    """Return what keeps the database from being used, in a sentence that does not tell where it is; None: nothing."""
    try:
        with engine.connect() as connection:
            found = set(MigrationContext.configure(connection).get_current_heads())
    except SQLAlchemyError:
        return "The database does not answer."
    if found == _heads():
        return None
    known = {one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()}
    if not found:
        return "The database has no tables yet."
    older = "a restart brings them up to date" if found <= known else "they are of a newer version than this service"
    revisions = f"{', '.join(sorted(found))}, not {', '.join(sorted(_heads()))}"
    return f"The database's tables are those of revision {revisions}: {older}."


def revision(connection: Connection) -> str | None:
    """Return which revision the tables are of; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        known = "sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
        raise StoreError(f"the database URL cannot be read; it looks like {known}") from error
    driver = _DRIVERS.get(parsed.get_backend_name())
    if driver is None:
        raise StoreError(f"{parsed.get_backend_name()} is not supported: use sqlite or postgresql")
    return parsed.set(drivername=driver)


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())


def _postgresql(url: URL, longest_read: float | None) -> Engine:
    options: dict[str, Any] = {name: value for name, value in _LINE.items() if name not in url.query}
    url, pooled = url.difference_update_query([_POOLED]), is_pooled(url)
    if pooled:
        options["prepare_threshold"] = None
    engine = create_engine(url, connect_args=options, pool_pre_ping=True, json_serializer=written)
    if longest_read is not None:
        (_limit_transactions if pooled else _limit_sessions)(engine, f"statement_timeout = {int(longest_read * 1000)}")
    return engine


def is_pooled(url: URL) -> bool:
    """Tell whether a URL says that its sessions are those of a pooler."""
    return url.query.get(_POOLED) in ("true", "1")


def _limit_sessions(engine: Engine, limit: str) -> None:
    @event.listens_for(engine, "connect")
    def _limit(connection: Any, _record: object) -> None:
        connection.execute(f"SET {limit}")
        connection.commit()


def _limit_transactions(engine: Engine, limit: str) -> None:
    @event.listens_for(engine, "begin")
    def _limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL {limit}")


def _sqlite(url: URL, longest_read: float | None) -> Engine:
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": _BUSY_MS / 1000}}
    if url.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool
    engine = create_engine(url, json_serializer=written, **options)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    if longest_read is not None:
        event.listen(engine, "begin", partial(_limit_sqlite, longest_read))
    return engine


def _limit_sqlite(longest_read: float, connection: Connection) -> None:
    """Have SQLite look at the clock now and then, and give up a transaction that reads for too long."""
    driver: Any = connection.connection.driver_connection
    if connection.get_execution_options().get(_WRITING) is not None:
        driver.set_progress_handler(None, _LOOK)
        return
    end = time.monotonic() + longest_read
    driver.set_progress_handler(lambda: time.monotonic() > end, _LOOK)


def _on_connect(connection: Any, _record: object) -> None:
    """Take transactions out of the driver's hands: it would begin them late and commit them at a savepoint."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}").close()


def _on_begin(connection: Connection) -> None:
    writing_mode = connection.get_execution_options().get(_WRITING)
    if writing_mode is None:
        driver: Any = connection.connection.driver_connection
        try:
            driver.execute("BEGIN")  # SQLAlchemy would take as long to ask for it as some reads do altogether
        except SqliteError:  # it tells what is wrong as it does elsewhere
            connection.exec_driver_sql("BEGIN")
        return
    # A transaction that turns from reading to writing fails at once if another wrote meanwhile; one that begins as a
    # writer waits for its turn.
    connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_MS if writing_mode == 'wait' else 0}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_MS}")


def _lock(connection: Connection, lock: Lock, *, wait: bool) -> None:
    if connection.dialect.name != "postgresql":
        return
    connection.execute(text("SET LOCAL statement_timeout = 0"))  # whoever writes may wait for its turn, and take it
    if connection.scalar(text("SELECT pg_is_in_recovery()")):
        raise StoreError("the database is a replica, which takes no writes")
    if wait:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": int(lock)})
    elif not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": int(lock)}):
        raise StoreError("the database is being written by another")


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild tables without their rows' children going too; the switch is deaf within a transaction."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON").close()


def _scripts() -> Path:
    """Return the migrations' folder: in the package once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    found = next((path for path in (package / "migrations", package.parent / "migrations") if path.is_dir()), None)
    if found is None:
        raise StoreError("the migrations are missing from this installation: install wenmai again")
    return found


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_scripts()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@cache
def _heads() -> set[str]:
    return set(ScriptDirectory.from_config(_config()).get_heads())
