"""The corpus as a whole: its version, and how much there is of it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.query.columns import ARTICLE, CLAIM, CORPUS, ENTITY, FIGURE, LINK, MENTION, SOURCE

_COUNTED = {
    "sources": SOURCE,
    "articles": ARTICLE,
    "entities": ENTITY,
    "mentions": MENTION,
    "claims": CLAIM,
    "figures": FIGURE,
    "links": LINK,
}


def version(session: Session) -> int:
    """Return the number that grows with every change; 0 for a corpus nothing was written to."""
    return session.execute(select(CORPUS.c.version)).scalar() or 0


def counts(session: Session) -> dict[str, int]:
    """Return how many sources, articles, entities, mentions, claims, figures and links are stored."""
    each = (select(func.count()).select_from(table).scalar_subquery().label(name) for name, table in _COUNTED.items())
    return dict(session.execute(select(*each)).one()._mapping)
