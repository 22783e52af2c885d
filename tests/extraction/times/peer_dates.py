"""How peers' dates are judged: by the days meant, at the place meant."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from service.extraction.times import find_times
from service.model import Document, Span, Time
from tests.extraction.figures.case_files import prose

CASES = Path(__file__).parent / "cases"
Days = tuple[str | None, str | None]


def times_cases() -> list[dict[str, Any]]:
    """Return our own cases: sentences with the times they name."""
    found: list[dict[str, Any]] = tomllib.loads((CASES / "times.toml").read_text(encoding="utf-8"))["case"]
    return found


def no_durations() -> frozenset[str]:
    """Return the ids of peers' cases whose durations are none for a reader."""
    entries = tomllib.loads((CASES / "peers.toml").read_text(encoding="utf-8"))["no_duration"]
    return frozenset(name for entry in entries for name in entry["ids"])


def is_of_dates(case: dict[str, Any]) -> bool:
    """Tell whether a case asks for dates, or for none; durations are figures."""
    return not any(row["kind"] == "duration" for row in case["expect"])


def agrees(case: dict[str, Any], text: str) -> bool:
    """Tell whether the times of `text`, which is that of a case in either script, are those the case wants.

    A time stands where the case wants one if one holds the other: 從 and 止 around a range are no part of it. Where a
    case gives no bounds, the place decides; where it wants none, nothing may be found.
    """
    found = find_times(_document(case, text))
    if not case["expect"]:
        return not found
    held = _corrected().get(case["id"])
    wanted = [[_known(days)] for days in held] if held else [accepted(row) for row in case["expect"]]
    return all(
        any(_fits(time, Span(row["start"], row["end"]), days) for time in found)
        for row, days in zip(case["expect"], wanted, strict=True)
    )


def accepted(row: dict[str, Any]) -> list[Days]:
    """Return the bounds a row accepts, as first and last day.

    `high` is excluded where `high_incl` is false, but not where the sentence says 或之前: 1 月 1 日或之前 ends with it.
    """
    if "not resolved" in str(row.get("value")):
        return []
    if day := _day(row.get("value")):
        return [(day, day)]
    low, high = _day(row.get("low")), _day(row.get("high"))
    included = any(entry.get("Mod") == "until" for entry in row.get("accept", ()))
    if high and row.get("high_incl") is False and not included:
        high = (date.fromisoformat(high) - timedelta(days=1)).isoformat()
    return [(low, high)] if low or high else []


def _fits(time: Time, place: Span, days: list[Days]) -> bool:
    inside = place.start <= time.span.start and time.span.end <= place.end
    around = time.span.start <= place.start and place.end <= time.span.end
    return (inside or around) and (not days or (time.low, time.high) in days)


def _document(case: dict[str, Any], text: str) -> Document:
    return prose(text, published=_day(case.get("reference")))


def _day(value: object) -> str | None:
    written = str(value or "")[:10]
    return written if len(written) == len("2026-01-01") and written[:4].isdigit() else None


def _known(days: list[str]) -> Days:
    return days[0] or None, days[1] or None


@cache
def _corrected() -> dict[str, list[list[str]]]:
    entries = tomllib.loads((CASES / "peers.toml").read_text(encoding="utf-8"))["corrected"]
    return {name: days for entry in entries for name, days in entry["cases"].items()}
