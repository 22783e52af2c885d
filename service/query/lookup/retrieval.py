"""Which claims share most of what a sentence speaks of: by the rare terms first, from the index.

How many claims a term has is known before any is read. Terms are read from the rarest on, as long as not too many
claims are listed under them; what is common only orders the claims that were found by what is rare. (A claim that holds
nothing but the common words of a sentence is not what it asks for.) Where all words are common, a part of the rarest
list is read: claims are listed by a hash, so any part is as good as another.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from heapq import nlargest
from itertools import accumulate
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from service.query.columns import CLAIM, CLAIM_TERM, CLAIM_TERM_COUNT
from service.query.lookup.amounts import Amount, telling
from service.query.lookup.concepts import Concept
from service.query.lookup.vocabulary import stance
from service.store.claim_terms import amount_terms, tells, term_number, year_terms
from service.store.ids import LARGEST_NUMBER
from service.store.terms import terms

_UNHEARD: Final = 0.4  # what a common word counts that no claim holds
_REACHING: Final = 0.35  # what a verb between a thing and its amount counts: 達到
_LATIN: Final = 1.5  # how much longer than the shortest a word in Latin letters counts
_LONG: Final = 3  # terms of a form from which two are looked for: it may be there in part
_READ: Final = 2000  # entries that are read
_CHECKED: Final = 160  # claims whose text is looked at for common words
_FORMS: Final = 24  # of one thing that are looked for


class _Sought(NamedTuple):
    """A thing or amount that is looked for: what it counts, how it is said, and by which terms each way is found."""

    weight: float
    forms: tuple[str, ...]
    ways: tuple[tuple[int, ...], ...]


def weights(session: Session, concepts: Sequence[Concept]) -> dict[Concept, float]:
    """Return how much each concept tells: the rarer among all claims, the more.

    A name or Latin word that the corpus lacks counts as the rarest, so that a sentence about something else does not
    fit for the little it shares; another word it lacks counts less, since a thing can be said in many words.
    """
    total = session.execute(select(func.count()).select_from(CLAIM)).scalar_one()
    ways = {concept: _ways(concept) for concept in concepts}
    counts = _counts(session, (term for found in ways.values() for way in found for term in way))
    result = {}
    for concept in concepts:
        # A form stands in at most as many claims as its rarest term; a concept in at most all its forms together.
        count = sum(min((counts.get(term, 0) for term in way), default=0) for way in ways[concept])
        rarity = math.log(1 + total / (1 + min(count, total)))
        if count == 0 and not concept.named:
            rarity *= _UNHEARD
        if stance("operator", "reach").fullmatch(min(concept.forms)):
            rarity *= _REACHING
        result[concept] = rarity * (_LATIN if concept.latin else math.sqrt(min(max(concept.length - 1, 1), 4)))
    return result


def nearest(session: Session, weighed: Mapping[Concept, float], amounts: Iterable[Amount], most: int) -> list[str]:
    """Return the ids of the claims that share most of what is looked for, at most `most` and the best first."""
    sought = [_Sought(weight, tuple(sorted(one.words))[:_FORMS], _ways(one)) for one, weight in weighed.items()]
    sought += [_Sought(telling(one), (), tuple((term,) for term in sorted(_sizes(one)))) for one in amounts]
    counts = _counts(session, (term for one in sought for way in one.ways for term in way))
    worth = _worth(sought, counts)
    read, partly = _readable(worth, counts)
    scores: dict[int, float] = defaultdict(float)
    for query in (_listed(read), _partly_listed(partly, counts)):
        for term, claim in session.execute(query) if query is not None else ():
            scores[claim] += worth[term]
    known = {*read, *partly}
    common = [one for one in sought if not any(term in known for way in one.ways for term in way)]
    return _checked(session, scores, common, most)


def _readable(worth: Iterable[int], counts: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """Return the terms whose lists are read, the rarest ones, and where all are common one that is read in part."""
    rarest = sorted(worth, key=lambda term: (counts[term], term))
    ends = accumulate(counts[term] for term in rarest)
    read = [term for term, end in zip(rarest, ends, strict=True) if end <= _READ]
    return read, [] if read else rarest[:1]


def _ways(concept: Concept) -> tuple[tuple[int, ...], ...]:
    """Return the index terms of each form of a concept."""
    forms = sorted(concept.words, key=lambda form: (form not in concept.forms, form))[:_FORMS]
    found = (tuple(term_number(term) for term in terms(form) if tells(term)) for form in forms)
    return tuple(way for way in found if way)


def _sizes(one: Amount) -> set[int]:
    if one.kind == "date":
        bounds = [date.fromordinal(max(int(value), 1)).isoformat() for value in (one.low, one.high)]
        return year_terms(*bounds)
    return amount_terms(one.kind, one.low, one.high, around=1)


def _counts(session: Session, wanted: Iterable[int]) -> dict[int, int]:
    query = select(CLAIM_TERM_COUNT.c.term, CLAIM_TERM_COUNT.c.claims)
    found = session.execute(query.where(CLAIM_TERM_COUNT.c.term.in_(sorted(set(wanted)))))
    return {row[0]: row[1] for row in found}


def _worth(sought: Iterable[_Sought], counts: Mapping[int, int]) -> dict[int, float]:
    """Return the terms by which what is sought is best found, its rarest ones, and what each counts."""
    worth: dict[int, float] = defaultdict(float)
    for one in sought:
        for way in one.ways:
            rarest = sorted((counts[term], term) for term in set(way) if term in counts)
            rarest = rarest[: 2 if len(way) >= _LONG else 1]
            for _, term in rarest:
                worth[term] = max(worth[term], one.weight / len(rarest))
    return worth


def _listed(read: Sequence[int]) -> Select[Any] | None:
    return select(CLAIM_TERM.c.term, CLAIM_TERM.c.claim).where(CLAIM_TERM.c.term.in_(read)) if read else None


def _partly_listed(terms: Sequence[int], counts: Mapping[int, int]) -> Select[Any] | None:
    if not terms:
        return None
    query = select(CLAIM_TERM.c.term, CLAIM_TERM.c.claim).where(CLAIM_TERM.c.term == terms[0])
    return query.where(CLAIM_TERM.c.claim < LARGEST_NUMBER * _READ // counts[terms[0]])


def _checked(session: Session, scores: Mapping[int, float], common: Sequence[_Sought], most: int) -> list[str]:
    """Return the ids of the best claims, after a look at their text for what is common."""
    best = nlargest(_CHECKED, scores, key=lambda claim: (scores[claim], claim))
    query = select(CLAIM.c.id, CLAIM.c.number, CLAIM.c.folded).where(CLAIM.c.number.in_(best))
    found = []
    for row in session.execute(query):
        more = sum(one.weight for one in common if any(form in row.folded for form in one.forms))
        found.append((-scores[row.number] - more, row.id))
    return [claim for _, claim in sorted(found)[:most]]
