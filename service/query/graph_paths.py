"""The shortest way from one entity to another, over posts that name two of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from service.query import rows
from service.query.answers import PathAnswer, PathStep
from service.query.columns import ARTICLE, MENTION
from service.query.entities import known_id

_AT_ONCE: Final = 500  # entities or articles of one statement
_SHOWN: Final = 5  # posts of a step
_MOST: Final = 200_000  # articles and entities that are looked at
_LONGEST: Final = 8  # steps

Found = dict[str, str | None]  # entity → the one before it, on the way from where the search began


def path(session: Session, start: str, end: str) -> PathAnswer:
    """Return the fewest entities that lead from one to another, each named together with the next in some post.

    Of ways of one length it is always the same one. Drafts tie nothing.

    Raises:
        MergedError: one of them is part of another entity now.
        NotFoundError: no entity has such an id.
    """
    one, other = known_id(session, start), known_id(session, end)
    search = _Search(session)
    way = [one] if one == other else search.between(one, other)
    known = rows.entities_by_id(session, way)
    steps = [_step(session, *pair) for pair in pairwise(way)]
    return PathAnswer(entities=[known[entity] for entity in way], steps=steps, complete=search.complete)


class _Search:
    """Breadth first from both ends at once, always on from the side that has fewer to go on from."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen = 0
        self.complete = True

    def between(self, one: str, other: str) -> list[str]:
        sides: tuple[Found, Found] = ({one: None}, {other: None})
        read: tuple[set[str], set[str]] = (set(), set())
        edges: list[list[str]] = [[one], [other]]
        for _ in range(_LONGEST):
            side = 0 if len(edges[0]) <= len(edges[1]) else 1
            edges[side] = self._on(edges[side], sides[side], read[side])
            met = sorted(sides[0].keys() & sides[1].keys())
            if met:
                best = min(met, key=lambda entity: (_length(sides[0], entity) + _length(sides[1], entity), entity))
                return [*reversed([*_back(sides[0], best)]), *list(_back(sides[1], best))[1:]]
            if not edges[side]:
                return []
            if self._seen > _MOST:
                break
        self.complete = False
        return []

    def _on(self, edge: Sequence[str], found: Found, read: set[str]) -> list[str]:
        """Find whom the edge is named together with; return those that are new, in order."""
        naming: dict[str, str] = {}
        for entity, article in self._pairs(MENTION.c.entity_id, edge):
            if article not in read:
                naming[article] = min(naming.get(article, entity), entity)
        read.update(naming)
        before: dict[str, str] = {}
        for entity, article in self._pairs(MENTION.c.article_id, sorted(naming)):
            if entity not in found:
                before[entity] = min(before.get(entity, naming[article]), naming[article])
        found.update(before)
        self._seen += len(naming) + len(before)
        return sorted(before)

    def _pairs(self, column: ColumnElement[str], values: Sequence[str]) -> Iterator[tuple[str, str]]:
        statement = select(MENTION.c.entity_id, MENTION.c.article_id).distinct()
        statement = statement.join(ARTICLE, ARTICLE.c.id == MENTION.c.article_id).where(~ARTICLE.c.draft)
        statement = statement.where(column.in_(bindparam("some", expanding=True)), MENTION.c.entity_id.is_not(None))
        for at in range(0, len(values), _AT_ONCE):
            for row in self._session.execute(statement, {"some": values[at : at + _AT_ONCE]}):
                yield row.entity_id, row.article_id


def _back(found: Found, entity: str) -> Iterator[str]:
    here: str | None = entity
    while here is not None:
        yield here
        here = found[here]


def _length(found: Found, entity: str) -> int:
    return sum(1 for _ in _back(found, entity))


def _step(session: Session, one: str, other: str) -> PathStep:
    """Return the posts that name both, the newest of them shown."""
    both = _naming(one).intersect(_naming(other)).subquery()
    newest = (func.coalesce(ARTICLE.c.published, "").desc(), ARTICLE.c.id)
    named = select(ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.url).join(both, both.c.article_id == ARTICLE.c.id)
    found = session.execute(named.where(~ARTICLE.c.draft).order_by(*newest)).all()
    return PathStep(source=one, target=other, articles=len(found), posts=[rows.ref(row) for row in found[:_SHOWN]])


def _naming(entity: str) -> Select[tuple[str]]:
    return select(MENTION.c.article_id).where(MENTION.c.entity_id == entity)
