"""Values that are told once of an object, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

_Value = TypeVar("_Value")


class remembered(Generic[_Value]):  # noqa: N801 - it is used like a property
    """A property that is worked out when it is first asked for, and from then on an attribute.

    As ``functools.cached_property`` is, without the lock that takes before Python 3.12: to take it costs more than most
    of what is told of a claim. Two threads may work out one value; they come to the same.
    """

    def __init__(self, told: Callable[[Any], _Value]) -> None:
        """Take what works it out."""
        self._told = told
        self._name = told.__name__
        self.__doc__ = told.__doc__

    @overload
    def __get__(self, one: None, owner: type[object]) -> remembered[_Value]: ...

    @overload
    def __get__(self, one: object, owner: type[object]) -> _Value: ...

    def __get__(self, one: object | None, owner: type[object]) -> remembered[_Value] | _Value:
        """Return the value for `one`."""
        if one is None:
            return self
        value = one.__dict__[self._name] = self._told(one)
        return value
