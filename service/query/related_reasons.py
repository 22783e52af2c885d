"""Why articles are related: what two share, told by names, tags, claims, links and words, each with its share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from service.query.answers import (
    ClaimReason,
    EntityAnswer,
    EntityReason,
    LinkReason,
    Reason,
    TagReason,
    TextReason,
)
from service.query.related_ranking import Own
from service.query.rows import entities_by_id
from service.query.shared_claims import shared_claims
from service.store.related_terms import ENTITY as NAME
from service.store.related_terms import EVENT, TAG, Term, unpacked

_MOST: Final = 12  # reasons of one article
_MOST_TERMS: Final = 8  # words that are shown
_MOST_COMPARED: Final = 3  # articles whose claims are set beside those of the one that was asked about
_TELLING: Final = 0.02  # of the whole: events that are less of it are too common to look claims up for


@dataclass(slots=True)
class _Shared:
    """What an article shares: shares of the whole by entity and tag, those of events and words."""

    entities: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    tags: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    words: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    events: float = 0.0


def reasons(
    session: Session, own: Own, others: Mapping[str, bytes], links: Mapping[str, Sequence[LinkReason]]
) -> dict[str, list[Reason]]:
    """Return for each of the other articles, given with their terms as stored, what it shares, the weightiest first."""
    mine = {term.number: term for term in own.terms}
    shared = {other: _shared(own, mine, terms) for other, terms in others.items()}
    entities = entities_by_id(session, {one for found in shared.values() for one in found.entities})
    claims = _claims(session, own, shared)
    found: dict[str, list[Reason]] = {}
    for other, one in shared.items():
        each: list[Reason] = [*links.get(other, ()), *_named(one, entities), *_tagged(one), *_worded(one)]
        each += [claims[other]] if other in claims else []
        found[other] = sorted(each, key=lambda reason: -reason.weight)[:_MOST]
    return found


def _shared(own: Own, mine: Mapping[int, Term], terms: bytes) -> _Shared:
    found = _Shared()
    for number, weight, kinds in zip(*unpacked(terms), strict=True):
        if number in own.worth:
            one = mine[own.same[number]]
            share = own.share(own.worth[number] * weight)
            both = one.kinds & kinds
            if both & NAME and one.number in own.entities:
                found.entities[own.entities[one.number]] += share
            elif both & EVENT:
                found.events += share
            else:
                (found.tags if both & TAG else found.words)[one.shown] += share
    return found


def _ranked(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    weights = ((key, round(min(share, 1.0), 4)) for key, share in shares.items())
    return sorted(weights, key=lambda item: (-item[1], item[0]))


def _named(shared: _Shared, entities: Mapping[str, EntityAnswer]) -> list[EntityReason]:
    known = [(key, weight) for key, weight in _ranked(shared.entities) if key in entities]
    return [EntityReason(weight=weight, entity=entities[key]) for key, weight in known]


def _tagged(shared: _Shared) -> list[TagReason]:
    return [TagReason(weight=weight, tag=tag) for tag, weight in _ranked(shared.tags)]


def _worded(shared: _Shared) -> list[TextReason]:
    """Return the words both use: those that say most, with the share of all of them."""
    if not shared.words:
        return []
    terms = [word for word, _ in _ranked(shared.words)[:_MOST_TERMS]]
    return [TextReason(weight=round(min(sum(shared.words.values()), 1.0), 4), terms=terms)]


def _claims(session: Session, own: Own, shared: Mapping[str, _Shared]) -> dict[str, ClaimReason]:
    """Return the claims that tell of one event, of the articles that share one: the nearest few are looked at."""
    near = sorted(
        (other for other, one in shared.items() if one.events >= _TELLING), key=lambda other: -shared[other].events
    )
    if not near:
        return {}
    found = shared_claims(session, own.id, near[:_MOST_COMPARED], 1.0)
    return {
        other: reason.model_copy(update={"weight": round(min(shared[other].events, 1.0), 4)})
        for other, reason in found.items()
    }
