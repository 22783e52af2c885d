"""What articles are ranked by: the weightiest terms that one holds, what they are worth in this corpus, who holds them.

The score is the sum over the terms two articles share: their weights times how few articles of the corpus hold the
term, in whole numbers, so that it does not depend on the order they are added in. What the article shares with itself
is the whole that scores are shares of.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from sqlalchemy import Connection, bindparam, select

from service.query.columns import ARTICLE, ENTITY_NAME, MENTION, RELATED_ARTICLE, RELATED_POSTING
from service.store.prepared import Prepared
from service.store.related_postings import TOTAL, place, term_at
from service.store.related_terms import ENTITY, number, unpacked
from service.store.related_words import as_term

_GRAIN: Final = 16  # steps of a unit of rarity
_ENOUGH, _TOO_MANY = 200, 64  # what more articles hold, and more than one in so many, tells nothing
_MOST_NAMES: Final = 40  # of one entity

# Of the articles that hold a term: how many they are, the most that any of them holds of it, and the first of them as
# they are written. Names for these would cost more than all that is done with them.
First = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True)
class Own:
    """The article that was asked about, as the index has it, and what its terms are worth in this corpus."""

    id: str
    number: int
    script: str
    published: str | None
    sketch: bytes
    terms: Mapping[int, tuple[int, str]]  # by their numbers, and those of other names for the same: kinds, how shown
    worth: Mapping[int, int]  # by the same numbers
    same: Mapping[int, int]  # number of a term, or of another name for the same → number of the article's own term
    entities: Mapping[int, str]  # number of a term that is a name → entity
    whole: int
    firsts: Mapping[int, First]  # by the terms that anybody holds

    def share(self, shared: int) -> float:
        """Return a share of the whole, from 0 to 1."""
        return min(shared / self.whole, 1.0) if self.whole else 0.0

    def weight(self, shared: int) -> float:
        """Return a share of the whole as answers show it."""
        return round(self.share(shared), 4)


def own(connection: Connection, article_id: str) -> Own | None:
    """Return an article as the index has it; None: there is no such article."""
    row = next(iter(_OWN.rows(connection, article=article_id)), None)
    if row is None:
        return None
    numbers, weights, kinds = unpacked(row.terms or b"")
    shown = json.loads(row.shown or "[]")
    mentions = {one[1]: mine for mine, kind, one in zip(numbers, kinds, shown, strict=True) if kind & ENTITY}
    mentions.pop(None, None)
    entities, others = _names(connection, article_id, mentions) if mentions else ({}, {})
    same = others | dict(zip(numbers, numbers, strict=True)) if others else dict(zip(numbers, numbers, strict=True))
    firsts = _firsts(connection, same)
    worth, whole = _worth(dict(zip(numbers, weights, strict=True)), same, firsts, listed=bool(row.listed))
    told = {mine: (kind, one[0]) for mine, kind, one in zip(numbers, kinds, shown, strict=True)}
    return Own(
        row.id, row.number or 0, row.script, row.published, row.sketch or b"", told, worth, same, entities, whole,
        firsts,
    )  # fmt: skip


def _names(
    connection: Connection, article_id: str, mentions: Mapping[int, int]
) -> tuple[dict[int, str], dict[int, int]]:
    """Return whose names terms are, and of what else they are called the term: who is who is the corpus's to say."""
    entities: dict[int, str] = {}
    names: dict[int, list[int]] = {}
    for ordinal, entity, folded in _NAMED.tuples(connection, article=article_id, mentions=sorted(mentions)):
        mine = mentions[ordinal]
        if entity is not None:
            entities[mine] = entity
        if folded is not None and len(names.setdefault(mine, [])) < _MOST_NAMES:
            names[mine].append(_number(folded))
    return entities, {other: mine for mine, others in names.items() for other in others}


@lru_cache(maxsize=65_536)
def _number(folded: str) -> int:
    return number(as_term(folded))


def _firsts(connection: Connection, terms: Collection[int]) -> dict[int, First]:
    """Return of each term that any article holds its first part; how many there are stands under `TOTAL`."""
    places = [place(term, 0) for term in terms]
    found = _FIRSTS.tuples(connection, places=[*places, TOTAL])
    return {TOTAL if at == TOTAL else term_at(at)[0]: (articles, most, data) for at, articles, most, data in found}


def _worth(
    weights: Mapping[int, int], same: Mapping[int, int], firsts: Mapping[int, First], *, listed: bool
) -> tuple[dict[int, int], int]:
    """Return what the terms are worth, and the whole; one that no other article holds, or too many do, says nothing."""
    total = firsts.get(TOTAL, _NOBODY)[0] + (not listed)
    most = max(_ENOUGH, total // _TOO_MANY)
    held = dict.fromkeys(weights, 0)
    for other, mine in same.items():
        if other in firsts:
            held[mine] += firsts[other][0]
    worth, whole = {}, 0
    for mine, weight in weights.items():
        count = held[mine]
        rare = round(_GRAIN * weight * log(1 + total / (count or 1)))
        whole += rare * weight
        if listed < count <= most:
            worth[mine] = rare
    return {other: worth[mine] for other, mine in same.items() if mine in worth}, whole


_NOBODY: Final[First] = (0, 0, b"")
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
