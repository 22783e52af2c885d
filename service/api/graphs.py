"""The graph beyond one neighbourhood: the way between two entities, and the whole of it as a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import IO, Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Response
from fastapi.responses import StreamingResponse

from service import __version__
from service.api.problems import documented
from service.api.replies import NOT_MODIFIED, Reads, Text
from service.query import graph_export, graph_paths
from service.query.answers import PathAnswer
from service.query.corpus import version

router = APIRouter(prefix="/v1/graph", tags=["discovery"])
_IN_MEMORY: Final = 1_000_000  # bytes of a file; a larger one lies on the disk
_PIECE: Final = 65_536  # bytes
_WRITING: Final = BoundedSemaphore(4)  # each takes a processor and a session for as long as it takes
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

    name = {"csv": "edges.csv", "csv-nodes": "nodes.csv"}.get(form, f"graph.{form}")
    headers = common | {"Content-Disposition": f'attachment; filename="{name}"'}
    pieces = _in_turn(graph_export.export(reader.session, form, reader.lang))
    reader.end()
    return StreamingResponse(pieces, media_type=graph_export.MEDIA_TYPES[form], headers=headers)


def _in_turn(parts: Iterable[str]) -> Iterator[bytes]:
    """Write a file while few others are written.

    Raises:
        HTTPException: enough are.
    """
    if not _WRITING.acquire(blocking=False):
        raise HTTPException(503, "The graph is being written for others; ask again.", {"Retry-After": "2"})
    try:
        return _written(parts)
    finally:
        _WRITING.release()


def _written(parts: Iterable[str]) -> Iterator[bytes]:
    """Write a file to the end, and return its pieces: who is slow to take them keeps no session from others."""
    with ExitStack() as failing:
        file = failing.enter_context(SpooledTemporaryFile(_IN_MEMORY))
        for part in parts:
            file.write(part.encode())
        file.seek(0)
        failing.pop_all()
    return _pieces(file)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(_PIECE), b"")
