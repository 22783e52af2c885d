"""Why articles are related: what two share, told by names, tags, claims, links and words, each with its share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final

from sqlalchemy.orm import Session

from service.query.answers import ClaimReason, EntityAnswer
from service.query.related_ranking import Own
from service.query.rows import entities_by_id
from service.query.shared_claims import shared_claims
from service.store.related_terms import ENTITY as NAME
from service.store.related_terms import EVENT, TAG, unpacked

_MOST: Final = 12  # reasons of one article
_MOST_TERMS: Final = 8  # words that are shown
_MOST_COMPARED: Final = 3  # articles whose claims are set beside those of the one that was asked about
_TELLING: Final = 0.02  # of the whole: events that are less of it are too common to look claims up for

Reason = dict[str, Any]  # the fields of one of `service.query.answers.Reason`: all of an answer are checked at once


_Shares = dict[str, int]  # in whole numbers, whose order is no matter


@dataclass(slots=True)
class _Shared:
    """What an article shares: parts of the whole by entity, tag and word, and that of events."""

    entities: _Shares = field(default_factory=lambda: defaultdict(int))
    tags: _Shares = field(default_factory=lambda: defaultdict(int))
    words: _Shares = field(default_factory=lambda: defaultdict(int))
    events: int = 0


def reasons(
    session: Session, own: Own, others: Mapping[str, bytes], links: Mapping[str, Sequence[Reason]]
) -> dict[str, list[Reason]]:
    """Return for each of the other articles, given with their terms as stored, what it shares, the weightiest first."""
    shared = {other: _shared(own, terms) for other, terms in others.items()}
    entities = entities_by_id(session, {one for found in shared.values() for one in found.entities})
    claims = _claims(session, own, shared)
    found: dict[str, list[Reason]] = {}
    for other, one in shared.items():
        each = [*links.get(other, ()), *_named(own, one, entities), *_tagged(own, one), *_worded(own, one)]
        each += [claims[other]] if other in claims else []
        each.sort(key=itemgetter("weight"), reverse=True)
        found[other] = each[:_MOST]
    return found


def _shared(own: Own, terms: bytes) -> _Shared:
    found = _Shared()
    numbers, weights, kinds = unpacked(terms)
    for number, weight, theirs, worth in zip(numbers, weights, kinds, map(own.worth.get, numbers), strict=True):
        if worth is None:
            continue
        mine, share = own.same[number], worth * weight
        kind, shown = own.terms[mine]
        both = kind & theirs
        if not both:
            found.words[shown] += share
        elif both & NAME and mine in own.entities:
            found.entities[own.entities[mine]] += share
        elif both & EVENT:
            found.events += share
        else:
            (found.tags if both & TAG else found.words)[shown] += share
    return found


def _ranked(shares: _Shares) -> list[tuple[int, str]]:
    """Return keys with their shares below nothing: the weightiest first, equal ones in order of their characters."""
    return sorted([(-share, key) for key, share in shares.items()])


def _named(own: Own, shared: _Shared, entities: Mapping[str, EntityAnswer]) -> Iterator[Reason]:
    for share, key in _ranked(shared.entities):
        if key in entities:
            yield {"kind": "entity", "weight": own.weight(-share), "entity": entities[key]}


def _tagged(own: Own, shared: _Shared) -> Iterator[Reason]:
    for share, tag in _ranked(shared.tags):
        yield {"kind": "tag", "weight": own.weight(-share), "tag": tag}


def _worded(own: Own, shared: _Shared) -> Iterator[Reason]:
    """Yield the words both use: those that say most, with the share of all of them."""
    if shared.words:
        terms = [word for _, word in _ranked(shared.words)[:_MOST_TERMS]]
        yield {"kind": "text", "weight": own.weight(sum(shared.words.values())), "terms": terms}


def _claims(session: Session, own: Own, shared: Mapping[str, _Shared]) -> dict[str, Reason]:
    """Return the claims that tell of one event, of the articles that share one: the nearest few are looked at."""
    telling = (other for other, one in shared.items() if own.share(one.events) >= _TELLING)
    near = sorted(telling, key=lambda other: -shared[other].events)
    if not near:
        return {}
    found = shared_claims(session, own.id, near[:_MOST_COMPARED], 1.0)
    return {other: _fields(reason, own.weight(shared[other].events)) for other, reason in found.items()}


def _fields(reason: ClaimReason, weight: float) -> Reason:
    return {
        "kind": "claim",
        "weight": weight,
        "relation": reason.relation,
        "claim": reason.claim,
        "other": reason.other,
    }
