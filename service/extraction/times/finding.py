"""Times: dates, months, quarters and years a post names, and those it names from where it stands (去年, 明年底).

Bounds are the first and the last day meant; 2030 年前 has no first, 2027 年以後 no last. A relative time has bounds
only where the post says when it was published; a month without its year only where that or the sentence leaves no doubt
of it. How times are written is in ``written``, ``numeric``, ``related`` and ``durations``.
"""

from __future__ import annotations

from functools import lru_cache

from service.extraction.figures.masks import Masks, silent_spans
from service.extraction.figures.numerals import fold_prose
from service.extraction.times.dates import dates_in
from service.extraction.times.forms import Found
from service.model import Document, Moment, Script, Span, Time


def find_times(document: Document) -> tuple[Time, ...]:
    """Return the dates and periods that the prose of `document` names, in reading order.

    `2026 年 1 月` runs from 2026-01-01 to 2026-01-31; 去年 is told from the day the post was published.
    """
    silent = Masks(silent_spans(document))
    return tuple(_time(document, found) for found in _of(document) if not silent.touches(found.start, found.end))


def dated_spans(document: Document) -> list[Span]:
    """Return where the text of `document` names times: the numerals in them are no figures.

    The duration in 三年後 stays one.
    """
    return [Span(found.start, found.end) for found in _of(document) if not found.measured]


def _of(document: Document) -> tuple[Found, ...]:
    return _found(fold_prose(document.text), document.header.published, document.script)


@lru_cache(maxsize=4)  # figures and times of one document ask in turn
def _found(folded: str, published: Moment | None, script: Script) -> tuple[Found, ...]:
    return tuple(dates_in(folded, published.value.date() if published else None, script))


def _time(document: Document, found: Found) -> Time:
    low, high = found.bounds or (None, None)
    return Time(
        surface=document.text[found.start : found.end],
        span=Span(found.start, found.end),
        line=document.line(found.start),
        low=low.isoformat() if low and not found.until else None,
        high=high.isoformat() if high and not found.since else None,
        kind=found.kind,
    )
