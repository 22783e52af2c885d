"""Which claims may speak of what a sentence speaks of: from the index, with what is needed to judge them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nlargest
from typing import Final

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from service.lexicon.spelling import respell
from service.model import Approx, Span
from service.query.columns import ARTICLE, CLAIM, FIGURE, MENTION, TIME
from service.query.lookup.amounts import Amount, amount, fractions, span_of_days
from service.query.lookup.clauses import Clauses
from service.query.lookup.concepts import Concept
from service.query.lookup.holders import Holders
from service.query.lookup.retrieval import Near, nearest
from service.query.lookup.vocabulary import stance
from service.script import fold
from service.store.prepared import AnyRow, Prepared

MOST: Final = 40  # claims looked at closely
LOOKED: Final = 100  # claims whose text is looked at
_BEFORE: Final = 120  # characters before a claim whose words count as context: the question it answers, too
_BEHIND: Final = 60  # and behind it

_SAID = Prepared(lambda among: select(CLAIM.c.number, CLAIM.c.folded).where(among(CLAIM.c.number, "numbers")))
_NUMBERED = Prepared(lambda among: select(CLAIM.c.id).where(among(CLAIM.c.number, "numbers")))
_BEGIN = case((CLAIM.c.start > _BEFORE, CLAIM.c.start - _BEFORE), else_=0)
_CONTEXT = Prepared(
    lambda among: (
        select(
            *(CLAIM.c[name] for name in ("id", "article_id", "ordinal", "folded", "start", "section")),
            ARTICLE.c.title,
            func.substr(ARTICLE.c.folded, _BEGIN + 1, CLAIM.c.start - _BEGIN).label("before"),
            func.substr(ARTICLE.c.folded, CLAIM.c.end + 1, _BEHIND).label("behind"),
            MENTION.c.entity_id.label("speaker_id"),
        )
        .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
        .outerjoin(
            MENTION, and_(MENTION.c.article_id == CLAIM.c.article_id, MENTION.c.ordinal == CLAIM.c.speaker_ordinal)
        )
        .where(among(CLAIM.c.id, "claims"))
    )
)
_MENTIONS = Prepared(
    lambda among: select(MENTION.c.claim_id, MENTION.c.entity_id, MENTION.c.start, MENTION.c.end, MENTION.c.kind).where(
        among(MENTION.c.claim_id, "claims"), MENTION.c.entity_id.is_not(None)
    )
)
_FIGURES = Prepared(
    lambda among: select(
        *(FIGURE.c[name] for name in ("claim_id", "low", "high", "unit", "per", "approx", "counted", "text")),
        *(FIGURE.c[name] for name in ("start", "end", "ordinal")),
    ).where(among(FIGURE.c.claim_id, "claims"))
)
_TIMES = Prepared(
    lambda among: select(*(TIME.c[name] for name in ("claim_id", "low", "high", "text", "start", "end"))).where(
        among(TIME.c.claim_id, "claims"), TIME.c.kind == "explicit"
    )
)


@dataclass(frozen=True)
class Candidate:
    """A claim with all that is compared."""

    id: str
    article: str
    ordinal: int
    clauses: Clauses
    entities: frozenset[str]
    mentions: tuple[tuple[Span, str, str], ...]  # where it names whom, of which kind
    speaker: str | None
    heading: str  # folded: title and section
    around: tuple[str, str]  # folded: what stands before and behind it
    start: int
    figures: Sequence[AnyRow]
    times: Sequence[AnyRow]

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Return what it counts and when, with places in it."""
        return placed(_amounts(self.figures, self.times, self.start), self.clauses)

    @cached_property
    def context(self) -> str:
        """Return all that stands around it, folded."""
        return f"{self.heading}\n{self.beside}"

    @cached_property
    def before(self) -> str:
        """Return what stands right before it, folded, where it speaks of that as 这些 or 它."""
        return respell(self.around[0]) if stance("context", "pronouns").search(self.clauses.folded) else ""

    @cached_property
    def beside(self) -> str:
        """Return what stands before and behind it, folded."""
        return respell("\n".join(self.around))


def candidates(
    session: Session, holders: Holders, weighed: Mapping[Concept, float], amounts: Sequence[Amount], folded: str
) -> list[Candidate]:
    """Return the claims that share the most telling concepts, at most `MOST`, with their context."""
    near = nearest(holders, weighed, amounts, folded, LOOKED)
    return described(session, _ids(session, _best(session, near, weighed)))


def _best(session: Session, near: Near, weighed: Mapping[Concept, float]) -> list[int]:
    """Return the numbers of those that share most, after a look at their text for what was not looked for in all."""
    scores = dict(near.scores)
    if near.unread and len(scores) > MOST:
        for number, folded in _SAID.rows(session, numbers=list(scores)):
            said = [one for one in near.unread if any(word in folded for word in one.words)]
            scores[number] = near.sure[number] + sum(weighed[one] for one in said)
    return nlargest(MOST, scores, key=lambda number: (scores[number], number))


def _ids(session: Session, numbers: Collection[int]) -> list[str]:
    return [row.id for row in _NUMBERED.rows(session, numbers=numbers)] if numbers else []


def described(session: Session, ids: Collection[str]) -> list[Candidate]:
    """Return the claims of these ids with all that is compared, in the order of their articles."""
    if not ids:
        return []
    rows = sorted(_CONTEXT.rows(session, claims=ids), key=lambda row: (row.article_id, row.ordinal))
    named, figures, times = (_by_claim(query.rows(session, claims=ids)) for query in (_MENTIONS, _FIGURES, _TIMES))
    return [
        _candidate(row, named[row.id], sorted(figures[row.id], key=lambda one: one.ordinal), times[row.id])
        for row in rows
    ]


def _by_claim(rows: Iterable[AnyRow]) -> defaultdict[str, list[AnyRow]]:
    found: defaultdict[str, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _amounts(figures: Iterable[AnyRow], times: Iterable[AnyRow], offset: int) -> Iterator[Amount]:
    for row in figures:
        one = amount(row.low, row.high, row.unit, row.per, Approx(row.approx), row.counted, row.text)
        yield put(one, Span(row.start - offset, row.end - offset))
    for row in times:
        if (period := span_of_days(row.low, row.high, row.text)) is not None:
            yield put(period, Span(row.start - offset, row.end - offset))


def put(one: Amount, span: Span) -> Amount:
    """Return an amount at a place."""
    return Amount(one.low, one.high, one.dimension, one.approx, one.counted, one.text, span)


def placed(amounts: Iterable[Amount], clauses: Clauses) -> tuple[Amount, ...]:
    """Return `amounts` and the fractions of a sentence, each with its rate and whether the sentence denies it."""
    said = list(amounts)
    said += [one for one in fractions(clauses.folded) if not any(one.span.overlaps(other.span) for other in said)]
    dates = [one.span for one in said if one.kind == "date"]
    return tuple(_told(one, clauses, dates) for one in said)


def _told(one: Amount, clauses: Clauses, dates: Sequence[Span]) -> Amount:
    dimension, denied = _rated(one, clauses, dates), clauses.denies_amount(one.span.start)
    return Amount(one.low, one.high, dimension, one.approx, one.counted, one.text, one.span, denied)


def _rated(one: Amount, clauses: Clauses, dates: Sequence[Span]) -> str:
    """Return the dimension of an amount, without a rate by the year where the only year before it is a date."""
    if not one.dimension.endswith("/year") or "/" in one.text or "年" in fold(one.text):
        return one.dimension
    clause = clauses.around(one.span.start)
    spans = [date for date in dates if clause.start <= date.start < one.span.start]
    said = "".join(c for at, c in enumerate(clauses.folded) if not any(d.start <= at < d.end for d in spans))
    dated = bool(spans) and "年" not in said[clause.start :] and "year" not in said
    return one.kind if dated else one.dimension


def _candidate(row: AnyRow, named: Iterable[AnyRow], figures: Sequence[AnyRow], times: Sequence[AnyRow]) -> Candidate:
    mentions = sorted((Span(one.start - row.start, one.end - row.start), one.entity_id, one.kind) for one in named)
    return Candidate(
        row.id,
        row.article_id,
        row.ordinal,
        Clauses(respell(row.folded)),
        frozenset(entity for _, entity, _ in mentions),
        tuple(mentions),
        row.speaker_id,
        _heading(row.title, row.section or ""),
        (row.before, row.behind),
        row.start,
        figures,
        times,
    )


@lru_cache(maxsize=4096)
def _heading(title: str, section: str) -> str:
    return respell(fold(f"{title}\n{section}"))
