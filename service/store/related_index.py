"""Keeps the index of related articles with the rows, in their transaction.

What is stored of an article depends on it alone, so a corpus that is edited ends in the same rows as one that is read
afresh; how many articles hold a term is counted as they come and go.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.store.bulk import insert_rows, insert_tuples
from service.store.ids import article_number
from service.store.related_sketch import sketch
from service.store.related_terms import EVERY, Facts, Given, Term, related_terms
from service.store.related_words import neighbours
from service.store.tables import TABLES
from service.store.values import Row, storable

_AT_ONCE: Final = 200  # articles, or terms, of one statement
_ARTICLE, _HOLDER = TABLES["article"], TABLES["related_holder"]
_KEPT, _COUNT = TABLES["related_article"], TABLES["related_count"]
_FACTS: Final = {
    "mention": ("name", "key", "surface", "start", "end", "claim_id", "ordinal"),
    "claim": ("id", "folded", "ordinal"),
    "figure": ("claim_id", "unit", "low", "high", "ordinal"),
    "link": ("target", "ordinal"),
}
_READ = "id path title text folded fixed tags categories description original_url draft"
_COLUMNS = [_ARTICLE.c[name] for name in _READ.split()]


def add_related(session: Session, article: Given, facts: Facts) -> None:
    """Index an article, given as its rows; it was forgotten before."""
    row, terms = _entry(article, facts)
    _add(session, [(row, terms)])


def forget_related(session: Session, articles: Select[Any] | Collection[str]) -> None:
    """Take articles out of the index, before their rows go."""
    held = select(_KEPT.c.number, _KEPT.c.terms).where(_KEPT.c.article_id.in_(articles), _KEPT.c.listed)
    stored = session.execute(held).all()
    session.execute(delete(_KEPT).where(_KEPT.c.article_id.in_(articles)))
    if not stored:
        return
    pairs = [{"b_term": term[0], "b_article": row.number} for row in stored for term in json.loads(row.terms)]
    if pairs:
        gone = delete(_HOLDER).where(_HOLDER.c.term == bindparam("b_term"), _HOLDER.c.article == bindparam("b_article"))
        session.connection().execute(gone, pairs)
    lost = Counter(pair["b_term"] for pair in pairs)
    lost[EVERY] = len(stored)
    counted = update(_COUNT).where(_COUNT.c.term == bindparam("b_term"))
    session.connection().execute(
        counted.values(articles=_COUNT.c.articles - bindparam("b_lost")),
        [{"b_term": term, "b_lost": number} for term, number in sorted(lost.items())],
    )
    for some in _parts(sorted(lost)):
        session.execute(delete(_COUNT).where(_COUNT.c.term.in_(some), _COUNT.c.articles <= 0))


def reindex_related(session: Session) -> int:
    """Build the index anew from the articles; return how many there are."""
    for table in (_HOLDER, _COUNT, _KEPT):
        session.execute(delete(table))
    number = 0
    for found in _stored(session):
        _add(session, found)
        number += len(found)
    return number


def stale_articles(session: Session) -> int:
    """Return of how many articles, or terms, the index says otherwise than what is stored tells."""
    kept = {row.article_id: row for row in session.execute(select(_KEPT))}
    wanted: Counter[int] = Counter()
    wrong = 0
    for found in _stored(session):
        for row, terms in found:
            held = kept.pop(str(row["article_id"]), None)
            wrong += held is None or held._asdict() != row
            if row["listed"]:
                wanted.update([EVERY, *(term.number for term in terms)])
    counted = {row.term: row.articles for row in session.execute(select(_COUNT))}
    grouped = select(_HOLDER.c.term, func.count()).group_by(_HOLDER.c.term)
    listed = {EVERY: wanted[EVERY]} | {row[0]: row[1] for row in session.execute(grouped)}
    numbers = {*wanted, *counted, *listed}
    wrong += sum(not wanted.get(one, 0) == counted.get(one, 0) == listed.get(one, 0) for one in numbers)
    return wrong + len(kept)


Entry = tuple[Row, list[Term]]


def _entry(article: Given, facts: Facts) -> Entry:
    terms, words = related_terms(article, facts)
    written = [[*term[:3], storable(term.shown), term.mention] for term in terms]
    row: Row = {
        "article_id": article["id"],
        "number": article_number(article["id"]),
        "listed": not article["draft"],
        "terms": json.dumps(written, ensure_ascii=False, separators=(",", ":")),
        "sketch": sketch(neighbours(words)),
    }
    return row, terms


def _add(session: Session, entries: Sequence[Entry]) -> None:
    insert_rows(session, _KEPT, [row for row, _ in entries])
    listed = [(row, terms) for row, terms in entries if row["listed"]]
    if not listed:
        return
    holders = [(one.number, row["number"], one.weight) for row, terms in listed for one in terms]
    if holders:
        insert_tuples(session, _HOLDER, sorted(holders))
    counts = Counter(term for term, _, _ in holders)
    counts[EVERY] = len(listed)
    dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
    made = dialect.insert(_COUNT)
    more = made.on_conflict_do_update(
        index_elements=["term"], set_={"articles": _COUNT.c.articles + made.excluded.articles}
    )
    session.connection().execute(more, [{"term": term, "articles": number} for term, number in sorted(counts.items())])


def _stored(session: Session) -> Iterator[list[Entry]]:
    """Yield what is to be kept of the articles that are stored, some at a time."""
    last = ""
    statement = select(*_COLUMNS).order_by(_ARTICLE.c.id).limit(_AT_ONCE)
    while rows := session.execute(statement.where(_ARTICLE.c.id > last)).mappings().all():
        last = rows[-1]["id"]
        facts = _facts(session, [row["id"] for row in rows])
        yield [_entry(row, facts[row["id"]]) for row in rows]


def _facts(session: Session, articles: Sequence[str]) -> dict[str, dict[str, list[Given]]]:
    found: dict[str, dict[str, list[Given]]] = {one: {name: [] for name in _FACTS} for one in articles}
    for name, columns in _FACTS.items():
        table = TABLES[name]
        statement = select(table.c.article_id, *(table.c[column] for column in columns))
        statement = statement.where(table.c.article_id.in_(articles)).order_by(table.c.article_id, table.c.ordinal)
        for row in session.execute(statement).mappings():
            found[row["article_id"]][name].append(row)
    return found


def _parts(many: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (many[at : at + _AT_ONCE] for at in range(0, len(many), _AT_ONCE))
