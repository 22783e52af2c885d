"""Which units measure the same, and what one is worth in another: the one door to pint.

Figures are stored in few base units, but not in one for each dimension: energy is told in Wh, J and eV, a volume in
litres and cubic metres, a time in seconds and in years of the calendar. The registry takes half a second to load: it is
loaded when the first conversion is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pint import UnitRegistry

# Our base units as pint calls them. What it has no notion of (FLOPS, dB, dots an inch) is only like itself.
PINT: Mapping[str, str] = {
    "W": "watt", "Wh": "watt_hour", "J": "joule", "eV": "electron_volt", "V": "volt", "A": "ampere", "Ω": "ohm",
    "Ah": "ampere_hour", "Pa": "pascal", "N": "newton", "N·m": "newton * meter", "lm": "lumen", "lx": "lux",
    "cd/m2": "candela / meter ** 2", "mol": "mole", "Sv": "sievert", "Bq": "becquerel", "Hz": "hertz",
    "m": "meter", "m2": "meter ** 2", "m3": "meter ** 3", "L": "liter", "kg": "kilogram", "m/s": "meter / second",
    "°C": "degC", "°F": "degF", "K": "kelvin", "B": "byte", "bit": "bit", "bit/s": "bit / second",
    "s": "second", "day": "day", "week": "week", "month": "month", "year": "year",
    "%": "percent", "x": "dimensionless", "ppm": "ppm",
}  # fmt: skip
# Base units of one dimension. Not all that have the same SI units are: a becquerel is no hertz, a newton metre is no
# joule, and 3 倍 is no percentage that anybody asks for.
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("Wh", "J", "eV"),
    ("L", "m3"),
    ("B", "bit"),
    ("°C", "°F", "K"),
    ("s", "day", "week", "month", "year"),
    ("%", "ppm"),
)
APART = frozenset(("N·m", "Bq", "Hz", "Sv", "x"))
_NAME = re.compile(r"[A-Za-zµμ°Ω][A-Za-zµμ°Ω_]{0,30}(?:(?:\^|\*\*)[1-4])?")


@dataclass(frozen=True, slots=True)
class Conversion:
    """So many times the one unit, and so many more, are the other: 1 °F is 5/9 × 1 − 17.8 °C."""

    factor: float = 1.0
    offset: float = 0.0


def family(code: str) -> tuple[str, ...]:
    """Return the base units of one dimension with `code`, itself the first.

    >>> family("J"), family("USD")
    (('J', 'Wh', 'eV'), ('USD',))
    """
    alike = next((codes for codes in FAMILIES if code in codes), ())
    return code, *(other for other in alike if other != code)


def conversion(code: str, other: str) -> Conversion:
    """Return what one base unit is in another of its family.

    >>> conversion("Wh", "J").factor, conversion("W", "W").factor
    (3600.0, 1.0)
    """
    return Conversion() if code == other else _between(PINT[code], PINT[other])


@cache
def listed(name: str) -> tuple[str, Conversion] | None:
    """Return the base unit that `name`, a unit which only pint lists, is a multiple of, and of how many; or None.

    >>> listed("furlong")[0], round(listed("furlong")[1].factor, 3)
    ('m', 201.168)
    """
    if _NAME.fullmatch(name) is None:
        return None
    written = next((one for one in (name, name.lower()) if _is_unit(one)), None)
    if written is None:
        return None
    root = _root(written)
    if root == _root("dimensionless"):
        return None  # a dozen and pi are numbers
    code = next((code for code in PINT if code not in APART and _root(PINT[code]) == root), None)
    return (code, _between(written, PINT[code])) if code is not None else None


def _is_unit(name: str) -> bool:
    try:
        _root(name)
    except Exception:  # an unknown name is told in several ways, by the registry and by what parses for it
        return False
    return True


@cache
def _between(one: str, other: str) -> Conversion:
    registry = _registry()
    zero, whole = (registry.Quantity(count, one).to(other).magnitude for count in (0.0, 1.0))
    return Conversion(whole - zero, zero)


def _root(name: str) -> Any:
    """Return the units at the root of `name`: those of the SI, and bits."""
    return _registry().Quantity(1.0, name).to_root_units().units


@cache
def _registry() -> UnitRegistry[Any]:
    from pint import UnitRegistry  # noqa: PLC0415 (only who converts pays for it)

    return UnitRegistry(autoconvert_offset_to_baseunit=True)
