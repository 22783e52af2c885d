"""Spans and places hold together."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.model import Anchor, Dialect, Document, Header, Moment, Place, Script, Span


def document(text: str, *anchors: Anchor) -> Document:
    return Document("a.md", Dialect.MARKDOWN, Script.HANT, Header(), "", text, (), (), (), (), (), anchors)


def test_a_place_counts_columns_from_the_anchor_before_it() -> None:
    post = document("標題\n\n內文在此", Anchor(0, 2, 8), Anchor(4, 6, 1))
    assert post.place(1) == Place(2, 9)
    assert post.place(4) == Place(6, 1)
    assert post.line(7) == 6


def test_a_document_without_anchors_is_one_line() -> None:
    assert document("一句話").place(2) == Place(1, 1)


@pytest.mark.parametrize(
    ("other", "holds", "overlaps"), [((1, 3), True, True), ((3, 6), False, True), ((5, 6), False, False)]
)
def test_spans_are_half_open(other: tuple[int, int], holds: bool, overlaps: bool) -> None:
    assert Span(0, 5).holds(Span(*other)) is holds
    assert Span(0, 5).overlaps(Span(*other)) is overlaps


def test_a_moment_shows_only_what_is_known() -> None:
    day = datetime(2026, 1, 29)
    assert Moment(day, "2026-01-29", zone_known=False, date_only=True).isoformat() == "2026-01-29"
    assert Moment(day, "2026-01-29 00:00", zone_known=False).isoformat() == "2026-01-29T00:00:00"
