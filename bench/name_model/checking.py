"""How many names the model finds in sentences that it has not learnt from, and how much of what it finds is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bench.name_model.marked import Sentence
from bench.name_model.rows import spans_of
from service.extraction.names.model.tagging import proposals
from service.extraction.names.model.units import Cued, lines, read_units
from service.extraction.names.model.weights import Weights
from service.extraction.names.words import Words
from service.lexicon.name_folding import fold_name

Place = tuple[int, int, str]


class Found(NamedTuple):
    """How many names of a kind were found, were found wrongly, and were missed."""

    found: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.found / max(2 * self.found + self.wrong + self.missed, 1)


def checked(sentences: Iterable[Sentence], weights: Weights) -> Mapping[str, Found]:
    """Return by kind what the model finds in `sentences`, each line by itself."""
    found, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for sentence in sentences:
        text = "".join(part.text for part in sentence)
        gold, read = set(spans_of(sentence)), set(_read(text, weights))
        for counts, places in ((found, gold & read), (wrong, read - gold), (missed, gold - read)):
            counts.update(kind for _, _, kind in places)
    return {kind: Found(found[kind], wrong[kind], missed[kind]) for kind in "POX"}


def _read(text: str, weights: Weights) -> Iterator[Place]:
    folded = fold_name(text)
    words, cued = Words(folded), Cued(folded)
    for start, end in lines(text):
        row = read_units(text, words, cued, start, end)
        for first, last, kind, worth in proposals(row, weights):
            if worth > 0:
                yield row.span(first)[0], row.span(last)[1], kind
