"""Many rows at once, the fastest way each database has: ``COPY`` for PostgreSQL, one prepared statement for SQLite.

A post is some hundreds of rows, most of them index terms of two columns: what a general insert spends on every row is
more than what the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, LargeBinary, Table
from sqlalchemy.orm import Session

from service.store.values import Row

Encoder = Callable[[Any], Any]


def insert_rows(session: Session, table: Table, rows: Sequence[Row]) -> None:
    """Insert `rows`, each with a value for every column of `table`, within the session's transaction."""
    names, encoders = _columns(table, session.connection().dialect)
    tuples: list[tuple[Any, ...]] = list(map(itemgetter(*names), rows))
    if encoders:
        tuples = [_encoded(values, encoders) for values in tuples]
    insert_tuples(session, table, tuples)


def insert_tuples(session: Session, table: Table, tuples: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that are given as the drivers take them, in the order of the columns of `table`."""
    connection = session.connection()
    names = [column.name for column in table.columns]
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, tuples)
    else:
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {_listed(table, names)} VALUES ({marks})", tuples)  # noqa: S608


@lru_cache(maxsize=256)
def _columns(table: Table, dialect: Dialect) -> tuple[tuple[str, ...], dict[int, Encoder]]:
    """Return the names of the columns and, by position, what turns a value into what the driver takes."""
    columns = list(table.columns)
    found = {n: column.type.dialect_impl(dialect).bind_processor(dialect) for n, column in enumerate(columns)}
    encoders: dict[int, Encoder] = {n: encoder for n, encoder in found.items() if encoder and not _is_bytes(columns[n])}
    return tuple(column.name for column in columns), encoders


def _is_bytes(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary)  # which both drivers take as they are


def _encoded(values: tuple[Any, ...], encoders: dict[int, Encoder]) -> tuple[Any, ...]:
    return tuple(encoders[n](value) if n in encoders else value for n, value in enumerate(values))


def _copy(connection: Connection, table: Table, names: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {_listed(table, names)} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _listed(table: Table, names: Iterable[str]) -> str:
    return f'"{table.name}" ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in names)})'
