"""Adds up what posts say of names: one row for each way a source writes a name, one for each pair that is one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from service.resolution.groups import normal
from service.store.names.changes import Pair, Said, Writing
from service.store.names.rows import all_rows, row_id, rows_with, sync
from service.store.tables import TABLES
from service.store.values import Row

_SEEN, _TIE = TABLES["seen_name"], TABLES["tie"]
_NUMBERS = ("times", "articles", "sure")


class StaleError(Exception):
    """What is kept does not fit what is said to have changed: the corpus is to be resolved anew."""


def count_anew(session: Session, total: Said) -> int:
    """Store that posts say `total` in all; return how many rows that changes."""
    changed = sync(session, _SEEN, filter(_is_there, _seen_rows(total)), all_rows(session, _SEEN))
    return changed + sync(session, _TIE, filter(_is_there, _tie_rows(total)), all_rows(session, _TIE))


def count_on(session: Session, change: Said) -> None:
    """Add `change` to what is stored.

    Raises:
        StaleError: less would be left of something than nothing.
    """
    seen, ties = ({str(row["id"]): row for row in rows} for rows in (_seen_rows(change), _tie_rows(change)))
    for table, rows in ((_SEEN, seen), (_TIE, ties)):
        stored = list(rows_with(session, table, rows, table.c.id))
        for old in stored:
            new = rows[str(old["id"])]
            new.update({name: _number(new, name) + _number(old, name) for name in _NUMBERS if name in new})
        if any(_number(row, "times") < 0 for row in rows.values()):
            raise StaleError
        sync(session, table, filter(_is_there, rows.values()), stored)


def _is_there(row: Row) -> bool:
    return row["times"] != 0


def _number(row: Row, name: str) -> int:
    value = row[name]
    return value if isinstance(value, int) else 0


def _seen_rows(said: Said) -> Iterator[Row]:
    for writing in said.times:
        numbers = {"times": said.times[writing], "articles": said.articles[writing], "sure": said.sure[writing]}
        yield _seen_row(writing) | numbers


def _seen_row(writing: Writing) -> Row:
    return {
        "id": row_id(*writing),
        **writing._asdict(),
        "node": writing.node.code,
        "full": normal(writing.name),
        "said": normal(writing.surface),
    }


def _tie_rows(said: Said) -> Iterator[Row]:
    for pair, times in said.pairs.items():
        yield _tie_row(pair) | {"times": times}


def _tie_row(pair: Pair) -> Row:
    one, other = pair.nodes
    return {"id": row_id(*pair), **pair._asdict(), "one": one.code, "other": other.code}
