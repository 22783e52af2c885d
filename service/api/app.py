"""The application: its routes, its middleware, and what it does at start and end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool

from service import __version__, web
from service.api import (
    admin,
    articles,
    claims,
    conflicts,
    corrections,
    description,
    discovery,
    entities,
    graphs,
    health,
    keys,
    problems,
    reconcile,
    sources,
    webhooks,
)
from service.api.middleware.body import BodyLimit
from service.api.middleware.compression import Compression
from service.api.middleware.headers import SecurityHeaders
from service.api.middleware.hot import HotAnswers
from service.api.middleware.methods import Methods
from service.api.middleware.metrics import Metrics, MetricsMiddleware
from service.api.middleware.positions import POSITION, Positions
from service.api.middleware.rates import RateLimit
from service.api.middleware.records import Records
from service.api.parameters import given_once
from service.api.startup import Readiness, begin
from service.api.tokens import admin_token, is_somebodys
from service.jobs import Jobs, Pushes
from service.proposing.configured import ask_model
from service.settings import Settings
from service.store import engine as store
from service.store.corpus_version import CorpusVersion
from service.store.notices import Notices, listen_url
from service.store.replicas import Databases
from service.tracing import tracing_for

DESCRIPTION = """
Reads what people write in Traditional and Simplified Chinese and makes it answerable: articles and what relates them,
people and companies by any of their names, figures, links, and claims: who says the same, who says otherwise, where.

Text parameters may be written in either script. Every read takes `lang`; offsets and lines refer to the original.

**What can go wrong** is answered as RFC 9457 `application/problem+json`. 422: a parameter or a body is not what its
schema says, `errors` names the fields. 400: each is, but together or here they mean nothing, as the cursor of another
list or a unit that nobody knows. 429 and 503: not now, `Retry-After` says when.

**Where there are replicas** of the database, answers to admin calls say in `Wenmai-Position` how far it has come. A
read that brings this header along sees what was written until then, or is told by 503 to ask again.

**What will stay**: below `/v1` nothing is taken away and nothing changes its meaning; paths, parameters and fields may
be added, so leave alone what you don't know. What is to go is marked `deprecated` here and says so in every answer, by
`Deprecation` (RFC 9745) and `Sunset` (RFC 8594), for six months at least.
"""


_ROUTES = (
    articles,
    entities,
    claims,
    conflicts,
    discovery,
    graphs,
    admin,
    sources,
    corrections,
    keys,
    reconcile,
    webhooks,
    health,
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the service as an ASGI application.

    The database is migrated when the application starts; the content of the settings is ingested right after, and
    `/readyz` answers 200 once it is in.

    >>> create_app(Settings(database_url="sqlite://", admin_token="secret")).title
    'wenmai'
    """
    settings = settings or Settings()
    app = FastAPIOffline(
        title="wenmai",
        version=__version__,
        description=DESCRIPTION,
        lifespan=_lifespan,
        redoc_url=None,
        separate_input_output_schemas=False,
        responses=problems.documented(429, 503),
        generate_unique_id_function=lambda route: route.name,  # what a generated client calls it
    )
    app.state.settings = settings
    app.state.admin_token = admin_token(settings)
    app.state.metrics = Metrics()
    app.state.readiness = Readiness()
    app.state.tracing = tracing_for(settings)
    problems.install(app)
    description.install(app)
    entities.install(app)
    for module in _ROUTES:
        app.include_router(module.router, dependencies=[Depends(given_once)])
    app.include_router(conflicts.editing)
    app.router.routes.extend(web.routes())
    _wrap(app, settings)
    app.state.tracing.watch_requests(app)
    return app


def _wrap(app: FastAPI, settings: Settings) -> None:
    """Put the layers around the routes, the innermost first."""
    app.add_middleware(BodyLimit, most=settings.max_body_bytes, is_known=partial(is_somebodys, app))
    app.add_middleware(Compression)
    app.add_middleware(HotAnswers, most=settings.answer_cache_bytes, version=partial(_version, app))
    if settings.read_urls:
        app.add_middleware(Positions, position=partial(_position, app))
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Content-Type", "If-None-Match", POSITION],
        expose_headers=["ETag", "Link", "Content-Language", "X-Request-ID", "Retry-After", "Cache-Status", POSITION],
    )
    app.add_middleware(
        RateLimit, requests=settings.rate_limit, refusals=settings.refused_limit, is_known=partial(is_somebodys, app)
    )
    app.add_middleware(Methods, routes=app.routes)
    app.add_middleware(SecurityHeaders, docs=("/docs",))
    app.add_middleware(MetricsMiddleware, metrics=app.state.metrics)
    app.add_middleware(Records)


def _position(app: FastAPI) -> str | None:
    databases: Databases = app.state.databases
    return databases.position()


async def _version(app: FastAPI) -> int | None:
    watched: CorpusVersion = app.state.version
    heard = watched.heard
    if heard is not None:
        return heard
    return watched.now() if watched.is_quick else await run_in_threadpool(watched.now)


def _follow(app: FastAPI, settings: Settings) -> None:
    """Begin to watch the replicas there are, and the corpus's number."""
    replicas = [store.unreached(url, longest_read=settings.longest_read) for url in settings.read_urls]
    for replica in replicas:
        app.state.tracing.watch_queries(replica)
    app.state.databases = Databases(app.state.engine, replicas, settings.most_lag)
    hears = replicas or settings.listen_url is not None
    listening = listen_url(settings.database_url, settings.listen_url) if hears else None
    app.state.version = CorpusVersion(app.state.databases, Notices(listening) if listening is not None else None)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    app.state.engine = store.create(settings.database_url, longest_read=settings.longest_read)
    app.state.tracing.watch_queries(app.state.engine)
    await run_in_threadpool(store.migrate, app.state.engine)
    _follow(app, settings)
    app.state.proposer = ask_model(app.state.engine, settings)
    app.state.jobs = Jobs(app.state.engine, app.state.tracing, takes=settings.take_jobs)
    app.state.pushes = Pushes(app.state.jobs)
    await run_in_threadpool(partial(begin, settings, app.state.engine, app.state.jobs, app.state.readiness))
    try:
        yield
    finally:
        await run_in_threadpool(app.state.jobs.close)
        await run_in_threadpool(app.state.version.close)
        await run_in_threadpool(app.state.databases.close)
        app.state.engine.dispose()
        await run_in_threadpool(app.state.tracing.close)
