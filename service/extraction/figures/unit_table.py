"""Unit table: what the lexicon tells of units and measure words.

The units are in ``lexicon/units.toml``, measure words in ``lexicon/classifiers.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from service import lexicon
from service.extraction.figures.regions import Region
from service.script import fold

LOCAL = "local"


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
    or_after: re.Pattern[str] | None = None  # what stands before it where `only_before` need not hold
    minor: tuple[str, ...] = ()
    measure: bool = False
    tenths: int = 0  # how many digits behind it may stand for the next lesser unit, left unsaid
    asks: str = ""  # of what the clause must speak for it to be this unit
    other: tuple[str, Decimal] | None = None  # what it is where the clause does not: code and factor

    def worth(self, region: Region) -> Decimal:
        """Return the factor in `region`."""
        if not self.regional:
            return self.factor
        return next((factor for where, factor in self.regional if where is region), self.factor)

    def told(self, region: Region) -> str:
        """Return the code, with the region's own currency for 元.

        >>> unit_named("元").told(Region.TW), unit_named("元").told(Region.HK)
        ('TWD', 'HKD')
        """
        return table().local[region] if self.code == LOCAL else self.code


Lengths = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Table:
    names: Mapping[str, Unit]
    name_lengths: Lengths  # of the names that begin with a character, the longest first
    symbols: Mapping[str, Unit]
    words: Mapping[str, Unit]
    before: Mapping[str, Unit]
    last_before: frozenset[str]  # with what characters those end
    classifiers: Mapping[str, Unit]
    classifier_lengths: Lengths
    nouns: Mapping[str, Unit]
    noun_lengths: Lengths
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
    classifiers |= {
        fold(word): replace(
            _classifier(word, ""),
            only_before=re.compile(fold(pattern)),
            or_after=_counted_after(counted["counted_after"].get(word, ())),
        )
        for word, pattern in counted["only_before"].items()
    }
    listed = [*map(fold, counted["nouns"]["chinese"]), *(word.lower() for word in counted["nouns"]["english"])]
    nouns = {noun: Unit("count", "count", Decimal(1), noun) for noun in listed}
    last = frozenset(fold(name)[-1] for name in before)
    after_two, secondary = (frozenset(map(fold, counted["ordinal"][key])) for key in ("after_two", "secondary"))
    local = {Region(region): code for region, code in data["local"].items()}
    lengths = _lengths(names), _lengths(classifiers), _lengths(noun for noun in nouns if not noun.isascii())
    return _Table(
        names=names,
        name_lengths=lengths[0],
        symbols=symbols,
        words=words,
        before=before,
        last_before=last,
        classifiers=classifiers,
        classifier_lengths=lengths[1],
        nouns=nouns,
        noun_lengths=lengths[2],
        after_two=after_two,
        secondary=secondary,
        local=local,
    )


def _lengths(names: Iterable[str]) -> Lengths:
    """Return how long the names are that begin with each character, the longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        found.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


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
        minor=tuple(sorted(map(fold, entry.get("minor", ())), key=len, reverse=True)),
        measure=entry.get("measure", False),
        tenths=entry.get("tenths", 0),
        asks=entry.get("asks", ""),
        other=(other["code"], Decimal(other["factor"])) if other else None,
    )


def _classifier(word: str, after: str) -> Unit:
    return Unit("count", "count", Decimal(1), fold(word), not_before=fold(after))


def _counted_after(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern of a number that counts: 两, or any behind one of `words`."""
    listed = "|".join(fold(word) for word in words)
    return re.compile(f"(?:两|(?:{listed})了? ?[0-9二三四五六七八九十]{{1,3}}) ?$") if listed else None


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
