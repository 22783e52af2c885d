"""What all answers share: a line, a span, a score, a page."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

Line = Annotated[int, Field(description="Line in the file, from 1.", examples=[12])]
Start = Annotated[int, Field(description="First code point in the original text.", examples=[340])]
End = Annotated[int, Field(description="Code point behind the last one in the original text.", examples=[347])]
Score = Annotated[float, Field(ge=0, le=1, description="How well it fits: 0 to 1.", examples=[0.62])]
Number = int | float

RelationKind = Literal["agree", "conflict", "related"]


class Answer(BaseModel):
    """What every answer shares: it is never changed once made."""

    model_config = ConfigDict(frozen=True)


class Page(Answer, Generic[T]):
    """A stretch of a list, and where the next one starts."""

    items: list[T]
    next: str | None = Field(default=None, description="Cursor of the next page; null at the end.")
    total: int | None = Field(default=None, description="How many items the whole list has.", examples=[42])
