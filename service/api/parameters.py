"""Query parameters that are given several times: one that takes a single value is not clear then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute


async def given_once(request: Request) -> None:
    """Refuse what gives a parameter of one value several times: which of them is meant nobody knows.

    Raises:
        RequestValidationError: it does.
    """
    given = request.query_params.multi_items()
    if len(given) < 2 or len({name for name, _ in given}) == len(given):  # noqa: PLR2004 - as nearly all
        return
    single = _single(request.scope["route"])
    again = [name for name, times in Counter(name for name, _ in given).items() if times > 1 and name in single]
    if again:
        message = "give it once: it takes one value"
        raise RequestValidationError(
            [{"loc": ("query", name), "msg": message, "type": "value_error"} for name in sorted(again)]
        )


def _single(route: APIRoute) -> frozenset[str]:
    """Return the names of the query parameters of a route that take one value."""
    return frozenset(field.alias for field in _fields(route.dependant) if not _is_list(field.field_info.annotation))


def _fields(dependant: Any) -> Iterator[Any]:
    yield from dependant.query_params
    for one in dependant.dependencies:
        yield from _fields(one)


def _is_list(annotation: Any) -> bool:
    """Tell whether a type is a list, or may be one: `list[str] | None`.

    >>> _is_list(list[str] | None), _is_list(str | None)
    (True, False)
    """
    return get_origin(annotation) is list or any(_is_list(part) for part in get_args(annotation))
