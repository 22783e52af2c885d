"""Liveness, readiness, and numbers for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, Field

from service.api.gauges import measured
from service.api.problems import documented, problem
from service.api.replies import SessionOf
from service.store.engine import ready

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """That the service is there."""

    status: str = Field(examples=["ok"])


@router.get("/healthz", summary="Is the process alive?")
def healthz() -> Health:
    """Answer as long as the process does."""
    return Health(status="ok")


@router.get("/readyz", summary="Can it be used?", response_model=Health, responses=documented(503))
def readyz(request: Request) -> Health | Response:
    """Answer 200 once the database is migrated and the content given at start is in."""
    reason: str | None = request.app.state.readiness.reason()
    if reason is None and not ready(request.app.state.engine):
        reason = "The database does not answer, or its tables are not those of this version."
    return Health(status="ok") if reason is None else problem(503, reason, headers={"Retry-After": "1"})


@router.get("/metrics", summary="Numbers for Prometheus", response_class=PlainTextResponse)
def metrics(request: Request, session: SessionOf) -> Response:
    """Return requests and their durations by route, and what the corpus, its indexes and its jobs hold."""
    proposer = request.app.state.proposer
    asked = dict(proposer.counts) if proposer is not None else {}
    corpus = measured(session, request.app.state.jobs, asked)
    body = generate_latest(request.app.state.metrics.registry) + generate_latest(corpus)
    return Response(body, media_type=CONTENT_TYPE_LATEST)
