"""The names the lexicon knows, and where a text uses them.

One dictionary of people, companies and products, matched over folded text: both scripts, both widths, any point
between the parts of a foreign name. Whether a weak form (`short`, `ambiguous`) is meant, the caller decides.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from service.lexicon.name_cues import cues
from service.lexicon.name_entries import Bearer, LexiconName, Strength, parse, shipped_entries
from service.lexicon.name_folding import fold_name
from service.lexicon.name_forms import Forms, Hit
from service.lexicon.tickers import tickers_in
from service.model import Span

__all__ = [
    "Bearer",
    "Hit",
    "Lexicon",
    "LexiconName",
    "Strength",
    "cues",
    "entries",
    "fold_name",
    "is_shipped_on",
    "lookup",
    "parse",
    "query_names",
    "scan",
    "shipped",
]


class Lexicon:
    """Bearers of names by their ids, and the forms they go by."""

    def __init__(self, entries: Iterable[LexiconName], base: Lexicon | None = None) -> None:
        """Make a lexicon of `entries`; what they say of a form counts before what `base` says of it."""
        own = {entry.id: entry for entry in entries}
        self.entries: Mapping[str, LexiconName] = MappingProxyType({**(base.entries if base else {}), **own})
        self._forms: tuple[Forms, ...] = (Forms(own.values()), *(base._forms if base else ()))

    def scan(self, text: str, *, any_case: bool = False, folded: str | None = None) -> tuple[Hit, ...]:
        """Return where `text` uses forms, from left to right, the longest first, none overlapping.

        Latin forms match whole words only, in a sensible case: `xAI` and `XAI`, but `apple` is a fruit unless
        `any_case`. Whoever has the folded text already may give it.
        """
        folded = fold_name(text) if folded is None else folded
        found = [hit for forms in self._forms for hit in forms.hits(text, folded, any_case=any_case)]
        return tuple(_leftmost_longest(found))

    def lookup(self, name: str) -> tuple[Bearer, ...]:
        """Return who bears `name` as a whole, in any case and script, or whose id it is; the surest first."""
        entry = self.entries.get(fold_name(name).strip())
        if entry is not None:
            return (Bearer(entry, Strength.FULL, name),)
        hits = self.scan(name.strip(), any_case=True)
        return hits[0].bearers if len(hits) == 1 and hits[0].span == (0, len(name.strip())) else ()


def _leftmost_longest(hits: Iterable[Hit]) -> Iterator[Hit]:
    end = 0
    for hit in sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end)):
        if hit.span.start >= end:
            yield hit
            end = hit.span.end


def is_shipped_on() -> bool:
    """Tell whether the shipped lexicon counts: ``WENMAI_LEXICON=off`` measures what is found without it."""
    return os.environ.get("WENMAI_LEXICON", "").lower() != "off"


@cache
def shipped() -> Lexicon:
    """Return the lexicon that the service ships with; an empty one where it is switched off."""
    return Lexicon(shipped_entries() if is_shipped_on() else ())


def entries() -> Mapping[str, LexiconName]:
    """Return all people, companies and products of the shipped lexicon by id.

    Raises:
        LexiconError: a file of it is wrong.
    """
    return shipped().entries


def scan(text: str, *, any_case: bool = False) -> tuple[Hit, ...]:
    """Return where `text` uses forms of the shipped lexicon."""
    return shipped().scan(text, any_case=any_case)


def lookup(name: str) -> tuple[Bearer, ...]:
    """Return whom the shipped lexicon says that `name` as a whole names, or whose id it is; the surest first.

    >>> [bearer.entry.id for bearer in lookup("elon-musk")]
    ['elon-musk']
    """
    return shipped().lookup(name)


def query_names(text: str) -> tuple[tuple[str, str, Span], ...]:
    """Return what a query names: ids with the surface and span that name them, in reading order.

    Tickers and weak forms are allowed here, since whoever asks means something by every word.

    >>> [(id, surface) for id, surface, _ in query_names("马斯克 的公司")]
    [('elon-musk', '马斯克')]
    """
    named = [
        (bearer.entry.id, text[hit.span.start : hit.span.end], hit.span)
        for hit in scan(text, any_case=text == text.lower())
        for bearer in hit.bearers
        if bearer.strength is hit.bearers[0].strength
        and (len(bearer.form) > 1 or text[slice(*hit.span)] == bearer.form)
    ]
    taken = [span for _, _, span in named]
    named += [
        (ident, text[slice(*span)], span)
        for ticker, span in tickers_in(text)
        for ident in _bearers_of(ticker)
        if not any(span.overlaps(other) for other in taken)
    ]
    return tuple(sorted(named, key=lambda item: (item[2], item[0])))


@cache
def _tickers() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for entry in entries().values():
        for ticker in entry.tickers:
            table[ticker.upper()] = (*table.get(ticker.upper(), ()), entry.id)
    return table


def _bearers_of(ticker: str) -> tuple[str, ...]:
    """Return whose stock a code is; Hong Kong's are written with and without the zeros before them."""
    table = _tickers()
    return table.get(ticker) or table.get(ticker.zfill(5), ())
