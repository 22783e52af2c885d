"""Times: dates, months, quarters and years a post names, and those it names from where it stands (去年, 明年底).

Bounds are the first and the last day meant. A relative time has bounds only where the post says when it was published;
a month without its year only where that or the sentence leaves no doubt of it. How times are written is in ``dates``.
"""

from __future__ import annotations

from functools import lru_cache

from service.extraction.figures.masks import Masks, silent_spans
from service.extraction.figures.numerals import fold_prose
from service.extraction.times.dates import Found, dates_in
from service.extraction.times.periods import Bounds
from service.model import Document, Moment, Span, Time

_UNTIL = frozenset("-–—~至")


def find_times(document: Document) -> tuple[Time, ...]:
    """Return the dates and periods that the prose of `document` names, in reading order.

    `2026 年 1 月` runs from 2026-01-01 to 2026-01-31; 去年 is told from the day the post was published.
    """
    folded = fold_prose(document.text)
    silent = Masks(silent_spans(document))
    return tuple(
        _time(document, found)
        for found in _joined(folded, _found(folded, document.header.published))
        if not silent.touches(found.start, found.end)
    )


def dated_spans(document: Document) -> list[Span]:
    """Return where the text of `document` names times: the numerals in them are no figures."""
    return [Span(found.start, found.end) for found in _found(fold_prose(document.text), document.header.published)]


@lru_cache(maxsize=4)  # figures and times of one document ask in turn
def _found(folded: str, published: Moment | None) -> tuple[Found, ...]:
    return tuple(dates_in(folded, 0, len(folded), published.value.date() if published else None))


def _time(document: Document, found: Found) -> Time:
    return Time(
        surface=document.text[found.start : found.end],
        span=Span(found.start, found.end),
        line=document.line(found.start),
        low=found.bounds[0].isoformat() if found.bounds else None,
        high=found.bounds[1].isoformat() if found.bounds else None,
        kind=found.kind,
    )


def _joined(folded: str, found: tuple[Found, ...]) -> list[Found]:
    """Make one time of two that 至 or a dash joins: 2017 年 5 月至 2018 年 4 月. Two that 到 joins stay two."""
    joined: list[Found] = []
    for time in found:
        before = joined[-1] if joined else None
        if before is not None and (bounds := _run(folded, before, time)) is not None:
            joined[-1] = Found(before.start, time.end, bounds, "explicit")
        else:
            joined.append(time)
    return joined


def _run(folded: str, first: Found, last: Found) -> Bounds | None:
    """Return from when to when the two run where a dash or 至 joins them."""
    if last.start - first.end > 3 or folded[first.end : last.start].strip(" ") not in _UNTIL:  # noqa: PLR2004
        return None
    if first.bounds is None or last.bounds is None or first.bounds[1] >= last.bounds[1]:
        return None
    return first.bounds[0], last.bounds[1]
