"""Messages of a code host → what they say, once it is sure who sent them.

https://docs.github.com/webhooks: a message is signed over its bytes, so these are checked before anything reads them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any, Final
from urllib.parse import parse_qs

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field, ValidationError

from service.api.replies import Flag, Text

LARGEST: Final = 25_000_000  # bytes; GitHub sends no more
_SIGNED: Final = re.compile(r"sha256=[0-9a-f]{64}")

SIGNATURE: Final = APIKeyHeader(
    name="X-Hub-Signature-256",
    scheme_name="GitHubSignature",
    auto_error=False,
    description="`sha256=` and the HMAC of the body with `WENMAI_GITHUB_SECRET`, in hexadecimal",
)


class RepositoryIn(BaseModel):
    """The repository that was pushed to."""

    full_name: Text = Field(examples=["owner/blog"])
    default_branch: Text = Field(examples=["main"])
    pushed_at: int | str | None = Field(None, description="Seconds since 1970", examples=[1_772_323_200])


class PushIn(BaseModel):
    """A push, as far as it is read."""

    ref: Text = Field(description="What was pushed to", examples=["refs/heads/main"])
    after: str = Field(
        pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$",
        description="The commit it stands at",
        examples=["3f786850e387550fdab836ed7e6dc881de23001b"],
    )
    deleted: Flag = Field(False, description="It was deleted")
    repository: RepositoryIn


def _schema() -> dict[str, Any]:
    """Return the schema of a push in one piece: what a route reads by hand has no schema of its own to refer to."""
    schema = PushIn.model_json_schema()
    schema["properties"]["repository"] = schema.pop("$defs")[RepositoryIn.__name__]
    return schema


_EXAMPLE: Final[dict[str, Any]] = {
    "ref": "refs/heads/main",
    "after": "3f786850e387550fdab836ed7e6dc881de23001b",
    "deleted": False,
    "repository": {"full_name": "owner/blog", "default_branch": "main", "pushed_at": 1_772_323_200},
}
BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": _schema(), "example": _EXAMPLE},
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {"payload": {"type": "string", "description": "The same as JSON"}},
                    "required": ["payload"],
                }
            },
        },
    }
}


async def read_body(request: Request, signature: str | None, most: int) -> bytes:
    """Return the body as it was sent, which strangers may have done: no more of it than `most` bytes.

    Raises:
        HTTPException: nothing that looks like a signature comes with it, or it is longer.
    """
    if not _SIGNED.fullmatch(signature or ""):
        raise _unsigned("`X-Hub-Signature-256` is missing or no SHA-256: give the webhook a secret on GitHub.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise HTTPException(413, f"A message has no more than {most} bytes.", {"Connection": "close"})
    return bytes(body)


def verify(body: bytes, signature: str, secret: str) -> None:
    """Let a message pass only if who signed it knows the secret; the comparison takes as long whatever is wrong.

    Raises:
        HTTPException: the signature does not fit.
    """
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not secret or not hmac.compare_digest(f"sha256={expected}", signature):
        raise _unsigned("`X-Hub-Signature-256` does not fit: the webhook's secret is not WENMAI_GITHUB_SECRET.")


def _unsigned(detail: str) -> HTTPException:
    return HTTPException(401, detail, {"WWW-Authenticate": 'X-Hub-Signature-256 realm="wenmai"'})


def read_payload(body: bytes, content_type: str) -> dict[str, Any]:
    """Return the message in either of the two forms that a webhook can be set to.

    Raises:
        HTTPException: it is in another form, or no JSON object.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in ("application/json", "application/x-www-form-urlencoded"):
        raise HTTPException(415, "Set the webhook's content type to application/json.")
    try:
        text = body if kind == "application/json" else parse_qs(body.decode(), max_num_fields=10)["payload"][0]
        payload = json.loads(text)
    except (ValueError, KeyError, RecursionError) as error:
        raise HTTPException(400, "The message holds no JSON.") from error
    if not isinstance(payload, dict):
        raise HTTPException(400, "The message is no JSON object.")
    return payload


def read_push(payload: dict[str, Any]) -> PushIn:
    """Return the push that a message tells of.

    Raises:
        RequestValidationError: it lacks something, or has something odd in its place.
    """
    try:
        return PushIn.model_validate(payload)
    except ValidationError as error:
        raise RequestValidationError([{**e, "loc": ("body", *e["loc"])} for e in error.errors()]) from error
