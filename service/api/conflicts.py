"""Where claims disagree, and what editors judge of two of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from service.access import Scope
from service.api.corrections import Spoken
from service.api.problems import documented
from service.api.replies import NOT_MODIFIED, Cursor, Limit, Reads, SessionOf, Text
from service.api.tokens import require
from service.deciding import judging
from service.query import conflicts, judgements
from service.query.answers import Conflict, JudgedRelation, JudgementAnswer, Page

router = APIRouter(tags=["claims"], responses=documented(400, 422))
editing = APIRouter(
    prefix="/v1/admin",
    tags=["admin"],
    dependencies=[Depends(require(Scope.EDIT))],
    responses=documented(400, 401, 403, 404, 422),
)


@router.get(
    "/v1/conflicts", summary="Where the corpus disagrees", response_model=Page[Conflict], responses=NOT_MODIFIED
)
def get_conflicts(
    reader: Reads,
    source: Annotated[Text | None, Query(description="One side stands in this site or vault")] = None,
    article: Annotated[Text | None, Query(description="One side stands in this article")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Set claims of different articles that can't both hold side by side, the largest disagreement first."""
    found = conflicts.conflicts(reader.session, source=source, article=article, limit=limit, cursor=cursor)
    return reader.answer(found)


class Judging(Spoken):
    """How two claims stand to each other."""

    other: Text = Field(description="Id of the other claim", examples=["f4c0a1b2d3e4f567"])
    relation: JudgedRelation


@editing.post("/claims/{claim_id}/judgements", summary="Judge two claims")
def post_judgement(request: Request, session: SessionOf, claim_id: Text, body: Judging) -> JudgementAnswer:
    """Let an editor's word stand above what the words of two claims tell; it holds again when a post returns."""
    row = judging.judge_pair(request.app.state.engine, claim_id, body.other, body.relation, body.word(request))
    return judgements.judgement(session, row.id or 0)


@editing.get("/judgements", summary="List the judgements", response_model=Page[JudgementAnswer])
def get_judgements(
    reader: Reads,
    claim: Annotated[Text | None, Query(description="Only those on this claim")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Return the editors' judgements on pairs of claims, the latest first."""
    found = judgements.judgements(reader.session, claim=claim, limit=limit, cursor=cursor)
    return reader.answer(found, cache="no-store")


@editing.delete("/judgements/{number}", summary="Take a judgement back", status_code=204)
def delete_judgement(request: Request, number: Annotated[int, Field(ge=1, lt=2**31)]) -> None:
    """Let the words of the two claims tell again."""
    judging.unjudge(request.app.state.engine, number)
