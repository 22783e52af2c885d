"""An editor's corrections of who is who; they outlive every later ingestion."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from service import deciding
from service.access import Scope
from service.api.problems import documented
from service.api.replies import Cursor, Limit, SessionOf, Text, next_page
from service.api.tokens import require
from service.deciding import Where, Word, judging
from service.model import EntityKind
from service.query import decisions, entities
from service.query.answers import DecisionAnswer, EntityDetail, Page

TOML = "application/toml"

router = APIRouter(
    prefix="/v1/admin",
    tags=["admin"],
    dependencies=[Depends(require(Scope.EDIT))],
    responses=documented(400, 401, 403, 404, 409, 422),
)

Name = Annotated[Text, Field(min_length=1)]


class Spoken(BaseModel):
    """Who decides, and why."""

    model_config = ConfigDict(extra="forbid")

    by: Text | None = Field(None, description="Who decides; null: the name of the token", examples=["lin"])
    why: Text | None = Field(None, description="A note for those who read it later", examples=["See her own site."])

    def word(self, request: Request) -> Word:
        """Return who says it (the token's name, where nobody is named) and why."""
        return Word(self.by or request.state.bearer.name, self.why)


class Placed(Spoken):
    """Where a decision on a name holds."""

    article: Text | None = Field(None, description="Only in this article", examples=["3f9d2c51a0b47e68"])
    source: Text | None = Field(None, description="Only in this site or vault", examples=["blog"])

    def where(self) -> Where:
        """Return where it holds.

        Raises:
            DecisionError: two places are given.
        """
        if self.article and self.source:
            raise deciding.DecisionError("Give an article or a source, not both.")
        return Where(self.article, self.source)


class EntityEdit(Spoken):
    """What to change of an entity; a field that is null goes back to what is extracted."""

    kind: EntityKind | None = None
    name: Name | None = Field(None, examples=["Marie Curie"])
    hant: Name | None = Field(None, examples=["瑪麗·居禮"])
    hans: Name | None = Field(None, examples=["玛丽·居里"])
    en: Name | None = Field(None, examples=["Marie Curie"])


class Merge(Spoken):
    """Which entity stays."""

    into: Text = Field(description="The id that stays", examples=["marie-curie"])


class Alias(Spoken):
    """Another name."""

    name: Name = Field(examples=["居里夫人"])


class Split(Spoken):
    """What of an entity is another one: what bears these names, in these articles, or both."""

    names: list[Name] = Field([], max_length=100, examples=[["居禮教授"]])
    articles: list[Name] = Field([], max_length=1000, examples=[["3f9d2c51a0b47e68"]])
    into: Name | None = Field(None, description="The id of the new entity; null: made of its name")


class NotThis(Placed):
    """A name that is not the entity in one article or source."""

    name: Name = Field(examples=["居禮"])
    to: Name | None = Field(None, description="Whose it is there; null: somebody new", examples=["pierre-curie"])


class Rejection(Placed):
    """What is no entity: a name of it, or all that is named by it."""

    name: Name | None = Field(None, examples=["小米"])


class NameRejection(Placed):
    """A name that is no entity, whoever bears it elsewhere."""

    name: Name = Field(examples=["小米"])


class Imported(BaseModel):
    """How many decisions of a file are new."""

    added: int = Field(examples=[12])


@router.put("/entities/{entity_id}", summary="Correct an entity's names or kind")
def put_entity(request: Request, session: SessionOf, entity_id: Text, body: EntityEdit) -> EntityDetail:
    """Let an editor's word stand above what is extracted."""
    fields = body.model_dump(mode="json", exclude_unset=True, exclude={"by", "why"})
    deciding.edit_entity(request.app.state.engine, entity_id, fields, body.word(request))
    return entities.entity(session, entity_id)


@router.post("/entities/{entity_id}/aliases", summary="Give an entity another name")
def post_alias(request: Request, session: SessionOf, entity_id: Text, body: Alias) -> EntityDetail:
    """Count every mention of a name as this entity's, wherever it was or will be seen."""
    deciding.add_alias(request.app.state.engine, entity_id, body.name, body.word(request))
    return entities.entity(session, entity_id)


@router.delete("/entities/{entity_id}/aliases", summary="Take a name from an entity")
def delete_alias(
    request: Request,
    session: SessionOf,
    entity_id: Text,
    name: Annotated[Name, Query(description="The name, in either script")],
    by: Annotated[Text | None, Query(description="Who decides")] = None,
    why: Annotated[Text | None, Query(description="A note for those who read it later")] = None,
) -> EntityDetail:
    """Count no mention of a name as this entity's; an alias that an editor gave is taken back by its decision."""
    deciding.remove_alias(request.app.state.engine, entity_id, name, Word(by or request.state.bearer.name, why))
    return entities.entity(session, entity_id)


@router.post("/entities/{entity_id}/merge", summary="Merge an entity into another")
def post_merge(request: Request, session: SessionOf, entity_id: Text, body: Merge) -> EntityDetail:
    """Make the two one; the old id answers 308 to the new one from then on."""
    deciding.merge_entities(request.app.state.engine, entity_id, body.into, body.word(request))
    return entities.entity(session, body.into)


@router.post("/entities/{entity_id}/split", summary="Split an entity in two")
def post_split(request: Request, session: SessionOf, entity_id: Text, body: Split) -> EntityDetail:
    """Make what bears these names, or is named in these articles, an entity of its own; return that one."""
    into = deciding.split_entity(
        request.app.state.engine,
        entity_id,
        names=body.names,
        articles=body.articles,
        into=body.into,
        word=body.word(request),
    )
    return entities.entity(session, into)


@router.post("/entities/{entity_id}/not-this", summary="Say that a name is another's in one article or source")
def post_not_this(request: Request, session: SessionOf, entity_id: Text, body: NotThis) -> EntityDetail:
    """Count a name, in one article or source, as another's; return that one."""
    to = deciding.not_this(request.app.state.engine, entity_id, body.name, body.where(), body.to, body.word(request))
    return entities.entity(session, to)


@router.post("/entities/{entity_id}/reject", summary="Say that it is no entity")
def post_reject(request: Request, session: SessionOf, entity_id: Text, body: Rejection) -> DecisionAnswer:
    """Count what is named so (all of the entity, where no name is given) as no entity, there or everywhere."""
    number = deciding.reject(request.app.state.engine, entity_id, body.name, body.where(), body.word(request))
    return decisions.decision(session, number)


@router.post("/decisions", summary="Say that a name is no entity")
def post_decision(request: Request, session: SessionOf, body: NameRejection) -> DecisionAnswer:
    """Count a name as no entity, in one article or source or everywhere, whoever bears it."""
    number = deciding.reject(request.app.state.engine, None, body.name, body.where(), body.word(request))
    return decisions.decision(session, number)


@router.get(
    "/decisions",
    summary="List the editors' decisions",
    response_model=Page[DecisionAnswer],
    responses={200: {"content": {TOML: {"schema": {"type": "string"}}}}},
)
def get_decisions(
    request: Request,
    response: Response,
    session: SessionOf,
    entity: Annotated[Text | None, Query(description="Only those on this entity")] = None,
    form: Annotated[
        Literal["json", "toml"], Query(alias="format", description="`toml`: all of them, to keep beside the lexicon")
    ] = "json",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Any:
    """Return the decisions, the latest first; as TOML all of them, in the order they were made."""
    if form == "toml":
        return Response(judging.all_exported(session), media_type=TOML)
    found = decisions.decisions(session, entity=entity, limit=limit, cursor=cursor)
    if found.next:
        response.headers["Link"] = f'<{next_page(request, found.next)}>; rel="next"'
    return found


@router.put("/decisions", summary="Take decisions from a TOML file")
def put_decisions(request: Request, body: Annotated[bytes, Body(media_type=TOML, min_length=1)]) -> Imported:
    """Take over the decisions of a file as `GET ?format=toml` writes it: all or none; those that stand stay."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise deciding.DecisionError("The file is not UTF-8.") from error
    return Imported(added=judging.all_imported(request.app.state.engine, text))


@router.delete("/decisions/{decision_id}", summary="Take a decision back", status_code=204)
def delete_decision(request: Request, decision_id: Annotated[int, Field(ge=1, lt=2**31)]) -> None:
    """Let what it changed be again as extraction and the other decisions have it."""
    deciding.revoke(request.app.state.engine, decision_id)
