"""Across the whole corpus: figures, search, graph."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import Field

from service.api.claims import Bound
from service.api.problems import documented
from service.api.replies import NOT_MODIFIED, Cursor, Limit, Reads, Text
from service.query import figures, graph, search
from service.query.answers import FigureDetail, GraphAnswer, Page, SearchHit

router = APIRouter(prefix="/v1", tags=["discovery"], responses=NOT_MODIFIED | documented(400, 404, 422))


@router.get("/figures", summary="List figures", response_model=Page[FigureDetail])
def list_figures(
    reader: Reads,
    unit: Annotated[
        Text | None, Query(description="Any unit of the dimension: `GW` finds 500 MW too", examples=["GW"])
    ] = None,
    min: Annotated[Bound, Query(description="Lower bound, in that unit")] = None,  # noqa: A002 - the contract's name
    max: Annotated[Bound, Query(description="Upper bound, in that unit")] = None,  # noqa: A002 - the contract's name
    entity: Annotated[Text | None, Query(description="Id of an entity named in the same claim")] = None,
    q: Annotated[Text | None, Query(description="Words of the claim, in either script")] = None,
    sort: Annotated[figures.Sorting, Query(description="`largest`, `smallest`: by value in base units")] = "newest",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Return figures with the claims they stand in; values are in base units."""
    page = figures.figures(
        reader.session, unit=unit, minimum=min, maximum=max, entity=entity, q=q, sort=sort, limit=limit, cursor=cursor
    )
    return reader.answer(page)


@router.get("/search", summary="Search", response_model=Page[SearchHit])
def get_search(
    reader: Reads,
    q: Annotated[Text, Query(min_length=1, description="Words, in either script")],
    kind: Literal["article", "entity", "claim"] | None = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Return articles, entities and claims that fit, with highlights in the original text."""
    return reader.answer(search.search(reader.session, q, kind=kind, limit=limit, cursor=cursor))


@router.get("/graph", summary="What lies around", response_model=GraphAnswer)
def get_graph(
    reader: Reads,
    entity: Annotated[Text | None, Query(description="Id of the entity to start from")] = None,
    article: Annotated[Text | None, Query(description="Id of the article to start from")] = None,
    depth: Annotated[int, Field(ge=1, le=3, description="Steps to go")] = 1,
    limit: Annotated[int, Field(ge=1, le=200, description="Most nodes")] = 50,
) -> Response:
    """Return the articles and entities around one of them, and what joins them."""
    if (entity is None) == (article is None):
        raise HTTPException(422, "Give either `entity` or `article`, the id to start from.")
    return reader.answer(graph.graph(reader.session, entity=entity, article=article, depth=depth, limit=limit))
