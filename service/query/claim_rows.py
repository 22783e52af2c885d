"""Claims by their ids: many at once, filled, in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import ArticleRef, ClaimAnswer, EntityAnswer, FigureAnswer, HedgeAnswer, TimeAnswer
from service.query.columns import ARTICLE, CLAIM, FIGURE, MENTION, TIME, AnyRow


def claim_answers(session: Session, ids: Collection[str]) -> dict[str, ClaimAnswer]:
    """Return the claims that have these ids, filled, in as many statements for a hundred as for one."""
    if not ids:
        return {}
    found = session.execute(_with_speaker().where(CLAIM.c.id.in_(set(ids)))).all()
    parts = _parts(session, [row.id for row in found], [row.speaker_id for row in found])
    return {row.id: _answer(row, parts) for row in found}


@dataclass(frozen=True, slots=True)
class _Parts:
    """What hangs on a set of claims."""

    entities: dict[str, EntityAnswer]
    named: dict[str, list[str]]  # claim → ids of entities, in the order they are first named
    figures: dict[str, list[FigureAnswer]]
    times: dict[str, list[TimeAnswer]]


def _with_speaker() -> Select[Any]:
    speaker = and_(MENTION.c.article_id == CLAIM.c.article_id, MENTION.c.ordinal == CLAIM.c.speaker_ordinal)
    return (
        select(CLAIM, ARTICLE.c.title, ARTICLE.c.url, MENTION.c.entity_id.label("speaker_id"))
        .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
        .outerjoin(MENTION, speaker)
    )


def _parts(session: Session, ids: Sequence[str], speakers: Sequence[str | None]) -> _Parts:
    named: dict[str, list[str]] = defaultdict(list)
    mentions = select(MENTION.c.claim_id, MENTION.c.entity_id).where(
        MENTION.c.claim_id.in_(ids), MENTION.c.entity_id.is_not(None)
    )
    for row in session.execute(mentions.order_by(MENTION.c.article_id, MENTION.c.ordinal)):
        if row.entity_id not in named[row.claim_id]:
            named[row.claim_id].append(row.entity_id)
    figures: dict[str, list[FigureAnswer]] = defaultdict(list)
    for row in session.execute(select(FIGURE).where(FIGURE.c.claim_id.in_(ids)).order_by(FIGURE.c.ordinal)):
        figures[row.claim_id].append(rows.figure(row))
    times: dict[str, list[TimeAnswer]] = defaultdict(list)
    for row in session.execute(select(TIME).where(TIME.c.claim_id.in_(ids)).order_by(TIME.c.ordinal)):
        times[row.claim_id].append(rows.time(row))
    entities = rows.entities_by_id(session, {*speakers, *(one for some in named.values() for one in some)})
    return _Parts(entities, named, figures, times)


def _answer(row: AnyRow, parts: _Parts) -> ClaimAnswer:
    same = ("id", "text", "line", "start", "end", "section", "kind", "quote", "negated")
    return ClaimAnswer(
        **{name: getattr(row, name) for name in same},
        article=ArticleRef(id=row.article_id, title=row.title, url=row.url),
        speaker=parts.entities.get(row.speaker_id),
        entities=[parts.entities[one] for one in parts.named.get(row.id, ()) if one in parts.entities],
        figures=parts.figures.get(row.id, []),
        times=parts.times.get(row.id, []),
        hedges=[HedgeAnswer(**hedge) for hedge in row.hedges or ()],
    )


def in_order(session: Session, ids: Sequence[str]) -> list[ClaimAnswer]:
    """Return the claims that have these ids, in the order of the ids."""
    answers = claim_answers(session, ids)
    return [answers[one] for one in ids if one in answers]
