"""What editors and CI jobs call: push content, follow jobs, delete."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from service import editing
from service.access import Scope
from service.api.problems import documented
from service.api.replies import Flag, Limit, Text
from service.api.sources import SourceIn, SourceName, site_from
from service.api.tokens import require
from service.api.uploads import BODY, Upload, read_upload
from service.api.wire import ENDING
from service.changes import changes, foreseen
from service.errors import NotFoundError
from service.jobs import ENDED, Jobs, following
from service.query.answers import JobAnswer, JobError
from service.query.jobs import job_answer
from service.store.tables import JobRow

LONGEST_WAIT: Final = 600.0  # seconds a request with `wait=true` is kept open

router = APIRouter(
    prefix="/v1/admin",
    tags=["admin"],
    dependencies=[Depends(require(Scope.INGEST))],
    responses=documented(400, 401, 403, 404, 409, 413, 415, 422),
)


class JobStarted(BaseModel):
    """A push that has been taken."""

    job: JobAnswer


@router.post(
    "/ingest",
    summary="Push posts",
    response_model=JobAnswer,
    responses={202: {"model": JobStarted, "description": "Taken; follow the job"}},
    openapi_extra=BODY,
)
async def post_ingest(
    request: Request,
    upload: Annotated[Upload, Depends(read_upload)],
    source: Annotated[SourceName, Query()],
    wait: Annotated[bool, Query(description="Answer 200 with the finished job instead of 202")] = False,
    key: Annotated[
        Annotated[Text, Field(min_length=1)] | None,
        Header(alias="Idempotency-Key", description="Your name for this push: sent again, it is answered with its job"),
    ] = None,
) -> Response:
    """Store and delete posts of a source, all or nothing; a bad post is reported and the rest goes in.

    The posts are kept with the job until it has ended: it survives a restart of the service, and is run once.
    """
    job_id = await run_in_threadpool(_submitted, request, upload, source, key)
    jobs: Jobs = request.app.state.jobs
    row = await following.ended(jobs, job_id, LONGEST_WAIT, _ending(request)) if wait else None
    if row is not None:
        return JSONResponse(job_answer(row).model_dump(mode="json"))
    row = await run_in_threadpool(_job, jobs, job_id)
    started = JobStarted(job=job_answer(row)).model_dump(mode="json")
    return JSONResponse(started, 202, {"Location": f"/v1/admin/jobs/{job_id}"})


def _submitted(request: Request, upload: Upload, source: str, key: str | None) -> str:
    jobs: Jobs = request.app.state.jobs
    site = upload.settled(request.app.state.engine, source)
    job_id = jobs.submit(site, upload.sources, delete=upload.delete, replace=upload.replace, key=key)
    request.state.acted = {"source": source, "job": job_id}
    return job_id


def _job(jobs: Jobs, job_id: str) -> JobRow:
    row = jobs.get(job_id)
    if row is None:
        raise NotFoundError(f"There is no job with the id {job_id}.")
    return row


class JobList(BaseModel):
    """The latest ingestions, the newest first."""

    items: list[JobAnswer]


class ChangesAnswer(BaseModel):
    """What a push would change; nothing is stored."""

    added: list[str] = Field(examples=[["posts/new.md"]])
    updated: list[str] = Field(examples=[["posts/edited.md"]])
    deleted: list[str] = Field(examples=[["posts/gone.md"]])
    unchanged: int = Field(examples=[120])
    errors: list[JobError] = Field(default_factory=list, description="Files that could not be read")


class Digests(BaseModel):
    """The files of a source, each by what it holds."""

    model_config = ConfigDict(extra="forbid")

    digests: dict[Text, Text] = Field(
        max_length=200_000, description="Path → `wenmai push` says how", examples=[{"posts/a.md": "0123456789abcdef"}]
    )
    replace: Flag = Field(False, description="Whether the source's posts that are not among them would be removed")
    site: SourceIn | None = Field(None, description="What the site's own files say of it")


@router.post("/ingest/preview", summary="What would a push change?", response_model=ChangesAnswer, openapi_extra=BODY)
async def post_preview(
    request: Request,
    upload: Annotated[Upload, Depends(read_upload)],
    source: Annotated[SourceName, Query()],
) -> ChangesAnswer:
    """Take what `/ingest` takes and tell which posts it would add, update and delete; nothing is stored."""
    return await run_in_threadpool(_preview, request, upload, source)


def _preview(request: Request, upload: Upload, source: str) -> ChangesAnswer:
    engine = request.app.state.engine
    site = upload.settled(engine, source)
    found, unread = foreseen(engine, site, upload.sources, frozenset(upload.delete), replace=upload.replace)
    errors = [JobError(path=one.path, line=one.line, detail=one.detail) for one in unread]
    return ChangesAnswer(**found._asdict(), errors=errors)


@router.post("/digests", summary="Which files are not stored as they are?")
def post_digests(request: Request, source: Annotated[SourceName, Query()], body: Digests) -> ChangesAnswer:
    """Compare files by what they hold with what is stored, so that only those that changed need be sent."""
    engine = request.app.state.engine
    site = editing.settled(engine, site_from(source, body.site)) if body.site else editing.site_of(engine, source)
    return ChangesAnswer(**changes(engine, site, body.digests, replace=body.replace)._asdict())


@router.get("/jobs", summary="List the latest jobs")
def get_jobs(
    request: Request,
    source: Annotated[Text | None, Query(description="Only those of this site or vault")] = None,
    limit: Limit = 20,
) -> JobList:
    """Return the latest ingestions, the newest first, those that wait among them."""
    jobs: Jobs = request.app.state.jobs
    return JobList(items=[job_answer(row) for row in jobs.recent(limit, source)])


@router.post("/jobs/{job_id}/cancel", summary="Cancel a job", status_code=202)
def post_cancel(request: Request, job_id: Text) -> JobAnswer:
    """End a job that waits; have the one that runs ended at its next post. Nothing of it is stored."""
    jobs: Jobs = request.app.state.jobs
    return job_answer(jobs.cancel(job_id))


@router.get("/jobs/{job_id}", summary="How far is a job?")
def get_job(request: Request, job_id: Text) -> JobAnswer:
    """Return the job as it stands."""
    return job_answer(_job(request.app.state.jobs, job_id))


@router.get(
    "/jobs/{job_id}/events",
    summary="Follow a job",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {}}, "description": "Server-sent events: `progress`, then `done`"}
    },
)
def get_job_events(request: Request, job_id: Text) -> StreamingResponse:
    """Send the job's state whenever it changes, until it has ended."""
    jobs: Jobs = request.app.state.jobs
    _job(jobs, job_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(jobs, job_id, _ending(request)), media_type="text/event-stream", headers=headers)


def _ending(request: Request) -> Callable[[], bool]:
    """Return what tells whether the service ends: then nobody is kept waiting, for it waits for them."""
    return lambda: getattr(request.state, ENDING, False)


async def _events(jobs: Jobs, job_id: str, given_up: Callable[[], bool]) -> AsyncIterator[str]:
    async for row in following.events(jobs, job_id, given_up):
        if row is None:
            yield ":\n\n"  # a comment, which keeps the line open (HTML, Server-sent events)
        else:
            name = row.status if row.status in ENDED else "progress"
            yield f"event: {name}\ndata: {job_answer(row).model_dump_json()}\n\n"


@router.delete("/articles/{article_id}", summary="Delete an article", status_code=204)
def delete_article(request: Request, article_id: Text) -> None:
    """Delete an article with all that hangs on it."""
    editing.remove_article(request.app.state.engine, article_id)
