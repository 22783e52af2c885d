"""Labels: what a figure that is all its line says is a figure of, told before a colon: ``- 營收：33 億元``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from service.model import BlockKind, Document, Figure

_KINDS = frozenset((BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.INFO))
_LABEL = re.compile(
    r"(?:(?:[-*+•·●◦▪‧]|[0-9]{1,2}[.、)）]) ?)?"
    r"(?P<label>[^\s:：,，。；;！？!?「」『』“”\"]{1,20}(?: [^\s:：,，。；;！？!?「」『』“”\"]{1,20}){0,2}) ?[:：] ?"
    r"(?:大?[约約]莫?|[将將]?近|超[过過]|逾|至少|高达|高達|不到|不足|共|合[计計]|总[计計]|總計|[僅仅]|[~～≈><≥≤]=?)? ?"
)
_REST = re.compile(r" ?(?:$|[\n(（,，;；。、])")  # a sentence that goes on is what somebody says: 他：30 元太貴
_LONGEST = 72  # characters before the figure on its line


def with_labels(document: Document, figures: Iterable[Figure]) -> Iterator[Figure]:
    """Yield the figures, those behind a label with it: the row heading of a list that could be a table."""
    starts = [block.span.start for block in document.blocks]
    for figure in figures:
        block = document.blocks[max(bisect_right(starts, figure.span.start) - 1, 0)]
        label = _label(document.text, figure, block.span.start) if block.kind in _KINDS else None
        yield replace(figure, row_heading=label) if label is not None else figure


def _label(text: str, figure: Figure, floor: int) -> str | None:
    start, end = figure.span
    begins = max(text.rfind("\n", floor, start) + 1, floor)
    if start - begins > _LONGEST or (found := _LABEL.fullmatch(text, begins, start)) is None:
        return None
    worded = any(map(str.isalpha, found["label"]))
    return found["label"] if worded and _REST.match(text, end) else None
