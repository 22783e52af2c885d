"""What articles are ranked by: the weightiest terms that one holds, what they are worth in this corpus, who holds them.

The score is the sum over the terms two articles share: their weights times how few articles of the corpus hold the
term, in whole numbers, so that it does not depend on the order they are added in. What the article shares with itself
is the whole that scores are shares of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, select

from service.query.columns import ARTICLE, ENTITY_NAME, MENTION, RELATED_ARTICLE, RELATED_POSTING
from service.store.prepared import Prepared
from service.store.related_postings import TOTAL, place
from service.store.related_terms import ENTITY, Term, number, unpacked
from service.store.related_words import as_term

_GRAIN: Final = 16  # steps of a unit of rarity
_ENOUGH, _TOO_MANY = 200, 64  # what more articles hold, and more than one in so many, tells nothing
_MOST_NAMES: Final = 40  # of one entity


class First(NamedTuple):
    """How many hold a term, the most that any of them holds of it, and the first of them as they are written."""

    articles: int
    heaviest: int
    data: bytes


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
    firsts: Mapping[int, First]  # by the terms that anybody holds

    def share(self, shared: int) -> float:
        """Return a share of the whole, from 0 to 1."""
        return min(shared / self.whole, 1.0) if self.whole else 0.0


def own(connection: Connection, article_id: str) -> Own | None:
    """Return an article as the index has it; None: there is no such article."""
    row = next(iter(_OWN.rows(connection, article=article_id)), None)
    if row is None:
        return None
    terms = _terms(row)
    entities, names = _names(connection, article_id, terms)
    same = {other: mine for mine, others in names.items() for other in others}
    same |= {one.number: one.number for one in terms}
    firsts = _firsts(connection, same)
    worth, whole = _worth(terms, same, firsts, listed=bool(row.listed))
    return Own(
        row.id, row.number or 0, row.script, row.published, row.sketch or b"", terms, worth, same, entities, whole,
        firsts,
    )  # fmt: skip


def _terms(row: Any) -> list[Term]:
    told = zip(*unpacked(row.terms or b""), json.loads(row.shown or "[]"), strict=True)
    return [Term(number, weight, kinds, *shown) for number, weight, kinds, shown in told]


def _names(
    connection: Connection, article_id: str, terms: Iterable[Term]
) -> tuple[dict[int, str], dict[int, list[int]]]:
    """Return whose names terms are, and the numbers of what else they are called: who is who is the corpus's to say."""
    mentions = {term.mention: term.number for term in terms if term.kinds & ENTITY and term.mention is not None}
    if not mentions:
        return {}, {}
    entities: dict[int, str] = {}
    names: dict[int, list[int]] = {}
    for ordinal, entity, folded in _NAMED.rows(connection, article=article_id, mentions=sorted(mentions)):
        mine = mentions[ordinal]
        if entity is not None:
            entities[mine] = entity
        if folded is not None and len(names.setdefault(mine, [])) < _MOST_NAMES:
            names[mine].append(_number(folded))
    return entities, names


@lru_cache(maxsize=65_536)
def _number(folded: str) -> int:
    return number(as_term(folded))


def _firsts(connection: Connection, terms: Iterable[int]) -> dict[int, First]:
    """Return of each term that any article holds its first part; how many there are stands under `TOTAL`."""
    places = {place(term, 0): term for term in terms} | {TOTAL: TOTAL}
    return {places[row[0]]: First(*row[1:]) for row in _FIRSTS.tuples(connection, places=places)}


def _worth(
    terms: Sequence[Term], same: Mapping[int, int], firsts: Mapping[int, First], *, listed: bool
) -> tuple[dict[int, int], int]:
    """Return what the terms are worth, and the whole; one that no other article holds, or too many do, says nothing."""
    total = firsts.get(TOTAL, _NOBODY).articles + (not listed)
    most = max(_ENOUGH, total // _TOO_MANY)
    held = dict.fromkeys((one.number for one in terms), 0)
    for other, mine in same.items():
        held[mine] += firsts.get(other, _NOBODY).articles
    worth, whole = {}, 0
    for one in terms:
        rare = round(_GRAIN * one.weight * log(1 + total / max(held[one.number], 1)))
        whole += rare * one.weight
        if listed < held[one.number] <= most:
            worth[one.number] = rare
    return {other: worth[mine] for other, mine in same.items() if mine in worth}, whole


_NOBODY: Final = First(0, 0, b"")
_OWN: Final = Prepared(
    lambda _: (
        select(ARTICLE.c.id, ARTICLE.c.script, ARTICLE.c.published)
        .add_columns(*(RELATED_ARTICLE.c[name] for name in ("number", "terms", "sketch", "listed", "shown")))
        .select_from(ARTICLE.outerjoin(RELATED_ARTICLE, RELATED_ARTICLE.c.article_id == ARTICLE.c.id))
        .where(ARTICLE.c.id == bindparam("article"))
    )
)
_NAMED: Final = Prepared(
    lambda among: (
        select(MENTION.c.ordinal, MENTION.c.entity_id, ENTITY_NAME.c.folded)
        .outerjoin(ENTITY_NAME, ENTITY_NAME.c.entity_id == MENTION.c.entity_id)
        .where(MENTION.c.article_id == bindparam("article"), among(MENTION.c.ordinal, "mentions"))
        .order_by(MENTION.c.ordinal, ENTITY_NAME.c.folded)
    )
)
_FIRSTS: Final = Prepared(
    lambda among: select(*(RELATED_POSTING.c[name] for name in ("place", "articles", "heaviest", "data"))).where(
        among(RELATED_POSTING.c.place, "places")
    )
)
