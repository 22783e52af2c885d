"""What of a sentence is quotation, and whether that makes it a direct one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.model import Span

_LETTER = re.compile(r"[^\W\d_]")
_QUOTED_SHARE = 0.5  # of a sentence that introduces a quotation


def is_all_quoted(folded: str, span: Span, quotes: Sequence[Span]) -> bool:
    """Tell whether a sentence is nothing but quotation."""
    left = (span.start, *(quote.end for quote in quotes))
    right = (*(quote.start for quote in quotes), span.end)
    return not any(_LETTER.search(folded, a, b) for a, b in zip(left, right, strict=True))


def is_quote(folded: str, span: Span, quotes: Sequence[Span]) -> bool:
    """Tell whether a sentence is a direct quotation: all of it, most of it, or what its colon leads to."""
    if not quotes:
        return False
    inside = sum(min(quote.end, span.end) - max(quote.start, span.start) for quote in quotes)
    if inside >= _QUOTED_SHARE * (span.end - span.start):
        return True
    last = quotes[-1]
    led = folded[span.start : last.start].rstrip().endswith(":")
    return led and span.end - last.end <= 1
