"""Keeps the index that claims are looked up in, with their rows, in their transaction.

A claim is listed under each of its terms by a number of six bytes, and how many claims a term has is counted, so that a
reader knows the rare terms before it reads any. What is listed depends only on what is stored: a corpus that is edited
ends in the same entries as one that is read afresh.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import RowMapping, Select, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.store.bulk import insert_tuples
from service.store.claim_terms import claim_terms
from service.store.ids import claim_number
from service.store.tables import TABLES
from service.store.values import Row

_CLAIM, _FIGURE, _TIME = TABLES["claim"], TABLES["figure"], TABLES["time"]
_TERM, _COUNT = TABLES["claim_term"], TABLES["claim_term_count"]
_AT_ONCE: Final = 500  # claims, or terms, of one statement

Given = Iterable[Mapping[str, Any] | RowMapping]
Entries = dict[int, set[int]]  # claim number → its terms


def add_claims(session: Session, rows: Mapping[str, Sequence[Row]]) -> None:
    """List the claims of an article, given the rows of its claims, figures and times."""
    _add(session, _entries(rows["claim"], rows["figure"], rows["time"]))


def forget_claims(session: Session, articles: Select[Any] | Collection[str]) -> None:
    """Take the claims of articles out of the index, before their rows go."""
    entries = _stored(session, _CLAIM.c.article_id.in_(articles))
    pairs = [{"b_term": term, "b_claim": claim} for claim, terms in entries.items() for term in terms]
    if not pairs:
        return
    gone = delete(_TERM).where(_TERM.c.term == bindparam("b_term"), _TERM.c.claim == bindparam("b_claim"))
    session.connection().execute(gone, pairs)
    lost = Counter(pair["b_term"] for pair in pairs)
    counted = update(_COUNT).where(_COUNT.c.term == bindparam("b_term"))
    session.connection().execute(
        counted.values(claims=_COUNT.c.claims - bindparam("b_lost")),
        [{"b_term": term, "b_lost": number} for term, number in lost.items()],
    )
    for some in _parts(sorted(lost)):
        session.execute(delete(_COUNT).where(_COUNT.c.term.in_(some), _COUNT.c.claims <= 0))


def reindex_claims(session: Session) -> int:
    """Build the index anew from the claims; return how many there are."""
    session.execute(delete(_TERM))
    session.execute(delete(_COUNT))
    number = 0
    ids = session.execute(select(_CLAIM.c.id).order_by(_CLAIM.c.id)).scalars().all()
    for some in _parts(ids):
        session.connection().execute(
            update(_CLAIM).where(_CLAIM.c.id == bindparam("b_id")).values(number=bindparam("b_number")),
            [{"b_id": one, "b_number": claim_number(one)} for one in some],
        )
        _add(session, _stored(session, _CLAIM.c.id.in_(some)))
        number += len(some)
    return number


def stale_terms(session: Session) -> int:
    """Return of how many terms the index has another number of claims than those that are stored tell."""
    wanted: Counter[int] = Counter()
    ids = session.execute(select(_CLAIM.c.id).order_by(_CLAIM.c.id)).scalars().all()
    for some in _parts(ids):
        wanted.update(term for found in _stored(session, _CLAIM.c.id.in_(some)).values() for term in found)
    counted = {row.term: row.claims for row in session.execute(select(_COUNT))}
    listed = {row[0]: row[1] for row in session.execute(select(_TERM.c.term, func.count()).group_by(_TERM.c.term))}
    terms = wanted.keys() | counted.keys() | listed.keys()
    return sum(not wanted.get(term, 0) == counted.get(term, 0) == listed.get(term, 0) for term in terms)


def _parts(many: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (many[at : at + _AT_ONCE] for at in range(0, len(many), _AT_ONCE))


def _stored(session: Session, condition: Any) -> Entries:
    ids = select(_CLAIM.c.id).where(condition)
    claims = session.execute(select(_CLAIM.c.id, _CLAIM.c.folded).where(condition)).mappings().all()
    figures = select(_FIGURE.c.claim_id, _FIGURE.c.low, _FIGURE.c.high, _FIGURE.c.unit)
    times = select(_TIME.c.claim_id, _TIME.c.low, _TIME.c.high)
    return _entries(
        claims,
        session.execute(figures.where(_FIGURE.c.claim_id.in_(ids))).mappings().all(),
        session.execute(times.where(_TIME.c.claim_id.in_(ids))).mappings().all(),
    )


def _entries(claims: Given, figures: Given, times: Given) -> Entries:
    counted, dated = _by_claim(figures), _by_claim(times)
    entries: Entries = {}
    for row in claims:
        found = claim_terms(row["folded"], counted[row["id"]], dated[row["id"]])
        entries.setdefault(claim_number(row["id"]), set()).update(found)
    return entries


def _by_claim(rows: Given) -> defaultdict[str, list[Mapping[str, Any] | RowMapping]]:
    found: defaultdict[str, list[Mapping[str, Any] | RowMapping]] = defaultdict(list)
    for row in rows:
        if row["claim_id"] is not None:
            found[row["claim_id"]].append(row)
    return found


def _add(session: Session, entries: Entries) -> None:
    tuples = sorted((term, claim) for claim, terms in entries.items() for term in terms)
    if not tuples:
        return
    insert_tuples(session, _TERM, tuples)
    dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
    made = dialect.insert(_COUNT)
    more = made.on_conflict_do_update(index_elements=["term"], set_={"claims": _COUNT.c.claims + made.excluded.claims})
    counts = Counter(term for term, _ in tuples)
    session.connection().execute(more, [{"term": term, "claims": number} for term, number in counts.items()])
