"""Which figures a condition is of: those behind it, the one it stands behind, or all that follow from a case."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from service.extraction.conditions.measured import measured
from service.extraction.conditions.stated import Stated, find_stated
from service.model import Condition, ConditionKind, Document, Figure, Span

_SENTENCE: Final = re.compile(r"[。!?;\n]")
_CUT: Final = re.compile(r"[,，:()—]")
_LEADS: Final = frozenset("后下前时")  # how a condition ends that is of what follows
_JOINS: Final = frozenset("、,，:;。)和及而 ")
_MOST: Final = 24  # conditions, and figures, of a sentence that are looked at
_HELD: Final = 6  # conditions of one figure


def with_roles(document: Document, folded: str, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures of a document with what each is the value of and under which conditions.

    `folded` is the document's text, folded.
    """
    held = conditions_at(folded, [figure.span for figure in figures])
    floor, found = 0, []
    for figure in figures:
        stated = held.get(figure.span, ())
        of = measured(folded, figure, floor, [one.span for one in stated])
        told = tuple(_condition(document, one) for one in stated)
        changed = told or of is not None
        found.append(replace(figure, of=document.slice(of) if of else None, conditions=told) if changed else figure)
        floor = figure.span.end
    return found


def _condition(document: Document, one: Stated) -> Condition:
    return Condition(document.slice(one.span), one.span, one.kind, one.aspect, one.side, one.about)


def conditions_at(folded: str, spans: Iterable[Span]) -> dict[Span, tuple[Stated, ...]]:
    """Return under which conditions of a folded text the figures at `spans` hold; those under none are left out."""
    figures = sorted(set(spans))
    stated = find_stated(folded) if figures else ()
    if not stated:
        return {}
    starts = [span.start for span in figures]
    held: defaultdict[Span, list[Stated]] = defaultdict(list)
    for sentence, conditions in _by_sentence(folded, stated):
        inside = figures[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)][:_MOST]
        for one in conditions if inside else ():
            for span in _governed(folded, sentence, one, inside):
                held[span].append(one)
    return {span: kept for span, some in held.items() if (kept := _kept(span, some, figures))}


def _by_sentence(folded: str, stated: Sequence[Stated]) -> Iterator[tuple[Span, list[Stated]]]:
    ends = [match.start() for match in _SENTENCE.finditer(folded)]
    sentences: defaultdict[Span, list[Stated]] = defaultdict(list)
    for one in stated:
        at = bisect_right(ends, one.span.start)
        span = Span(ends[at - 1] + 1 if at else 0, ends[at] if at < len(ends) else len(folded))
        if len(sentences[span]) < _MOST:
            sentences[span].append(one)
    yield from sentences.items()


def _governed(folded: str, sentence: Span, one: Stated, figures: Sequence[Span]) -> Sequence[Span]:
    """Return the figures of a sentence that a condition is of."""
    before = [span for span in figures if span.end <= one.span.start]
    behind = [span for span in figures if span.start >= one.span.end]
    if one.kind is ConditionKind.CASE and behind and not _trails(folded, one, before):
        return behind
    clause = _clause(folded, sentence, one.span)
    within = [span for span in behind if span.start < clause.end]
    left = [span for span in before if span.end > clause.start]
    if left and (not within or _trails(folded, one, left)):
        return left[-1:]
    if within:
        return within
    if _is_bracketed(folded, clause):
        return _outside(folded, sentence, clause, before, behind)
    if before and not (behind and folded[one.span.end - 1 : one.span.end + 1].strip(" ,，")[-1:] in _LEADS):
        near = _clause(folded, sentence, before[-1])
        if near.end + 1 == clause.start:
            return before[-1:]
    return _first_clause(folded, sentence, behind)


def _trails(folded: str, one: Stated, before: Sequence[Span]) -> bool:
    """Tell whether a condition stands right behind a figure and ends there: 500 元含稅、450 元未稅."""
    touches = bool(before) and one.span.start - before[-1].end <= 1
    return touches and (one.span.end == len(folded) or folded[one.span.end] in _JOINS)


def _clause(folded: str, sentence: Span, span: Span) -> Span:
    start = max((match.end() for match in _CUT.finditer(folded, sentence.start, span.start)), default=sentence.start)
    end = _CUT.search(folded, span.end, sentence.end)
    return Span(start, end.start() if end else sentence.end)


def _is_bracketed(folded: str, clause: Span) -> bool:
    return folded[clause.start - 1 : clause.start] == "(" and folded[clause.end : clause.end + 1] == ")"


def _outside(
    folded: str, sentence: Span, clause: Span, before: Sequence[Span], behind: Sequence[Span]
) -> Sequence[Span]:
    """Return the figure that brackets stand behind, else those that follow them in their clause."""
    left = _clause(folded, sentence, Span(clause.start - 1, clause.start))
    near = [span for span in before if span.start >= left.start]
    if near:
        return near[-1:]
    right = _clause(folded, sentence, Span(clause.end + 1, clause.end + 1))
    return [span for span in behind if span.start < right.end]


def _first_clause(folded: str, sentence: Span, behind: Sequence[Span]) -> Sequence[Span]:
    if not behind:
        return ()
    clause = _clause(folded, sentence, behind[0])
    return [span for span in behind if span.start < clause.end]


def _kept(span: Span, some: Sequence[Stated], figures: Sequence[Span]) -> tuple[Stated, ...]:
    """Return the conditions of a figure, but those that a later one of their aspect takes the place of.

    Where several of one aspect stand before several figures (同比、環比分別增長), whose each is cannot be told.
    """
    kept = []
    for one in some:
        others = [other for other in some if other is not one and _same_matter(one, other)]
        later = [other for other in others if one.span.start < other.span.start <= span.start]
        if any(_parted(one, other, figures) for other in later):
            continue
        rivals = (other for other in others if other.side != one.side or one.aspect == "measure")
        if one.aspect == "case" or not any(not _parted(one, other, figures) for other in rivals):
            kept.append(one)
    once = {(one.aspect, one.side, one.about): one for one in reversed(kept)}
    return tuple(sorted(once.values(), key=lambda one: one.span)[:_HELD])


def _same_matter(one: Stated, other: Stated) -> bool:
    return one.aspect == other.aspect and (one.aspect != "part" or one.about == other.about)


def _parted(one: Stated, other: Stated, figures: Sequence[Span]) -> bool:
    """Tell whether a figure stands between two conditions."""
    first, second = sorted((one.span, other.span))
    return any(first.end <= span.start and span.end <= second.start for span in figures)
