"""Lists in a total order, a page at a time: keyset paging that runs the same on every database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from service.query.answers import Page
from service.query.columns import AnyRow
from service.query.cursors import Scalar, decode, encode

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 (an item in hand, before it is an answer)

Build = Callable[[list[AnyRow]], Sequence[T]]


@dataclass(frozen=True, slots=True)
class Key:
    """A column that a list is ordered by. The keys of a list together are unique and never null."""

    column: ColumnElement[Any]
    type: type
    descending: bool = False

    def behind(self, value: Scalar) -> ColumnElement[bool]:
        """Return what holds for rows that stand behind `value`."""
        return self.column < value if self.descending else self.column > value

    def order(self) -> ColumnElement[Any]:
        """Return the column as ORDER BY wants it."""
        return self.column.desc() if self.descending else self.column.asc()


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list that is asked for: `scope` names the list and its filters (see `cursors.scope`)."""

    scope: str
    limit: int
    cursor: str | None = None


def page(session: Session, statement: Select[Any], keys: Sequence[Key], window: Window, build: Build[T]) -> Page[T]:
    """Return one page of `statement`; `build` turns its rows (the keys are their last columns) into answers.

    Raises:
        BadCursorError: the window's cursor is not one of this list.
    """
    total = session.execute(select(func.count()).select_from(statement.order_by(None).subquery())).scalar_one()
    shown = statement.add_columns(*(key.column.label(f"key_{n}") for n, key in enumerate(keys)))
    if window.cursor is not None:
        after = decode(window.scope, window.cursor, [key.type for key in keys])
        shown = shown.where(_behind(keys, after))
    shown = shown.order_by(*(key.order() for key in keys)).limit(window.limit + 1)
    rows = list(session.execute(shown).all())
    more = len(rows) > window.limit
    rows = rows[: window.limit]
    following = encode(window.scope, list(rows[-1][-len(keys) :])) if more and rows else None
    return Page(items=list(build(rows)), next=following, total=total)


def _behind(keys: Sequence[Key], after: Sequence[Scalar]) -> ColumnElement[bool]:
    """Return the lexicographic comparison, written out: not every key runs the same way."""
    return or_(
        *(and_(*(keys[m].column == after[m] for m in range(n)), keys[n].behind(after[n])) for n in range(len(keys)))
    )


def page_of(
    items: Sequence[I], key: Callable[[I], Sequence[Scalar]], window: Window, build: Callable[[list[I]], Sequence[T]]
) -> Page[T]:
    """Return one page of `items`, a whole list in the ascending order of `key`, which is unique.

    Raises:
        BadCursorError: the window's cursor is not one of this list.
    """
    rest = items
    if window.cursor is not None and items:
        types = [type(part) for part in key(items[0])]
        after = decode(window.scope, window.cursor, types)
        rest = [item for item in items if tuple(key(item)) > tuple(after)]
    shown = list(rest[: window.limit])
    following = encode(window.scope, key(shown[-1])) if len(rest) > window.limit and shown else None
    return Page(items=list(build(shown)), next=following, total=len(items))
