"""How well a claim fits what is looked up, as a number, and why, in words a reader understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from service.model import Span
from service.query.answers import RelationKind
from service.query.lookup.alignment import Verdict
from service.query.lookup.concept import Concept
from service.query.lookup.coverage import Match
from service.query.lookup.question import Question

_SAME_WORDS: Final = "in the same words"
_OTHERWISE: Final = ("differs: ", "denied: ", "says otherwise of ")


def score(question: Question, found: Match, verdict: Verdict, relation: RelationKind) -> float:
    """Return how well a claim fits, from 0 to 1."""
    numbers = 0.5
    if verdict.asked:
        numbers = (len(verdict.agreeing) + 0.6 * len(verdict.conflicting)) / verdict.asked
    elif question.asks and question.counts:
        numbers = 1.0 if relation == "agree" else 0.2
    settled = 0.0 if relation == "related" else 1.0
    return min(0.65 * (0.6 * found.fit + 0.4 * found.share) + 0.15 * numbers + 0.2 * settled, 1.0)


def why(
    question: Question, found: Match, verdict: Verdict, relation: RelationKind, flipped: Sequence[Span]
) -> tuple[str, ...]:
    """Return, in sentences, what makes a claim fit and stand as it does."""
    lines = [
        f"same: {said.text}" if asked.text == said.text else f"same: {asked.text} = {said.text}"
        for asked, said in verdict.agreeing
    ]
    if relation == "conflict":
        differs, denied, otherwise = _OTHERWISE
        lines += [f"{differs}{said.text}, not {asked.text}" for asked, said in verdict.conflicting if not said.denied]
        lines += [f"{denied}{said.text}" for _, said in verdict.conflicting if said.denied]
        lines += [f"{otherwise}{question.text[span.start : span.end]}" for span in flipped]
    elif verdict.elsewhere:
        lines.append(f"another case: {verdict.elsewhere}")
    if found.named:
        lines.append(f"both speak of {', '.join(_shown(one, question) for one in found.named)}")
    return tuple(lines)


def why_anew(why: Iterable[str], relation: RelationKind) -> tuple[str, ...]:
    """Return what is said for a claim that seemed to say otherwise, as it is seen after a second look.

    >>> why_anew(("differs: 3, not 4", "both speak of 分行"), "related")
    ('both speak of 分行',)
    """
    if relation == "conflict":
        return tuple(why)
    rest = [line for line in why if not line.startswith(_OTHERWISE)]
    return (_SAME_WORDS, *rest) if relation == "agree" else tuple(rest)


def _shown(concept: Concept, question: Question) -> str:
    return question.text[concept.span.start : concept.span.end]
