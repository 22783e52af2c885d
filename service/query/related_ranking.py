"""Which articles share the weightiest terms with one: exactly, by one join over the index.

The score is the sum over the terms two articles share: their weights times how few articles of the corpus hold the
term, in whole numbers, so that it does not depend on the order they are added in. What the article shares with itself
is the whole that scores are shares of.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, TextClause, bindparam, select, text
from sqlalchemy.orm import Session

from service.query.columns import ARTICLE, ENTITY_NAME, MENTION, RELATED_ARTICLE
from service.store.related_terms import ENTITY, EVERY, Term, number
from service.store.related_words import as_term

_GRAIN: Final = 16  # steps of a unit of rarity
_ENOUGH, _TOO_MANY = 200, 64  # what more articles hold, and more than one in so many, tells nothing
_MOST_NAMES: Final = 40  # of one entity


class Ranked(NamedTuple):
    """An article's number in the index, with what it shares with the one that was asked about."""

    number: int
    shared: int


@dataclass(frozen=True)
class Own:
    """The article that was asked about, as the index has it, and what its terms are worth in this corpus."""

    id: str
    number: int
    script: str
    published: str | None
    sketch: bytes
    terms: Sequence[Term]
    worth: Mapping[int, int]  # by the terms' numbers, those of other names for the same among them
    same: Mapping[int, int]  # number of a term, or of another name for the same → number of the article's own term
    entities: Mapping[int, str]  # number of a term that is a name → entity
    whole: int

    def share(self, shared: int) -> float:
        """Return a share of the whole, from 0 to 1."""
        return min(shared / self.whole, 1.0) if self.whole else 0.0


def own(session: Session, article_id: str) -> Own | None:
    """Return an article as the index has it; None: there is no such article."""
    row = session.connection().execute(_OWN, {"article": article_id}).first()
    if row is None:
        return None
    terms = [Term(*term) for term in json.loads(row.terms or "[]")]
    entities, names = _names(session, article_id, terms)
    same = {other: mine for mine, others in names.items() for other in others}
    same |= {one.number: one.number for one in terms}
    counts = _counts(session, [EVERY, *same])
    worth, whole = _worth(terms, same, counts, listed=bool(row.listed))
    return Own(
        row.id, row.number or 0, row.script, row.published, row.sketch or b"", terms, worth, same, entities, whole
    )


def _names(session: Session, article_id: str, terms: Iterable[Term]) -> tuple[dict[int, str], dict[int, list[int]]]:
    """Return whose names terms are, and the numbers of what else they are called: who is who is the corpus's to say."""
    mentions = {term.mention: term.number for term in terms if term.kinds & ENTITY and term.mention is not None}
    if not mentions:
        return {}, {}
    given = {"article": article_id, "mentions": sorted(mentions)}
    entities: dict[int, str] = {}
    names: dict[int, list[int]] = {}
    for ordinal, entity, folded in session.connection().execute(_NAMED, given):
        mine = mentions[ordinal]
        if entity is not None:
            entities[mine] = entity
        if folded is not None and len(names.setdefault(mine, [])) < _MOST_NAMES:
            names[mine].append(_number(folded))
    return entities, names


@lru_cache(maxsize=65_536)
def _number(folded: str) -> int:
    return number(as_term(folded))


def _counts(session: Session, terms: Iterable[int]) -> dict[int, int]:
    rows = session.connection().execute(_statement(session, _COUNTED), {"asked": _json(dict.fromkeys(terms, 1))})
    return {row[0]: row[1] for row in rows}


def _worth(
    terms: Sequence[Term], same: Mapping[int, int], counts: Mapping[int, int], *, listed: bool
) -> tuple[dict[int, int], int]:
    """Return what the terms are worth, and the whole; one that no other article holds, or too many do, says nothing."""
    total = counts.get(EVERY, 0) + (not listed)
    most = max(_ENOUGH, total // _TOO_MANY)
    held = dict.fromkeys((one.number for one in terms), 0)
    for other, mine in same.items():
        held[mine] += counts.get(other, 0)
    worth, whole = {}, 0
    for one in terms:
        rare = round(_GRAIN * one.weight * log(1 + total / max(held[one.number], 1)))
        whole += rare * one.weight
        if listed < held[one.number] <= most:
            worth[one.number] = rare
    return {other: worth[mine] for other, mine in same.items() if mine in worth}, whole


def best(session: Session, asked: Own, number: int, conditions: Sequence[ColumnElement[bool]]) -> list[Ranked]:
    """Return the articles that share most, of those that fulfil the conditions on articles, the best first."""
    if not asked.worth:
        return []
    given = {"asked": _json(asked.worth), "own": asked.number, "number": number}
    if not conditions:
        return [Ranked(*row) for row in session.connection().execute(_statement(session, _BEST), given)]
    shared = _statement(session, _SHARED).columns(article=BigInteger, shared=BigInteger).subquery("shared")
    statement = (
        select(shared.c.article, shared.c.shared)
        .join(RELATED_ARTICLE, RELATED_ARTICLE.c.number == shared.c.article)
        .join(ARTICLE, ARTICLE.c.id == RELATED_ARTICLE.c.article_id)
        .where(*conditions)
        .order_by(shared.c.shared.desc(), shared.c.article)
        .limit(number)
    )
    return [Ranked(*row) for row in session.execute(statement, given)]


def shared_by(session: Session, asked: Own, numbers: Collection[int]) -> dict[int, int]:
    """Return what given articles share with the one that was asked about."""
    if not asked.worth or not numbers:
        return dict.fromkeys(numbers, 0)
    given = {"asked": _json(asked.worth), "among": _json(dict.fromkeys(numbers, 1))}
    found = {row[0]: row[1] for row in session.execute(_statement(session, _AMONG), given)}
    return {one: found.get(one, 0) for one in numbers}


def _json(numbers: Mapping[int, int]) -> str:
    return json.dumps(numbers, separators=(",", ":"))


_OWN = (
    select(ARTICLE.c.id, ARTICLE.c.script, ARTICLE.c.published)
    .add_columns(*(RELATED_ARTICLE.c[name] for name in ("number", "terms", "sketch", "listed")))
    .select_from(ARTICLE.outerjoin(RELATED_ARTICLE, RELATED_ARTICLE.c.article_id == ARTICLE.c.id))
    .where(ARTICLE.c.id == bindparam("article"))
)
_NAMED = (
    select(MENTION.c.ordinal, MENTION.c.entity_id, ENTITY_NAME.c.folded)
    .outerjoin(ENTITY_NAME, ENTITY_NAME.c.entity_id == MENTION.c.entity_id)
    .where(MENTION.c.article_id == bindparam("article"), MENTION.c.ordinal.in_(bindparam("mentions", expanding=True)))
    .order_by(MENTION.c.ordinal, ENTITY_NAME.c.folded)
)

# One parameter for many numbers: the statement stays the same, so that it is prepared only once. Both databases take
# a JSON object apart; SQLite has to be told to do so first, and then to look terms up.
_SQLITE_ASKED = "SELECT CAST(key AS INTEGER) AS term, atom AS worth FROM json_each(:asked)"
_POSTGRESQL_ASKED = (
    "SELECT CAST(key AS INTEGER) AS term, CAST(value AS INTEGER) AS worth FROM json_each_text(CAST(:asked AS JSON))"
)
_SQLITE_AMONG = "SELECT CAST(key AS INTEGER) FROM json_each(:among)"
_POSTGRESQL_AMONG = "SELECT CAST(key AS BIGINT) FROM json_object_keys(CAST(:among AS JSON)) AS key"
_COUNTED = (
    "WITH asked AS MATERIALIZED ({asked}) "
    "SELECT c.term, c.articles FROM asked {cross} related_count c ON c.term = asked.term"
)
_SHARED = (
    "WITH asked AS MATERIALIZED ({asked}) "
    "SELECT h.article AS article, CAST(SUM(h.weight * asked.worth) AS BIGINT) AS shared "
    "FROM asked {cross} related_holder h ON h.term = asked.term WHERE h.article <> :own GROUP BY h.article"
)
_BEST = _SHARED + " ORDER BY shared DESC, article LIMIT :number"
_AMONG = _SHARED.replace("h.article <> :own", "h.article IN ({among})")
_DIALECTS: Final = {
    "sqlite": {"asked": _SQLITE_ASKED, "among": _SQLITE_AMONG, "cross": "CROSS JOIN"},
    "postgresql": {"asked": _POSTGRESQL_ASKED, "among": _POSTGRESQL_AMONG, "cross": "JOIN"},
}


def _statement(session: Session, pattern: str) -> TextClause:
    return _written(pattern, session.connection().dialect.name)


@lru_cache(maxsize=16)
def _written(pattern: str, dialect: str) -> TextClause:
    return text(pattern.format(**_DIALECTS[dialect]))
