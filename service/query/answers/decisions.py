"""What editors decided on who is who."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.query.answers.base import Answer
from service.query.answers.entities import EntityAnswer

DecisionKind = Literal["edit", "alias", "unalias", "merge", "split", "not_this", "reject"]


class DecisionAnswer(Answer):
    """A decision: it outranks what is extracted until it is taken back."""

    id: int = Field(examples=[7])
    kind: DecisionKind = Field(examples=["merge"])
    entity_id: str | None = Field(
        default=None, description="The id it was made on; null: on a name, whoever bears it.", examples=["madame-curie"]
    )
    value: dict[str, str | bool | list[str] | None] = Field(
        description="Of an edit its fields; else what it speaks of (`name`, `names`), where it holds (`article`, "
        "`articles`, `source`; nowhere named: everywhere) and `into`, the id it leads to; `new`: it made that id up.",
        examples=[{"into": "marie-curie"}],
    )
    by: str | None = Field(default=None, description="Who decided.", examples=["lin"])
    at: str | None = Field(default=None, description="When: ISO 8601, UTC.", examples=["2026-03-01T08:30:00+00:00"])
    why: str | None = Field(default=None, examples=["One woman, by her title and by her name."])
    entity: EntityAnswer | None = Field(
        default=None, description="Whom it counts for today; null while no post names anybody of that id."
    )
