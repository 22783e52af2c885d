"""How much of what is looked up a claim speaks of: in its own words, below its title, or with those around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import mul
from typing import Final

from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.concept import ABSENT, Concept, Found
from service.query.lookup.prospects import BEFORE, BEHIND, HEADING, WITHIN
from service.query.lookup.question import Question
from service.query.lookup.remembered import remembered
from service.query.lookup.vocabulary import stance_words

# Shares of all that a sentence speaks of, by weight, in a claim's own words unless said otherwise.
TOUCHES: Final = 0.3  # with those around it, to be shown
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
_AROUND: Final = HEADING | BEFORE | BEHIND


@cache
def _beside() -> frozenset[str]:
    return stance_words("compare", "beside")


@dataclass(frozen=True, eq=False)
class Match:
    """Which of the concepts that are asked about a claim speaks of, and where."""

    weighed: Mapping[Concept, float]
    own: Mapping[Concept, Found]
    around: Mapping[Concept, float]
    numbers: float = 0.0  # the weight of the amounts asked about that it gives, too
    given: int = 0  # how many those are

    @remembered
    def _shares(self) -> list[float]:
        """Return how much of each concept the claim says, in the order of `weighed`."""
        return [found[0] for found in self.own.values()]

    @remembered
    def _there(self) -> list[float]:
        """Return the same, or what of it stands around the claim where that is more."""
        return [*map(max, self._shares, self.around.values())]

    def _sum(self, counted: Iterable[float]) -> float:
        total: float = sum(map(mul, self.weighed.values(), counted))
        return total + self.numbers

    def giving(self, numbers: float, given: int) -> Match:
        """Return it with amounts besides that the claim gives: what they weigh, and how many they are."""
        found = Match(self.weighed, self.own, self.around, numbers, given)
        found.__dict__.update(_shares=self._shares, _there=self._there)
        return found

    @remembered
    def whole(self) -> float:
        """Return the weight of all that is asked about, but of amounts only those that it gives."""
        return sum(self.weighed.values()) + self.numbers

    @remembered
    def share(self) -> float:
        """Return how much the claim speaks of in its own words."""
        return self._sum(self._shares) / self.whole

    @remembered
    def fit(self) -> float:
        """Return how much it speaks of in its own words or, for less, with those around it."""
        return self._sum(self._there) / self.whole

    @remembered
    def anchored(self) -> float:
        """Return how much it speaks of in its own words or below a title or heading that does."""
        pairs = zip(self._shares, self.around.values(), strict=True)
        return self._sum([1.0 if near >= HEADED else own for own, near in pairs]) / self.whole

    @remembered
    def named(self) -> tuple[Concept, ...]:
        """Return the concepts that the claim itself speaks of, in so many words or nearly."""
        return tuple([one for one, found in self.own.items() if found[0] > HALF])

    @remembered
    def things(self) -> int:
        """Return how many of the concepts and amounts that are asked about it speaks of, itself or by its heading."""
        parts = zip(self.weighed, self._there, strict=True)
        return sum([there >= (BESIDE if one.named else HALF) for one, there in parts]) + self.given

    @remembered
    def predicate(self) -> float:
        """Return how much it speaks of, of all that is no name."""
        parts = zip(self.weighed.items(), self._there, strict=True)
        plain = [(weight, there) for (one, weight), there in parts if not one.named]
        whole = sum([weight for weight, _ in plain]) + self.numbers
        there = sum([weight * there for weight, there in plain]) + self.numbers
        return there / whole if whole else 1.0

    @remembered
    def denies_it(self) -> bool:
        """Tell whether so much of what is asked is spoken of that to deny a part of it is to say otherwise."""
        below = self.share >= _OWN_BELOW and self.anchored >= _ENTITLED
        return self.share >= OTHERWISE or below or (self.share >= OWN and self.fit >= _DENIED)

    def subject(self, question: Question) -> Concept | None:
        """Return the first thing that is asked about, mostly what the rest is said of."""
        things = (one for one in self.weighed if not one.when and one.entity not in question.speakers)
        things = (one for one in things if one.forms.isdisjoint(_beside()))  # 比起 is no thing
        return min(things, key=lambda one: one.span, default=None)

    def of_its_subject(self, question: Question) -> bool:
        """Tell whether the first thing that is asked about is spoken of at all."""
        first = self.subject(question)
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
        spoken = sum([there >= BESIDE for there in self._there])
        return (spoken + self.given) / (len(self.own) + self.given)

    def lacks_subject(self, question: Question) -> bool:
        """Tell whether what is named stands for the most part neither in the claim nor around it."""
        parts = zip(self.weighed.items(), self._there, strict=True)
        named = [(weight, there) for (one, weight), there in parts if one.named and one.entity not in question.speakers]
        whole = sum([weight for weight, _ in named])
        return sum([weight for weight, there in named if there >= BESIDE]) < whole * _SUBJECT


def match(candidate: Candidate, weighed: Mapping[Concept, float], touched: Sequence[int] | None = None) -> Match:
    """Return what of `weighed` a claim speaks of.

    Which of its texts may hold any of each concept is `touched`, where that is known.
    """
    held = _touched(candidate, weighed) if touched is None else touched
    own, around, places = {}, {}, list[Span]()
    for one, mask in zip(weighed, held, strict=True):
        found = own[one] = _own(one, candidate, mask) if mask & WITHIN or one.entity is not None else ABSENT
        if found[1] is not None:
            places.append(found[1])
    if len(places) > 1 and _overlap(places):  # as in most they don't
        _once(own, weighed)
    for one, mask in zip(weighed, held, strict=True):
        around[one] = _around(one, candidate, mask) if mask & _AROUND and own[one][0] < HEADED else 0.0
    return Match(weighed, own, around)


def _touched(candidate: Candidate, concepts: Iterable[Concept]) -> list[int]:
    texts = ((WITHIN, candidate.clauses.folded), (HEADING, candidate.heading), (BEFORE | BEHIND, candidate.beside))
    return [sum([bit for bit, text in texts if concept.touches(text)]) for concept in concepts]


def _once(own: dict[Concept, Found], weighed: Mapping[Concept, float]) -> None:
    """Count each word of the claim for one concept of `own` only, the one it says most of."""
    there = [(one, found) for one, found in own.items() if found.span is not None]
    taken: list[Span] = []
    for concept, found in sorted(there, key=lambda pair: (-pair[1].share, -weighed[pair[0]], pair[0].span)):
        span = found.span or concept.span
        if any(span.overlaps(other) for other in taken):
            own[concept] = found._replace(share=found.share * _AGAIN)
        else:
            taken.append(span)


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
