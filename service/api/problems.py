"""Errors as RFC 9457 ``application/problem+json``: a sentence for a person, never a stack trace."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request, status
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError  # each connection is in use
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from service.errors import ConflictError, ContentError, LimitError, NotFoundError, StoreError, WenmaiError
from service.query.measures import UnknownUnitError

MEDIA_TYPE: Final = "application/problem+json"

_log = logging.getLogger(__name__)


class FieldError(BaseModel):
    """One field that was not accepted."""

    field: str = Field(examples=["query.limit"])
    detail: str = Field(examples=["Input should be less than or equal to 100"])


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    type: str = Field(
        "about:blank", description="A URI that names the kind of problem; `about:blank`: the status says it"
    )
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no article with the id 0123456789abcdef."])
    errors: list[FieldError] | None = Field(None, description="The fields that were not accepted")


def problem(
    code: int, detail: str, *, errors: list[FieldError] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return a problem as a response."""
    body = Problem(type="about:blank", title=HTTPStatus(code).phrase, status=code, detail=detail, errors=errors)
    return JSONResponse(
        jsonable_encoder(body, exclude_none=True),
        status_code=code,
        headers={**(headers or {}), "Cache-Control": "no-store"},
        media_type=MEDIA_TYPE,
    )


def documented(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI entries of the problems a route may answer with; `install` adds what a problem is."""
    return {code: _documented(HTTPStatus(code)) for code in codes}


def _documented(code: HTTPStatus) -> dict[str, Any]:
    problem: dict[str, Any] = {"type": "about:blank", "title": code.phrase, "status": code.value}
    if code in _EXAMPLES:
        problem |= _EXAMPLES[code]
    entry = {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}, "example": problem}
    told: dict[str, Any] = {"description": code.phrase, "content": {MEDIA_TYPE: entry}}
    if code in _LATER:
        told["headers"] = {"Retry-After": {"description": "In how many seconds", "schema": {"type": "integer"}}}
    return told


_LATER: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_EXAMPLES: Final[dict[int, dict[str, Any]]] = {
    400: {"detail": "The cursor is not one of this list: start again without it."},
    401: {"detail": "Admin calls need `Authorization: Bearer <token>`."},
    403: {"detail": "The token blog-ci is for ingest; this call needs one for edit."},
    404: {"detail": "There is no article with the id 0123456789abcdef."},
    409: {"detail": "There is a token named blog-ci: revoke it first, or choose another name."},
    413: {"detail": "The request's body is larger than the 64000000 bytes this service takes."},
    415: {"detail": "Set the webhook's content type to application/json."},
    422: {
        "detail": "These fields were not accepted: query.limit.",
        "errors": [{"field": "query.limit", "detail": "Input should be less than or equal to 100"}],
    },
    429: {"detail": "Too many requests: at most 600 per 1 minute; ask again in 12 s."},
    503: {"detail": "The database did not answer in time; ask again, or for less."},
}

_STATUS: tuple[tuple[type[WenmaiError], int], ...] = (
    (NotFoundError, status.HTTP_404_NOT_FOUND),
    (ConflictError, status.HTTP_409_CONFLICT),
    (LimitError, status.HTTP_413_CONTENT_TOO_LARGE),
    (ContentError, status.HTTP_422_UNPROCESSABLE_CONTENT),
    (StoreError, status.HTTP_503_SERVICE_UNAVAILABLE),
    (WenmaiError, status.HTTP_400_BAD_REQUEST),
)


def _of_ours(_request: Request, error: Exception) -> JSONResponse:
    code = next(code for kind, code in _STATUS if isinstance(error, kind))
    fields = [FieldError(field="query.unit", detail=str(error))] if isinstance(error, UnknownUnitError) else []
    later = {"Retry-After": "2"} if code == status.HTTP_503_SERVICE_UNAVAILABLE else None
    return problem(code, str(error), errors=fields or None, headers=later)


def _of_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for no other
    return problem(error.status_code, error.detail, headers=error.headers)


def _of_validation(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for no other
    fields = [FieldError(field=".".join(map(str, e["loc"])), detail=str(e["msg"])) for e in error.errors()]
    named = ", ".join(dict.fromkeys(f.field for f in fields))
    return problem(status.HTTP_422_UNPROCESSABLE_CONTENT, f"These fields were not accepted: {named}.", errors=fields)


def _of_database(request: Request, error: Exception) -> JSONResponse:
    """Answer that the database did not: it went away, or was asked something that takes too long."""
    _log.warning("%s %s: %s", request.method, request.url.path, " ".join(str(error.__cause__ or error).split()))
    detail = "The database did not answer in time; ask again, or for less."
    return problem(status.HTTP_503_SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "2"})


def _of_gone(request: Request, _error: Exception) -> JSONResponse:
    """Answer whom nobody hears: the client hung up before its request had come."""
    _log.info("%s %s: the client hung up", request.method, request.url.path)
    return problem(status.HTTP_400_BAD_REQUEST, "The request broke off.")


def _of_bug(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(status.HTTP_500_INTERNAL_SERVER_ERROR, "The service made a mistake; it has been logged.")


def install(app: FastAPI) -> None:
    """Answer every error of `app` as a problem."""
    app.add_exception_handler(WenmaiError, _of_ours)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(OperationalError, _of_database)
    app.add_exception_handler(PoolTimeoutError, _of_database)
    app.add_exception_handler(ClientDisconnect, _of_gone)
    app.add_exception_handler(Exception, _of_bug)
