"""What OpenRefine and its like call to match a spreadsheet's names: the Reconciliation Service API 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from html import escape
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field, RootModel

from service import __version__
from service.api.problems import documented
from service.api.replies import LONGEST_PARAMETER, NOT_MODIFIED, Reader, Reads, Text
from service.errors import LimitError, WenmaiError
from service.model import EntityKind
from service.query import entities, reconciliation
from service.query.answers import ArticleSummary, EntityDetail
from service.query.merges import current_id
from service.query.reconciliation import MOST_CANDIDATES, Candidates, Suggestions, TypeAnswer
from service.query.variants import in_variant
from service.store.values import storable

BATCH: Final = 50  # queries of one batch: OpenRefine sends ten
_MOST_SKIPPED: Final = 1000  # suggestions that a client may leaf through
_WIDTH, _HEIGHT = 400, 240


class QueryError(WenmaiError):
    """A batch of queries is none."""


_PREVIEW = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}

router = APIRouter(
    prefix="/v1/reconcile", tags=["reconciliation"], responses=NOT_MODIFIED | documented(400, 404, 413, 422)
)


class Template(BaseModel):
    """An address with a place for an id."""

    url: str = Field(examples=["https://wenmai.example/v1/entities/{{id}}"])


class Preview(Template):
    """Where a small page on an entity is, and how large it is."""

    width: int = _WIDTH
    height: int = _HEIGHT


class Service(BaseModel):
    """Where a further service is."""

    service_url: str = Field(examples=["https://wenmai.example/v1/reconcile"])
    service_path: str = Field(examples=["/suggest/entity"])


class Suggest(BaseModel):
    """What can be completed while somebody types."""

    entity: Service


class Manifest(BaseModel):
    """What the service is and can do."""

    versions: list[str] = ["0.2"]
    name: str = "wenmai: people, companies and other things that posts name"
    identifierSpace: str = Field(examples=["https://wenmai.example/v1/entities/"])  # noqa: N815 - the protocol's word
    schemaSpace: str = "https://schema.org/Thing"  # noqa: N815
    defaultTypes: list[TypeAnswer]  # noqa: N815
    documentation: str = Field(examples=["https://wenmai.example/docs"])
    serviceVersion: str = __version__  # noqa: N815
    batchSize: int = BATCH  # noqa: N815
    view: Template
    preview: Preview
    suggest: Suggest


class Results(RootModel[dict[str, Candidates]]):
    """The candidates for each query of a batch, by the names that the client gave the queries."""


_EXAMPLE = '{"q0": {"query": "居里夫人", "type": "person", "limit": 3}}'
Queries = Annotated[
    str,
    Field(min_length=1, description="A batch of queries as JSON, each by a name of the client's", examples=[_EXAMPLE]),
]


@router.get("", summary="What the service can do, or candidates for a batch", response_model=Manifest | Results)
def get_reconcile(
    request: Request,
    reader: Reads,
    queries: Annotated[Queries | None, Query()] = None,
) -> Response:
    """Return the service's manifest; with `queries` what `POST` returns, for trying it out in a browser."""
    return reader.answer(_manifest(request) if queries is None else _results(reader, queries))


@router.post("", summary="Candidates for a batch of names", response_model=Results)
def post_reconcile(reader: Reads, queries: Annotated[Queries, Form()]) -> Response:
    """Return for each query the entities it may mean, scored from 0 to 100; `match` where one alone is meant.

    `type` narrows to kinds of entities. Values of `properties` that name others (a founder, an employer) tell
    namesakes apart: whom posts name together with them fits better.
    """
    return reader.answer(_results(reader, queries))


@router.get("/suggest/entity", summary="Complete a name", response_model=Suggestions)
def get_suggestions(
    reader: Reads,
    prefix: Annotated[Text, Query(description="What was typed so far, in either script, or an id")] = "",
    cursor: Annotated[int, Query(ge=0, le=_MOST_SKIPPED, description="How many suggestions to skip")] = 0,
) -> Response:
    """Return the entities whose names begin so, or hold it where none does."""
    return reader.answer(reconciliation.suggest(reader.session, prefix, reader.lang, skip=cursor))


@router.get("/preview/{entity_id}", summary="A small page on an entity", response_class=HTMLResponse)
def get_preview(reader: Reads, entity_id: Text) -> Response:
    """Return a page to show in a frame: what the entity is, what it is called, which posts name it."""
    one = entities.entity(reader.session, current_id(reader.session, entity_id))
    posts = entities.articles_of(reader.session, one.id, limit=3)
    shown = in_variant(posts, reader.lang, reader.session).items
    page = _page(one, reconciliation.shown_name(one, reader.lang), shown)
    return reader.send(page.encode(), media_type="text/html; charset=utf-8", headers=_PREVIEW)


def _manifest(request: Request) -> Manifest:
    base = str(request.base_url).rstrip("/")
    here = f"{base}/v1/reconcile"
    return Manifest(
        identifierSpace=f"{base}/v1/entities/",
        defaultTypes=reconciliation.types(),
        documentation=f"{base}/docs",
        view=Template(url=f"{base}/v1/entities/{{{{id}}}}"),
        preview=Preview(url=f"{here}/preview/{{{{id}}}}"),
        suggest=Suggest(entity=Service(service_url=here, service_path="/suggest/entity")),
    )


def _results(reader: Reader, queries: str) -> Results:
    batch = {name: _query(name, one) for name, one in _batch(queries).items()}
    return Results(
        {name: reconciliation.reconcile(reader.session, query, reader.lang) for name, query in batch.items()}
    )


def _batch(queries: str) -> dict[str, Any]:
    try:
        batch = json.loads(queries)
    except (ValueError, RecursionError) as error:
        raise QueryError("queries is not JSON") from error
    if not isinstance(batch, dict) or any(storable(name) != name for name in batch):
        raise QueryError("queries is to be an object of queries, each by a name")
    if len(batch) > BATCH:
        raise LimitError(f"a batch holds at most {BATCH} queries: send these {len(batch)} in several")
    return batch


def _query(name: str, one: Any) -> reconciliation.Query:
    """Return one query, read.

    Raises:
        ContentError: it is none.
    """
    if not isinstance(one, dict) or not (one.get("query") or one.get("properties")):
        raise QueryError(f"the query {name[:40]!r} needs a `query` or `properties`")
    text, limit, kinds = one.get("query") or "", one.get("limit", MOST_CANDIDATES), one.get("type") or []
    listed = [kinds] if isinstance(kinds, str) else kinds
    if (
        not isinstance(text, str)
        or not isinstance(listed, list)
        or not isinstance(limit, int | float)
        or not limit >= 1
    ):
        raise QueryError(f"`query`, `type` or `limit` of the query {name[:40]!r} is not what it is to be")
    known = tuple(kind.value for kind in EntityKind if kind.value in map(_type_id, listed))
    return reconciliation.Query(
        text[:LONGEST_PARAMETER],
        known,
        int(min(limit, MOST_CANDIDATES)),
        tuple(value[:LONGEST_PARAMETER] for value in reconciliation.values(one.get("properties"))),
    )


def _type_id(kind: Any) -> str:
    """Return the id of a type, which clients send alone or within an object."""
    return str(kind.get("id", "") if isinstance(kind, dict) else kind)


def _page(one: EntityDetail, name: str, posts: list[ArticleSummary]) -> str:
    named = escape(reconciliation.description(one, most=8))
    counted = f"{one.counts.articles} posts, {one.counts.claims} claims"
    items = "".join(f"<li>{_linked(post)}</li>" for post in posts)
    style = "body{font:14px/1.5 sans-serif;margin:8px}h1{font-size:16px;margin:0}ul{margin:4px 0;padding-left:18px}"
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(name)}</title>'
        f"<style>{style}</style></head><body><h1>{escape(name)}</h1><p>{named}</p><p>{counted}</p>"
        f"<ul>{items}</ul></body></html>"
    )


def _linked(post: ArticleSummary) -> str:
    title = escape(post.title or post.path)
    if not (post.url or "").startswith(("http://", "https://")):
        return title
    return f'<a href="{escape(post.url or "")}" target="_blank" rel="noopener">{title}</a>'
