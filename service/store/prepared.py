"""Statements that are asked so often that to build them costs more than the answer: compiled once, then run as text.

What is given for a list is one value, whatever its length, so that a database keeps the plan as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ARRAY, Column, ColumnElement, Dialect, Row, Select, Text, any_, bindparam, func, select
from sqlalchemy.orm import Session

Among = Callable[[Column[Any], str], ColumnElement[bool]]  # the condition that a column is one of a list, by its name
AnyRow = Row[*tuple[Any, ...]]
_POSTGRESQL: Final = "postgresql"


class Prepared:
    """A query with named values, some of them lists.

    Rows come as the driver gives them: a database without a type for truth or JSON gives numbers and text.
    """

    def __init__(self, build: Callable[[Among], Select[Any]]) -> None:
        """Take what builds the query, given how this database tells that a column is one of a list."""
        self._build = build
        self._compiled: dict[str, tuple[str, Sequence[str] | None, Mapping[str, Any]]] = {}

    def rows(self, session: Session, **values: Any) -> Sequence[AnyRow]:
        """Return the rows for these values, in the session's transaction; a list may hold what a database stores."""
        connection = session.connection()
        dialect = connection.dialect
        sql, order, fixed = self._compiled.get(dialect.name) or self._compile(dialect)
        given = {name: self._list(dialect, value) for name, value in values.items()}
        if order is not None:
            return connection.exec_driver_sql(sql, tuple(given.get(name, fixed.get(name)) for name in order)).all()
        return connection.exec_driver_sql(sql, {**fixed, **given}).all()

    def _compile(self, dialect: Dialect) -> tuple[str, Sequence[str] | None, Mapping[str, Any]]:
        statement = self._build(_any_of if dialect.name == _POSTGRESQL else _in_json)
        made = statement.compile(dialect=dialect)
        found = (str(made), made.positiontup, dict(made.params))
        self._compiled[dialect.name] = found
        return found

    @staticmethod
    def _list(dialect: Dialect, value: Any) -> Any:
        if isinstance(value, str) or not isinstance(value, Collection):
            return value
        return list(value) if dialect.name == _POSTGRESQL else json.dumps(list(value))


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
