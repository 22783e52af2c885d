"""Which claims share most of what a sentence speaks of: by the rare terms first, from the index.

How many claims a term has is known before any is read. Terms are read from the rarest on, as long as not too many
claims are listed under them. Of the common ones a share is read, the same stretch of numbers of each: where many claims
fit equally well, any part of them is as good as another. The wording itself is a term, so that it is always found.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.query.lookup.amounts import Amount, telling
from service.query.lookup.concept import Concept
from service.query.lookup.holders import Holders
from service.query.lookup.vocabulary import stance
from service.query.ordered import Numbers, places
from service.store.claim_postings import NUMBERS
from service.store.claim_terms import amount_terms, tells, term_number, wording_term, year_terms
from service.store.terms import terms

_UNHEARD: Final = 0.4  # what a common word counts that no claim holds
_REACHING: Final = 0.35  # what a verb between a thing and its amount counts: 達到
_USUAL: Final = 4.0  # what a word counts whose rarity nobody knows, on the scale of amounts
_LATIN: Final = 1.5  # how much longer than the shortest a word in Latin letters counts
_LONG: Final = 3  # terms of a form from which two are looked for: it may be there in part
_READ: Final = 3000  # entries of the rarest terms, each of which counts
_KNOWN: Final = 15_000  # and of those that are read to count for the claims that these found
_SHARED: Final = 2000  # of the others, and of these where they found nothing
_FORMS: Final = 24  # of one thing that are looked for

Sums = NDArray[np.float64]


class _Sought(NamedTuple):
    """A thing or amount that is looked for: what it counts, and by which terms each way to say it is found."""

    weight: float
    ways: tuple[tuple[int, ...], ...]


def sought_terms(concepts: Iterable[Concept], amounts: Iterable[Amount], folded: str) -> set[int]:
    """Return the terms by which a sentence is looked for, of which the index is asked how many claims hold them."""
    words = {term for concept in concepts for way in _ways(concept) for term in way}
    return words | {wording_term(folded)} | {term for one in amounts for term in _sizes(one)}


def weights(holders: Holders, concepts: Sequence[Concept]) -> dict[Concept, float]:
    """Return how much each concept tells: the rarer among all claims, the more.

    A name or Latin word that the corpus lacks counts as the rarest, so that a sentence about something else does not
    fit for the little it shares; another word it lacks counts less, since a thing can be said in many words.
    """
    total = holders.total
    ways = {concept: _ways(concept) for concept in concepts}
    counts = holders.counts(term for found in ways.values() for way in found for term in way)
    result = {}
    for concept in concepts:
        # A form stands in at most as many claims as its rarest term; a concept in at most all its forms together.
        count = sum(min((counts.get(term, 0) for term in way), default=0) for way in ways[concept])
        rarity = math.log(1 + total / (1 + min(count, total)))
        if count == 0 and not concept.named:
            rarity *= _UNHEARD
        result[concept] = rarity * _length(concept)
    return result


def usual_weights(concepts: Iterable[Concept]) -> dict[Concept, float]:
    """Return how much each concept tells where no corpus says how rare it is: the longer, the more."""
    return {concept: _USUAL * _length(concept) for concept in concepts}


def _length(concept: Concept) -> float:
    reach = _REACHING if stance("operator", "reach").fullmatch(min(concept.forms)) else 1.0
    return reach * (_LATIN if concept.latin else math.sqrt(min(max(concept.length - 1, 1), 4)))


class Near(NamedTuple):
    """The claims that share most, by number, each with how much that is.

    `unread` is what was not looked for in all of them, and `sure` what they share besides; `numbers` is what the
    amounts count which they may give.
    """

    scores: Mapping[int, float]
    sure: Mapping[int, float]
    unread: tuple[Concept, ...]
    numbers: Mapping[int, float]


def nearest(
    holders: Holders, weighed: Mapping[Concept, float], amounts: Iterable[Amount], folded: str, most: int
) -> Near:
    """Return the claims that share most of what is looked for, at most `most` of them."""
    ways = {one: _ways(one) for one in weighed}
    sought = [_Sought(weight, ways[one]) for one, weight in weighed.items()]
    sought.append(_Sought(sum(weighed.values()), ((wording_term(folded),),)))
    sought += [_Sought(telling(one), tuple((term,) for term in sorted(_sizes(one)))) for one in amounts]
    counts = holders.counts(term for one in sought for way in one.ways for term in way)
    sizes = {way[0] for one in sought[len(ways) + 1 :] for way in one.ways}
    tally, unread = _read(holders, _worth(sought, counts), sizes, counts)
    open_ones = tuple(one for one in weighed if any(unread.intersection(way) for way in ways[one]))
    best = tally.best(most)
    claims = tally.claims[best].tolist()
    scores, sure, numbers = (
        dict(zip(claims, sums[best].tolist(), strict=True)) for sums in (tally.scores, tally.sure, tally.numbers)
    )
    return Near(scores, sure, open_ones, numbers)


class _Tally(NamedTuple):
    """Claims in order of their numbers, with what the terms count that each holds."""

    claims: Numbers
    scores: Sums
    sure: Sums  # without the common words, which may not have been looked for
    numbers: Sums  # of amounts alone

    def best(self, most: int) -> NDArray[np.intp]:
        """Return the places of the highest scores, of equal ones those of the highest numbers."""
        if len(self.scores) <= most:
            return np.arange(len(self.scores))
        least = np.partition(self.scores, -most)[-most]
        above = np.flatnonzero(self.scores > least)
        equal = np.flatnonzero(self.scores == least)
        return np.concatenate([above, equal[len(above) - most :]])


_NOBODY: Final = _Tally(np.empty(0, np.uint32), np.empty(0), np.empty(0), np.empty(0))


def _read(
    holders: Holders, worth: Mapping[int, float], sizes: AbstractSet[int], counts: Mapping[int, int]
) -> tuple[_Tally, frozenset[int]]:
    """Count what is listed: all of the rare terms, of the less rare what those found, of the rest a stretch.

    Return the terms as well that were not looked for in all that was found.
    """
    rarest = sorted(worth, key=lambda term: (counts[term], term))
    ends = list(accumulate(counts[term] for term in rarest))
    rare, known = bisect_right(ends, _READ), bisect_right(ends, _KNOWN)
    lists = holders.holding({term: counts[term] for term in rarest[:known]})
    found = _counted(_NOBODY, [(term, lists[term]) for term in rarest[:rare]], worth, sizes, whole=True)
    for term in rarest[rare:known]:
        _, held = places(found.claims, lists[term])
        found.scores[held] += worth[term]
        if term in sizes:
            found.sure[held] += worth[term]
            found.numbers[held] += worth[term]
    if rare == len(rarest):
        return found, frozenset()
    share = _share(sum(counts[term] for term in rarest[rare:]))
    more = [(term, lists[term][: np.searchsorted(lists[term], NUMBERS // share)]) for term in rarest[rare:known]]
    more = [(term, claims[~places(claims, found.claims)[1]]) for term, claims in more]
    more += holders.holding({term: counts[term] for term in rarest[known:]}, share).items()
    return _counted(found, more, worth, sizes), frozenset(rarest[rare:])


def _counted(
    found: _Tally,
    more: Sequence[tuple[int, Numbers]],
    worth: Mapping[int, float],
    sizes: AbstractSet[int],
    *,
    whole: bool = False,
) -> _Tally:
    """Return what was found with what more terms count, given with the claims that hold them, their lists `whole`."""
    claims, where = np.unique(np.concatenate([found.claims, *(some for _, some in more)]), return_inverse=True)

    def added(sums: Sums, worths: Iterable[float]) -> Sums:
        each = [np.full(len(some), one) for one, (_, some) in zip(worths, more, strict=True)]
        return np.bincount(where, np.concatenate([sums, *each]), len(claims)).astype(np.float64, copy=False)

    sized = [worth[term] if term in sizes else 0.0 for term, _ in more]
    scores = added(found.scores, [worth[term] for term, _ in more])
    return _Tally(claims, scores, scores.copy() if whole else added(found.sure, sized), added(found.numbers, sized))


def _share(entries: int) -> int:
    """Return into how many shares, a power of two, lists of so many entries are divided, of which one is read."""
    return 1 << max(-(-entries // _SHARED) - 1, 0).bit_length()


@lru_cache(maxsize=8192)
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


def _worth(sought: Iterable[_Sought], counts: Mapping[int, int]) -> dict[int, float]:
    """Return the terms by which what is sought is best found, its rarest ones, and what each counts."""
    worth: dict[int, float] = defaultdict(float)
    for one in sought:
        for way in one.ways:
            if len(way) == 1:  # as most words have
                rarest = [(counts[way[0]], way[0])] if way[0] in counts else []
            else:
                rarest = sorted([(counts[term], term) for term in set(way) if term in counts])
                rarest = rarest[: 2 if len(way) >= _LONG else 1]
            for _, term in rarest:
                worth[term] = max(worth[term], one.weight / len(rarest))
    return worth
