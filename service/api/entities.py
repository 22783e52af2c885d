"""People, companies and other things that posts name, and what surrounds them."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.responses import RedirectResponse

from service.api.problems import documented
from service.api.replies import NOT_MODIFIED, Cursor, Limit, Reads, Text
from service.model import EntityKind
from service.query import entities, evidence, neighbours
from service.query.answers import (
    ArticleSummary,
    ClaimAnswer,
    EntityDetail,
    EntitySummary,
    NameEvidence,
    Neighbour,
    Page,
)
from service.query.merges import MergedError

router = APIRouter(
    prefix="/v1/entities",
    tags=["entities"],
    responses=NOT_MODIFIED
    | {308: {"description": "Permanent Redirect: merged into the entity at `Location`"}}
    | documented(400, 404, 422),
)


def install(app: FastAPI) -> None:
    """Answer a merged entity's old id with 308 to the one that stays, whatever was asked of it."""

    def redirect(request: Request, error: Exception) -> Response:
        assert isinstance(error, MergedError)  # noqa: S101 - registered for no other
        old = quote(request.path_params["entity_id"], safe="")
        path = request.url.path.replace(f"/entities/{old}", f"/entities/{quote(error.into, safe='')}", 1)
        return RedirectResponse(str(request.url.replace(path=path)), status_code=308)

    app.add_exception_handler(MergedError, redirect)


@router.get("", summary="List entities", response_model=Page[EntitySummary])
def list_entities(
    reader: Reads,
    q: Annotated[Text | None, Query(description="A name or part of one, in either script")] = None,
    match: Annotated[
        Literal["exact", "prefix", "contains"],
        Query(description="How much of a name `q` may be; `prefix` serves completion while somebody types"),
    ] = "contains",
    kind: EntityKind | None = None,
    source: Annotated[Text | None, Query(description="Name of a site or vault that names them")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Return entities, those most written of first; with `q` exact names, then aliases, beginnings, parts of names."""
    found = entities.entities(reader.session, q=q, match=match, kind=kind, source=source, limit=limit, cursor=cursor)
    return reader.answer(found)


@router.get("/{entity_id}", summary="One entity", response_model=EntityDetail)
def get_entity(reader: Reads, entity_id: Text) -> Response:
    """Return an entity with all its names and how much there is of it."""
    return reader.answer(entities.entity(reader.session, entity_id))


@router.get("/{entity_id}/articles", summary="Articles that name it", response_model=Page[ArticleSummary])
def get_entity_articles(reader: Reads, entity_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the articles that name an entity, newest first."""
    return reader.answer(entities.articles_of(reader.session, entity_id, limit=limit, cursor=cursor))


@router.get("/{entity_id}/claims", summary="Claims about or by it", response_model=Page[ClaimAnswer])
def get_entity_claims(reader: Reads, entity_id: Text, limit: Limit = 20, cursor: Cursor = None) -> Response:
    """Return the claims that name an entity or are put in its mouth."""
    return reader.answer(entities.claims_of(reader.session, entity_id, limit=limit, cursor=cursor))


@router.get("/{entity_id}/neighbours", summary="Entities around it", response_model=Page[Neighbour])
def get_entity_neighbours(
    reader: Reads, entity_id: Text, kind: EntityKind | None = None, limit: Limit = 20, cursor: Cursor = None
) -> Response:
    """Return the entities named together with this one, the closest first, each with the posts that tie them."""
    return reader.answer(neighbours.neighbours(reader.session, entity_id, kind=kind, limit=limit, cursor=cursor))


@router.get("/{entity_id}/evidence", summary="Why its names are one", response_model=Page[NameEvidence])
def get_entity_evidence(
    reader: Reads,
    entity_id: Text,
    name: Annotated[Text | None, Query(description="Only of this name, in either script")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Return for every name what says that it is its: lexicon, editors, notes, front matter, glosses, posts."""
    return reader.answer(evidence.evidence(reader.session, entity_id, name=name, limit=limit, cursor=cursor))
