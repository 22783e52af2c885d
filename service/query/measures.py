"""Units as people ask for them: ``GW``, 吉瓦, ``USD/kW``, 元 → the base units that figures are stored in."""

from __future__ import annotations

from dataclasses import dataclass

from service.extraction.figures.units import LOCAL, match_unit
from service.query.matching import clean
from service.script import fold

_LOCAL = ("CNY", "HKD", "TWD")  # what a bare 元 may be
_WHOLE = 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as asked for: the base units it stands for, and how many of them one is."""

    codes: tuple[str, ...]
    factor: float = _WHOLE


def measure(unit: str) -> Measure:
    """Return what `unit` is in base units; what no table knows is a base unit as it is written.

    >>> measure("GW"), measure("美元/千瓦").codes, measure("count").codes
    (Measure(codes=('W',), factor=1000000000.0), ('USD/W',), ('count',))
    """
    parts = [_part(part) for part in clean(unit).split("/")]
    factor = parts[0].factor
    for part in parts[1:]:
        factor /= part.factor
    below = "".join(f"/{part.codes[0]}" for part in parts[1:])
    return Measure(tuple(code + below for code in parts[0].codes), factor)


def _part(written: str) -> Measure:
    name = written.strip()
    found = match_unit(name, fold(name), 0)
    if found is None or found.end != len(name) or not found.unit.factor:
        return Measure((name,))
    return Measure(_LOCAL if found.unit.code == LOCAL else (found.unit.code,), float(found.unit.factor))
