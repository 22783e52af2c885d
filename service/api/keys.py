"""Tokens for editors and CI jobs: made, listed, ended by whoever holds one for everything."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from service import access
from service.access import Scope, Token
from service.api.problems import documented
from service.api.replies import SessionOf, Text
from service.api.tokens import require

router = APIRouter(
    prefix="/v1/admin/tokens",
    tags=["admin"],
    dependencies=[Depends(require(Scope.ALL))],
    responses=documented(400, 401, 403, 404, 409, 422),
)


class TokenIn(BaseModel):
    """What a token is for."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="Who or what will hold it", examples=["blog-ci"]
    )
    scopes: list[Scope] = Field(min_length=1, max_length=3, description="What it may be used for")
    days: int | None = Field(None, ge=1, le=3650, description="After how many days it ends; null: when it is revoked")


class TokenAnswer(BaseModel):
    """A token as it is listed: all but the secret."""

    name: str = Field(examples=["blog-ci"])
    scopes: list[Scope] = Field(examples=[["ingest"]])
    made_at: str = Field(examples=["2026-03-01T08:00:00+00:00"])
    ends_at: str | None = Field(None, examples=["2026-06-01T08:00:00+00:00"])


class NewToken(BaseModel):
    """A token that was just made: the only time it is shown."""

    name: str = Field(examples=["blog-ci"])
    token: str = Field(examples=["wenmai_…"])


class Tokens(BaseModel):
    """All tokens by name."""

    items: list[TokenAnswer]


@router.get("", summary="List the tokens")
def get_tokens(session: SessionOf) -> Tokens:
    """Return the tokens by name, without the secrets: those are kept nowhere."""
    return Tokens(items=[_answer(token) for token in access.tokens(session)])


def _answer(token: Token) -> TokenAnswer:
    return TokenAnswer.model_validate(token._asdict())


@router.post("", summary="Make a token", status_code=201)
def post_token(request: Request, body: TokenIn) -> NewToken:
    """Make a token for some calls and return it; only its digest is kept."""
    return NewToken(name=body.name, token=access.issue(request.app.state.engine, body.name, body.scopes, body.days))


@router.delete("/{name}", summary="Revoke a token", status_code=204)
def delete_token(request: Request, name: Annotated[Text, Field(description="The token's name")]) -> None:
    """End a token: from the next request on it opens nothing."""
    access.revoke(request.app.state.engine, name)
