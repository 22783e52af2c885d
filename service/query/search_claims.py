"""Claims that hold the words of a query: they stand in articles that do, so only those are looked through."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from service.query.columns import CLAIM
from service.query.matching import Words, contains_any, holds

_CLAIM, _WHOLE = 0.2, 0.3  # what a claim gets, and what more when it is little else than the words
_AT_ONCE = 500  # articles


def claims(
    session: Session, articles: Collection[str], words: Words, weights: Sequence[float], needed: float
) -> dict[str, float]:
    """Return the claims of `articles` that hold the words, or of them the share `needed` by weight, with their scores.

    The weights are those of the words, 1 together.
    """
    each = [contains_any(CLAIM.c.folded, word) for word in words]
    statement = select(CLAIM.c.id, CLAIM.c.folded).where(and_(*each) if needed >= 1 else or_(*each))
    asked = sum(len(word[0]) for word in words)
    scores = {}
    ids = sorted(articles)
    for at in range(0, len(ids) if words else 0, _AT_ONCE):
        for row in session.execute(statement.where(CLAIM.c.article_id.in_(ids[at : at + _AT_ONCE]))):
            share = _coverage([holds(row.folded, word) for word in words], weights)
            if share >= needed:
                scores[row.id] = share * (_CLAIM + _WHOLE * min(asked / max(len(row.folded), 1), 1.0))
    return scores


def _coverage(held: Sequence[bool], weights: Sequence[float]) -> float:
    """Return the share of the query that is there: exactly 1 for all of it."""
    return 1.0 if all(held) else sum(weight for there, weight in zip(held, weights, strict=True) if there)
