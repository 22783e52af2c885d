"""Which strings of an answer are prose: the marker that `variants` renders by, so that no field is forgotten."""

from __future__ import annotations

from functools import cache
from typing import Annotated, get_args

from pydantic import BaseModel


class ProseMark:
    """Marks a string that is shown to readers in their variant; offsets, ids and addresses never carry it."""


Prose = Annotated[str, ProseMark()]


@cache
def prose_fields(model: type[BaseModel]) -> frozenset[str]:
    """Return the names of the fields of `model` that hold prose, alone, optional or in a list.

    >>> class Heading(BaseModel):
    ...     text: Prose
    ...     line: int
    >>> prose_fields(Heading)
    frozenset({'text'})
    """
    return frozenset(name for name, field in model.model_fields.items() if _marked((*field.metadata, field.annotation)))


def _marked(parts: tuple[object, ...]) -> bool:
    return any(isinstance(part, ProseMark) or _marked(get_args(part)) for part in parts)
