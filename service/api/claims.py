"""Claims: who said what, about whom, with which numbers; and what others say to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from service.api.articles import Day
from service.api.linked_data import CLAIM, described, represented
from service.api.problems import documented
from service.api.replies import NOT_MODIFIED, Cursor, Limit, LongText, Reads, Text
from service.model import ClaimKind
from service.query import claim_ld, claims, lookup
from service.query.answers import ClaimAnswer, ClaimDetail, LookupAnswer, Page

router = APIRouter(prefix="/v1/claims", tags=["claims"], responses=NOT_MODIFIED | documented(400, 404, 422))

Bound = Annotated[float | None, Field(allow_inf_nan=False)]


@router.get("", summary="List claims", response_model=Page[ClaimAnswer])
def list_claims(
    reader: Reads,
    q: Annotated[Text | None, Query(description="Words they hold, in either script")] = None,
    entity: Annotated[Text | None, Query(description="Id of an entity they name")] = None,
    speaker: Annotated[Text | None, Query(description="Id of who says them")] = None,
    kind: ClaimKind | None = None,
    article: Annotated[Text | None, Query(description="Id of an article")] = None,
    unit: Annotated[Text | None, Query(description="Any unit of a figure they hold", examples=["GW"])] = None,
    min: Annotated[Bound, Query(description="Lower bound of that figure, in that unit")] = None,  # noqa: A002 - the contract's name
    max: Annotated[Bound, Query(description="Upper bound of that figure, in that unit")] = None,  # noqa: A002 - the contract's name
    since: Day = None,
    until: Day = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Return claims, those of the newest articles first."""
    page = claims.claims(
        reader.session,
        q=q,
        entity=entity,
        speaker=speaker,
        kind=kind,
        article=article,
        unit=unit,
        minimum=min,
        maximum=max,
        since=since,
        until=until,
        limit=limit,
        cursor=cursor,
    )
    return reader.answer(page)


class LookupIn(BaseModel):
    """A sentence to look up."""

    text: LongText = Field(examples=["一座一百萬瓩的電廠供得起幾座資料中心？"])
    limit: Limit = 20


@router.post("/lookup", summary="Who says the same, who says otherwise?", response_model=LookupAnswer)
def post_lookup(reader: Reads, body: LookupIn) -> Response:
    """Set the claims beside a sentence: agreeing, conflicting, related, best first; nothing when nothing fits."""
    return reader.answer(lookup.lookup(reader.session, body.text, body.limit), cache="no-cache")


@router.get("/lookup", summary="Who says the same, who says otherwise? (GET)", response_model=LookupAnswer)
def get_lookup(reader: Reads, text: LongText, limit: Limit = 20) -> Response:
    """Do what `POST` does, for a link or a cache."""
    return reader.answer(lookup.lookup(reader.session, text, limit))


@router.get(
    "/{claim_id}", summary="One claim", response_model=ClaimDetail, responses=described("A schema.org `Claim`.", CLAIM)
)
def get_claim(reader: Reads, claim_id: Text) -> Response:
    """Return a claim with what claims of other articles say to it, each with its evidence.

    As JSON-LD, where `Accept` prefers it: who says it, what about, and where it appears; nothing rates it.
    """
    claim = claims.claim(reader.session, claim_id)
    return represented(reader, claim, lambda shown: claim_ld.claim_document(reader.session, shown))
