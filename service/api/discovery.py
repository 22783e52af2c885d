"""Across the whole corpus: figures, search, graph."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import Field

from service.api.articles import Day
from service.api.claims import Bound
from service.api.problems import documented
from service.api.replies import NOT_MODIFIED, Cursor, Limit, Reads, Text
from service.model import EntityKind
from service.query import figures, graph, search
from service.query.answers import FigureDetail, GraphAnswer, Page, SearchPage

_QUERY = (
    "Words, in either script. A phrase stands in quotation marks; `-` before a word leaves out what holds it; "
    "`tag:`, `category:`, `entity:`, `source:`, `script:` and `date:` (`2026-01`, `2025..2026-03`) ask for fields"
)

router = APIRouter(prefix="/v1", tags=["discovery"], responses=NOT_MODIFIED | documented(400, 404, 422))


@router.get("/figures", summary="List figures", response_model=Page[FigureDetail])
def list_figures(
    reader: Reads,
    unit: Annotated[
        Text | None, Query(description="Any unit of the dimension: `GW` finds 500 MW too", examples=["GW"])
    ] = None,
    min: Annotated[Bound, Query(description="Lower bound, in that unit")] = None,  # noqa: A002 - the contract's name
    max: Annotated[Bound, Query(description="Upper bound, in that unit")] = None,  # noqa: A002 - the contract's name
    entity: Annotated[Text | None, Query(description="Id of an entity named in the same claim or table row")] = None,
    q: Annotated[
        Text | None, Query(description="Words of the claim or of the table's headings, in either script")
    ] = None,
    sort: Annotated[figures.Sorting, Query(description="`largest`, `smallest`: by value in base units")] = "newest",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Return figures with the claims they stand in; values are in base units."""
    page = figures.figures(
        reader.session, unit=unit, minimum=min, maximum=max, entity=entity, q=q, sort=sort, limit=limit, cursor=cursor
    )
    return reader.answer(page)


@router.get("/search", summary="Search", response_model=SearchPage)
def get_search(
    reader: Reads,
    q: Annotated[Text, Query(min_length=1, description=_QUERY, examples=['碼頭 "deep sea" -起重機 tag:航運'])],
    kind: Literal["article", "entity", "claim"] | None = None,
    facets: Annotated[bool, Query(description="Count the articles found by source, tag, script and year")] = False,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Return articles, entities and claims that fit, with highlights in the original text.

    A page may hold fewer than `limit` hits while `next` is given; `total` is null where not all were looked at.
    """
    page = search.search(reader.session, q, kind=kind, limit=limit, cursor=cursor, counted=facets)
    return reader.answer(page)


@router.get("/graph", summary="What lies around", response_model=GraphAnswer)
def get_graph(
    reader: Reads,
    entity: Annotated[Text | None, Query(description="Id of the entity to start from")] = None,
    article: Annotated[Text | None, Query(description="Id of the article to start from")] = None,
    depth: Annotated[int, Field(ge=1, le=3, description="Steps to go")] = 1,
    limit: Annotated[int, Field(ge=1, le=graph.MOST, description="Most nodes")] = 50,
    since: Day = None,
    until: Day = None,
    kind: Annotated[list[EntityKind] | None, Query(description="Only entities of these kinds")] = None,
) -> Response:
    """Return the articles and entities around one of them, and what joins them."""
    if (entity is None) == (article is None):
        raise HTTPException(400, "Give either `entity` or `article`, the id to start from.")
    shown = graph.Shown(since, until, tuple(kind or ()))
    return reader.answer(
        graph.graph(reader.session, entity=entity, article=article, depth=depth, limit=limit, shown=shown)
    )
