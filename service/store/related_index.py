"""Keeps the index of related articles with the rows, in their transaction.

What is stored of an article depends on it alone, so a corpus that is edited ends in the same rows as one that is read
afresh; how many articles hold a term is counted as they come and go.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, starmap
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from service.store.bulk import Values, insert_tuples, tuples
from service.store.ids import article_number
from service.store.related_listing import change
from service.store.related_postings import TOTAL, decode, entry, part, parts, term_at, weight
from service.store.related_sketch import sketch_of
from service.store.related_terms import Facts, Given, Term, packed, related_terms, unpacked
from service.store.related_words import spoken
from service.store.tables import TABLES
from service.store.values import Row, storable

Holder = tuple[int, int]  # a term, and what is written of the article under it

_AT_ONCE: Final = 200  # articles of one statement
_GATHERED: Final = 20_000  # articles whose terms are gathered before they are listed, when all are
_ARTICLE, _KEPT, _POSTING = TABLES["article"], TABLES["related_article"], TABLES["related_posting"]
_FACTS: Final = {
    "mention": ("name", "key", "surface", "start", "end", "claim_id", "ordinal"),
    "claim": ("id", "folded", "ordinal"),
    "figure": ("claim_id", "unit", "low", "high", "ordinal"),
    "link": ("target", "ordinal"),
}
_READ = "id path title text folded fixed tags categories description original_url draft"
_COLUMNS = [_ARTICLE.c[name] for name in _READ.split()]


class Related(NamedTuple):
    """What the index holds of an article: its row as the drivers take it, and, of one that is listed, its terms."""

    row: Values
    holders: list[Holder]
    listed: bool


def related(article: Given, facts: Facts) -> Related:
    """Return what is indexed of an article, given as its rows."""
    row, terms = _entry(article, facts)
    (values,) = tuples(_KEPT, [row])
    number, listed = article_number(article["id"]), not article["draft"]
    return Related(values, [(one.number, entry(number, one.weight)) for one in terms] if listed else [], listed)


def add_related(session: Session, articles: Sequence[Related]) -> None:
    """Index articles, which were forgotten before, and whose own rows are written."""
    listed = [one.holders for one in articles if one.listed]
    if listed:
        change(session, _by_term(chain.from_iterable(listed)), {}, len(listed))


def forget_related(session: Session, articles: Select[Any] | Collection[str]) -> None:
    """Take articles out of the index, before their rows go."""
    held = select(_KEPT.c.number, _KEPT.c.terms).where(_KEPT.c.article_id.in_(articles), _KEPT.c.listed)
    stored = session.execute(held).all()
    session.execute(delete(_KEPT).where(_KEPT.c.article_id.in_(articles)))
    if stored:
        gone = chain.from_iterable(_holders(row.number, row.terms) for row in stored)
        change(session, {}, _by_term(gone), -len(stored))


def list_related(session: Session, rows: Iterable[Given]) -> None:
    """List articles, given as rows of `related_article`, under their terms."""
    listed = [_holders(row["number"], row["terms"]) for row in rows if row["listed"]]
    change(session, _by_term(chain.from_iterable(listed)), {}, len(listed))


def reindex_related(session: Session) -> int:
    """Build the index anew from the articles; return how many there are."""
    for table in (_POSTING, _KEPT):
        session.execute(delete(table))
    number = 0
    gathered: list[Related] = []
    for found in _stored(session):
        made = [related(*rows) for rows in found]
        insert_tuples(session, _KEPT, [one.row for one in made])
        number += len(made)
        gathered += made
        if len(gathered) >= _GATHERED:
            add_related(session, gathered)
            gathered = []
    add_related(session, gathered)
    return number


def stale_articles(session: Session) -> int:
    """Return of how many articles, or terms, the index says otherwise than what is stored tells."""
    kept = {row.article_id: row for row in session.execute(select(_KEPT))}
    wanted: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    wrong = total = 0
    for found in _stored(session):
        for row, terms in starmap(_entry, found):
            article = str(row["article_id"])
            held = kept.pop(article, None)
            wrong += held is None or held._asdict() != row
            total += bool(row["listed"])
            for term in terms if row["listed"] else ():
                count, summed = wanted[term.number]
                wanted[term.number] = count + 1, summed + entry(article_number(article), term.weight)
    wanted[_EVERY] = (total, 0)
    listed = defaultdict[int, tuple[int, int]](lambda: (0, 0), _listed(session))
    return wrong + len(kept) + sum(wanted[term] != listed[term] for term in {*wanted, *listed})


Entry = tuple[Row, list[Term]]


def _entry(article: Given, facts: Facts) -> Entry:
    terms, words = related_terms(article, facts)
    written = [[storable(term.shown), term.mention] for term in terms]
    row: Row = {
        "number": article_number(article["id"]),
        "article_id": article["id"],
        "listed": not article["draft"],
        "terms": packed(terms),
        "sketch": sketch_of(spoken(words)),
        "shown": json.dumps(written, ensure_ascii=False, separators=(",", ":")),
    }
    return row, terms


def _holders(article: int, terms: bytes) -> list[Holder]:
    """Return what is written of an article under each of its terms, given its number and its terms as stored."""
    numbers, weights, _ = unpacked(terms)
    return [(term, entry(article, weight)) for term, weight in zip(numbers, weights, strict=True)]


def _by_term(holders: Iterable[Holder]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for term, written in holders:
        found.setdefault(term, []).append(written)
    return found


_EVERY: Final = term_at(TOTAL)[0]


def _listed(session: Session) -> dict[int, tuple[int, int]]:
    """Return how many articles each term lists, and the sum of what is written; -1 where not as it should be."""
    told: dict[int, tuple[int, int]] = {}
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    heaviest: dict[int, int] = defaultdict(int)
    for row in session.execute(select(_POSTING).order_by(_POSTING.c.place)):
        term, at = term_at(row.place)
        if at == 0:
            told[term] = (row.articles, row.heaviest)
        entries, of = decode(row.data), parts(told.get(term, (0, 0))[0])
        heaviest[term] = max([heaviest[term], *map(weight, entries)])
        count, summed = found[term]
        whole = all(part(one, of) == at for one in entries)
        found[term] = count + len(entries) if whole else -1, summed + sum(entries)
    found[_EVERY] = (told.setdefault(_EVERY, (0, 0))[0], 0)
    right = {term for term, (count, _) in found.items() if told.get(term) == (count, heaviest[term])}
    return {term: counted if term in right else (-1, 0) for term, counted in found.items()}


def _stored(session: Session) -> Iterator[list[tuple[Given, Facts]]]:
    """Yield the articles that are stored with the rows of their facts, some at a time."""
    last = ""
    statement = select(*_COLUMNS).order_by(_ARTICLE.c.id).limit(_AT_ONCE)
    while rows := session.execute(statement.where(_ARTICLE.c.id > last)).mappings().all():
        last = rows[-1]["id"]
        facts = _facts(session, [row["id"] for row in rows])
        yield [(row, facts[row["id"]]) for row in rows]


def _facts(session: Session, articles: Sequence[str]) -> dict[str, dict[str, list[Given]]]:
    found: dict[str, dict[str, list[Given]]] = {one: {name: [] for name in _FACTS} for one in articles}
    for name, columns in _FACTS.items():
        table = TABLES[name]
        statement = select(table.c.article_id, *(table.c[column] for column in columns))
        statement = statement.where(table.c.article_id.in_(articles)).order_by(table.c.article_id, table.c.ordinal)
        for row in session.execute(statement).mappings():
            found[row["article_id"]][name].append(row)
    return found
