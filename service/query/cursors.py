"""Cursors: opaque marks of where a list goes on.

A cursor holds the sort key of the last item of a page and a digest that ties it to one list with its filters, so
that a cursor of another list, or a broken one, is refused rather than misread.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import blake2b

from service.errors import WenmaiError

_LONGEST = 2048  # characters of a cursor: far more than any key needs

Scalar = str | int | float


class BadCursorError(WenmaiError):
    """A cursor is not one that this list gave out."""

    def __init__(self) -> None:
        super().__init__("the cursor is not one of this list: start again without it")


def encode(scope: str, key: Sequence[Scalar]) -> str:
    """Return the cursor that goes on behind `key` in the list named by `scope`.

    >>> decode("articles", encode("articles", ["2026-01-30", "3f9d"]), (str, str))
    ('2026-01-30', '3f9d')
    """
    payload = json.dumps([_digest(scope, list(key)), *key], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(payload.encode()).decode().rstrip("=")


def decode(scope: str, cursor: str, types: Sequence[type]) -> tuple[Scalar, ...]:
    """Return the key in `cursor`, whose parts must be of `types`.

    Raises:
        BadCursorError: it was tampered with, or belongs to another list.
    """
    values = _payload(cursor)
    digest, key = values[0], values[1:]
    fits = len(key) == len(types) and all(_is(value, kind) for value, kind in zip(key, types, strict=True))
    if not fits or digest != _digest(scope, key):
        raise BadCursorError
    return tuple(key)


def scope(name: str, **filters: object) -> str:
    """Return what ties a cursor to a list and its filters; a filter that is None does not count.

    >>> scope("claims", kind="plan", entity=None)
    '["claims", {"kind": "plan"}]'
    """
    given = {field: str(value) for field, value in sorted(filters.items()) if value is not None}
    return json.dumps([name, given])


def _payload(cursor: str) -> list[Scalar]:
    if len(cursor) > _LONGEST:
        raise BadCursorError
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        values = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise BadCursorError from error
    if not isinstance(values, list) or not values:
        raise BadCursorError
    return values


def _is(value: object, kind: type) -> bool:
    """Tell whether `value` may stand where `kind` does: JSON writes 1.0 as a float, but a bool is never a number."""
    return isinstance(value, (int, float) if kind is float else kind) and not isinstance(value, bool)


def _digest(scope: str, key: Sequence[Scalar]) -> str:
    seen = json.dumps([scope, *key], ensure_ascii=True)
    return blake2b(seen.encode(), digest_size=6).hexdigest()
