"""The peers' own cases of Chinese numbers, quantities and dates, and how any reader is judged on them.

A reader is judged by the values it can return: a reading without a place is not judged by its place, and an open end
of a period counts only where the case names both. A case is read where each figure it wants is; where it wants none,
nothing may be found, and among bare numbers nothing more than it wants.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from service.extraction.figures.units import match_unit
from service.script import fold

Reading = Sequence[Any]  # start, end, low, high, unit: see ``bench.peer_readers``

PARTS: Mapping[str, str] = {
    "number": "numbers in a sentence",
    "percent": "percentages",
    "range": "ranges of numbers",
    "value": "the value of a numeral",
    "money": "amounts of money",
    "quantity": "quantities with a unit",
    "date": "dates and periods",
    "duration": "durations",
}
_SUITES = ("zh_numbers", "zh_numeral_values", "zh_quantities", "zh_dates")
_SHARED = Path(__file__).parent.parent.parent / "shared" / "peers"
_NOW = "2026-01-01T00:00:00"
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "year": 365.25 * 86400}
_CALENDAR = 0.02  # by so much the years and months of readers differ
_CLOSE = 1e-6
# Names of units that our table does not list, for prose gives them otherwise.
_NAMES: Mapping[str, tuple[str, float]] = {
    "fen": ("CNY", 0.01),
    "jiao": ("CNY", 0.1),
    "byte": ("B", 1.0),
    "b": ("B", 1.0),
    "in": ("m", 0.0254),
    "inch": ("m", 0.0254),
    "mi": ("m", 1609.344),
    "gal": ("L", 3.785411784),
    "gallon": ("L", 3.785411784),
    "centimetre": ("m", 0.01),
    "centimeter": ("m", 0.01),
    "millilitre": ("L", 0.001),
    "milliliter": ("L", 0.001),
    "c": ("°C", 1.0),
    "chinese yuan": ("CNY", 1.0),
    "united states dollar": ("USD", 1.0),
    "元": ("CNY", 1.0),
    "kcal": ("J", 4184.0),
    "kilocalorie": ("J", 4184.0),
}
_ANY_MONEY = frozenset(("USD", "CNY", "TWD", "HKD"))  # what a bare 元 or dollar may be
_YUAN = frozenset(("CNY", "TWD", "HKD"))  # whose 元 it is, each reader tells by rules of its own
_CENT = 0.01


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a part, with its text as it is or turned to the other script."""

    part: str
    text: str
    reference: str  # the day that relative times are told from
    wanted: tuple[Mapping[str, Any], ...]
    id: str = ""

    def asked(self) -> Mapping[str, str]:
        """Return what a reader is told of it."""
        return {"part": self.part, "text": self.text, "reference": self.reference}


def cases() -> list[Case]:
    """Return the core cases of the suites that are at hand, in the folder of PEER_CASES or near the project."""
    folder = Path(os.environ.get("PEER_CASES", _SHARED))
    found = (folder / f"{suite}.json" for suite in _SUITES)
    return [
        case
        for file in found
        if file.is_file()
        for each in json.loads(file.read_text("utf-8"))["cases"]
        if each["tier"] == "core"
        for case in _of(each)
    ]


def _of(each: Mapping[str, Any]) -> Iterator[Case]:
    reference = str(each.get("reference") or "")[:19]
    day = reference if reference[:4].isdigit() else _NOW
    if "expect" not in each:
        if each.get("value") is not None:
            yield Case("value", each["text"], day, ({"value": each["value"]},), each.get("id", ""))
        return
    durations = any(row["kind"] == "duration" for row in each["expect"])
    part = each.get("only_kind") or ("duration" if durations else "date")
    yield Case(part, each["text"], day, tuple(each["expect"]), each["id"])


def is_read(case: Case, readings: Sequence[Reading]) -> bool:
    """Tell whether the readings of a case are those it wants."""
    if not case.wanted:
        return not readings
    if case.part in ("number", "value") and len(readings) != len(case.wanted):
        return False
    if case.part == "duration":
        return all(_lasts(row, readings) for row in case.wanted)
    return all(any(_fits(case.part, row, reading) for reading in readings) for row in case.wanted)


def _fits(part: str, row: Mapping[str, Any], reading: Reading) -> bool:
    start, end, low, high, unit = reading
    if start is not None and "start" in row and not (start < row["end"] and row["start"] < end):
        return False
    if part == "date":
        return _same_days(row, low, high)
    factor, codes = _base(str(unit)) if part in ("money", "quantity") and unit else (1.0, frozenset())
    wanted, allowed = _base(row["unit_canon"]) if row.get("unit_canon") else (1.0, frozenset())
    bounds = [(low, row.get("value")), (low, row.get("low")), (high, row.get("high"))]
    values = all(_near(told, factor, value, wanted) for told, value in bounds if value is not None)
    return values and (not allowed or bool(codes & allowed))


def _near(told: object, factor: float, value: float, wanted: float) -> bool:
    return isinstance(told, int | float) and math.isclose(told * factor, value * wanted, rel_tol=_CLOSE, abs_tol=_CLOSE)


def _base(name: str) -> tuple[float, frozenset[str]]:
    """Return what one of a unit is in base units, and the codes it may have."""
    if name.startswith("CUR-AMBIG"):
        return (_CENT if name.endswith("cent") else 1.0), _ANY_MONEY
    known = _NAMES.get(name.lower())
    if known is not None:
        code, factor = known
    elif (found := match_unit(name, fold(name), 0)) is not None and found.end == len(name):
        code, factor = found.unit.code, float(found.unit.factor)
    else:
        code, factor = name, 1.0
    return factor, _YUAN if code in _YUAN else frozenset((code,))


# ── times ──


def _lasts(row: Mapping[str, Any], readings: Sequence[Reading]) -> bool:
    """Tell whether the readings at the place of a row last as long together: 8 天 20 小時 may be read as one or two."""
    if row.get("value") is not None:
        wanted = row["value"] * _SECONDS[row["unit"]]
    else:
        wanted = sum(count * _SECONDS[unit] for unit, count in row["parts"].items())
    told = [low for start, end, low, *_ in readings if row["start"] <= start < row["end"]]
    return math.isclose(sum(told), wanted, rel_tol=_CALENDAR)


def _same_days(row: Mapping[str, Any], low: object, high: object) -> bool:
    """Tell whether a period is the one that a row names; a row without days is told by its place alone."""
    days = [day for day in _days(row) if day != (None, None)]
    first, last = _day(low), _day(high)
    return not days or any(
        (wanted[0] in (None, first)) and (wanted[1] is None or last in (wanted[1], _after(wanted[1])))
        for wanted in days
    )


def _days(row: Mapping[str, Any]) -> Iterable[tuple[str | None, str | None]]:
    """Yield the bounds a row accepts: its peer's, whose end is excluded, and the whole of the last day, month or year.

    十日到十二日 has three days for us and two for its peer: either is right here.
    """
    if value := _day(row.get("value")):
        yield value, value
        return
    low, high = _day(row.get("low")), _day(row.get("high"))
    yield low, high
    if high and row.get("high_incl") is False:
        yield low, (date.fromisoformat(high) - timedelta(days=1)).isoformat()
        if high.endswith("-01-01"):
            yield low, f"{high[:4]}-12-31"


def _day(value: object) -> str | None:
    written = str(value or "")[:10]
    return written if len(written) == len("2026-01-01") and written[:4].isdigit() else None


def _after(day: str) -> str | None:
    """Return the day behind, for readers whose periods end where the next begins."""
    return None if day >= "9999-12-31" else (date.fromisoformat(day) + timedelta(days=1)).isoformat()
