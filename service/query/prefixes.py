"""What begins with a text, by an index: the same characters on both databases, whatever language they sort by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class _Bound(FunctionElement[bool]):
    """A comparison of code points: SQLite compares so, PostgreSQL with operators of its own."""

    type: Any = NullType()  # as a Boolean it would be compared with 1 on SQLite, and no index would serve it
    inherit_cache = True
    operators = ("", "")  # of SQLite and of PostgreSQL


class _From(_Bound):
    name = "from_text"
    inherit_cache = True
    operators = (">=", "~>=~")


class _Before(_Bound):
    name = "before_text"
    inherit_cache = True
    operators = ("<", "~<~")


@compiles(_From)
@compiles(_Before)
def _compared(element: _Bound, compiler: SQLCompiler, **options: Any) -> str:
    column, text = element.clauses
    operator = element.operators[compiler.dialect.name == "postgresql"]
    return f"({compiler.process(column, **options)} {operator} {compiler.process(text, **options)})"


def begins(column: Any, text: str) -> ColumnElement[bool]:
    """Return the condition that `column` begins with `text`, as a range that an index of the column serves."""
    low = _From(column, literal(text, String))
    end = _behind(text)
    return low if end is None else and_(low, _Before(column, literal(end, String)))


def _behind(text: str) -> str | None:
    """Return the least text that stands behind all that begin with `text`; None: there is none.

    >>> _behind("港口"), _behind(chr(0x10FFFF))
    ('港古', None)
    """
    for place in range(len(text) - 1, -1, -1):
        code = ord(text[place]) + 1
        if code <= _LAST:
            return text[:place] + chr(_SURROGATES.stop if code in _SURROGATES else code)
    return None
