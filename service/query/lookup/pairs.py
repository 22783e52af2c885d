"""Two claims that are known, judged from both sides: each is looked up, and the other is what was found.

What comes of it depends on the two alone, on their posts, and on the lexicon, and not on what else a corpus holds: so
it can be stored, and stays right until one of the two posts changes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.model import Span
from service.query.answers import RelationKind
from service.query.columns import CLAIM, TIME
from service.query.lookup.candidates import Candidate, described
from service.query.lookup.concept import Concept
from service.query.lookup.ground import ground, seen_anew
from service.query.lookup.judgement import Judged, judge
from service.query.lookup.question import Question, as_asked
from service.query.lookup.reasons import why_anew
from service.query.lookup.remembered import remembered
from service.query.lookup.retrieval import usual_weights
from service.store.prepared import AnyRow, Prepared

DENIED: Final = 1.0  # how far apart a claim and its denial are, in orders of magnitude
_TEXTS: Final = Prepared(lambda among: select(CLAIM.c.id, CLAIM.c.text).where(among(CLAIM.c.id, "claims")))
_TIMES: Final = Prepared(
    lambda among: select(*(TIME.c[name] for name in ("claim_id", "start", "end", "kind", "low", "high"))).where(
        among(TIME.c.claim_id, "claims")
    )
)


@dataclass(frozen=True, eq=False)
class Side:
    """A claim, as what is found and as what is looked up.

    Half of those that stand beside others are only found, by what then turns out to be about something else: what is
    looked up is understood when it is first asked for.
    """

    candidate: Candidate
    text: str
    times: Sequence[AnyRow]

    @remembered
    def question(self) -> Question:
        """Return the claim as what is looked up."""
        start = self.candidate.start
        spans = sorted((Span(row.start - start, row.end - start), _bounded(row)) for row in self.times)
        return as_asked(self.candidate, self.text, spans)

    @remembered
    def weighed(self) -> Mapping[Concept, float]:
        """Return what it speaks of, with weights that do not depend on what else there is."""
        return usual_weights(self.question.concepts)

    @property
    def is_understood(self) -> bool:
        """Tell whether it has been asked for."""
        return "weighed" in self.__dict__


@dataclass(frozen=True)
class Verdict:
    """How two claims stand to each other, and how far apart they are, in orders of magnitude."""

    relation: RelationKind
    size: float
    score: float
    why: tuple[str, ...]


class Drawn(NamedTuple):
    """A claim as it is stored, with all that a `side` of it is made of: as another process may take it."""

    candidate: Candidate
    text: str
    times: Sequence[AnyRow]


def drawn(session: Session, claims: Collection[str]) -> list[Drawn]:
    """Return claims as they are stored; those that are not there are left out."""
    said = {row.id: row.text for row in _TEXTS.rows(session, claims=claims)} if claims else {}
    times = defaultdict[str, list[AnyRow]](list)
    for row in _TIMES.rows(session, claims=claims) if claims else ():
        times[row.claim_id].append(row)
    return [Drawn(one, said[one.id], times[one.id]) for one in described(session, claims)]


def side(candidate: Candidate, text: str, times: Iterable[AnyRow] = ()) -> Side:
    """Return a claim ready to be set beside others, given the rows of its times."""
    return Side(candidate, text, tuple(times))


def _bounded(row: AnyRow) -> bool:
    # 去年 is one thing that is spoken of, though the date of its post tells which year that was.
    return row.kind == "explicit" and (row.low is not None or row.high is not None)


def verdict(one: Side, other: Side) -> Verdict | None:
    """Return how two claims stand to each other, None where neither says the same nor otherwise.

    Each must speak of what the other does, and what the one side tells, the other must not tell the contrary of. By
    anything but an amount two claims conflict only where they do so from both sides. In the same words they agree, and
    where neither tells whom it is of, posts about different things do not conflict.
    """
    turned = other.is_understood and not one.is_understood  # most are settled by the first look
    first, second = (other, one) if turned else (one, other)
    if (seen := _judged(first, second)) is None or (back := _judged(second, first)) is None:
        return None
    settled = [found for found in ((back, seen) if turned else (seen, back)) if found.relation != "related"]
    if len({found.relation for found in settled}) != 1:
        return None
    told = settled[0]
    score = round(max(found.fit for found in settled), 4)
    if told.relation == "agree":
        return Verdict("agree", 0.0, score, told.why)
    relation = seen_anew(ground(one.candidate), ground(other.candidate))
    lone = len(settled) == 1 and not told.amounts
    if relation == "related" or (relation == "conflict" and lone):
        return None
    return Verdict(relation, _size(told) if relation == "conflict" else 0.0, score, why_anew(told.why, relation))


def _judged(mine: Side, theirs: Side) -> Judged | None:
    return judge(mine.question, theirs.candidate, mine.weighed) if mine.weighed else None


def _size(told: Judged) -> float:
    ratios = [abs(math.log10(one / other)) for one, other in told.amounts if one > 0 and other > 0]
    return round(max(ratios, default=0.0), 4) or DENIED
