"""A corpus as one file: written while the service runs, read into an empty database of either kind.

The file is gzip over JSON lines: first what it is, then rows, table by table, each table after those it refers to.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, LargeBinary, Table, func, insert, select, text
from sqlmodel import SQLModel

from service.errors import ConflictError, StoreError
from service.store.engine import revision, writing
from service.store.tables import TABLES

_FORMAT: Final = "wenmai-backup-1"
_ROWS: Final = 500  # of one line
_LONGEST_LINE: Final = 256_000_000  # bytes: what no table of ours writes
_LEFT_OUT: Final = frozenset({"job", "job_batch", "pushed", "delivery"})  # work under way is its own service's


def backup(engine: Engine, file: Path) -> int:
    """Write all rows as they are at one moment to `file`, whole or not at all; return how many.

    Raises:
        StoreError: the file can't be written.
    """
    fresh = file.with_name(file.name + ".part")
    try:
        with gzip.open(fresh, "wt", encoding="utf-8", compresslevel=6) as out, _snapshot(engine) as connection:
            out.write(_line({"format": _FORMAT, "revision": revision(connection)}))
            written = 0
            for line, rows in _lines(connection):
                out.write(line)
                written += rows
        fresh.replace(file)
    except OSError as error:
        raise StoreError(f"{file} can't be written: {error.strerror}") from error
    finally:
        fresh.unlink(missing_ok=True)
    return written


def restore(engine: Engine, file: Path) -> int:
    """Read `file` into a migrated database that holds nothing yet, all of it or nothing; return how many rows.

    Raises:
        ConflictError: the database holds something, or is of another version than the file.
        StoreError: the file is no backup, or is damaged.
    """
    with writing(engine) as session:
        connection = session.connection()
        _check_empty(connection)
        try:
            with gzip.open(file, "rt", encoding="utf-8") as stream:
                _check_format(_parsed(stream.readline(_LONGEST_LINE)), revision(connection))
                read = sum(_put(connection, _parsed(line)) for line in stream)
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise StoreError(f"{file} is no backup, or is damaged: {error}") from error
        _count_on(connection)
    return read


def _snapshot(engine: Engine) -> Connection:
    """Return a connection that sees the database as it is now, whatever is written meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    return engine.connect()


def _tables() -> list[Table]:
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in _LEFT_OUT]


def _lines(connection: Connection) -> Iterator[tuple[str, int]]:
    for table in _tables():
        order = list(table.primary_key.columns)
        found = connection.execution_options(yield_per=_ROWS).execute(select(table).order_by(*order))
        for rows in found.partitions():
            values = [[_plain(value) for value in row] for row in rows]
            yield _line({"table": table.name, "columns": table.columns.keys(), "rows": values}), len(values)


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes | memoryview) else value


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _parsed(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise StoreError("the file is no backup, or is damaged: a line of it is no JSON") from error
    return value if isinstance(value, dict) else {}


def _check_format(head: dict[str, Any], wanted: str | None) -> None:
    if head.get("format") != _FORMAT:
        raise StoreError("the file is no backup of wenmai")
    if head.get("revision") != wanted:
        detail = f"the backup is of tables {head.get('revision')}, the database of {wanted}: use the same version"
        raise ConflictError(detail)


def _check_empty(connection: Connection) -> None:
    for name in ("source", "decision", "token"):
        if connection.scalar(select(func.count()).select_from(TABLES[name])):
            raise ConflictError(f"the database holds something already (table {name}): restore into an empty one")
    for table in reversed(_tables()):  # what a migration put there
        connection.execute(table.delete())


def _put(connection: Connection, line: dict[str, Any]) -> int:
    table = TABLES.get(str(line.get("table")))
    columns, rows = line.get("columns"), line.get("rows")
    if table is None or not isinstance(columns, list) or not isinstance(rows, list):
        raise StoreError("the file is no backup, or is damaged: a line of it names no table")
    binary = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
    values = [dict(_read(columns, row, binary)) for row in rows]
    if values:
        connection.execute(insert(table), values)
    return len(values)


def _read(columns: list[str], row: Iterable[Any], binary: set[str]) -> Iterator[tuple[str, Any]]:
    for name, value in zip(columns, row, strict=True):
        yield name, base64.b64decode(value) if name in binary and value is not None else value


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows from the last one on; SQLite sees that itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables():
        for column in table.primary_key.columns:
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            )
            if sequence:
                last = connection.scalar(select(func.max(column)))
                connection.execute(select(func.setval(sequence, last or 1, last is not None)))
