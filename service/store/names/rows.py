"""Rows that follow from others: only what differs from what is stored is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from service.store.bulk import insert_rows
from service.store.values import Row

_MOST = 500  # values of one IN


def row_id(*parts: str | None) -> str:
    """Return an id that tells rows apart by `parts`, for a primary key that no length of names can break."""
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        data = (part or "").encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % (-1 if part is None else len(data)) + data)
    return digest.hexdigest()


def rows_with(session: Session, table: Table, values: Iterable[str], *columns: Column[Any]) -> Iterator[Row]:
    """Yield the rows of `table` that have one of `values` in one of `columns`, each once."""
    names = table.c.keys()
    own = [names.index(column.name) for column in table.primary_key]
    met = set[tuple[object, ...]]()
    for chunk in chunks(sorted(set(values))):
        for found in session.connection().execute(_having(table, columns), {"chunk": chunk}):
            key = tuple(found[number] for number in own)
            if key not in met:
                met.add(key)
                yield dict(zip(names, found, strict=True))


@lru_cache(maxsize=64)
def _having(table: Table, columns: tuple[Column[Any], ...]) -> Select[Any]:
    """Return the query for rows with one of `chunk` in one of `columns`: to build it costs more than to run it."""
    held: list[ColumnElement[bool]] = [column.in_(bindparam("chunk", expanding=True)) for column in columns]
    return select(*table.c).where(or_(*held))


def all_rows(session: Session, table: Table) -> Iterator[Row]:
    """Yield every row of `table`."""
    yield from map(dict, session.execute(select(*table.c)).mappings())


def chunks(values: Iterable[str], most: int = _MOST) -> Iterator[list[str]]:
    """Yield `values` in lists of at most `most`."""
    waiting = iter(values)
    while chunk := list(islice(waiting, most)):
        yield chunk


def sync(session: Session, table: Table, wanted: Iterable[Row], stored: Iterable[Row]) -> int:
    """Make `wanted` of the `stored` rows of a table, and return how many rows that changes."""
    keys = [column.name for column in table.primary_key]
    new, old = _keyed(wanted, keys), _keyed(stored, keys)
    gone = [dict(zip(keys, key, strict=True)) for key in old if key not in new]
    changed = [row for key, row in new.items() if key in old and old[key] != row]
    made = [row for key, row in new.items() if key not in old]
    if gone:
        session.connection().execute(_where(delete(table), table, keys), _bound(gone, keys))
    if changed:
        others: dict[str, Any] = {name: bindparam(f"to_{name}") for name in table.c.keys() if name not in keys}  # noqa: SIM118
        values = [{f"to_{name}": row[name] for name in others} | key for row, key in _with_key(changed, keys)]
        session.connection().execute(_where(update(table), table, keys).values(others), values)
    if made:
        insert_rows(session, table, made)
    return len(gone) + len(changed) + len(made)


def _keyed(rows: Iterable[Row], keys: Sequence[str]) -> dict[tuple[object, ...], Row]:
    return {tuple(row[name] for name in keys): row for row in rows}


def _where(statement: Any, table: Table, keys: Iterable[str]) -> Any:
    return statement.where(*(table.c[name] == bindparam(f"of_{name}") for name in keys))


def _bound(rows: Iterable[Mapping[str, object]], keys: Sequence[str]) -> list[Row]:
    return [{f"of_{name}": row[name] for name in keys} for row in rows]


def _with_key(rows: Sequence[Row], keys: Sequence[str]) -> Iterator[tuple[Row, Row]]:
    return zip(rows, _bound(rows, keys), strict=True)
