"""Units: what unit, currency or measure word stands at a place of a text.

Chinese names are looked up in folded text, Latin symbols in the text as written, since mW and MW differ by case alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from service.extraction.figures.unit_table import LOCAL, Unit, table
from service.script import fold

__all__ = [
    "LETTERS",
    "LOCAL",
    "Match",
    "Unit",
    "match_before",
    "match_classifier",
    "match_unit",
    "may_end_currency",
    "table",
    "unit_named",
]

_LATIN = re.compile(r"[A-Za-zµμ°Ω][A-Za-zµμ²³0-9.]{0,15}")  # both signs of micro
_WORDS = re.compile(r"[a-z]{3,14}(?:[ -][a-z]{4,8})?")
_LEAD = 10  # characters before a measure word that may tell that it counts
LETTERS = "abcdefghijklmnopqrstuvwxyzμ°ω"  # what a Latin symbol or word begins with, folded


class Match(NamedTuple):
    """A unit found in text, and where it ends."""

    unit: Unit
    end: int


def unit_named(name: str) -> Unit:
    """Return the unit that has just this Chinese name, such as 公里.

    Raises:
        KeyError: no unit has it.
    """
    return table().names[fold(name)]


def match_unit(text: str, folded: str, at: int) -> Match | None:
    """Return the longest unit, measure words left aside, that stands at `at`, or None.

    >>> match_unit("千瓦時", "千瓦时", 0).unit.code, match_unit("GW", "gw", 0).unit.factor
    ('Wh', Decimal('1E+9'))
    """
    units = table()
    first = folded[at : at + 1]
    if first in units.name_lengths and (found := _match(folded, at, units.names, units.name_lengths[first])):
        return found
    return (_latin(text, at) or _english(folded, at)) if first and first in LETTERS else None


def match_classifier(folded: str, at: int) -> Match | None:
    """Return the measure word at `at`, or a noun counted without one, or None."""
    units = table()
    first = folded[at : at + 1]
    lengths = units.classifier_lengths.get(first)
    found = _match(folded, at, units.classifiers, lengths) if lengths is not None else None
    noun = _noun(folded, at, first)
    return noun if found is None or (noun is not None and noun.end > found.end) else found


def match_before(text: str, folded: str, end: int) -> tuple[Unit, int] | None:
    """Return the currency written right before `end` (``US$``, 人民币), and where it starts."""
    if not may_end_currency(folded, end):
        return None
    stop = end - 1 if text[end - 1 : end] == " " else end
    for length in range(min(5, stop), 0, -1):
        start = stop - length
        unit = table().before.get(text[start:stop]) or table().before.get(folded[start:stop])
        joined = text[start].isascii() and text[start].isalpha() and start > 0 and text[start - 1].isascii()
        if unit is not None and not (joined and text[start - 1].isalpha()):
            return unit, start
    return None


def may_end_currency(folded: str, end: int) -> bool:
    """Tell whether a currency may end right before `end`, by its last character."""
    stop = end - 1 if folded[end - 1 : end] == " " else end
    return folded[stop - 1 : stop] in table().last_before


def _match(folded: str, at: int, names: Mapping[str, Unit], lengths: tuple[int, ...]) -> Match | None:
    for length in lengths:
        end = at + length
        unit = names.get(folded[at:end])
        if unit is None or end > len(folded):
            continue
        follows = folded[end : end + 1]
        if unit.only_before is not None and unit.only_before.match(folded, end) is None and not _led(unit, folded, at):
            continue
        if not follows or follows not in unit.not_before:
            return Match(unit, end)
    return None


def _led(unit: Unit, folded: str, at: int) -> bool:
    """Tell whether what stands before a measure word makes it count whatever follows: 两期, 分三期."""
    return unit.or_after is not None and unit.or_after.search(folded[max(at - _LEAD, 0) : at]) is not None


def _latin(text: str, at: int) -> Match | None:
    found = _LATIN.match(text, at)
    if found is None:
        return None
    for symbol in (found[0], found[0].rstrip(".0123456789")):
        unit = table().symbols.get(symbol.replace("\u00b5", "μ"))
        after = text[at + len(symbol) : at + len(symbol) + 1]
        if unit is not None and not (after.isascii() and after.isalnum()):
            return Match(unit, at + len(symbol))
    return None


def _english(folded: str, at: int) -> Match | None:
    found = _WORDS.match(folded, at)
    if found is None:
        return None
    whole = found[0]
    for word in (whole, re.split("[ -]", whole, maxsplit=1)[0]):
        if (unit := table().words.get(word)) is not None and _ends(folded, at + len(word)):
            return Match(unit, at + len(word))
    return None


def _noun(folded: str, at: int, first: str) -> Match | None:
    nouns = table().nouns
    if (lengths := table().noun_lengths.get(first)) is not None:
        for length in lengths:
            if (unit := nouns.get(folded[at : at + length])) is not None:
                return Match(unit, at + length)
    elif first and first in LETTERS and (found := _WORDS.match(folded, at)) is not None:
        word = re.split("[ -]", found[0], maxsplit=1)[0]
        if word in nouns and _ends(folded, at + len(word)):
            return Match(nouns[word], at + len(word))
    return None


def _ends(folded: str, at: int) -> bool:
    """Tell whether a Latin word ends at `at`."""
    after = folded[at : at + 1]
    return not (after.isascii() and after.isalnum())
