"""Businesses of the lexicon that only share a name with a person of the post: 戴爾 beside 馬庫斯．戴爾."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from service.extraction.names.page import Page
from service.extraction.names.transliterations import transliterations
from service.lexicon.name_folding import fold_name
from service.model import EntityKind, Mention, Span


def without_namesakes(page: Page, known: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions `known` without the businesses that are part of a foreign person's name, there or later.

    A business that the post also gives another name stays where it is no part of a longer name.
    """
    within = _within(known, list(transliterations(page))) if "·" in page.folded else []
    parts = {fold_name(one.surface) for one in within}
    keys = {one.key for one in within}
    others = {one.key for one in known if one.key in keys and fold_name(one.surface) not in parts}
    for one in known:
        namesake = one.key in keys and one.key not in others and one.kind is EntityKind.COMPANY
        if one not in within and not (namesake and (fold_name(one.surface) in parts)):
            yield one


def _within(known: Iterable[Mention], people: Iterable[Span]) -> list[Mention]:
    """Return the businesses that stand within the name of one of `people`."""
    spans = list(people)
    return [
        one
        for one in known
        if one.kind is EntityKind.COMPANY
        and any(span.start <= one.span.start and one.span.end <= span.end and span != one.span for span in spans)
    ]
