"""Sentences as rows for the trainer: the features of each unit and its tag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bench.name_model.marked import Sentence
from service.extraction.names.model.features import features
from service.extraction.names.model.units import Cued, lines, read_units
from service.extraction.names.words import Words
from service.lexicon.name_folding import fold_name

_KINDS = {"P": "P", "O": "O", "G": "X", "I": "X", "W": "X"}


class Row(NamedTuple):
    """A line as the trainer takes it."""

    features: list[list[str]]
    tags: list[str]


def rows(sentence: Sentence) -> Iterator[Row]:
    """Yield the lines of a sentence, tagged."""
    text, spans = "".join(part.text for part in sentence), list(spans_of(sentence))
    folded = fold_name(text)
    words, cued = Words(folded), Cued(folded)
    for start, end in lines(text):
        row = read_units(text, words, cued, start, end)
        if len(row):
            yield Row(list(features(row)), tags([row.span(place) for place in range(len(row))], spans))


def spans_of(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Yield where the names of a sentence stand, with their kinds as the model knows them."""
    place = 0
    for part in sentence:
        if part.kind:
            yield place, place + len(part.text), _KINDS.get(part.kind, "X")
        place += len(part.text)


def tags(row: list[tuple[int, int]], spans: list[tuple[int, int, str]]) -> list[str]:
    """Return the tag of each unit: `B`egins, `I`nside, `E`nds or is a `S`ingle one, with its kind; or `O`utside."""
    found = ["O"] * len(row)
    for start, end, kind in spans:
        within = [number for number, unit in enumerate(row) if unit[0] >= start and unit[1] <= end]
        if len(within) == 1:
            found[within[0]] = "S" + kind
        elif within:
            found[within[0]], found[within[-1]] = "B" + kind, "E" + kind
            for number in within[1:-1]:
                found[number] = "I" + kind
    return found
