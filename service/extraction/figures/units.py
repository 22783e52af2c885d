"""Units: their names in Chinese and English, and what they are in base units.

The table is ``lexicon/units.toml``; measure words are in ``lexicon/classifiers.toml``. Chinese names are looked up in
folded text, Latin symbols in the text as written, since mW and MW differ by case alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from service import lexicon
from service.extraction.figures.regions import Region
from service.script import fold

_LATIN = re.compile(r"[A-Za-zμ°Ω][A-Za-zμ²³0-9.]{0,15}")
_WORDS = re.compile(r"[a-z]{3,14}(?:[ -][a-z]{4,8})?")
LOCAL = "local"
_NO_NAME = frozenset("，。、；：？！,;:?! )）(（」』”\n/.-")  # what most often stands there


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, or a measure word (kind `count`): `factor` times the number gives base units of `code`."""

    code: str
    kind: str  # money | ratio | clock | calendar | physical | count
    factor: Decimal
    name: str
    regional: tuple[tuple[Region, Decimal], ...] = ()  # the factor where a region has its own
    not_before: str = ""
    only_before: re.Pattern[str] | None = None
    minor: tuple[str, ...] = ()
    measure: bool = False
    tenths: int = 0  # how many digits behind it may stand for the next lesser unit, left unsaid
    asks: str = ""  # of what the clause must speak for it to be this unit
    other: tuple[str, Decimal] | None = None  # what it is where the clause does not: code and factor

    def worth(self, region: Region) -> Decimal:
        """Return the factor in `region`."""
        return next((factor for where, factor in self.regional if where is region), self.factor)

    def told(self, region: Region) -> str:
        """Return the code, with the region's own currency for 元.

        >>> unit_named("元").told(Region.TW), unit_named("元").told(Region.HK)
        ('TWD', 'HKD')
        """
        return table().local[region] if self.code == LOCAL else self.code


@dataclass(frozen=True, slots=True)
class Match:
    """A unit found in text, and where it ends."""

    unit: Unit
    end: int


@dataclass(frozen=True, slots=True)
class _Table:
    names: Mapping[str, Unit]
    symbols: Mapping[str, Unit]
    words: Mapping[str, Unit]
    before: Mapping[str, Unit]
    last_before: frozenset[str]  # with what characters those end
    classifiers: Mapping[str, Unit]
    nouns: frozenset[str]
    after_two: frozenset[str]
    secondary: frozenset[str]
    local: Mapping[Region, str]  # the currency of each region


@cache
def table() -> _Table:
    """Return the units and measure words by name, from the lexicon."""
    data = lexicon.read("units.toml")
    names: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    words: dict[str, Unit] = {}
    before: dict[str, Unit] = {}
    for entry in data["unit"]:
        unit = _unit(entry)
        before.update((name, unit) for name in entry.get("before", ()))
        for prefix in (None, *data["prefix"]) if entry.get("prefixes") else (None,):
            _add(unit, entry, prefix, names, symbols, words)
    counted = lexicon.read("classifiers.toml")
    classifiers = {fold(word): _classifier(word, after) for word, after in counted["classifiers"].items()}
    nouns = frozenset(map(fold, counted["nouns"]["chinese"])) | {word.lower() for word in counted["nouns"]["english"]}
    last = frozenset(fold(name)[-1] for name in before)
    after_two, secondary = (frozenset(map(fold, counted["ordinal"][key])) for key in ("after_two", "secondary"))
    local = {Region(region): code for region, code in data["local"].items()}
    return _Table(names, symbols, words, before, last, classifiers, nouns, after_two, secondary, local)


def _unit(entry: Mapping[str, Any]) -> Unit:
    other = entry.get("other")
    return Unit(
        code=entry["code"],
        kind=entry["kind"],
        factor=Decimal(entry.get("factor", "1")),
        name=(entry.get("names") or entry.get("symbols") or [""])[0],
        regional=tuple((Region(where), Decimal(factor)) for where, factor in entry.get("regional", {}).items()),
        not_before=fold(entry.get("not_before", "")),
        only_before=re.compile(fold(entry["only_before"])) if "only_before" in entry else None,
        minor=tuple(map(fold, entry.get("minor", ()))),
        measure=entry.get("measure", False),
        tenths=entry.get("tenths", 0),
        asks=entry.get("asks", ""),
        other=(other["code"], Decimal(other["factor"])) if other else None,
    )


def _classifier(word: str, after: str) -> Unit:
    return Unit("count", "count", Decimal(1), fold(word), not_before=fold(after))


def _add(
    unit: Unit,
    entry: Mapping[str, Any],
    prefix: Mapping[str, Any] | None,
    names: dict[str, Unit],
    symbols: dict[str, Unit],
    words: dict[str, Unit],
) -> None:
    """Enter the names of `unit`, each with `prefix` where there is one."""
    if prefix is not None:
        unit = replace(unit, factor=unit.factor * Decimal(prefix["factor"]))
    for front in ("",) if prefix is None else map(fold, prefix["names"]):
        names.update((front + fold(name), unit) for name in entry.get("names", ()))
    front = "" if prefix is None else prefix["symbol"]
    for symbol in entry.get("symbols", ()):
        symbols.setdefault(front + symbol, unit)
    if prefix is None or prefix["word"]:
        front = "" if prefix is None else prefix["word"]
        words.update((front + word, unit) for word in entry.get("words", ()))


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
    return _match(folded, at, table().names) or _latin(text, at) or _english(folded, at)


def match_classifier(folded: str, at: int) -> Match | None:
    """Return the measure word at `at`, or a noun counted without one, or None."""
    found = _match(folded, at, table().classifiers)
    noun = next(_nouns(folded, at), None)
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


def _match(folded: str, at: int, names: Mapping[str, Unit]) -> Match | None:
    if folded[at : at + 1] in _NO_NAME:
        return None
    for length in range(6, 0, -1):
        unit = names.get(folded[at : at + length])
        if unit is None or at + length > len(folded):
            continue
        follows = folded[at + length : at + length + 1]
        if unit.only_before is not None and unit.only_before.match(folded, at + length) is None:
            continue
        if not follows or follows not in unit.not_before:
            return Match(unit, at + length)
    return None


def _latin(text: str, at: int) -> Match | None:
    found = _LATIN.match(text, at)
    if found is None:
        return None
    for symbol in (found[0], found[0].rstrip(".0123456789")):
        unit = table().symbols.get(symbol)
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


def _nouns(folded: str, at: int) -> Iterator[Match]:
    found = _WORDS.match(folded, at)
    word = re.split("[ -]", found[0], maxsplit=1)[0] if found else ""
    if word in table().nouns and _ends(folded, at + len(word)):
        yield Match(Unit("count", "count", Decimal(1), word), at + len(word))
    for length in (3, 2, 1):
        name = folded[at : at + length]
        if name and not name.isascii() and name in table().nouns:
            yield Match(Unit("count", "count", Decimal(1), name), at + length)


def _ends(folded: str, at: int) -> bool:
    """Tell whether a Latin word ends at `at`."""
    after = folded[at : at + 1]
    return not (after.isascii() and after.isalnum())
