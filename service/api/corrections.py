"""An editor's corrections of who is who; they outlive every later ingestion."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from service import editing
from service.api.problems import documented
from service.api.replies import SessionOf, Text
from service.api.tokens import require_admin
from service.model import EntityKind
from service.query import decisions, entities
from service.query.answers import DecisionAnswer, EntityDetail, Page

router = APIRouter(
    prefix="/v1/admin",
    tags=["admin"],
    dependencies=[Depends(require_admin)],
    responses=documented(400, 401, 404, 422),
)


class EntityEdit(BaseModel):
    """What to change of an entity; a field that is null goes back to what is extracted."""

    model_config = ConfigDict(extra="forbid")

    kind: EntityKind | None = None
    name: Text | None = Field(None, examples=["Marie Curie"])
    hant: Text | None = Field(None, examples=["瑪麗·居禮"])
    hans: Text | None = Field(None, examples=["玛丽·居里"])
    en: Text | None = None


class Merge(BaseModel):
    """Which entity stays."""

    into: Text = Field(description="The id that stays", examples=["marie-curie"])


class Alias(BaseModel):
    """Another name."""

    name: Annotated[Text, Field(min_length=1)] = Field(examples=["居里夫人"])


@router.put("/entities/{entity_id}", summary="Correct an entity's names or kind")
def put_entity(request: Request, session: SessionOf, entity_id: Text, body: EntityEdit) -> EntityDetail:
    """Let an editor's word stand above what is extracted."""
    editing.edit_entity(request.app.state.engine, entity_id, body.model_dump(mode="json", exclude_unset=True))
    return entities.entity(session, entity_id)


@router.post("/entities/{entity_id}/aliases", summary="Give an entity another name")
def post_alias(request: Request, session: SessionOf, entity_id: Text, body: Alias) -> EntityDetail:
    """Count every mention of a name as this entity's, wherever it was or will be seen."""
    editing.add_alias(request.app.state.engine, entity_id, body.name)
    return entities.entity(session, entity_id)


@router.post("/entities/{entity_id}/merge", summary="Merge an entity into another")
def post_merge(request: Request, session: SessionOf, entity_id: Text, body: Merge) -> EntityDetail:
    """Make the two one; the old id answers 308 to the new one from then on."""
    editing.merge_entities(request.app.state.engine, entity_id, body.into)
    return entities.entity(session, body.into)


@router.get("/decisions", summary="List the editors' decisions")
def get_decisions(session: SessionOf) -> Page[DecisionAnswer]:
    """Return all decisions, the latest first."""
    found = decisions.decisions(session)
    return Page[DecisionAnswer](items=found, total=len(found))


@router.delete("/decisions/{decision_id}", summary="Take a decision back", status_code=204)
def delete_decision(request: Request, decision_id: Annotated[int, Field(ge=1, lt=2**31)]) -> None:
    """Let what it changed be again as extraction and the other decisions have it."""
    editing.revoke(request.app.state.engine, decision_id)
