"""Claims by their ids: many at once, filled, in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import ArticleRef, ClaimAnswer, EntityAnswer, FigureAnswer, HedgeAnswer, TimeAnswer
from service.query.columns import ARTICLE, CLAIM, FIGURE, MENTION, TIME, AnyRow
from service.store.prepared import Prepared, decoded

_SPEAKER = and_(MENTION.c.article_id == CLAIM.c.article_id, MENTION.c.ordinal == CLAIM.c.speaker_ordinal)
_FIELDS = ("id", "text", "line", "start", "end", "section", "kind")
OWN: Final = (*_FIELDS, "article_id", "quote", "negated", "hedges", "speaker_origin")  # columns of a claim
_CLAIMS: Final = Prepared(
    lambda among: (
        select(
            *(CLAIM.c[name] for name in OWN),
            ARTICLE.c.title,
            ARTICLE.c.url,
            MENTION.c.entity_id.label("speaker_id"),
        )
        .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
        .outerjoin(MENTION, _SPEAKER)
        .where(among(CLAIM.c.id, "claims"))
    )
)
_NAMED: Final = Prepared(
    lambda among: (
        select(MENTION.c.claim_id, MENTION.c.entity_id)
        .where(among(MENTION.c.claim_id, "claims"), MENTION.c.entity_id.is_not(None))
        .order_by(MENTION.c.article_id, MENTION.c.ordinal)
    )
)
FIGURES: Final = Prepared(
    lambda among: select(FIGURE).where(among(FIGURE.c.claim_id, "claims")).order_by(FIGURE.c.ordinal)
)
TIMES: Final = Prepared(lambda among: select(TIME).where(among(TIME.c.claim_id, "claims")).order_by(TIME.c.ordinal))

Rows = Iterable[AnyRow]


def claim_answers(session: Session, ids: Collection[str]) -> dict[str, ClaimAnswer]:
    """Return the claims that have these ids, filled, in as many statements for a hundred as for one."""
    if not ids:
        return {}
    found = _CLAIMS.rows(session, claims=set(ids))
    there = [row.id for row in found]
    hanging = (query.rows(session, claims=there) for query in (_NAMED, FIGURES, TIMES))
    return _answers(session, found, *hanging)


class Told(NamedTuple):
    """The rows that a claim's answer is made of, where they have been read."""

    claim: AnyRow  # with `OWN`, `title`, `url` and `speaker_id`
    named: Sequence[AnyRow]  # its mentions, in reading order
    figures: Sequence[AnyRow]  # as `FIGURES` gives them
    times: Sequence[AnyRow]  # as `TIMES` does


def filled(session: Session, told: Sequence[Told]) -> dict[str, ClaimAnswer]:
    """Return claims, filled, by their ids: only the entities they name are read."""
    named, figures, times = ([row for one in told for row in one[part]] for part in (1, 2, 3))
    return _answers(session, [one.claim for one in told], named, figures, times)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What hangs on a set of claims."""

    entities: dict[str, EntityAnswer]
    named: dict[str, list[str]]  # claim → ids of entities, in the order they are first named
    figures: dict[str, list[FigureAnswer]]
    times: dict[str, list[TimeAnswer]]


def _answers(
    session: Session, claims: Sequence[AnyRow], mentions: Rows, figures: Rows, times: Rows
) -> dict[str, ClaimAnswer]:
    parts = _parts(session, [row.speaker_id for row in claims], mentions, figures, times)
    return {row.id: _answer(row, parts) for row in claims}


def _parts(session: Session, speakers: Sequence[str | None], mentions: Rows, counted: Rows, dated: Rows) -> _Parts:
    named: dict[str, list[str]] = defaultdict(list)
    for row in mentions:
        if row.entity_id not in named[row.claim_id]:
            named[row.claim_id].append(row.entity_id)
    figures: dict[str, list[FigureAnswer]] = defaultdict(list)
    for row in counted:
        figures[row.claim_id].append(rows.figure(row))
    times: dict[str, list[TimeAnswer]] = defaultdict(list)
    for row in dated:
        times[row.claim_id].append(rows.time(row))
    entities = rows.entities_by_id(session, {*speakers, *(one for some in named.values() for one in some)})
    return _Parts(entities, named, figures, times)


def _answer(row: AnyRow, parts: _Parts) -> ClaimAnswer:
    return ClaimAnswer(
        **{name: getattr(row, name) for name in _FIELDS},
        quote=bool(row.quote),
        negated=bool(row.negated),
        speaker_origin=row.speaker_origin or "rules",
        article=ArticleRef(id=row.article_id, title=row.title, url=row.url),
        speaker=parts.entities.get(row.speaker_id),
        entities=[parts.entities[one] for one in parts.named.get(row.id, ()) if one in parts.entities],
        figures=parts.figures.get(row.id, []),
        times=parts.times.get(row.id, []),
        hedges=[HedgeAnswer(**hedge) for hedge in decoded(row.hedges) or ()],
    )


def in_order(session: Session, ids: Sequence[str]) -> list[ClaimAnswer]:
    """Return the claims that have these ids, in the order of the ids."""
    answers = claim_answers(session, ids)
    return [answers[one] for one in ids if one in answers]
