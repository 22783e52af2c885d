"""Words of a query against folded text: how both become comparable, whatever script they are written in."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from service.errors import LexiconError
from service.lexicon import read
from service.script import fold

_MOST_CHUNKS = 8
_LONGEST = 200  # characters of a query that count
_REGIONS = ("tw", "hk", "cn", "en")


def clean(text: str) -> str:
    """Return `text` without what no database stores: NUL and lone surrogates.

    >>> clean("a" + chr(0) + "b")
    'ab'
    """
    return "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")


def folded(text: str) -> str:
    """Return a name or tag as the folded columns hold it, without space around it.

    >>> folded(" 航運 ")
    '航运'
    """
    return fold(clean(text)).strip()


def chunks(query: str) -> list[str]:
    """Return the folded words of `query`, split where it has spaces, each once, in order.

    >>> chunks("碼頭　Crane 碼頭")
    ['码头', 'crane']
    """
    return list(dict.fromkeys(fold(clean(query[:_LONGEST])).split()))[:_MOST_CHUNKS]


class _Place(FunctionElement[int]):
    """Where a string first stands in another, from 1; 0 where it does not: many times faster than LIKE on SQLite."""

    name = "place"
    type = Integer()
    inherit_cache = True


@compiles(_Place)
def _instr(element: _Place, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(_Place, "postgresql")
def _strpos(element: _Place, compiler: SQLCompiler, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


def contains(column: Any, part: str) -> ColumnElement[bool]:
    """Return the condition that the folded `column` holds `part` literally."""
    return _Place(column, literal(part, String)) > 0


def contains_any(column: Any, parts: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that the folded `column` holds one of `parts`."""
    return or_(*(contains(column, part) for part in parts))


@cache
def regional_words() -> dict[str, tuple[str, ...]]:
    """Map each folded regional word to all words for the same thing; empty where there is no such lexicon."""
    try:
        groups = read("regional.toml").get("word", [])
    except LexiconError:
        return {}
    table: dict[str, tuple[str, ...]] = {}
    for group in groups:
        same = sorted({fold(word) for region in _REGIONS for word in group.get(region, ())})
        table.update((word, tuple(same)) for word in same)
    return table


def words(query: str) -> list[tuple[str, ...]]:
    """Return the words of a query, each with the words other regions use for the same thing, itself first.

    What is written with a space is one word where the lexicon knows it as one.

    >>> words("港口 Crane")
    [('港口',), ('crane',)]
    """
    found, rest = [], chunks(query)
    while rest:
        length = next((n for n in range(len(rest), 1, -1) if " ".join(rest[:n]) in regional_words()), 1)
        found.append(_alternatives(" ".join(rest[:length])))
        rest = rest[length:]
    return found


def _alternatives(word: str) -> tuple[str, ...]:
    """Return `word` and what it is with the longest regional word in it said otherwise."""
    table = regional_words()
    if word in table:
        return (word, *(other for other in table[word] if other != word))
    known = (one for one in table if len(one) > 1 and not one.isascii() and one in word)
    part = max(known, key=len, default="")
    others = (other for other in table.get(part, ()) if other != part and not other.isascii())
    return (word, *(word.replace(part, other) for other in others))
