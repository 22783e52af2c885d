"""Units as people ask for them: ``GW``, 吉瓦, ``USD/kW``, 元, ``mile`` → what figures are stored in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import product

from service.errors import WenmaiError
from service.extraction.figures.numerals import scan
from service.extraction.figures.units import LOCAL, match_unit, table
from service.model import Script
from service.query.dimensions import Conversion, conversion, family, listed
from service.query.matching import clean
from service.script import fold

_LOCAL = ("CNY", "HKD", "TWD")  # what a bare 元 may be
_LONGEST = 60  # characters of a unit
_MOST_PARTS = 3
_SIMILAR, _SIMILAR_SHORT = 0.6, 0.5  # of names of two or three characters, one may be wrong
_SHORT = 3
_MAGNITUDES = "十百千万亿兆"
_MOST_MAGNITUDES = 3


class UnknownUnitError(WenmaiError):
    """No table knows the unit that is asked for."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One way in which figures of a dimension are stored: one of the unit asked for is `factor` of it, and `offset`.

    `pers` are the rates said outside the number (每瓦 25 美分) that it holds for; None: whatever the rate.
    """

    unit: str
    factor: float = 1.0
    offset: float = 0.0
    pers: tuple[str, ...] | None = None

    def stored(self, asked: float) -> float:
        """Return a value given in the unit asked for as it is stored."""
        return asked * self.factor + self.offset

    def asked(self, stored: float) -> float:
        """Return a stored value in the unit asked for."""
        return (stored - self.offset) / self.factor

    def holds(self, unit: str, per: str | None) -> bool:
        """Tell whether a figure of this unit and rate is stored so."""
        return unit == self.unit and (self.pers is None or per in self.pers)


def are_comparable(scales: Iterable[Scale]) -> bool:
    """Tell whether figures stored so can be sorted by value: yuan and Taiwan dollars, both 元, cannot.

    >>> are_comparable(measure("kWh")), are_comparable(measure("元"))
    (True, False)
    """
    return len({scale.unit.partition("/")[0] for scale in scales}.intersection(_LOCAL)) < len(_LOCAL)


@lru_cache(maxsize=512)
def measure(unit: str) -> tuple[Scale, ...]:
    """Return how figures that `unit` can measure are stored.

    >>> [(scale.unit, scale.factor) for scale in measure("GW")]
    [('W', 1000000000.0)]
    >>> [scale.unit for scale in measure("美元/千瓦")][:2], [scale.unit for scale in measure("count")]
    (['USD/W', 'USD'], ['count'])

    Raises:
        UnknownUnitError: it is none; the message names those like it.
    """
    parts = [part.strip() for part in clean(unit)[:_LONGEST].split("/")]
    if (whole := _own("/".join(parts))) is not None or len(parts) == 1:
        return tuple(whole or _part(parts[0]))
    if len(parts) > _MOST_PARTS or not all(parts):
        raise _unknown(unit)
    above, below = _part(parts[0]), [_part(part) for part in parts[1:]]
    return tuple(_rates(above, below))


def _rates(above: Iterable[Scale], below: list[list[Scale]]) -> Iterator[Scale]:
    """Yield the compounds of the units above and below the slashes, then those whose rate is said outside."""
    for top, *bottom in product(above, *below):
        factor = top.factor
        for scale in bottom:
            factor /= scale.factor
        yield Scale("/".join([top.unit, *(scale.unit for scale in bottom)]), factor)
        if len(bottom) == 1:
            yield from (replace(rate, factor=factor * rate.factor) for rate in _outside(top.unit, bottom[0].unit))


def _outside(unit: str, below: str) -> Iterator[Scale]:
    """Yield the scales of `unit` per `below` said outside the number, by any of its symbols: per kW is a thousandth."""
    symbols = {below: 1.0} | {
        symbol: float(one.factor) for symbol, one in table().symbols.items() if one.code == below and one.factor
    }
    for factor in sorted(set(symbols.values())):
        yield Scale(unit, factor, 0.0, tuple(sorted(symbol for symbol in symbols if symbols[symbol] == factor)))


def _part(name: str) -> list[Scale]:
    found = _own(name)
    if found is None and (only := listed(name)) is not None:
        found = _family(*only)
    if found is None and len(same := _cased(name)) == 1:
        found = _own(same[0])
    if found is None:
        raise _unknown(name)
    return found


def _own(name: str) -> list[Scale] | None:
    """Return the scales of a unit by one of the names our own table has, or a base unit as figures tell it."""
    found = match_unit(name, fold(name), 0)
    if found is not None and found.end == len(name) and found.unit.factor:
        factor = float(found.unit.factor)
        codes = _LOCAL if found.unit.code == LOCAL else (found.unit.code,)
        return [scale for code in codes for scale in _family(code, Conversion(factor))]
    return _family(name, Conversion()) if name in _codes() else _magnified(name)


def _magnified(name: str) -> list[Scale] | None:
    """Return the scales of a unit told in magnitudes, as tables tell it: 億美元, 百萬噸, 萬元."""
    folded = fold(name)
    bare = len(folded) - len(folded.lstrip(_MAGNITUDES))
    if not 0 < bare <= _MOST_MAGNITUDES or bare == len(folded) or (worth := scan(folded, 0, Script.HANT)) is None:
        return None
    scales = _own(name[bare:]) if worth.end == bare else None
    factor = float(worth.low)
    return [replace(one, factor=one.factor * factor) for one in scales] if scales is not None else None


def _family(code: str, worth: Conversion) -> list[Scale]:
    """Return the scales of a unit that is worth so much of `code`, in all base units of its dimension."""
    steps = ((other, conversion(code, other)) for other in family(code))
    return [Scale(other, worth.factor * step.factor, worth.offset * step.factor + step.offset) for other, step in steps]


@cache
def _codes() -> frozenset[str]:
    known = (*table().names.values(), *table().symbols.values(), *table().words.values(), *table().before.values())
    return frozenset(unit.code for unit in known) - {LOCAL} | {"count"}


def _cased(name: str) -> list[str]:
    """Return the symbols that differ from `name` by case alone: kWh for kwh, mW and MW for mw."""
    return sorted({symbol for symbol in {*table().symbols, *_codes()} if symbol.lower() == name.lower()})


def _unknown(name: str) -> UnknownUnitError:
    known = {fold(one): one for one in (*table().names, *table().words, *_codes(), *table().symbols)}
    cutoff = _SIMILAR if len(name) > _SHORT else _SIMILAR_SHORT
    like = _cased(name) or [known[one] for one in get_close_matches(fold(name), known, n=3, cutoff=cutoff)]
    hint = f"did you mean {' or '.join(like)}?" if like else "units are written like GW, kWh, km/h, USD/W, 公噸."
    return UnknownUnitError(f"There is no unit {name!r}: {hint}")
