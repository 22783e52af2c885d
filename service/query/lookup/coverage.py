"""How much of what is looked up a claim speaks of: in its own words, below its title, or with those around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.concept import Concept, Found
from service.query.lookup.question import Question

# Shares of all that a sentence speaks of, by weight, in a claim's own words unless said otherwise.
OTHERWISE: Final = 0.55  # to say otherwise
OWN: Final = 0.38  # where its numbers agree, which others may share by chance
_DENIED: Final = 0.52  # with those around it, to deny a part of it
_OWN_BELOW: Final = 0.33  # in its own words below a title that names the rest
_ENTITLED: Final = 0.7  # with its title
_IN_PART: Final = 0.25  # of a word that may be cut wrongly: 冰宮會
_SUBJECT: Final = 1 / 3  # of what is named
_MOSTLY: Final = 0.67  # with those around it
_FEW: Final = 3  # things of which each carries what is said
_AGAIN: Final = 0.4  # what a concept counts whose word has been counted for another
HALF: Final = 0.5
HEADED: Final = 0.6  # what a concept counts that only stands in title or section
LEANT: Final = 0.8  # or in the sentence before, to which a pronoun of the claim leads back
BESIDE: Final = 0.4  # or only in the sentences around


@dataclass(frozen=True)
class Match:
    """Which of the concepts that are asked about a claim speaks of, and where."""

    weighed: Mapping[Concept, float]
    own: Mapping[Concept, Found]
    around: Mapping[Concept, float]
    numbers: float = 0.0  # the weight of the amounts asked about that it gives, too
    given: int = 0  # how many those are

    @cached_property
    def whole(self) -> float:
        """Return the weight of all that is asked about, but of amounts only those that it gives."""
        return sum(self.weighed.values()) + self.numbers

    @cached_property
    def share(self) -> float:
        """Return how much the claim speaks of in its own words."""
        parts = [weight * self.own[one].share for one, weight in self.weighed.items()]
        return (sum(parts) + self.numbers) / self.whole

    @cached_property
    def fit(self) -> float:
        """Return how much it speaks of in its own words or, for less, with those around it."""
        parts = [weight * max(self.own[one].share, self.around[one]) for one, weight in self.weighed.items()]
        return (sum(parts) + self.numbers) / self.whole

    @cached_property
    def anchored(self) -> float:
        """Return how much it speaks of in its own words or below a title or heading that does."""
        parts = (
            weight * max(self.own[one].share, float(self.around[one] >= HEADED)) for one, weight in self.weighed.items()
        )
        return (sum(parts) + self.numbers) / self.whole

    @cached_property
    def named(self) -> tuple[Concept, ...]:
        """Return the concepts that the claim itself speaks of, in so many words or nearly."""
        return tuple(one for one, found in self.own.items() if found.share > HALF)

    @cached_property
    def things(self) -> int:
        """Return how many of the concepts and amounts that are asked about it speaks of, itself or by its heading."""
        least = {one: BESIDE if one.named else HALF for one in self.own}
        return sum(max(found.share, self.around[one]) >= least[one] for one, found in self.own.items()) + self.given

    @cached_property
    def predicate(self) -> float:
        """Return how much it speaks of, of all that is no name."""
        plain = [one for one in self.weighed if not one.named]
        whole = sum(self.weighed[one] for one in plain) + self.numbers
        there = sum(self.weighed[one] * max(self.own[one].share, self.around[one]) for one in plain) + self.numbers
        return there / whole if whole else 1.0

    @cached_property
    def denies_it(self) -> bool:
        """Tell whether so much of what is asked is spoken of that to deny a part of it is to say otherwise."""
        below = self.share >= _OWN_BELOW and self.anchored >= _ENTITLED
        return self.share >= OTHERWISE or below or (self.share >= OWN and self.fit >= _DENIED)

    def of_its_subject(self, question: Question) -> bool:
        """Tell whether the first thing that is asked about, mostly what the rest is said of, is spoken of at all."""
        things = (one for one in self.weighed if not one.when and one.entity not in question.speakers)
        first = min(things, key=lambda one: one.span, default=None)
        return first is None or self.own[first].share >= _IN_PART or self.around[first] >= BESIDE

    def of_its_end(self, question: Question) -> bool:
        """Tell whether the last thing that is asked about, mostly what is said of the rest, is spoken of at all.

        Of much that is asked about it may be said in other words: where most of it is there, or it is one of many.
        """
        things = [one for one in self.weighed if not one.when and one.entity not in question.speakers]
        last = max(things, key=lambda one: one.span, default=None)
        if last is None or self.fit >= _MOSTLY or len(self.weighed) > _FEW:
            return True
        return self.own[last].share >= _IN_PART or self.around[last] >= BESIDE

    @cached_property
    def touched(self) -> float:
        """Return the share of concepts, whatever their weight, that stand in the claim or around it."""
        spoken = sum(max(found.share, self.around[one]) >= BESIDE for one, found in self.own.items())
        return (spoken + self.given) / (len(self.own) + self.given)

    def lacks_subject(self, question: Question) -> bool:
        """Tell whether what is named stands for the most part neither in the claim nor around it."""
        named = [one for one in self.weighed if one.named and one.entity not in question.speakers]
        whole = sum(self.weighed[one] for one in named)
        there = sum(self.weighed[one] for one in named if max(self.own[one].share, self.around[one]) >= BESIDE)
        return there < whole * _SUBJECT


def match(candidate: Candidate, weighed: Mapping[Concept, float]) -> Match:
    """Return what of `weighed` a claim speaks of."""
    own = _once({concept: _own(concept, candidate) for concept in weighed}, weighed)
    around = {concept: _around(concept, candidate) if own[concept].share < HEADED else 0.0 for concept in weighed}
    return Match(weighed, own, around)


def _once(own: Mapping[Concept, Found], weighed: Mapping[Concept, float]) -> dict[Concept, Found]:
    """Return `own` with each word of the claim counted for one concept only, the one it says most of."""
    taken: list[Span] = []
    counted: dict[Concept, Found] = {}
    there = [one for one in own if own[one].span is not None]
    for concept in sorted(there, key=lambda one: (-own[one].share, -weighed[one], one.span)):
        found = own[concept]
        span = found.span or concept.span
        if any(span.overlaps(other) for other in taken):
            counted[concept] = found._replace(share=found.share * _AGAIN)
        else:
            taken.append(span)
    return {**own, **counted}


def _own(concept: Concept, candidate: Candidate) -> Found:
    found = concept.find(candidate.clauses.folded)
    if found.share >= 1 or concept.entity is None:
        return found
    there = concept.entity in candidate.entities or concept.entity == candidate.speaker
    return Found(1.0) if there else found


def _around(concept: Concept, candidate: Candidate) -> float:
    if concept.touches(candidate.heading):
        heading = concept.find(candidate.heading)
        if heading.share and not heading.contrary:
            return HEADED * heading.share
    if not concept.touches(candidate.beside):
        return 0.0
    if candidate.before and (share := concept.find(candidate.before).share):
        return LEANT * share
    return BESIDE * concept.find(candidate.beside).share
