"""Which claims may speak of what a sentence speaks of: from the index, with what is needed to judge them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from service.lexicon.spelling import respell
from service.model import Approx, Span
from service.query.columns import ARTICLE, CLAIM, ENTITY_NAME, FIGURE, MENTION, TIME
from service.query.lookup.amounts import Amount, amount, fractions, span_of_days
from service.query.lookup.clauses import Clauses
from service.query.lookup.concepts import Concept
from service.query.lookup.retrieval import nearest
from service.query.lookup.vocabulary import stance
from service.script import fold

MOST: Final = 60  # claims looked at closely
_BEFORE: Final = 120  # characters before a claim whose words count as context: the question it answers, too
_BEHIND: Final = 60  # and behind it


_Named = tuple[str, Span, str]  # an entity, where it is named, and of which kind it is taken to be


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
    amounts: tuple[Amount, ...]
    heading: str  # folded: title and section
    before: str  # folded: what stands right before it, where it speaks of that as 这些 or 它
    beside: str  # folded: what stands before and behind it


def candidates(session: Session, weighed: Mapping[Concept, float], amounts: Sequence[Amount]) -> list[Candidate]:
    """Return the claims that share the most telling concepts, at most `MOST`, with their context."""
    return described(session, nearest(session, weighed, amounts, MOST))


def described(session: Session, ids: Sequence[str]) -> list[Candidate]:
    """Return the claims of these ids with all that is compared, in the order of their articles."""
    begin = case((CLAIM.c.start > _BEFORE, CLAIM.c.start - _BEFORE), else_=0)
    before = func.substr(ARTICLE.c.folded, begin + 1, CLAIM.c.start - begin).label("before")
    behind = func.substr(ARTICLE.c.folded, CLAIM.c.end + 1, _BEHIND).label("behind")
    rows = session.execute(
        select(CLAIM, ARTICLE.c.title, before, behind, MENTION.c.entity_id.label("speaker_id"))
        .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
        .outerjoin(
            MENTION, and_(MENTION.c.article_id == CLAIM.c.article_id, MENTION.c.ordinal == CLAIM.c.speaker_ordinal)
        )
        .where(CLAIM.c.id.in_(ids))
        .order_by(CLAIM.c.article_id, CLAIM.c.ordinal)
    ).all()
    named, said = _named(session, ids), _amounts(session, ids)
    return [_candidate(row, named.get(row.id, ()), said.get(row.id, ())) for row in rows]


def _named(session: Session, ids: Sequence[str]) -> dict[str, list[_Named]]:
    query = select(MENTION.c.claim_id, MENTION.c.entity_id, MENTION.c.start, MENTION.c.end, MENTION.c.kind)
    named: dict[str, list[_Named]] = defaultdict(list)
    for row in session.execute(query.where(MENTION.c.claim_id.in_(ids), MENTION.c.entity_id.is_not(None))):
        named[row.claim_id].append((row.entity_id, Span(row.start, row.end), row.kind))
    return named


def _amounts(session: Session, ids: Sequence[str]) -> dict[str, list[Amount]]:
    found: dict[str, list[Amount]] = defaultdict(list)
    for row in session.execute(select(FIGURE).where(FIGURE.c.claim_id.in_(ids)).order_by(FIGURE.c.ordinal)):
        one = amount(row.low, row.high, row.unit, row.per, Approx(row.approx), row.counted, row.text)
        found[row.claim_id].append(replace(one, span=Span(row.start, row.end)))
    for row in session.execute(select(TIME).where(TIME.c.claim_id.in_(ids), TIME.c.kind == "explicit")):
        if (period := span_of_days(row.low, row.high, row.text)) is not None:
            found[row.claim_id].append(replace(period, span=Span(row.start, row.end)))
    return found


def placed(amounts: Iterable[Amount], clauses: Clauses, offset: int = 0) -> tuple[Amount, ...]:
    """Return `amounts` with their places counted from `offset`, and whether the sentence denies them."""
    moved = [replace(one, span=Span(one.span.start - offset, one.span.end - offset)) for one in amounts]
    moved += [one for one in fractions(clauses.folded) if not any(one.span.overlaps(other.span) for other in moved)]
    dates = [one.span for one in moved if one.kind == "date"]
    return tuple(
        replace(one, denied=clauses.denies_amount(one.span.start), dimension=_rated(one, clauses, dates))
        for one in moved
    )


def _rated(one: Amount, clauses: Clauses, dates: Sequence[Span]) -> str:
    """Return the dimension of an amount, without a rate by the year where the only year before it is a date."""
    if not one.dimension.endswith("/year") or "/" in one.text or "年" in fold(one.text):
        return one.dimension
    clause = clauses.around(one.span.start)
    spans = [date for date in dates if clause.start <= date.start < one.span.start]
    said = "".join(c for at, c in enumerate(clauses.folded) if not any(d.start <= at < d.end for d in spans))
    dated = bool(spans) and "年" not in said[clause.start :] and "year" not in said
    return one.kind if dated else one.dimension


def _candidate(row: Any, named: Sequence[_Named], amounts: Sequence[Amount]) -> Candidate:
    clauses = Clauses(respell(row.folded))
    before = respell(row.before)
    return Candidate(
        row.id,
        row.article_id,
        row.ordinal,
        clauses,
        frozenset(entity for entity, _, _ in named),
        tuple(sorted((Span(at.start - row.start, at.end - row.start), entity, kind) for entity, at, kind in named)),
        row.speaker_id,
        placed(amounts, clauses, row.start),
        respell("\n".join([fold(row.title), fold(row.section or "")])),
        before if stance("context", "pronouns").search(clauses.folded) else "",
        f"{before}\n{respell(row.behind)}",
    )


def names_of(session: Session, entities: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return all folded names of these entities."""
    found: dict[str, set[str]] = defaultdict(set)
    query = select(ENTITY_NAME).where(ENTITY_NAME.c.entity_id.in_(sorted(entities)))
    for row in session.execute(query):
        found[row.entity_id].add(respell(row.folded))
    return {entity: frozenset(names) for entity, names in found.items()}
