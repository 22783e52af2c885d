"""Siblings: two of a kind told apart by their names, 板桥店 and 中和店, 绿线 and 橘线, 南坡区 and 北坡区.

What is said of the one is not said of the other, be the number the same or not. A claim mostly leaves the name to its
title or to the sentence before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from service.lexicon import read
from service.model import Span
from service.query.lookup.candidates import Candidate
from service.query.lookup.concepts import joining
from service.query.lookup.coverage import BESIDE, Match
from service.query.lookup.question import Question
from service.script import fold
from service.segmentation import cut, part_of_speech

_IN_PART: Final = 0.25  # share of a concept from which a claim may speak of it in other words
_PLACE: Final = "ns"  # the part of speech of 大安区
_NAMES: Final = frozenset({"n", "ns", "nr", "nz", "nt", "a", "b", ""})
_SHORTEST: Final = 2  # characters of a name with its kind that is only guessed


class Sibling(NamedTuple):
    """What is named by what kind of thing it is: where, of which kind, and by which name."""

    span: Span
    kind: str
    name: str


def of_a_sibling(question: Question, candidate: Candidate, found: Match) -> bool:
    """Tell whether a claim, its title or what stands around it names another one of a kind, and not the one asked."""
    asked = siblings(question.clauses.folded)
    if not asked:
        return False
    texts = (candidate.clauses.folded, candidate.heading, candidate.beside)
    lacking = [
        one for one in asked if not any(one.name in text for text in texts) and not _spoken_of(one, question, found)
    ]
    if not lacking:
        return False
    there = {one.kind for text in texts for one in siblings(text) if one.name not in question.clauses.folded}
    return any(one.kind in there for one in lacking)


def _spoken_of(one: Sibling, question: Question, found: Match) -> bool:
    of = [concept for concept in question.concepts if concept.span.overlaps(one.span) and concept in found.own]
    return any(found.own[it].share >= _IN_PART or found.around[it] >= BESIDE for it in of)


@lru_cache(maxsize=8192)
def siblings(folded: str) -> tuple[Sibling, ...]:
    """Return what a folded text tells from others of its kind by a name.

    >>> [(one.name, one.kind) for one in siblings("板桥店比大安区的商店大")]
    [('板桥', '店'), ('大安', '区')]
    """
    if _kinds().isdisjoint(folded):  # as in some
        return ()
    listed = [*_listed(folded)]
    guessed = (one for one in _guessed(folded) if not any(one.span.overlaps(other.span) for other in listed))
    return tuple(sorted((*listed, *guessed)))


def _listed(folded: str) -> Iterator[Sibling]:
    """Yield those whose names stand alone, or are listed with their kind."""
    at, before = 0, ""
    for word in cut(folded, guess=False):
        if word in _kinds():
            if _is_name(before):
                yield Sibling(Span(at - len(before), at + 1), word, before)
        elif word[-1] in _kinds() and part_of_speech(word) == _PLACE:
            yield Sibling(Span(at, at + len(word)), word[-1], word[:-1])
        at, before = at + len(word), word


def _guessed(folded: str) -> Iterator[Sibling]:
    """Yield those that no dictionary has: 中和店."""
    at = 0
    for word in cut(folded):
        if len(word) > _SHORTEST and word[-1] in _kinds() and not part_of_speech(word) and _is_han(word):
            yield Sibling(Span(at, at + len(word)), word[-1], word[:-1])
        at += len(word)


def _is_name(word: str) -> bool:
    return bool(word) and _is_han(word) and word not in joining() and part_of_speech(word) in _NAMES


def _is_han(word: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in word)


@cache
def _kinds() -> frozenset[str]:
    return frozenset(map(fold, read("stance.toml")["labels"]["named"]))
