"""Another thing in the same place: 苹果减产四成 says nothing of 梨子减产四成, though all else is the same.

Two sentences that share a number and most of their words mostly differ in the one that tells what it is the number of.
It stands beside something that both share, where the other sentence has its own: 96 只猫, 96 只狗.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from service.extraction.claims.cue_words import wordset
from service.model import Span
from service.query.lookup.amounts import Amount
from service.query.lookup.candidates import Candidate
from service.query.lookup.clauses import Clauses
from service.query.lookup.coverage import BESIDE, HALF, Match
from service.query.lookup.question import Question
from service.query.lookup.vocabulary import stance, stance_words
from service.segmentation import cut, part_of_speech

_IN_PART: Final = 0.25  # share of a concept from which a claim may speak of it in other words
_THINGS: Final = frozenset("nb")  # what the parts of speech begin with of things, and of what tells them apart
_PASSED: Final = frozenset("utdmqypcr")  # and those of words that may stand between
_ABSTRACT: Final = tuple("量率额度值力数")  # last characters of what the unit tells, too: 发电量 of 1 GW
_MOST: Final = 2  # words that are passed
_COUNTED: Final = 1  # characters between an amount and a word of one character that it counts
_SIDES: Final = (-1, 1)
_BEFORE: Final = re.compile("(?<![以之])[上前下]一[本部场届季次代任家款版集首张]")


class Word(NamedTuple):
    """A word of a folded text, where it stands, and its part of speech."""

    span: Span
    text: str
    kind: str


def another_in_its_place(
    pairs: Sequence[tuple[Amount, Amount]], question: Question, candidate: Candidate, found: Match
) -> bool:
    """Tell whether a claim has another thing beside what it shares with a sentence, which names one that it lacks."""
    if any(_of_others(*pair, question.clauses, candidate.clauses) for pair in pairs):
        return True
    mine = words(question.clauses.folded, tuple(one.span for one in question.amounts))
    lacked = [one for one in mine if _is_lacked(one, question, candidate, found)]
    if not lacked:  # as in most that say the same
        return False
    theirs = words(candidate.clauses.folded, tuple(one.span for one in candidate.amounts))
    shared = [*_shared(mine, theirs, found)]
    free = [one for one in theirs if not any(one.span.overlaps(there) for _, there in shared)]
    written = {c for one in free for c in one.text}
    lacking = {one.span for one in lacked if written.isdisjoint(one.text)}  # but in other words: 损失, 损耗
    others = {one.span for one in free if _is_another(one, question)}
    places = [(here, there, (side, side)) for here, there in shared for side in _SIDES]
    places += [(asked.span, said.span, (one, other)) for asked, said in pairs for one in _SIDES for other in _SIDES]
    if any(
        _neighbour(question.clauses, mine, here, one) in lacking
        and _neighbour(candidate.clauses, theirs, there, other) in others
        for here, there, (one, other) in places
    ):
        return True
    return _titled_otherwise(mine, lacking, question, candidate)


def _titled_otherwise(mine: Sequence[Word], lacking: set[Span], question: Question, candidate: Candidate) -> bool:
    """Tell whether the title has another thing beside what a sentence names: 成人急诊, below 儿科急诊."""
    title = Clauses(candidate.heading)
    theirs = words(candidate.heading)
    others = {one.span for one in theirs if _is_another(one, question)}
    at = {one.text: one.span for one in theirs if len(one.text) > 1}
    return any(
        _neighbour(question.clauses, mine, one.span, side) in lacking
        and _neighbour(title, theirs, at[one.text], side) in others
        for one in mine
        if one.text in at
        for side in _SIDES
    )


def _of_others(asked: Amount, said: Amount, mine: Clauses, theirs: Clauses) -> bool:
    """Tell whether one amount only is of somebody else in the same trade or place, or of the one before: 上一本."""
    here, there = mine.around(asked.span.start), theirs.around(said.span.start)
    return any(
        bool(words.search(mine.folded, *here)) != bool(words.search(theirs.folded, *there))
        for words in (stance("operator", "rivals"), _BEFORE)
    )


@lru_cache(maxsize=4096)
def words(folded: str, amounts: tuple[Span, ...] = ()) -> tuple[Word, ...]:
    """Return the words of a folded text outside its amounts.

    >>> [one.text for one in words("果农减产四成", (Span(4, 6),))]
    ['果农', '减产']
    """
    left = list(folded)
    for span in amounts:
        left[span.start : span.end] = " " * (span.end - span.start)  # or words would be cut across their edges
    found, at = [], 0
    for text in cut("".join(left)):
        if not text.isspace():
            found.append(Word(Span(at, at + len(text)), text, part_of_speech(text)))
        at += len(text)
    return tuple(found)


def _shared(mine: Sequence[Word], theirs: Sequence[Word], found: Match) -> Iterator[tuple[Span, Span]]:
    """Yield where both speak of the same, by concepts and words."""
    for one, place in found.own.items():
        if place.share > HALF:
            yield from ((one.span, span) for span in {place.span, place.last} if span is not None)
    at = {one.text: one.span for one in theirs if len(one.text) > 1}
    yield from ((one.span, at[one.text]) for one in mine if one.text in at)


def _is_lacked(one: Word, question: Question, candidate: Candidate, found: Match) -> bool:
    """Tell whether a word of a sentence names a thing that stands neither in a claim nor around it."""
    if not _names_a_thing(one) or one.text in candidate.clauses.folded or one.text in candidate.heading:
        return False
    counted = any(0 <= one.span.start - amount.span.end <= _COUNTED for amount in question.amounts)
    if (len(one.text) == 1 and not counted) or one.text in stance_words("operator", "overall"):
        return False
    of = [concept for concept in question.concepts if concept.span.overlaps(one.span)]
    if not one.kind and not any(concept.span == one.span for concept in of):  # cut across two words, as often as not
        return False
    if any(concept.when or concept.latin or concept.entity in question.speakers - {None} for concept in of):
        return False
    there = [(found.own[concept].share, found.around[concept]) for concept in of if concept in found.own]
    return not any(own >= _IN_PART or around >= BESIDE for own, around in there)


def _is_another(one: Word, question: Question) -> bool:
    """Tell whether a word of a claim names a thing that a sentence doesn't, and not who says it: 年报."""
    if not _names_a_thing(one) or one.text in question.clauses.folded:
        return False
    return one.text not in wordset("verbs", "voices")


def _names_a_thing(one: Word) -> bool:
    if not "\u4e00" <= one.text[0] <= "\u9fff" or one.text in stance_words("operator", "told_by_unit"):
        return False
    return (not one.kind or one.kind[0] in _THINGS) and not one.text.endswith(_ABSTRACT)


def _neighbour(clauses: Clauses, of: Sequence[Word], span: Span, side: int) -> Span | None:
    """Return the word next to what stands at `span` in its clause, but for small ones between: 的, 也, 每."""
    clause = clauses.around(span.start)
    reach = Span(clause.start, span.start) if side < 0 else Span(span.end, max(clause.end, span.end))
    row = [one for one in of if one.span.overlaps(reach)][::side]
    big = (one for one in row[: _MOST + 1] if not one.kind or one.kind[0] not in _PASSED)
    return next((one.span for one in big if one.text not in stance_words("operator", "joins")), None)
