"""Many rows at once, the fastest way each database has: ``COPY`` for PostgreSQL, one prepared statement for SQLite.

A post is some hundreds of rows, most of them index terms of two columns: what a general insert spends on every row is
more than what the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from service.store.values import Row, written

Values = tuple[Any, ...]
Encoder = Callable[[Any], str | None]


def insert_rows(session: Session, table: Table, rows: Iterable[Row]) -> None:
    """Insert `rows`, each with a value for every column of `table`, within the session's transaction."""
    insert_tuples(session, table, tuples(table, rows))


def tuples(table: Table, rows: Iterable[Mapping[str, Any]]) -> list[Values]:
    """Return rows as either database's driver takes them: the values in the order of the columns of `table`."""
    names, encoders = _columns(table)
    made: list[Values] = list(map(itemgetter(*names), rows))
    return [_encoded(values, encoders) for values in made] if encoders else made


def insert_tuples(session: Session, table: Table, tuples: Sequence[Values]) -> None:
    """Insert rows that are given as the drivers take them, in the order of the columns of `table`."""
    if not tuples:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, table, tuples)
    else:
        connection.exec_driver_sql(_insert(table, "?"), tuples)


def upsert_tuples(session: Session, table: Table, tuples: Sequence[Values]) -> None:
    """Insert rows, or replace those that have their keys."""
    if not tuples:
        return
    connection = session.connection()
    is_postgresql = connection.dialect.name == "postgresql"
    statement = f"{_insert(table, '%s' if is_postgresql else '?')} {_instead(table)}"
    connection.exec_driver_sql(statement, tuples)


def values_of(table: Table, *columns: str) -> Callable[[Values], Values]:
    """Return what gives the values of two or more columns out of a row in the order of the columns of `table`."""
    names = [column.name for column in table.columns]
    return itemgetter(*map(names.index, columns))


@lru_cache(maxsize=256)
def _columns(table: Table) -> tuple[tuple[str, ...], tuple[tuple[int, Encoder], ...]]:
    """Return the names of the columns and, by position, what turns a value into what the drivers take."""
    found = [(n, _encoder(column.type)) for n, column in enumerate(table.columns) if isinstance(column.type, JSON)]
    return tuple(column.name for column in table.columns), tuple(found)


def _encoder(kind: JSON) -> Encoder:
    return _written_or_none if kind.none_as_null else written


def _written_or_none(value: object) -> str | None:
    return None if value is None else written(value)


def _encoded(values: Values, encoders: Iterable[tuple[int, Encoder]]) -> Values:
    made = list(values)
    for n, encoder in encoders:
        made[n] = encoder(made[n])
    return tuple(made)


def _copy(connection: Connection, table: Table, rows: Iterable[Values]) -> None:
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {_listed(table)} FROM STDIN"
    base = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except base as error:  # what SQLAlchemy did not send it does not wrap
        away = connection.dialect.is_disconnect(error, driver, None)
        raise DBAPIError.instance(statement, None, error, base, connection_invalidated=away) from error


@lru_cache(maxsize=256)
def _insert(table: Table, mark: str) -> str:
    return f"INSERT INTO {_listed(table)} VALUES ({', '.join([mark] * len(table.columns))})"  # noqa: S608


@lru_cache(maxsize=256)
def _instead(table: Table) -> str:
    """Return what is done where a row with the same key is there."""
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    others = [column.name for column in table.columns if not column.primary_key]
    told = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    return f"ON CONFLICT ({keys}) DO UPDATE SET {told}"


def _listed(table: Table) -> str:
    return f'"{table.name}" ({", ".join(f"{chr(34)}{column.name}{chr(34)}" for column in table.columns)})'
