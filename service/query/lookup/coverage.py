"""How much of what is looked up a claim speaks of: in its own words, below its title, or with those around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.concept import ABSENT, Concept, Found
from service.query.lookup.prospects import BEFORE, BEHIND, HEADING, WITHIN
from service.query.lookup.question import Question
from service.query.lookup.remembered import remembered
from service.query.lookup.vocabulary import stance_words

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


@cache
def _beside() -> frozenset[str]:
    return stance_words("compare", "beside")


class _Part(NamedTuple):
    """A concept that is asked about: what it counts, how much of it a claim says, and what stands around that."""

    concept: Concept
    weight: float
    own: float
    around: float
    there: float  # the larger of the two


@dataclass(frozen=True, eq=False)
class Match:
    """Which of the concepts that are asked about a claim speaks of, and where."""

    weighed: Mapping[Concept, float]
    own: Mapping[Concept, Found]
    around: Mapping[Concept, float]
    numbers: float = 0.0  # the weight of the amounts asked about that it gives, too
    given: int = 0  # how many those are

    @remembered
    def _parts(self) -> list[_Part]:
        own, around = self.own, self.around
        return [
            _Part(one, weight, share := own[one].share, near := around[one], max(share, near))
            for one, weight in self.weighed.items()
        ]

    def giving(self, numbers: float, given: int) -> Match:
        """Return it with amounts besides that the claim gives: what they weigh, and how many they are."""
        found = Match(self.weighed, self.own, self.around, numbers, given)
        found.__dict__["_parts"] = self._parts
        return found

    @remembered
    def whole(self) -> float:
        """Return the weight of all that is asked about, but of amounts only those that it gives."""
        return sum(self.weighed.values()) + self.numbers

    @remembered
    def share(self) -> float:
        """Return how much the claim speaks of in its own words."""
        return (sum([one.weight * one.own for one in self._parts]) + self.numbers) / self.whole

    @remembered
    def fit(self) -> float:
        """Return how much it speaks of in its own words or, for less, with those around it."""
        return (sum([one.weight * one.there for one in self._parts]) + self.numbers) / self.whole

    @remembered
    def anchored(self) -> float:
        """Return how much it speaks of in its own words or below a title or heading that does."""
        parts = [one.weight * (1.0 if one.around >= HEADED else one.own) for one in self._parts]
        return (sum(parts) + self.numbers) / self.whole

    @remembered
    def named(self) -> tuple[Concept, ...]:
        """Return the concepts that the claim itself speaks of, in so many words or nearly."""
        return tuple([one.concept for one in self._parts if one.own > HALF])

    @remembered
    def things(self) -> int:
        """Return how many of the concepts and amounts that are asked about it speaks of, itself or by its heading."""
        least = [(one.there, BESIDE if one.concept.named else HALF) for one in self._parts]
        return sum([there >= enough for there, enough in least]) + self.given

    @remembered
    def predicate(self) -> float:
        """Return how much it speaks of, of all that is no name."""
        plain = [one for one in self._parts if not one.concept.named]
        whole = sum([one.weight for one in plain]) + self.numbers
        there = sum([one.weight * one.there for one in plain]) + self.numbers
        return there / whole if whole else 1.0

    @remembered
    def denies_it(self) -> bool:
        """Tell whether so much of what is asked is spoken of that to deny a part of it is to say otherwise."""
        below = self.share >= _OWN_BELOW and self.anchored >= _ENTITLED
        return self.share >= OTHERWISE or below or (self.share >= OWN and self.fit >= _DENIED)

    def of_its_subject(self, question: Question) -> bool:
        """Tell whether the first thing that is asked about, mostly what the rest is said of, is spoken of at all."""
        things = (one for one in self.weighed if not one.when and one.entity not in question.speakers)
        things = (one for one in things if one.forms.isdisjoint(_beside()))  # 比起 is no thing
        first = min(things, key=lambda one: one.span, default=None)
        return first is None or self.own[first].share >= _IN_PART or self.around[first] >= BESIDE

    def of_its_end(self, question: Question) -> bool:
        """Tell whether the last thing that is asked about, mostly what is said of the rest, is spoken of at all.

        Of much that is asked about it may be said in other words: where most of it is there, or it is one of many.
        """
        if self.fit >= _MOSTLY or len(self.weighed) > _FEW:
            return True
        things = [one for one in self.weighed if not one.when and one.entity not in question.speakers]
        last = max(things, key=lambda one: one.span, default=None)
        return last is None or self.own[last].share >= _IN_PART or self.around[last] >= BESIDE

    @remembered
    def touched(self) -> float:
        """Return the share of concepts, whatever their weight, that stand in the claim or around it."""
        spoken = sum([one.there >= BESIDE for one in self._parts])
        return (spoken + self.given) / (len(self.own) + self.given)

    def lacks_subject(self, question: Question) -> bool:
        """Tell whether what is named stands for the most part neither in the claim nor around it."""
        named = [one for one in self._parts if one.concept.named and one.concept.entity not in question.speakers]
        whole = sum([one.weight for one in named])
        return sum([one.weight for one in named if one.there >= BESIDE]) < whole * _SUBJECT


def match(candidate: Candidate, weighed: Mapping[Concept, float], touched: Sequence[int] | None = None) -> Match:
    """Return what of `weighed` a claim speaks of.

    Which of its texts may hold any of each concept is `touched`, where that is known.
    """
    held = dict(zip(weighed, _touched(candidate, weighed) if touched is None else touched, strict=True))
    own = _once({one: _own(one, candidate, mask) for one, mask in held.items()}, weighed)
    around = {one: _around(one, candidate, held[one]) if found.share < HEADED else 0.0 for one, found in own.items()}
    return Match(weighed, own, around)


def _touched(candidate: Candidate, concepts: Iterable[Concept]) -> list[int]:
    texts = ((WITHIN, candidate.clauses.folded), (HEADING, candidate.heading), (BEFORE | BEHIND, candidate.beside))
    return [sum([bit for bit, text in texts if concept.touches(text)]) for concept in concepts]


def _once(own: dict[Concept, Found], weighed: Mapping[Concept, float]) -> dict[Concept, Found]:
    """Return `own` with each word of the claim counted for one concept only, the one it says most of."""
    there = [(one, found) for one, found in own.items() if found.span is not None]
    if not _overlap([found.span for _, found in there if found.span is not None]):  # as most don't
        return own
    taken: list[Span] = []
    for concept, found in sorted(there, key=lambda pair: (-pair[1].share, -weighed[pair[0]], pair[0].span)):
        span = found.span or concept.span
        if any(span.overlaps(other) for other in taken):
            own[concept] = found._replace(share=found.share * _AGAIN)
        else:
            taken.append(span)
    return own


def _overlap(spans: list[Span]) -> bool:
    """Tell whether any two of the spans share a character."""
    spans.sort()
    return any(other.start < one.end for one, other in pairwise(spans))


def _own(concept: Concept, candidate: Candidate, held: int) -> Found:
    found = concept.found(candidate.clauses.folded) if held & WITHIN else ABSENT
    if found.share >= 1 or concept.entity is None:
        return found
    there = concept.entity in candidate.entities or concept.entity == candidate.speaker
    return Found(1.0) if there else found


def _around(concept: Concept, candidate: Candidate, held: int) -> float:
    if held & HEADING:
        heading = concept.found(candidate.heading)
        if heading.share and not heading.contrary:
            return HEADED * heading.share
    if not held & (BEFORE | BEHIND):
        return 0.0
    if held & BEFORE and candidate.before and (share := concept.found(candidate.before).share):
        return LEANT * share
    return BESIDE * concept.found(candidate.beside).share
