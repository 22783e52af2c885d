"""Ranges: two times that a word or a dash makes one: 2017 年 5 月至 2018 年 4 月, 2015 年和 2018 年之間."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from service.extraction.times.forms import Found
from service.extraction.times.periods import Bounds, shifted

_TO = re.compile(r" ?(?:[-–—~至到]|——|直到|一直到) ?$")
_AND = re.compile(r" ?[和与及至到~–—-] ?$")
_BETWEEN = re.compile(r" ?(?:之间|间(?![接隔谍断歇距]))")
_LONGEST = 6


def joined(folded: str, found: Iterable[Found]) -> list[Found]:
    """Make one time of two that are the ends of one."""
    made: list[Found] = []
    for time in found:
        run = _run(folded, made[-1], time) if made else None
        if run is not None:
            made[-1] = run
        else:
            made.append(time)
    return made


def _run(folded: str, first: Found, last: Found) -> Found | None:
    """Return from when to when the two run, where they are joined."""
    if last.start - first.end > _LONGEST or first.measured or last.measured:
        return None
    gap = folded[first.end : last.start]
    if first.since and last.until and gap.strip(" 且并,，") == "":
        return _made(first, last, last.end)
    if first.since and not (last.since or last.until) and gap.strip(" ,，") in ("至", "到", "直到"):
        return _made(first, last, last.end + folded.startswith("止", last.end))
    if first.since or first.until or last.since or last.until:
        return None
    between = _BETWEEN.match(folded, last.end) if _AND.match(gap) else None
    if between is None and not _TO.match(gap):
        return None
    run = _made(first, last, between.end() if between else last.end)
    open_both = first.bounds is None and (last.bounds is None or (first.unsaid and last.unsaid))
    return run if run.bounds is not None or open_both else None


def _made(first: Found, last: Found, end: int) -> Found:
    kind = "explicit" if "explicit" in (first.kind, last.kind) else "relative"
    bounds = _bounds(first, last)
    return replace(first, end=end, bounds=bounds, kind=kind, since=False, until=False, ranged=True)


def _bounds(first: Found, last: Found) -> Bounds | None:
    """Return the bounds of both, the later one of the next year where it left its year to the first."""
    if first.bounds is None or last.bounds is None:
        return None
    ends = last.bounds
    if ends[1] < first.bounds[0] and last.unsaid:
        ends = shifted(ends, 1)
    return (first.bounds[0], ends[1]) if first.bounds[1] < ends[1] else None
