"""What a code host calls when content was pushed: nobody but who knows the secret, and only to read what was pushed."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Header, HTTPException, Request, Response, Security
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from service import editing
from service.api.deliveries import BODY, LARGEST, SIGNATURE, PushIn, read_body, read_payload, read_push, verify
from service.api.problems import documented
from service.content import unpack_site
from service.content.repositories import archive_url, fetch_archive
from service.jobs import Batch, Jobs, Push, Pushes
from service.query.answers import JobAnswer
from service.query.jobs import job_answer
from service.settings import Repository, Settings

router = APIRouter(prefix="/v1/admin/webhooks", tags=["admin"], responses=documented(400, 401, 404, 413, 415, 422))

_BRANCH: Final = "refs/heads/"


class WebhookAnswer(BaseModel):
    """What came of a message."""

    status: Literal["taken", "ignored", "pong"] = Field(examples=["taken"])
    detail: str = Field(description="Why", examples=["Commit 3f78685 of owner/blog goes into blog."])
    job: JobAnswer | None = Field(None, description="The ingestion that brings it in; follow it with the admin token")


@router.post(
    "/github",
    summary="A content repository was pushed to",
    response_model=WebhookAnswer,
    responses={
        200: {"description": "Nothing to do: a ping, another branch, another event; `detail` says which"},
        202: {"model": WebhookAnswer, "description": "Taken; follow the job"},
    },
    openapi_extra=BODY,
)
async def post_github(
    request: Request,
    signature: Annotated[str | None, Security(SIGNATURE)],
    event: Annotated[
        str | None, Header(alias="X-GitHub-Event", description="`push` or `ping`", examples=["push"])
    ] = None,
) -> Response:
    """Ingest the commit that a followed branch was pushed to: what is no longer in it is removed.

    Takes the place of the admin token: a signature with `WENMAI_GITHUB_SECRET`. Which repositories are followed, and
    which source each is, `WENMAI_GITHUB_REPOSITORIES` says. Pushes that come while an ingestion of their source waits
    are brought in by it: the latest wins. A message that comes again is answered with the same job, unless that failed.
    """
    settings: Settings = request.app.state.settings
    if settings.github_secret is None:
        raise HTTPException(404, "There is no webhook here: it needs a secret, in WENMAI_GITHUB_SECRET.")
    body = await read_body(request, signature, min(LARGEST, settings.max_body_bytes))
    secret = settings.github_secret.get_secret_value()
    return await run_in_threadpool(_answer, request, body, secret, signature or "", event)


def _answer(request: Request, body: bytes, secret: str, signature: str, event: str | None) -> Response:
    verify(body, signature, secret)
    payload = read_payload(body, request.headers.get("content-type", ""))
    if event is None:
        raise HTTPException(400, "`X-GitHub-Event` is missing.")
    if event == "ping":
        return _told("pong", _known(payload, request.app.state.settings))
    if event != "push":
        return _told("ignored", f"Only pushes are followed, not {event[:100]!r}.")
    return _pushed(request, read_push(payload), signature)


def _told(status: Literal["ignored", "pong"], detail: str) -> Response:
    return JSONResponse(WebhookAnswer(status=status, detail=detail, job=None).model_dump(mode="json"))


def _known(payload: dict[str, Any], settings: Settings) -> str:
    """Say whether the repository that asks for the first time is followed: GitHub shows it to who set it up."""
    repository = payload.get("repository")
    name = repository.get("full_name") if isinstance(repository, dict) else None
    found = settings.github_repositories.get(name.lower()) if isinstance(name, str) else None
    if found:
        return f"Pushes will go into the source {found.source}."
    return "This repository is not followed yet: name it in WENMAI_GITHUB_REPOSITORIES." if name else "Here we are."


def _pushed(request: Request, push: PushIn, signature: str) -> Response:
    settings: Settings = request.app.state.settings
    name = push.repository.full_name
    followed = settings.github_repositories.get(name.lower())
    if followed is None:
        raise HTTPException(404, f"{name} is not followed: name it in WENMAI_GITHUB_REPOSITORIES.")
    if reason := _reason_to_ignore(push, followed):
        return _told("ignored", reason)
    pushed_at = push.repository.pushed_at if isinstance(push.repository.pushed_at, int) else None
    taken = Push(name, followed.source, push.after, followed.folder, pushed_at)
    jobs: Jobs = request.app.state.jobs
    pushes: Pushes = request.app.state.pushes
    job_id = pushes.take(taken, signature, lambda latest: _fetched(request.app.state.engine, settings, latest))
    row = jobs.get(job_id) if job_id else None
    if row is None:
        return _told("ignored", "A later push was taken before this one.")
    request.state.acted = {"source": followed.source, "job": row.id}
    detail = f"Commit {push.after[:7]} of {name} goes into {followed.source}."
    answer = WebhookAnswer(status="taken", detail=detail, job=job_answer(row))
    return JSONResponse(answer.model_dump(mode="json"), 202, {"Location": f"/v1/admin/jobs/{row.id}"})


def _reason_to_ignore(push: PushIn, followed: Repository) -> str | None:
    branch = followed.branch or push.repository.default_branch
    if not push.ref.startswith(_BRANCH):
        return f"{push.ref} is no branch."
    if push.ref != _BRANCH + branch:
        return f"{push.ref} is not the branch followed, {branch}."
    if push.deleted or not push.after.strip("0"):
        return f"The branch {branch} was deleted; what is stored stays."
    return None


def _fetched(engine: Engine, settings: Settings, push: Push) -> Batch:
    """Return the site as it is at the commit pushed, and its posts; called when the job's turn has come."""
    token = settings.github_token.get_secret_value() if settings.github_token else None
    url = archive_url(push.repository, push.commit, template=settings.github_archive_url, token=token)
    return unpack_site(
        fetch_archive(url, token=token, max_bytes=settings.github_max_bytes, max_seconds=settings.github_timeout),
        f"{push.repository}@{push.commit[:7]}",
        editing.site_of(engine, push.source),
        folder=push.folder,
        max_files=settings.max_files,
        max_total_bytes=settings.max_archive_bytes,
        max_file_bytes=settings.max_file_bytes,
    )
