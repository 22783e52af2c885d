"""What editors decided on who is who."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.query.answers.base import Answer
from service.query.answers.entities import EntityAnswer


class DecisionAnswer(Answer):
    """A decision: it outranks what is extracted until it is taken back."""

    id: int = Field(examples=[7])
    kind: Literal["edit", "alias", "merge"] = Field(examples=["merge"])
    entity_id: str = Field(description="The id it was made on.", examples=["madame-curie"])
    value: dict[str, str] = Field(
        description="Of an edit its fields, of an alias its `name`, of a merge `into`: the id that stays.",
        examples=[{"into": "marie-curie"}],
    )
    entity: EntityAnswer | None = Field(
        default=None, description="Whom it counts for today; null while no post names anybody of that id."
    )
