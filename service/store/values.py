"""What a database can hold: text, keys, numbers and front matter made storable on the way in."""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from service.model import Span

Row = dict[str, object]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL takes neither NUL nor half a surrogate pair
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
_LONGEST_KEY = 400  # characters: an index entry of PostgreSQL holds 2,700 bytes


def storable(text: str) -> str:
    r"""Return `text` with what no database takes replaced, one character for one, so that spans hold.

    >>> storable("a\x00b")
    'a�b'
    """
    if "\x00" not in text:
        try:
            text.encode()  # many times faster than looking for surrogates
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _UNSTORABLE.sub("\ufffd", text)


def bounded(key: str) -> str:
    """Return `key`, cut where it is too long for an index; what was cut goes into a hash, so keys stay distinct.

    >>> bounded("short"), len(bounded("x" * 9000))
    ('short', 400)
    """
    if len(key) <= _LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return key[: _LONGEST_KEY - len(digest)] + digest


def plain(value: object) -> object:
    """Return a value of front matter as JSON can hold it.

    >>> plain({"rating": float("nan"), 1: ("a", None)})
    {'rating': 'nan', '1': ['a', None]}
    """
    if isinstance(value, str):
        return storable(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in (value if isinstance(value, (list, tuple)) else sorted(value, key=repr))]
    return value.isoformat() if isinstance(value, date) else storable(str(value))


def written(value: object) -> str:
    """Return a value as it is written in a column of JSON: the same text for the same value.

    >>> written({"b": ["茶"], "a": None})
    '{"a":null,"b":["茶"]}'

    Raises:
        ValueError: a number is none that JSON has.
    """
    return "[]" if value == [] else _JSON.encode(value)


def real(number: Decimal) -> float:
    """Return the nearest float there is: what is beyond all floats is the largest, since infinity is no JSON.

    >>> real(Decimal("1E+999")) < float("inf")
    True
    """
    largest = sys.float_info.max
    return min(max(float(number), -largest), largest)


def cleaned(tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the rows of tables with their texts storable, which next to all are: so they are looked at together."""
    texts = [value for rows in tables.values() for row in rows for value in row.values() if isinstance(value, str)]
    every = "".join(texts)
    if storable(every) is every:
        return dict(tables)
    return {name: list(map(_cleaned, rows)) for name, rows in tables.items()}


def _cleaned(row: Row) -> Row:
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}


def at(line: int, span: Span) -> Row:
    """Return the columns that say where something stands."""
    return {"line": line, "start": span.start, "end": span.end}
