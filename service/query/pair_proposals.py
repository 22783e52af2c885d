"""How a model sees two claims, told beside what their words tell, where these leave it open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.query.answers import Evidence, ProposedRelation, RelationKind
from service.query.columns import AnyRow
from service.store.tables import TABLES

_PROPOSAL: Final = TABLES["pair_proposal"]
_SHOWN: Final[dict[str, RelationKind]] = {"same": "agree", "conflict": "conflict", "different": "related"}


def with_proposals(session: Session, claim_id: str, related: Sequence[Evidence]) -> list[Evidence]:
    """Return claims that are only related with what a model says of them and `claim_id`.

    What their words tell, and what an editor judged, outranks it: it moves nothing to another list.
    """
    query = select(_PROPOSAL).where(or_(_PROPOSAL.c.one == claim_id, _PROPOSAL.c.other == claim_id))
    told = {row.other if row.one == claim_id else row.one: row for row in session.execute(query)} if related else {}
    return [_with(one, told.get(one.claim.id), claim_id) if one.judgement is None else one for one in related]


def _with(evidence: Evidence, row: AnyRow | None, claim_id: str) -> Evidence:
    if row is None:
        return evidence
    quotes = (row.one_quote, row.other_quote) if row.one == claim_id else (row.other_quote, row.one_quote)
    proposed = ProposedRelation(relation=_SHOWN[row.relation], model=row.model, quote=quotes[0], other_quote=quotes[1])
    return evidence.model_copy(update={"proposed": proposed})
