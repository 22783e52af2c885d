"""Keeps the index that claims are looked up in, with their rows, in their transaction.

A claim is listed under each of its terms by a number, as `claim_postings` writes it, and how many claims a term has is
counted, so that a reader knows the rare terms before it reads any. What is listed depends only on what is stored: a
corpus that is edited ends in the same entries as one that is read afresh.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import RowMapping, Select, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from service.store.claim_adding import Entries, entries
from service.store.claim_listing import change
from service.store.claim_postings import TOTAL, decode, part, parts, term_at
from service.store.claim_terms import claim_terms
from service.store.ids import claim_number
from service.store.tables import TABLES
from service.store.values import Row

_CLAIM, _FIGURE, _TIME = TABLES["claim"], TABLES["figure"], TABLES["time"]
_POSTING = TABLES["claim_posting"]
_AT_ONCE: Final = 500  # claims of one statement
_HELD: Final = 1_500_000  # entries that are gathered before they are written, when all are
_READ: Final = 2000  # rows at a time

Given = Iterable[Mapping[str, Any] | RowMapping]
Terms = dict[int, set[int]]  # of each claim, by its number


def claim_entries(rows: Mapping[str, Sequence[Row]]) -> Entries:
    """Return what the claims of an article are listed under, given the rows of its claims, figures and times."""
    return entries(_terms(rows["claim"], rows["figure"], rows["time"]))


def forget_claims(session: Session, articles: Select[Any] | Collection[str]) -> None:
    """Take the claims of articles out of the index, before their rows go."""
    condition = _CLAIM.c.article_id.in_(articles)
    entries = stored_terms(session, condition)
    for some in _some(sorted(entries)):  # what another claim of the same number holds stays
        for number, kept in stored_terms(session, _CLAIM.c.number.in_(some) & ~condition).items():
            entries[number] -= kept
    claims = session.execute(select(func.count()).select_from(_CLAIM).where(condition)).scalar_one()
    change(session, {}, _by_term(entries), -claims)


def reindex_claims(session: Session) -> int:
    """Build the index anew from the claims; return how many there are."""
    session.execute(delete(_POSTING))
    number, size, gathered = 0, 0, defaultdict[int, set[int]](set)
    for some in _all(session):
        session.connection().execute(
            update(_CLAIM).where(_CLAIM.c.id == bindparam("b_id")).values(number=bindparam("b_number")),
            [{"b_id": one, "b_number": claim_number(one)} for one in some],
        )
        for claim, terms in stored_terms(session, _CLAIM.c.id.in_(some)).items():
            size += len(terms)
            for term in terms:
                gathered[term].add(claim)
        number += len(some)
        if size > _HELD:
            change(session, gathered, {}, 0)
            gathered, size = defaultdict(set), 0
    change(session, gathered, {}, number)
    return number


def stale_terms(session: Session) -> int:
    """Return of how many terms the index has other claims than those that are stored tell."""
    wanted: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    number, seen = 0, set[int]()
    for some in _all(session):
        number += len(some)
        entries = stored_terms(session, _CLAIM.c.id.in_(some))
        again = _CLAIM.c.number.in_(list(entries)) & (_CLAIM.c.id < some[0])
        for claim, held in stored_terms(session, again).items():  # another of the same number told of these
            entries[claim] -= held
        for claim, terms in entries.items():
            for term in terms:
                count, total = wanted[term]
                wanted[term] = count + 1, total + claim
    stale, total = 0, 0
    for term, claims, summed in _listed(session):
        if term == _EVERY:
            total = claims
            continue
        seen.add(term)
        stale += wanted.get(term) != (claims, summed)
    return stale + len(wanted.keys() - seen) + (total != number)


_EVERY: Final = term_at(TOTAL)[0]


def _listed(session: Session) -> Iterator[tuple[int, int, int]]:
    """Yield each term with how many claims hold it and their sum, or -1 where they are not listed as they should be."""
    term, claims, count, summed = 0, -1, 0, 0
    for row in _rows(session):
        one, at = term_at(row.place)
        if at == 0:
            if claims >= 0:
                yield term, claims, summed if count == claims or term == _EVERY else -1
            term, claims, count, summed = one, row.claims, 0, 0
        numbers, of = decode(row.data), parts(claims)
        right = one == term and all(part(number, of) == at for number in numbers)
        count, summed = count + len(numbers) if right else -len(numbers), summed + sum(numbers)
    if claims >= 0:
        yield term, claims, summed if count == claims or term == _EVERY else -1


def _rows(session: Session) -> Iterator[Any]:
    last = -(1 << 62)
    statement = select(_POSTING).order_by(_POSTING.c.place).limit(_READ)
    while rows := session.execute(statement.where(_POSTING.c.place > last)).all():
        yield from rows
        last = rows[-1].place


def _all(session: Session) -> Iterator[Sequence[str]]:
    return _some(session.execute(select(_CLAIM.c.id).order_by(_CLAIM.c.id)).scalars().all())


def _some(many: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (many[at : at + _AT_ONCE] for at in range(0, len(many), _AT_ONCE))


def _by_term(entries: Terms) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for claim, terms in entries.items():
        for term in terms:
            found[term].add(claim)
    return found


def stored_terms(session: Session, condition: Any) -> Terms:
    """Return the terms of the claims that fulfil a condition, by the numbers of these."""
    ids = select(_CLAIM.c.id).where(condition)
    claims = session.execute(select(_CLAIM.c.id, _CLAIM.c.folded).where(condition)).mappings().all()
    figures = select(_FIGURE.c.claim_id, _FIGURE.c.low, _FIGURE.c.high, _FIGURE.c.unit)
    times = select(_TIME.c.claim_id, _TIME.c.low, _TIME.c.high)
    return _terms(
        claims,
        session.execute(figures.where(_FIGURE.c.claim_id.in_(ids))).mappings().all(),
        session.execute(times.where(_TIME.c.claim_id.in_(ids))).mappings().all(),
    )


def _terms(claims: Given, figures: Given, times: Given) -> Terms:
    counted, dated = _by_claim(figures), _by_claim(times)
    entries: Terms = {}
    for row in claims:
        found = claim_terms(row["folded"], counted[row["id"]], dated[row["id"]])
        entries.setdefault(row["number"] if "number" in row else claim_number(row["id"]), set()).update(found)
    return entries


def _by_claim(rows: Given) -> defaultdict[str, list[Mapping[str, Any] | RowMapping]]:
    found: defaultdict[str, list[Mapping[str, Any] | RowMapping]] = defaultdict(list)
    for row in rows:
        if row["claim_id"] is not None:
            found[row["claim_id"]].append(row)
    return found
