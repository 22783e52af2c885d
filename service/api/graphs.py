"""The graph beyond one neighbourhood: the way between two entities, and the whole of it as a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from service import __version__
from service.api.problems import documented
from service.api.replies import NOT_MODIFIED, Reads, Text, reading
from service.query import graph_export, graph_paths
from service.query.answers import PathAnswer
from service.query.corpus import version

router = APIRouter(prefix="/v1/graph", tags=["discovery"])
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {} for kind in sorted(set(graph_export.MEDIA_TYPES.values()))}}
}


@router.get(
    "/path",
    summary="How two entities are tied",
    response_model=PathAnswer,
    responses=NOT_MODIFIED | documented(400, 404, 422),
)
def get_path(
    reader: Reads,
    source: Annotated[Text, Query(alias="from", description="Id of an entity", examples=["marie-curie"])],
    target: Annotated[Text, Query(alias="to", description="Id of another one", examples=["sorbonne"])],
) -> Response:
    """Return the fewest entities that lead from one to another, with the posts that name each two of them."""
    return reader.answer(graph_paths.path(reader.session, source, target))


@router.get(
    "/export",
    summary="The whole graph as a file",
    response_class=StreamingResponse,
    responses=_FILES | NOT_MODIFIED | documented(422),
)
def get_export(
    reader: Reads,
    form: Annotated[
        graph_export.Format, Query(alias="format", description="`csv` holds edges, `csv-nodes` what they join")
    ] = "graphml",
) -> Response:
    """Return all articles but drafts, all entities, and what joins them; the same corpus gives the same bytes.

    Its ETag is a weak one: it tells of which corpus the file is, before any of it is written.
    """
    told = hashlib.sha256(f"{__version__} {version(reader.session)} {form} {reader.lang}".encode()).hexdigest()
    etag = f'W/"{told[:32]}"'
    common = {"ETag": etag, "Cache-Control": "no-cache"} | ({"Vary": "Accept-Language"} if reader.negotiated else {})
    if reader.unchanged(etag):
        return Response(status_code=304, headers=common)

    def written() -> Iterator[str]:
        with reading(reader.request) as session:
            yield from graph_export.export(session, form, reader.lang)

    name = {"csv": "edges.csv", "csv-nodes": "nodes.csv"}.get(form, f"graph.{form}")
    headers = common | {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(written(), media_type=graph_export.MEDIA_TYPES[form], headers=headers)
