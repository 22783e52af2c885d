"""Statements that are asked so often that to build them costs more than the answer: compiled once, then run as text.

What is given for a list is one value, whatever its length, so that a database keeps the plan as well.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pydantic_core import PydanticSerializationError, to_json
from sqlalchemy import ARRAY, Column, ColumnElement, Connection, Dialect, Select, Text, any_, bindparam, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Among = Callable[[Column[Any], str], ColumnElement[bool]]  # the condition that a column is one of a list, by its name
AnyRow = Any  # a named tuple of the columns
_POSTGRESQL: Final = "postgresql"


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as a driver takes it."""

    sql: str
    order: Sequence[str] | None  # of the values, where they have no names
    fixed: Mapping[str, Any]
    row: Callable[[Sequence[Any]], AnyRow]

    def values(self, given: Mapping[str, Any]) -> Any:
        if self.order is None:
            return {**self.fixed, **given}
        return tuple(given.get(name, self.fixed.get(name)) for name in self.order)


class Prepared:
    """A query with named values, some of them lists.

    Rows come as the driver gives them: a database without a type for truth or JSON gives numbers and text.
    """

    def __init__(self, build: Callable[[Among], Select[Any]]) -> None:
        """Take what builds the query, given how this database tells that a column is one of a list."""
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, session: Session | Connection, **values: Any) -> Sequence[AnyRow]:
        """Return the rows for these values, in the session's transaction; a list may hold what a database stores.

        Who asks several in a row gives the session's connection: to find it takes longer than to read some rows.

        Raises:
            DBAPIError: the database refuses.
        """
        connection = session if isinstance(session, Connection) else session.connection()
        return [*map(self._for(connection.dialect).row, self.tuples(connection, **values))]

    def tuples(self, session: Session | Connection, **values: Any) -> Sequence[Sequence[Any]]:
        """Return the rows for these values as plain tuples, which is cheaper for thousands.

        Raises:
            DBAPIError: the database refuses.
        """
        connection = session if isinstance(session, Connection) else session.connection()
        compiled = self._for(connection.dialect)
        given = compiled.values({name: self._list(connection.dialect, value) for name, value in values.items()})
        return _fetched(connection, compiled.sql, given)

    def _for(self, dialect: Dialect) -> _Compiled:
        return self._compiled.get(dialect.name) or self._compile(dialect)

    def _compile(self, dialect: Dialect) -> _Compiled:
        statement = self._build(_any_of if dialect.name == _POSTGRESQL else _in_json)
        made = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        names = [column.name for column in statement.selected_columns]
        found = _Compiled(str(made), made.positiontup, dict(made.params), _row_of(tuple(names)))
        self._compiled[dialect.name] = found
        return found

    @staticmethod
    def _list(dialect: Dialect, value: Any) -> Any:
        if isinstance(value, str) or not isinstance(value, Collection):
            return value
        return list(value) if dialect.name == _POSTGRESQL else _json(list(value))


def _json(values: list[Any]) -> str:
    try:
        return to_json(values).decode()
    except PydanticSerializationError:  # of a lone surrogate, which nothing that is stored holds
        return json.dumps(values)


@cache
def _row_of(names: tuple[str, ...]) -> Callable[[Iterable[Any]], AnyRow]:
    """Return what makes rows with these columns, which another process takes as well."""
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc] # which columns there are is seen as it runs

    def reduced(one: tuple[Any, ...]) -> tuple[Callable[..., AnyRow], tuple[Any, ...]]:
        return _remade, (names, tuple(one))

    setattr(row, "__reduce__", reduced)  # noqa: B010 - the type checker takes it for that of all objects
    made: Callable[[Iterable[Any]], AnyRow] = row._make
    return made


def _remade(names: tuple[str, ...], values: tuple[Any, ...]) -> AnyRow:
    return _row_of(names)(values)


def _fetched(connection: Connection, sql: str, given: Any) -> Sequence[Sequence[Any]]:
    """Return rows from the driver itself: what is set up for a statement costs more than to read some rows.

    Raises:
        DBAPIError: as SQLAlchemy tells what the driver raises.
    """
    driver: Any = connection.connection.driver_connection
    known: Any = connection.dialect.loaded_dbapi.Error
    try:
        rows: Sequence[Sequence[Any]] = driver.execute(sql, given).fetchall()
    except known as error:
        gone = connection.dialect.is_disconnect(error, driver, None)
        if gone:
            connection.invalidate(error)
        raise DBAPIError.instance(
            sql, given, error, known, connection_invalidated=gone, dialect=connection.dialect
        ) from error
    return rows


def _any_of(column: Column[Any], name: str) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=ARRAY(column.type)))


def _in_json(column: Column[Any], name: str) -> ColumnElement[bool]:
    listed = func.json_each(bindparam(name, type_=Text())).table_valued("value")
    return column.in_(select(listed.c.value))


def decoded(value: Any) -> Any:
    """Return a value of a JSON column, which one driver gives as it is written.

    >>> decoded('["a"]'), decoded(["a"]), decoded(None)
    (['a'], ['a'], None)
    """
    return json.loads(value) if isinstance(value, str) else value
