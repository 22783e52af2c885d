"""Two claims that are known, judged from both sides: each is looked up, and the other is what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.query.answers import RelationKind
from service.query.columns import CLAIM
from service.query.lookup.candidates import described
from service.query.lookup.holders import Holders
from service.query.lookup.judgement import Judged, judge
from service.query.lookup.question import understand
from service.query.lookup.retrieval import weights

Pair = tuple[str, str]


@dataclass(frozen=True)
class Verdicts:
    """How two claims stand to each other, from each side."""

    relations: tuple[RelationKind | None, ...]
    why: tuple[str, ...]
    amounts: tuple[tuple[float, float], ...]  # that differ

    @property
    def conflict(self) -> bool:
        """Tell whether they contradict each other from one side, and agree from neither."""
        return "conflict" in self.relations and "agree" not in self.relations


def side_by_side(session: Session, pairs: Sequence[Pair]) -> dict[Pair, Verdicts]:
    """Return how the claims of each pair stand to each other."""
    ids = sorted({claim for pair in pairs for claim in pair})
    texts = {row.id: row.text for row in session.execute(select(CLAIM.c.id, CLAIM.c.text).where(CLAIM.c.id.in_(ids)))}
    found = {candidate.id: candidate for candidate in described(session, ids)}
    asked = {claim: replace(understand(session, text), asks=False, counts=None) for claim, text in texts.items()}
    holders = Holders(session)
    weighed = {claim: weights(holders, question.concepts) for claim, question in asked.items()}
    return {
        (one, other): _verdicts(
            judge(asked[mine], found[theirs], weighed[mine]) if weighed[mine] else None
            for mine, theirs in ((one, other), (other, one))
        )
        for one, other in pairs
        if one in found and other in found
    }


def _verdicts(sides: Iterable[Judged | None]) -> Verdicts:
    held = tuple(sides)
    telling = next((one for one in held if one is not None and one.relation == "conflict"), None)
    return Verdicts(
        tuple(one.relation if one else None for one in held),
        telling.why if telling else (),
        telling.amounts if telling else (),
    )
