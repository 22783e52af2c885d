"""Liveness, readiness, and numbers for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, Field

from service.api.gauges import measured
from service.api.problems import documented, problem
from service.api.replies import SessionOf
from service.store.engine import amiss, ready
from service.store.replicas import Databases, names

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """That the service is there."""

    status: str = Field(description="`ok`, or `reading` as long as nothing can be written", examples=["ok"])
    databases: dict[str, str] | None = Field(
        None,
        description="Each database where there are replicas: `ok`, `behind` or `away`",
        examples=[{"primary": "ok", "replica-1": "ok"}],
    )


@router.get("/healthz", summary="Is the process alive?", response_model_exclude_none=True)
def healthz() -> Health:
    """Answer as long as the process does."""
    return Health(status="ok")


@router.get(
    "/readyz",
    summary="Can it be used?",
    response_model=Health,
    response_model_exclude_none=True,
    responses=documented(503),
)
def readyz(request: Request) -> Health | Response:
    """Answer 200 once the database is migrated and the content given at start is in.

    Where there are replicas, one that answers is enough: then the service can be read.
    """
    reason: str | None = request.app.state.readiness.reason()
    databases: Databases = request.app.state.databases
    writes = reason is None and databases.is_primary_up and ready(databases.primary)
    states = databases.states()
    if reason is None and not writes and not any(one.is_used for one in states if one.name != "primary"):
        reason = amiss(databases.primary)
    if reason is None and not request.app.state.jobs.is_working:
        reason = "What is pushed would not be read: the thread that does it has ended. Start the service anew."
    if reason is not None:
        return problem(503, reason, headers={"Retry-After": "1"})
    return Health(status="ok" if writes else "reading", databases=names(states) or None)


@router.get("/metrics", summary="Numbers for Prometheus", response_class=PlainTextResponse)
def metrics(request: Request, session: SessionOf) -> Response:
    """Return requests and their durations by route, and what the corpus, its indexes and its jobs hold."""
    proposer = request.app.state.proposer
    asked = dict(proposer.counts) if proposer is not None else {}
    corpus = measured(session, request.app.state.jobs, asked, request.app.state.databases.states())
    body = generate_latest(request.app.state.metrics.registry) + generate_latest(corpus)
    return Response(body, media_type=CONTENT_TYPE_LATEST)
